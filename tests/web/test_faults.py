"""What fails under the server: its database, and the processes that draw what is printed. What /healthz says of it, and that
nothing is acknowledged into nothing."""

import contextlib
import os
import re
import resource
import signal
import time
import unittest
import urllib.parse
from pathlib import Path

from server import PASSWORD, Server

server = Server(members=20, companies=3)


def setUpModule():
    server.start()
    unittest.addModuleCleanup(server.stop)


def log_in(side="staff", account="huiyuan"):
    browser = server.browser()
    browser.get(f"/login?as={side}")
    return browser, browser.post("/login", {"as": side, "account": account, "password": PASSWORD})


@contextlib.contextmanager
def full_disk():
    """No file may grow or be written: what the process meets is what a full disk does."""
    before = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, before)


def health(path="/healthz"):
    answer = server.browser().get(path)
    return answer.status, answer.text


def health_once_noticed():
    """Readers look where the file is now and then only."""
    for _ in range(200):
        said = health()
        if said[0] == 200:
            break
        time.sleep(0.01)
    return said


def children():
    """The processes that the server has started."""
    of = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            of.setdefault(int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1]), []).append(int(folder.name))
    return of.get(server.process.pid, [])


class Drawing(unittest.TestCase):
    """A child of the server draws; one that dies is the refusal of one request."""

    def setUp(self):
        self.company, answer = log_in("company", "演示监理公司0001")
        self.assertEqual(answer.status, 303)
        batch = re.findall(r'href="(/company/batches/\d+)"', self.company.get("/company/batches").text)[0]
        person, staff = log_in("member", server.numbers["member"])[0], log_in()[0]
        letter = "/staff/companies/2/letter.pdf"
        staff.get("/password")
        self.company.get(batch)
        once = os.urandom(8).hex()
        self.draws = {
            f"POST {batch}/print": lambda: self.company.post(f"{batch}/print", {"once": once}),
            "POST /company/summary/print": lambda: self.company.post("/company/summary/print?status=recommended_renewal", {}),
            f"GET {batch}/summary.pdf": lambda: self.company.get(f"{batch}/summary.pdf"),
            "GET /company/summary.pdf": lambda: self.company.get("/company/summary.pdf?status=member"),
            "GET /me/application.pdf": lambda: person.get("/me/application.pdf"),
            f"POST {letter}": lambda: staff.post(letter, {"password": "K7mQ-w3xR-9pT4"}),
        }

    def kept(self):
        return server.count("audit"), server.count("batch_print"), server.count("batch_print_item"), server.count("once")

    def test_a_child_without_memory(self):
        for what, draw in self.draws.items():
            self.assertEqual(self.company.get("/company/summary.pdf?status=member").status, 200)  # there is a child
            for child in children():
                resource.prlimit(child, resource.RLIMIT_AS, (1, 1))
            before = self.kept()
            answer = draw()
            self.assertEqual(answer.status, 503, what)
            self.assertIn("没有打印成", answer.text, what)
            self.assertGreater(int(answer.headers["Retry-After"]), 0)
            self.assertEqual(self.kept(), before, what)
            self.assertEqual(health(), (200, "ok\n"))
            again = draw()
            self.assertIn(again.status, (200, 303), what)
            self.assertEqual(again.body[:5], b"%PDF-" if again.status == 200 else b"", what)

    def test_a_child_that_is_killed(self):
        for what, draw in list(self.draws.items())[1:3]:
            self.assertEqual(self.company.get("/company/summary.pdf?status=member").status, 200)
            for child in children():
                os.kill(child, signal.SIGKILL)
            statuses = [draw().status, draw().status]
            self.assertIn(statuses[0], (200, 303, 503), what)
            self.assertIn(statuses[1], (200, 303), what)

    def test_children_are_few_and_have_nothing_of_ours(self):
        for draw in list(self.draws.values())[:3]:
            draw()
        self.assertLessEqual(len(children()), 2)
        for child in children():
            names = os.listdir(f"/proc/{child}/fd") if os.geteuid() == 0 else []
            self.assertLessEqual(set(names), {"0", "1", "2"})


