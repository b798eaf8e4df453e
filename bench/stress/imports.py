#!/usr/bin/env python3
"""A large import while another user works: imports.py [--rows N] [--server-only]

N people of many companies come in by the command line and go again; then by the server, while one clerk looks at full
numbers, each look a row of the trail. The same clerk is measured quietly before, between and after the steps of the same run.
Afterwards the database is, table by table, what it was before, but for STAYS: the trail, running numbers, that there was a job,
and who is logged in. The database is a demo of its own, the server on loopback: TEST_DB, TEST_POSTGRES and HUIYUAN_BINARY as
for tests/web/server.py. Prints its figures as lines of a table; exit status 1 when something was wrong.

    TEST_DB=sqlite HUIYUAN_BINARY=build/huiyuan bench/stress/imports.py
    TEST_DB=postgres HUIYUAN_BINARY=build/huiyuan tests/postgres.py bench/stress/imports.py
"""

import argparse
import hashlib
import os
import re
import subprocess
import sys
import threading
import time
import zipfile
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "web"))
from server import PASSWORD, Server, id_number

STAYS = {"audit", "audit_detail", "audit_head", "job", "series", "session", "attempt", "attempt_turn", "known_network", "once"}
HEADING = "姓名 身份证号 单位 学历 职称 从事监理时间 手机 通讯地址 会员编号 入会日期 会员期开始 到期日期".split()
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="名册" sheetId="1" r:id="r1"/></sheets>'
    "</workbook>",
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>",
}
STEPS = (("dry run", "", "checked"), ("commit", "/commit", "committed"), ("undo", "/undo", "undone"))
REST_SECONDS = 6
MEMORY_MIB = 96  # of its own, beyond what mapped files take


