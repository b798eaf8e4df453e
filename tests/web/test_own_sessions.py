"""What follows a login: how it stood before, where one is logged in, and the password typed again before what matters."""

import re
import unittest

from server import PASSWORD, Server

server = Server(members=20, companies=3)

OURS = "演示监理公司0001"
WEIXIN = "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/86.0 Mobile Safari/537.36 MicroMessenger/8.0.30"


def setUpModule():
    server.start()
    unittest.addModuleCleanup(server.stop)


def log_in(account, side="staff", **headers):
    browser = server.browser()
    browser.get(f"/login?as={side}")
    answer = browser.post("/login", {"as": side, "account": account, "password": PASSWORD}, **headers)
    assert answer.status == 303, answer.text
    return browser


def fail(account, side="staff"):
    browser = server.browser()
    browser.get(f"/login?as={side}")
    assert browser.post("/login", {"as": side, "account": account, "password": "wrong"}).status == 422


def eleven_minutes_pass():
    server.sql("update session set proved_at = proved_at - 660000")
    log_in("chakan")  # a row of the trail: what the server kept of sessions is read anew


def hello(page):
    return re.search(r'data-last-login="([^"]*)" data-failures="(\d+)"', page.text)


class Hello(unittest.TestCase):
    def test_the_first_page_says_how_it_stood_and_the_next_one_does_not(self):
        first = log_in("peixun")
        self.assertEqual(hello(first.get("/staff")).groups(), ("", "0"))
        fail("peixun")
        fail("peixun")
        browser = log_in("peixun")
        self.assertEqual(browser.get("/").status, 303)
        page = browser.get("/staff")
        said = hello(page)
        self.assertRegex(said[1], r"^2026-11-23 \d\d:\d\d$")
        self.assertEqual(said[2], "2")
        self.assertIn("次密码输错", page.text)
        self.assertIsNone(hello(browser.get("/staff")))

    def test_every_side_is_told(self):
        for account, side, page in ((OURS, "company", "/company/members"), (server.numbers["member"], "member", "/me")):
            log_in(account, side)
            fail(account, side)
            self.assertEqual(hello(log_in(account, side).get(page))[2], "1", side)


class Sessions(unittest.TestCase):
    def rows(self, browser):
        return dict(re.findall(r'<tr data-id="(\d+)"( data-current)?', browser.get("/sessions").text))

    def test_one_sees_and_ends_ones_own(self):
        here, there = log_in("caiwu"), log_in("caiwu", User_Agent=WEIXIN)
        page = here.get("/sessions").text
        self.assertIn("微信 · Android", page)
        self.assertIn("127.0.0.1", page)
        rows = self.rows(here)
        (other,) = [id_ for id_, current in rows.items() if not current]
        self.assertEqual(len(rows), 2)
        stranger = log_in("neirong")
        stranger.get("/sessions")
        self.assertEqual(stranger.post(f"/sessions/{other}/end", {}).status, 404)
        self.assertEqual(there.get("/staff").status, 200)
        self.assertEqual(here.post(f"/sessions/{other}/end", {}).location, "/sessions?ended=1")
        self.assertEqual(there.get("/staff").location, "/login?next=%2Fstaff")
        self.assertEqual(list(self.rows(here).values()), [" data-current"])

    def test_the_others_at_once_and_then_this_one(self):
        here, others = log_in("anquan"), [log_in("anquan") for _ in range(3)]
        here.get("/sessions")
        self.assertEqual(here.post("/sessions/end-others", {}).location, "/sessions?ended=1")
        for other in others:
            self.assertEqual(other.get("/staff").location, "/login?next=%2Fstaff")
        (mine,) = self.rows(here)
        here.post(f"/sessions/{mine}/end", {})
        self.assertEqual(here.get("/sessions").location, "/login?next=%2Fsessions")


class Again(unittest.TestCase):
    def answers(self, browser, password=PASSWORD, next_="/staff"):
        browser.get("/again")
        return browser.post("/again", {"password": password, "next": next_})

    def test_an_export_after_a_while(self):
        browser = log_in("huiyuan")
        address = "/staff/members.xlsx?status=member"
        self.assertEqual(browser.get(address).status, 200)  # a login counts
        eleven_minutes_pass()
        asked = browser.get(address)
        self.assertEqual((asked.status, asked.location), (303, "/again?next=%2Fstaff%2Fmembers.xlsx%3Fstatus%3Dmember"))
        self.assertEqual(browser.get("/staff/members").status, 200)  # it is not asked for everything
        refused = self.answers(browser, "wrong", address)
        self.assertEqual((refused.status, refused.errors), (422, {"password": "当前密码不正确"}))
        self.assertEqual(refused.value("next"), address)
        self.assertEqual(browser.get(address).status, 303)
        self.assertEqual(self.answers(browser, next_=address).location, address)
        self.assertEqual(browser.get(address).status, 200)

    def test_what_was_typed_waits_for_it(self):
        browser = log_in("admin")
        page = browser.get("/staff/accounts").text
        account = re.search(r'href="(/staff/accounts/\d+)">shenji<', page)[1]
        version = browser.get(account).value("version")
        eleven_minutes_pass()
        form = {"role": "security", "enabled": "1", "version": version}
        self.assertEqual(browser.post(account, form).location, f"/again?next={account.replace('/', '%2F')}")
        self.assertEqual(server.sql("select roles from account where login = 'shenji'")[0][0] in (128, "128"), True)
        self.answers(browser, next_=account)
        self.assertRegex(browser.get(account).text, r'value="security" checked')
        self.assertEqual(browser.post(account, form).location, f"{account}?saved=1")

    def test_resets_ask_for_it(self):
        browser = log_in("huiyuan")
        page = browser.get("/staff/companies?size=100").text
        company = re.search(r'href="(/staff/companies/\d+)"[^>]*>演示监理公司0003', page)[1]
        eleven_minutes_pass()
        reset = browser.post(f"{company}/reset-password", {})
        self.assertEqual((reset.status, reset.location), (303, f"/again?next={company.replace('/', '%2F')}"))
        self.answers(browser)
        browser.get(company)
        self.assertEqual(browser.post(f"{company}/reset-password", {}).status, 200)

    def test_it_leads_nowhere_else(self):
        browser = log_in("huiyuan")
        for wanted in ("//evil.example", "https://evil.example", "/\\evil.example", ""):
            self.assertEqual(self.answers(browser, next_=wanted).location, "/")


if __name__ == "__main__":
    unittest.main()