class Health(unittest.TestCase):
    def setUp(self):
        self.assertEqual(health(), (200, "ok\n"))
        self.assertEqual(health("/healthz/read"), (200, "ok\n"))
        self.clerk, answer = log_in()
        self.assertEqual(answer.status, 303)
        self.clerk.get("/staff/members")
        self.member = server.sql("select id from member where state = 'approved' order by id limit 1")[0][0]

    def close_member(self):
        """A change: its answer, and whether it is in the database."""
        return self.clerk.post("/staff/members/close", {"id": self.member, "reason": "核对"}).status

    def test_what_failed_stands_in_the_log(self):
        """Also where what is looked at first notices it, before the queries of the page."""
        asked = {"audit_head": "audit_number", "member": "member"}
        for table, query in asked.items():
            server.sql(f"alter table {table} rename to gone")
            try:
                answer = self.clerk.get("/staff/members")
            finally:
                server.sql(f"alter table gone rename to {table}")
            self.assertIn(answer.status, (500, 503), table)
            number = re.search(r'编号 <span class="number">([0-9a-f]{12})<', answer.text)[1]
            line = next(line for line in iter(lambda: "".join(server.log), None) if f"request={number} " in line)
            self.assertRegex(line, rf"request={number} .* sought=\S+ {query}\w*: ", table)
        self.assertEqual(self.clerk.get("/staff/members").status, 200)

    def test_a_monitor_that_sends_a_cookie_gets_the_word_too(self):
        self.assertEqual(self.clerk.get("/healthz").text, "ok\n")

    if os.environ["TEST_DB"] == "sqlite":

        def test_a_file_that_was_moved_away(self):
            file, away = server.folder / "test.db", server.folder / "away.db"
            file.rename(away)
            try:
                self.assertEqual(health(), (503, "no-database\n"))
                self.assertEqual(self.close_member(), 503)
                self.assertEqual(health(), (503, "no-database\n"))
            finally:
                away.rename(file)
            self.assertEqual(health_once_noticed(), (200, "ok\n"))
            self.assertEqual(server.count(f"member where id = {self.member} and state = 'closed'"), 0)
            self.assertEqual(self.close_member(), 303)
            self.assertEqual(server.count(f"member where id = {self.member} and state = 'closed'"), 1)

        def test_a_disk_that_is_full(self):
            with full_disk():
                self.assertEqual(self.close_member(), 503)
                self.assertEqual(health(), (503, "read-only\n"))
                self.assertEqual(health("/healthz/read"), (200, "ok\n"))
                self.assertEqual(self.clerk.get("/staff/members").status, 200)
            self.assertEqual(self.close_member(), 303)
            self.assertEqual(health(), (200, "ok\n"))
            server.run("audit", "verify")

        def test_a_login_on_a_full_disk_looks_and_does_not_change(self):
            """What it could not write is written first when there is room, and then its session is one like any other."""
            newest = server.count("audit")
            with full_disk():
                self.clerk, answer = log_in()
                self.assertEqual(answer.status, 303)
                for page in ("/staff", "/staff/members", f"/staff/members/{self.member}", "/staff/batches"):
                    self.assertEqual(self.clerk.get(page).status, 200, page)
                answer = self.clerk.post("/staff/members/close", {"id": self.member, "reason": "核对"})
                self.assertEqual(answer.status, 503)
                self.assertIn("磁盘已满", answer.text)
                self.assertEqual(server.count("audit"), newest)
            self.assertEqual(self.close_member(), 303)
            events = server.sql(f"select event, result from audit where number > {newest} order by number")
            self.assertEqual([tuple(e) for e in events[:2]], [("account.login", "ok"), ("member.close", "ok")])
            self.assertEqual(self.clerk.get("/staff/members").status, 200)
            server.run("audit", "verify")

        def test_who_is_refused_or_leaves_on_a_full_disk(self):
            newest = server.count("audit")
            with full_disk():
                other = server.browser()
                other.get("/login?as=staff")
                wrong = {"as": "staff", "account": "huiyuan", "password": "Falsch-2026"}
                self.assertEqual(other.post("/login", wrong).status, 422)
                gone, answer = log_in()
                self.assertEqual(answer.status, 303)
                gone.get("/staff/members")
                token = gone.cookies["hy"]
                self.assertEqual(gone.post("/logout", {}).status, 303)
                gone.cookies["hy"] = token
                self.assertEqual(gone.get("/staff/members").status, 303)
            self.assertEqual(log_in()[1].status, 303)
            gone.cookies["hy"] = token
            self.assertEqual(gone.get("/staff/members").status, 303)
            rows = server.sql(f"select event, result from audit where number > {newest} order by number")
            self.assertEqual([tuple(r) for r in rows], [("account.login", "refused"), ("account.login", "ok"),
                                                       ("account.logout", "ok"), ("account.login", "ok")])
            server.run("audit", "verify")

        def test_housekeeping_writes_what_waits(self):
            newest = server.count("audit")
            with full_disk():
                self.assertEqual(log_in()[1].status, 303)
            while server.count("audit") == newest:
                time.sleep(0.05)
            self.assertEqual(server.sql("select event from audit order by number desc limit 1")[0][0], "account.login")

    else:

        def test_a_server_that_answers_nobody(self):
            name = urllib.parse.urlsplit(server.url).path[1:]
            server.on_cluster(f'alter database "{name}" allow_connections false')
            server.on_cluster(f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'")
            try:
                self.assertEqual(health(), (503, "no-database\n"))
                self.assertEqual(health("/healthz/read"), (503, "no-database\n"))
                self.assertEqual(self.close_member(), 503)
            finally:
                server.on_cluster(f'alter database "{name}" allow_connections true')
            self.assertEqual(health(), (200, "ok\n"))
            self.assertEqual(self.close_member(), 303)


class Draining(unittest.TestCase):
    def tearDown(self):
        server.revive()

    def test_the_others_are_sent_elsewhere_while_who_comes_is_served(self):
        server.restart("--captcha", "off", "--drain", "3")
        self.assertEqual(health(), (200, "ok\n"))
        server.process.send_signal(signal.SIGTERM)
        said = health()
        while said == (200, "ok\n"):  # the signal is on its way
            said = health()
        self.assertEqual(said, (503, "draining\n"))
        self.assertEqual(health("/healthz/read"), (200, "ok\n"))
        self.assertEqual(server.browser().get("/login").status, 200)
        self.assertEqual(server.ended(), 0)


if __name__ == "__main__":
    unittest.main()