def people(rows):
    for i in range(rows):
        born = (date(1970, 1, 1) + timedelta(i // 400)).strftime("%Y%m%d")
        yield ("李春风", id_number(100 + i % 400, born), f"甘肃新进{i % (rows // 50 + 1)}号监理有限公司", "本科", "中级", "2005.3",
               f"139{i:08d}", "兰州市", f"旧-{i:06d}", "2022-03-15", "2022-03-15", "2027-03-14")


def write_sheet(path, rows):
    """A workbook of texts; cells without their addresses, as they may be, so that 100 000 people are a form of 2 MB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in PARTS.items():
            book.writestr(name, text)
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')
            for at, row in enumerate((HEADING, *people(rows)), 1):
                cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in row)
                sheet.write(f'<row r="{at}">{cells}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")


class Clerk(threading.Thread):
    """One post behind the other; how long each took, by what went on meanwhile."""

    def __init__(self, server):
        super().__init__(daemon=True)
        self.over, self.meanwhile, self.times, self.faults = threading.Event(), "quiet", {}, []
        self.member = server.sql("select m.id from member m join company c on c.id = m.company_id"
                                 " where c.name = '演示监理公司0001' order by m.id limit 1")[0][0]
        self.browser = server.browser()
        self.browser.get("/login?as=company")
        answer = self.browser.post("/login", {"as": "company", "account": "演示监理公司0001", "password": PASSWORD})
        assert answer.status == 303, answer.text
        self.browser.get("/password")

    def run(self):
        while not self.over.is_set():
            meanwhile, began = self.meanwhile, time.monotonic()
            answer = self.browser.post(f"/reveal/{self.member}", {})
            if answer.status != 200:
                self.faults.append(f"a post of another user: {answer.status}")
            if meanwhile == self.meanwhile:
                self.times.setdefault(meanwhile, []).append(time.monotonic() - began)
            time.sleep(0.02)

    def within(self, meanwhile, part):
        """So many ms, of that part of the posts."""
        times = sorted(self.times.get(meanwhile) or [0])
        return times[min(int(len(times) * part), len(times) - 1)] * 1000


class Memory(threading.Thread):
    """The most that a process takes of its own, in MiB."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.over, self.most = pid, threading.Event(), 0
        self.start()

    def run(self):
        while not self.over.wait(0.05):
            try:
                said = Path(f"/proc/{self.pid}/status").read_text()
            except OSError:
                return
            if found := re.search(r"RssAnon:\s+(\d+)", said):
                self.most = max(self.most, int(found[1]) / 1024)

    def ended(self):
        self.over.set()
        self.join()
        return self.most


def tables(server):
    """{table: what stands in it, whatever its order}."""
    sqlite = server.url.startswith("sqlite:")
    names = server.sql("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'" if sqlite else
                       "select tablename from pg_tables where schemaname = 'public'")
    return {name: sum(int.from_bytes(hashlib.sha256(repr(row).encode()).digest()[:8], "big")
                      for row in server.sql(f"select * from {name}")) for (name,) in names if name not in STAYS}


def differing(before, after):
    return [f"table {name} differs" for name in before if before[name] != after[name]]


class Command:
    """One run of the program: seconds, the most memory of its own, what it said."""

    def __init__(self, server, *words):
        environment = {**os.environ, "HUIYUAN_TODAY": "2026-11-23"}
        began = time.monotonic()
        process = subprocess.Popen((server.binary, *words, "--db", server.url, "--keys", f"{server.folder}/keys"),
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
        memory = Memory(process.pid)
        self.said = process.stdout.read()
        self.code = process.wait()
        self.seconds, self.mib = time.monotonic() - began, memory.ended()


def by_command(server, sheet, faults):
    """Dry run and commit, then undo: seconds, memory."""
    done = [Command(server, "member", "import", str(sheet), "--commit")]
    job = re.findall(r"^job (\d+):", done[0].said, re.M)
    if job:
        done.append(Command(server, "import", "undo", job[-1]))
    faults += [f"exit {c.code}: {c.said[-300:]}" for c in done if c.code]
    return done


class Desk:
    """The association's desk, whose jobs the server does itself."""

    def __init__(self, server, rows):
        self.seconds = 120 + rows * 0.03  # a step that takes longer hangs
        self.browser = server.browser()
        self.browser.get("/login?as=staff")
        answer = self.browser.post("/login", {"as": "staff", "account": "huiyuan", "password": PASSWORD})
        assert answer.status == 303, answer.text

    def until(self, job, state):
        """Seconds until the job is in that state; AssertionError when it never is."""
        began = time.monotonic()
        while True:
            answer = self.browser.get(job)
            found = re.search(r'data-state="(\w+)"', answer.text)
            assert answer.status == 200 and found, f"{job}: {answer.status}"
            seconds = time.monotonic() - began
            if found[1] == state:
                return seconds
            assert found[1] in ("waiting", "running") and seconds < self.seconds, \
                f"{job} is {found[1]} after {seconds:.0f} s, not {state}"
            time.sleep(0.25)

    def bring(self, sheet, meanwhile, rest):
        """Dry run, commit, undo: seconds of each. meanwhile(what) is told what goes on."""
        self.browser.get("/staff/import")
        job, times = None, []
        for step, act, state in STEPS:
            meanwhile(step)
            answer = (self.browser.post(job + act, {}) if job else
                      self.browser.post("/staff/import", {"kind": "member"}, {"file": ("people.xlsx", sheet.read_bytes())}))
            assert answer.status == 303, f"{step}: {answer.status}"
            job = job or answer.headers["Location"]
            times.append(self.until(job, state))
            meanwhile("quiet")
            time.sleep(rest)
        return times


def judge(clerk, faults):
    """Lines of the table of posts."""
    quiet = clerk.within("quiet", 0.99)
    allowed, lines = max(5 * quiet, 50), []
    for what in ("quiet", *(step for step, _, _ in STEPS)):
        late = clerk.within(what, 0.99)
        lines.append(f"    {what:8} {len(clerk.times.get(what, ())):6} posts: half {clerk.within(what, 0.5):.1f} ms, 99 % {late:.1f} ms "
                     f"({late / quiet:.1f} × quiet), worst {clerk.within(what, 1):.0f} ms")
        if late > allowed:
            faults.append(f"{what}: 99 of 100 posts of another user within {late:.0f} ms, allowed {allowed:.0f}")
    return lines


def measure(server, rows, commands, faults):
    sheet = server.folder / "people.xlsx"
    write_sheet(sheet, rows)
    clerk, desk = Clerk(server), Desk(server, rows)
    before = tables(server)
    done = by_command(server, sheet, faults) if commands else []
    faults += [f"by command: {fault}" for fault in differing(before, tables(server))]
    memory = Memory(server.process.pid)
    clerk.start()
    try:
        time.sleep(REST_SECONDS)
        steps = desk.bring(sheet, lambda what: setattr(clerk, "meanwhile", what), REST_SECONDS)
    finally:
        clerk.over.set()
        clerk.join()
        mib = memory.ended()
    faults += clerk.faults[:3] + [f"by the server: {fault}" for fault in differing(before, tables(server))]
    if max([mib, *(c.mib for c in done)]) > MEMORY_MIB:
        faults.append(f"more than {MEMORY_MIB} MiB of memory")
    said = ", ".join(f"{c.seconds:.0f} s {c.mib:.0f} MiB" for c in done) or "not done"
    by_server = ", ".join(f"{seconds:.0f} s ({rows / seconds:.0f}/s)" for seconds in steps)
    print(f"imports  {os.environ['TEST_DB']:8} {rows} rows; by command with commit, undo: {said}; by the server dry run, commit, "
          f"undo: {by_server}, {mib:.0f} MiB", *judge(clerk, faults), sep="\n", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100000)
    parser.add_argument("--server-only", action="store_true", help="not by the command line first")
    options = parser.parse_args()
    server, faults = Server(members=100).start(), []
    try:
        measure(server, options.rows, not options.server_only, faults)
    except AssertionError as wrong:
        faults.append(str(wrong))
    finally:
        server.stop()
    print(f"    faults: {'; '.join(faults) or 'none'}", flush=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
