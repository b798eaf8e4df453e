"""审计日志 over HTTP: what is found under which condition, what a wrong condition is answered with, the file, and that what was
refused is in it with who, from where and what was asked for."""

import html
import re
import time
import unittest

from server import PASSWORD, Server

server = Server(members=40, companies=2)


def setUpModule():
    server.start()
    unittest.addModuleCleanup(server.stop)


def logged_in(account, side="staff"):
    browser = server.browser()
    browser.get(f"/login?as={side}")
    answer = browser.post("/login", {"as": side, "account": account, "password": PASSWORD})
    assert answer.status == 303, answer.text
    return browser


def rows(page):
    """[(number, event, result)]"""
    return re.findall(r'<tr data-number="(\d+)" data-id="\d+" data-event="([^"]*)" data-result="([^"]*)"', page.text)


def link(page, rel):
    found = re.search(rf'rel="{rel}" href="([^"]+)"', page.text)
    return html.unescape(found[1]) if found else None


class Audit(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.auditor = logged_in("shenji")
        cls.clerk = logged_in("huiyuan")
        for _ in range(12):
            logged_in("chakan")

    def test_newest_first_page_by_page(self):
        page = self.auditor.get("/staff/audit?size=10")
        self.assertEqual(page.status, 200)
        numbers = [int(number) for number, _, _ in rows(page)]
        newest = server.count("audit")
        self.assertEqual(numbers, list(range(newest, newest - 10, -1)))
        self.assertIn(f'共 <span class="number">{newest}</span> 条', page.text)
        second = self.auditor.get(link(page, "next"))
        self.assertEqual(int(rows(second)[0][0]), newest - 10)
        self.assertEqual(rows(self.auditor.get(link(second, "prev"))), rows(page))
        self.assertIn("shenji", page.text)
        self.assertIn("127.0.0.1", page.text)

    def test_conditions(self):
        chakan = server.count("audit a join account c on c.id = a.account_id where c.login = 'chakan'")
        self.assertGreaterEqual(chakan, 12)
        for query, event, result, at_least in (("account=chakan", None, None, chakan), ("event=account.login", "account.login", None, 14),
                                               ("account=chakan&event=account.login&result=ok", "account.login", "ok", 12),
                                               ("from=2020-01-01&to=2099-12-31&event=account.login", "account.login", None, 14),
                                               ("address=127.&account=chakan", None, None, chakan)):
            found = rows(self.auditor.get(f"/staff/audit?size=100&{query}"))
            self.assertGreaterEqual(len(found), at_least, query)
            self.assertLessEqual({e for _, e, _ in found}, {event} if event else {e for _, e, _ in found})
            self.assertLessEqual({r for _, _, r in found}, {result} if result else {r for _, _, r in found})
        for query in ("account=no-such", "address=203.", "result=refused&event=account.logout", "to=1999-12-31", "member=99999"):
            page = self.auditor.get(f"/staff/audit?{query}")
            self.assertEqual((page.status, rows(page), link(page, "next")), (200, [], None), query)
            self.assertIn("没有符合条件的记录", page.text)

    def test_a_wrong_condition_loses_nothing_that_was_typed(self):
        for field, typed in (("from", "2026-02-30"), ("to", "gestern"), ("event", "no.such"), ("member", "x"), ("company", "-2"),
                             ("address", "1" * 65), ("result", "maybe")):
            for path in ("/staff/audit", "/staff/audit.csv"):
                page = self.auditor.get(f"{path}?{field}={typed}&account=huiyuan")
                self.assertEqual(page.status, 422)
                self.assertIn(f'data-error="{field}"', page.text)
                self.assertEqual(page.value("account"), "huiyuan")
                if field not in ("event", "result"):
                    self.assertEqual(page.value(field), typed)

    def test_the_file(self):
        before = server.count("audit where event = 'export.end'")
        answer = self.auditor.get("/staff/audit.csv?account=chakan")
        self.assertEqual(answer.status, 200)
        self.assertIn("text/csv", answer.headers["Content-Type"])
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        lines = answer.body.decode("utf-8-sig").splitlines()
        self.assertEqual(len(lines), 1 + server.count("audit a join account c on c.id = a.account_id where c.login = 'chakan'"))
        self.assertTrue(lines[0].startswith("编号,时间,账号"))
        self.assertEqual(server.count("audit where event = 'export.end'"), before + 1)

    def test_a_foreign_id_is_in_it(self):
        ours = logged_in("演示监理公司0001", "company")
        ours.get("/company/members")
        theirs = server.sql("select m.id from member m join company c on c.id = m.company_id where c.code = '0002' limit 1")[0][0]
        self.assertEqual(ours.post(f"/reveal/{theirs}", {}).status, 404)
        self.assertEqual(ours.get(f"/company/members/{theirs}").status, 404)
        found = rows(self.refusals(f"member={theirs}", 2))
        self.assertEqual([(e, r) for _, e, r in found], [("access.refused", "not_found")] * 2)

    def refusals(self, filters, n):
        """Once there are n of them: a short GET does not wait for its row."""
        until = time.monotonic() + 30
        page = self.auditor.get(f"/staff/audit?event=access.refused&{filters}")
        while len(rows(page)) < n and time.monotonic() < until:
            time.sleep(0.05)
            page = self.auditor.get(f"/staff/audit?event=access.refused&{filters}")
        return page

    def test_what_a_role_or_a_limit_refuses_is_in_it(self):
        reader = logged_in("neirong")
        reader.get("/staff")
        self.assertEqual(reader.post("/staff/members/approve", {"id": 1}).status, 403)
        self.assertEqual(reader.get("/staff/members.xlsx").status, 403)
        self.assertEqual(reader.get("/staff/audit").status, 403)  # a short one: in a moment
        stranger = server.browser()
        stranger.get("/login?as=staff")
        tries = [stranger.post("/login", {"as": "staff", "account": "gone", "password": "x"}).status for _ in range(6)]
        self.assertEqual(tries, [422] * 5 + [429])
        page = self.refusals("account=neirong", 3)
        self.assertEqual([(e, r) for _, e, r in rows(page)], [("access.refused", "forbidden")] * 3)
        self.assertIn("GET /staff/audit", page.text)
        self.assertIn("POST /staff/members/approve", page.text)
        self.assertIn("GET /staff/members.xlsx", page.text)
        page = self.auditor.get("/staff/audit?event=access.refused&address=127.0.0.1&result=refused")
        self.assertIn(("access.refused", "too_many"), [(e, r) for _, e, r in rows(page)])
        self.assertIn("POST /login", page.text)


if __name__ == "__main__":
    unittest.main()
