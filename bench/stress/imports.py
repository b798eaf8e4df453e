#!/usr/bin/env python3
"""A large import while another user works: imports.py [--rows N]

N people of many companies come in by the command line and go again; then by the server, while one clerk looks at full
numbers, each look a row of the trail. Afterwards the database is, table by table, what it was before, but for the trail, running
numbers, and that there was a job. The database is a demo of its own, the server on loopback: TEST_DB, TEST_POSTGRES and
HUIYUAN_BINARY as for tests/web/server.py. Prints its figures as one line of a table; exit status 1 when something was wrong.

    TEST_DB=sqlite HUIYUAN_BINARY=build/huiyuan bench/stress/imports.py
    TEST_DB=postgres HUIYUAN_BINARY=build/huiyuan tests/postgres.py bench/stress/imports.py
"""

import argparse
import hashlib
import os
import re
import statistics
import subprocess
import sys
import threading
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "web"))
from server import PASSWORD, Server, id_number

# The trail, running numbers, that there was a job; and who is logged in.
STAYS = {"audit", "audit_detail", "audit_head", "job", "series", "session", "attempt", "attempt_turn", "known_network", "once"}
HEADING = "姓名,身份证号,单位,学历,职称,从事监理时间,手机,通讯地址,会员编号,入会日期,会员期开始,到期日期\n"


def write_sheet(path, rows):
    with open(path, "w", encoding="utf-8") as file:
        file.write(HEADING)
        for i in range(rows):
            born = (date(1970, 1, 1) + timedelta(i // 400)).strftime("%Y%m%d")
            file.write(f"李春风,{id_number(100 + i % 400, born)},甘肃新进{i % (rows // 50 + 1)}号监理有限公司,本科,中级,2005.3,"
                       f"139{i:08d},兰州市,旧-{i:06d},2022-03-15,2022-03-15,2027-03-14\n")


class Clerk(threading.Thread):
    """One post behind the other; how long each took."""

    def __init__(self, server):
        super().__init__()
        self.over, self.times, self.faults = threading.Event(), [], []
        self.member = server.sql("select m.id from member m join company c on c.id = m.company_id"
                                 " where c.name = '演示监理公司0001' order by m.id limit 1")[0][0]
        self.browser = server.browser()
        self.browser.get("/login?as=company")
        answer = self.browser.post("/login", {"as": "company", "account": "演示监理公司0001", "password": PASSWORD})
        assert answer.status == 303, answer.text
        self.browser.get("/password")

    def post(self):
        began = time.monotonic()
        answer = self.browser.post(f"/reveal/{self.member}", {})
        if answer.status != 200:
            self.faults.append(f"a post of another user: {answer.status}")
        return time.monotonic() - began

    def run(self):
        while not self.over.is_set():
            self.times.append(self.post())
            time.sleep(0.02)


def tables(server):
    """{table: what stands in it, whatever its order}."""
    sqlite = server.url.startswith("sqlite:")
    names = server.sql("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'" if sqlite else
                       "select tablename from pg_tables where schemaname = 'public'")
    return {name: sum(int.from_bytes(hashlib.sha256(repr(row).encode()).digest()[:8], "big")
                      for row in server.sql(f"select * from {name}")) for (name,) in names if name not in STAYS}


class Command:
    """One run of the program: seconds, the most memory that it took, what it said."""

    def __init__(self, server, *words):
        environment = {**os.environ, "HUIYUAN_TODAY": "2026-11-23"}
        began = time.monotonic()
        process = subprocess.Popen((server.binary, *words, "--db", server.url, "--keys", f"{server.folder}/keys"),
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
        self.said = process.stdout.read() + process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = self.code = os.waitstatus_to_exitcode(status)
        self.seconds, self.mib = time.monotonic() - began, used.ru_maxrss / 1024


def by_command(server, sheet, faults):
    """Dry run and commit, undone: seconds, memory."""
    done = [Command(server, "member", "import", str(sheet), "--commit")]
    job = re.findall(r"^job (\d+):", done[0].said, re.M)
    if job:
        done.append(Command(server, "import", "undo", job[-1]))
    faults += [f"exit {c.code}: {c.said[-300:]}" for c in done if c.code]
    return done


class Desk:
    """The association's desk, whose jobs the server does itself."""

    def __init__(self, server):
        self.browser = server.browser()
        self.browser.get("/login?as=staff")
        answer = self.browser.post("/login", {"as": "staff", "account": "huiyuan", "password": PASSWORD})
        assert answer.status == 303, answer.text

    def until(self, job, state, faults):
        while True:
            found = re.search(r'data-state="(\w+)"', self.browser.get(job).text)[1]
            if found == state:
                return
            if found in ("failed", "undone"):
                faults.append(f"{job} is {found}, not {state}")
                return
            time.sleep(0.5)

    def bring(self, sheet, faults):
        """Dry run, commit, undo: seconds of each."""
        self.browser.get("/staff/import")
        answer = self.browser.post("/staff/import", {"kind": "member"}, {"file": ("people.csv", sheet.read_bytes())})
        job, times = answer.headers["Location"], []
        for act, state in (("", "checked"), ("/commit", "committed"), ("/undo", "undone")):
            began = time.monotonic()
            if act:
                self.browser.post(job + act, {})
            self.until(job, state, faults)
            times.append(time.monotonic() - began)
        return times


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100000)
    options = parser.parse_args()
    server = Server(members=100).start()
    faults = []
    try:
        sheet = server.folder / "people.csv"
        write_sheet(sheet, options.rows)
        clerk = Clerk(server)
        quiet = statistics.median(clerk.post() for _ in range(100))
        desk = Desk(server)
        before = tables(server)
        done = by_command(server, sheet, faults)
        clerk.start()
        try:
            steps = desk.bring(sheet, faults)
        finally:
            clerk.over.set()
            clerk.join()
        after = tables(server)
        faults += clerk.faults[:3] + [f"table {name} differs" for name in before if before[name] != after[name]]
    finally:
        server.stop()
    times = sorted(clerk.times)
    late, allowed = times[len(times) * 99 // 100], max(5 * quiet, 0.05)
    if late > allowed:
        faults.append(f"another user's posts: 99 of 100 within {late * 1000:.0f} ms, allowed {allowed * 1000:.0f}")
    said = ", ".join(f"{c.seconds:.0f} s {c.mib:.0f} MiB" for c in done)
    by_server = ", ".join(f"{seconds:.0f} s" for seconds in steps)
    print(f"imports  {os.environ['TEST_DB']:8} {options.rows} rows; by command with commit, undo: {said}; by the server dry run, "
          f"commit, undo: {by_server}, meanwhile {len(times)} posts: half {statistics.median(times) * 1000:.0f} ms, 99 % "
          f"{late * 1000:.0f} ms, worst {times[-1] * 1000:.0f} ms (quiet {quiet * 1000:.1f}); faults {faults or 'none'}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
