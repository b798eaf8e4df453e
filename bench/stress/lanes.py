#!/usr/bin/env python3
"""What holds up a good post: lanes.py [--seconds S]

A clerk shows an ID number (which writes a row of the trail), alone, then while 24 others
log in with wrong passwords, then while one account asks for 12 prints at once. The median must stay under 3 times the
quiet one or 30 ms, whichever is more. Loopback only; TEST_DB, TEST_POSTGRES and HUIYUAN_BINARY as for
tests/web/server.py."""

import argparse
import os
import re
import statistics
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "web"))
import server as web

AT_MOST_MS = 30


def company(server):
    browser = server.browser()
    browser.get("/login?as=company")
    answer = browser.post("/login", {"as": "company", "account": "演示监理公司0001", "password": web.PASSWORD})
    assert answer.status == 303, answer.status
    browser.member = re.search(r'data-id="(\d+)"', browser.get("/company/members").text)[1]
    return browser


def good_posts(browser, seconds):
    """Milliseconds of each."""
    times, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        began = time.monotonic()
        answer = browser.post(f"/reveal/{browser.member}", {})
        assert answer.status == 200, answer.status
        times.append((time.monotonic() - began) * 1000)
    return times


class Others:
    """So many that do something over and over, while the block lasts."""

    def __init__(self, n, act):
        self.over, self.done = threading.Event(), 0
        self.threads = [threading.Thread(target=self._go, args=(act, i)) for i in range(n)]

    def _go(self, act, number):
        act_once = act(number)
        while not self.over.is_set():
            act_once()
            self.done += 1

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        time.sleep(0.5)
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=5)
    options = parser.parse_args()
    server = web.Server(members=600, companies=2).start()
    server.restart("--captcha", "off", "--trust-proxy", "127.0.0.1")

    def wrong_logins(number):
        browser, turn = server.browser(), [0]
        browser.get("/login?as=member")

        def once():
            turn[0] += 1
            browser.post("/login", {"as": "member", "account": f"nobody{number}x{turn[0]}", "password": "x"},
                         X_Forwarded_For=f"10.{number}.{turn[0] // 250}.{turn[0] % 250}")
        return once

    def prints(_):
        browser = clerk_of_prints

        def once():
            browser.ask("GET", "/company/summary.pdf?status=member")
        return once

    try:
        clerk, clerk_of_prints = company(server), company(server)
        quiet = statistics.median(good_posts(clerk, options.seconds))
        with Others(24, wrong_logins) as guessing:
            logins = statistics.median(good_posts(clerk, options.seconds))
        with Others(12, prints) as prints_done:
            printing = statistics.median(good_posts(clerk, options.seconds))
    finally:
        server.stop()
    bound = max(3 * quiet, AT_MOST_MS)
    print(f"lanes    {os.environ['TEST_DB']:8} a good post: quiet {quiet:.1f} ms, beside 24 wrong logins {logins:.1f} ms "
          f"({guessing.done} of them), beside 12 prints {printing:.1f} ms ({prints_done.done} of them); bound {bound:.0f} ms")
    return 1 if max(logins, printing) > bound else 0


if __name__ == "__main__":
    sys.exit(main())
