"""A company's clerks over HTTP: the main one keeps them, who only looks is refused by the table of routes, and the trail
names the person."""

import re
import unittest

from server import PASSWORD, Server

server = Server(members=120, companies=2)

OURS = "演示监理公司0001"
CHOSEN = "Xuanding-2026"


def setUpModule():
    server.start()
    unittest.addModuleCleanup(server.stop)


def log_in(account, password=PASSWORD):
    browser = server.browser()
    browser.get("/login?as=company")
    answer = browser.post("/login", {"as": "company", "account": account, "password": password})
    assert answer.status == 303, answer.text
    browser.get("/password")
    return browser


def clerk_added(main, name, mobile, **fields):
    """Logged in, with a password of their own choice."""
    main.get("/company/clerks")
    shown = main.post("/company/clerks", {"name": name, "mobile": mobile} | fields)
    assert shown.status == 200, shown.text
    secret = re.search(r"data-secret>([^<]+)<", shown.text)[1]
    browser = log_in(mobile, secret)
    changed = browser.post("/password", {"current": secret, "password": CHOSEN, "password_again": CHOSEN})
    assert changed.status == 303, changed.text
    browser.get("/consent")
    agreed = browser.post("/consent", {"consent": "1", "consent_sensitive": "1"})
    assert agreed.status == 303, agreed.text
    browser.get("/password")
    return browser


def first(browser, status):
    return re.search(r'<tr[^>]* data-id="(\d+)"', browser.get(f"/company/members?status={status}").text)[1]


class Clerks(unittest.TestCase):
    def test_one_acts_and_is_named(self):
        main = log_in(OURS)
        clerk = clerk_added(main, "孙经办", "13811110001")
        person = first(clerk, "submitted")
        self.assertEqual(clerk.post("/company/members/recommend", {"id": person}).status, 303)
        self.assertIn("孙经办", main.get(f"/company/members/{person}").text)
        self.assertEqual(clerk.get("/company/clerks").status, 403)
        self.assertNotIn('href="/company/clerks"', clerk.get("/company/members").text)
        self.assertIn('href="/company/clerks"', main.get("/company/members").text)

    def test_one_only_looks(self):
        clerk = clerk_added(log_in(OURS), "李查看", "13811110002", view_only="1")
        person, batch = first(clerk, "member"), re.search(r"/company/batches/\d+", clerk.get("/company/batches").text)[0]
        for page in ("/company/members", f"/company/members/{person}", "/company/batches", batch, "/sessions", "/password"):
            self.assertEqual(clerk.get(page).status, 200, page)
        for page in ("/company/members.xlsx", "/company/summary", "/company/summary.pdf", f"{batch}/summary.pdf"):
            self.assertEqual(clerk.get(page).status, 403, page)
        clerk.get("/password")
        for post in ("/company/members/recommend", "/company/members/return", "/company/members/withdraw", f"{batch}/print",
                     f"{batch}/close", f"/company/members/{person}", f"/reveal/{person}", "/company/summary/print"):
            self.assertEqual(clerk.post(post, {"id": person}).status, 403, post)
        listed = clerk.get("/company/members?status=submitted").text
        shown = clerk.get(f"/company/members/{first(clerk, 'submitted')}").text + clerk.get(batch).text
        for word in ("批量推荐", "导出全部", "打印汇总表", "保存更正", "退回本人"):
            self.assertNotIn(f">{word}", listed + shown, word)
        self.assertNotIn("/reveal/", shown)
        self.assertEqual(clerk.post("/sessions/end-others", {}).status, 303)

    def test_one_is_changed_and_disabled(self):
        main = log_in(OURS)
        clerk = clerk_added(main, "周经办", "13811110003")
        page = re.search(r'href="(/company/clerks/\d+)">周经办<', main.get("/company/clerks").text)[1]
        version = main.get(page).value("version")
        refused = main.post(page, {"name": "周经办", "mobile": "1381111", "enabled": "1", "version": version})
        self.assertEqual((refused.status, list(refused.errors)), (422, ["mobile"]))
        self.assertEqual(refused.value("mobile"), "1381111")
        gone = {"name": "周经办", "mobile": "13811110003", "version": version}
        self.assertEqual(main.post(page, gone).location, f"{page}?saved=1")
        self.assertEqual(clerk.get("/company/members").location, "/login?next=%2Fcompany%2Fmembers")
        self.assertEqual(main.post(page, gone).status, 409)


if __name__ == "__main__":
    unittest.main()
