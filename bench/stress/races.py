#!/usr/bin/env python3
"""Clerks who work on the same people at the same time: races.py [--posts N] [--people N] [--seed S]

Half of the clerks are the company's, half the association's. Each posts batches of people in any order: recommending,
taking back, approving, returning, undoing, closing, reopening; now and then a batch is closed meanwhile. Every answer
must be 303 to a page whose `done` and `skipped` add up to the people sent; afterwards `doctor` and `audit verify` find
nothing, and the trail holds exactly what the pages said. The database is a demo of its own, the server on loopback:
TEST_DB, TEST_POSTGRES and HUIYUAN_BINARY as for tests/web/server.py. Prints its figures as one line of a table; exit
status 1 when something was wrong.

    TEST_DB=sqlite HUIYUAN_BINARY=build/huiyuan bench/stress/races.py
    TEST_DB=postgres HUIYUAN_BINARY=build/huiyuan tests/postgres.py bench/stress/races.py
"""

import argparse
import collections
import http.client
import os
import random
import re
import sys
import threading
import time
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "web"))
import server as web

CLERKS = 8
COMPANY_ACTS = {"recommend": 6, "recommend-renewal": 3, "withdraw": 3}
STAFF_ACTS = {"approve": 5, "return": 2, "unapprove": 3, "close": 1, "reopen": 4}
EVENT = {  # what an act is called in the trail
    "recommend": "member.recommend", "recommend-renewal": "member.recommend_renewal", "withdraw": "member.unrecommend",
    "approve": "member.approve", "return": "member.return_to_company", "unapprove": "member.unapprove",
    "close": "member.close", "reopen": "member.reopen",
}


class Clerk(threading.Thread):
    def __init__(self, races, seed, side):
        super().__init__()
        self.races, self.side, self.random = races, side, random.Random(seed)
        self.browser = web.Browser(races.server.port)
        self.connection = http.client.HTTPConnection("127.0.0.1", races.server.port, timeout=60)
        self.faults, self.times, self.done, self.skipped = [], [], collections.Counter(), 0

    def log_in(self):
        account = "演示监理公司0001" if self.side == "company" else "huiyuan"
        self.browser.get(f"/login?as={self.side}")
        answer = self.browser.post("/login", {"as": self.side, "account": account, "password": web.PASSWORD})
        assert answer.status == 303, answer.status
        self.browser.get(f"/{self.side}/members")

    def run(self):
        try:
            while self.races.take_turn():
                if self.side == "company" and self.random.random() < 0.03:
                    self.close_a_batch()
                else:
                    self.act()
        except Exception as fault:  # pylint: disable=broad-except
            self.faults.append(repr(fault))
        self.connection.close()

    def ask(self, method, path, fields=None):
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.browser.cookies.items())}
        body = None
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urllib.parse.urlencode([("csrf", self.browser.csrf)] + fields)
        self.connection.request(method, path, body, headers)
        return web.Answer(self.connection.getresponse())

    def post(self, path, fields):
        began = time.monotonic()
        answer = self.ask("POST", path, fields)
        self.times.append(time.monotonic() - began)
        if answer.status != 303:
            self.faults.append(f"{answer.status} from POST {path}")
        return answer

    def act(self):
        acts = COMPANY_ACTS if self.side == "company" else STAFF_ACTS
        act = self.random.choices(list(acts), list(acts.values()))[0]
        people = self.random.sample(self.races.people, self.random.randint(1, len(self.races.people)))
        answer = self.post(f"/{self.side}/members/{act}",
                           [("id", one) for one in people] + [("reason", "核对"), ("to", "company")])
        if answer.status != 303:
            return
        page = self.ask("GET", answer.location)
        told = re.search(r'data-done="(\d+)" data-skipped="(\d+)"', page.text)
        if not told or int(told[1]) + int(told[2]) != len(people):
            self.faults.append(f"{page.status} from {answer.location}: {told and told[0]} of {len(people)}")
            return
        self.done[EVENT[act]] += int(told[1])
        self.skipped += int(told[2])

    def close_a_batch(self):
        page = self.ask("GET", "/company/batches")
        batches = re.findall(r'href="/company/batches/(\d+)"', page.text)
        if batches:
            self.post(f"/company/batches/{batches[0]}/close", [])


class Races:
    """`posts` posts by eight clerks on `people` people; `faults` says what was wrong."""

    def __init__(self, server, posts, people, seed):
        self.server, self.left, self.lock = server, posts, threading.Lock()
        company = server.sql("select id from company where code = '0001'")[0][0]
        rows = server.sql(f"select id from member where company_id = {company} and state in "
                          f"('submitted', 'approved') order by id limit {people}")
        self.people = [row[0] for row in rows]
        self.clerks = [Clerk(self, seed * 100 + i, "company" if i % 2 else "staff") for i in range(CLERKS)]
        self.faults, self.done, self.skipped, self.times = [], collections.Counter(), 0, []

    def take_turn(self):
        with self.lock:
            self.left -= 1
            return self.left >= 0

    def run(self):
        for clerk in self.clerks:
            clerk.log_in()
        before = {event: self.rows(event) for event in EVENT.values()}
        began = time.monotonic()
        for clerk in self.clerks:
            clerk.start()
        for clerk in self.clerks:
            clerk.join()
            self.faults += clerk.faults
            self.done += clerk.done
            self.skipped += clerk.skipped
            self.times += clerk.times
        self.seconds = time.monotonic() - began
        for event, rows in before.items():
            if self.rows(event) - rows != self.done[event]:
                self.faults.append(f"{event}: the trail has {self.rows(event) - rows}, the pages say {self.done[event]}")
        return self

    def rows(self, event):
        return self.server.count(f"audit where event = '{event}' and result = 'ok'")

    def again(self):
        """How often the database ended a circle of those who waited for each other: seen once the server has ended."""
        return sum(" again: " in line for line in self.server.log)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--posts", type=int, default=10000)
    parser.add_argument("--people", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    server = web.Server(members=300, companies=3).start()
    try:
        races = Races(server, options.posts, options.people, options.seed).run()
        server.run("doctor")
        server.run("audit", "verify")
    finally:
        server.stop()
    times = sorted(races.times)
    print(f"| {os.environ['TEST_DB']} | {CLERKS} clerks, {len(races.people)} people | {len(times)} posts | "
          f"{sum(races.done.values())} done, {races.skipped} skipped | {len(races.faults)} wrong | {races.again()} done anew | "
          f"{len(times) / races.seconds:.0f} posts/s | p50 {times[len(times) // 2] * 1e3:.0f} ms, "
          f"p99 {times[len(times) * 99 // 100] * 1e3:.0f} ms |")
    for fault, times in collections.Counter(races.faults).most_common(20):
        print(f"{times} × {fault}", file=sys.stderr)
    return 1 if races.faults else 0


if __name__ == "__main__":
    sys.exit(main())
