"""A session that ends while a form is filled in: what was typed is there again after the next login of the same account, and a
page whose token is stale gives it back at once."""

import re
import unittest
import urllib.parse

from server import PASSWORD, Server

server = Server(members=40, companies=2)

OURS, OTHERS = "演示监理公司0001", "演示监理公司0002"
TYPED = '张"三<丰>&'


def setUpModule():
    server.start()
    unittest.addModuleCleanup(server.stop)


def log_in(browser=None, account=OURS, side="company", where=None):
    browser = browser or server.browser()
    page = browser.get(where or f"/login?as={side}")
    fields = {"as": side, "account": account, "password": PASSWORD, "next": page.value("next") or ""}
    answer = browser.post("/login", fields)
    assert answer.status == 303, answer.text
    return browser, answer


def submitted(browser):
    """Ids of people who wait for the company."""
    return re.findall(r'data-id="(\d+)"', browser.get("/company/members?status=submitted").text)


def pass_time(browser, ms=1_860_000):
    """So long nobody does anything."""
    server.sql(f"update session set seen_at = seen_at - {ms}")
    server.restart()  # what it remembers of sessions is no older than a minute
    browser.port = server.port


class Midwork(unittest.TestCase):
    def setUp(self):
        server.sql("delete from kept_form")
        self.browser, _ = log_in()
        self.person = submitted(self.browser)[0]
        self.address = f"/company/members/{self.person}"
        self.page = self.browser.get(self.address)
        self.form = {"name": TYPED, "mobile": "1380000", "education": "14", "version": self.page.value("version"), "school": ""}

    def refused(self, path=None, fields=None, **more):
        answer = self.browser.post(path or self.address, fields or self.form, **more)
        self.assertEqual(answer.status, 303)
        return answer.location

    def test_a_form_is_there_again(self):
        pass_time(self.browser)
        where = self.refused()
        self.assertEqual(where, f"/login?next={urllib.parse.quote(self.address, safe='')}")
        login = self.browser.get(where)
        self.assertIn("登录已超时，请重新登录", login.text)
        self.assertEqual(login.value("as"), "company")
        _, entered = log_in(self.browser, where=where)
        self.assertEqual(entered.location, self.address)
        for _ in range(2):  # a reload as well
            page = self.browser.get(self.address)
            self.assertEqual([page.value(name) for name in self.form], list(self.form.values()))
            self.assertIn("data-refilled", page.text)
        self.assertEqual(server.count(f"member where id = {self.person} and version = {self.form['version']}"), 1)  # nothing was sent
        self.assertEqual(self.browser.post(self.address, self.form).status, 422)

    def test_what_was_sent_is_not_filled_in_again(self):
        pass_time(self.browser)
        ids = submitted(log_in()[0])[:2]
        where = self.refused("/company/members/return", {"id": ids, "reason": "照片不清楚", "status": "submitted"})
        self.assertEqual(where, "/login?next=%2Fcompany%2Fmembers%3Fstatus%3Dsubmitted")
        log_in(self.browser, where=where)
        page = self.browser.get("/company/members?status=submitted").text
        for member in ids:
            self.assertRegex(page, rf'<input[^>]*name="id"[^>]*value="{member}"[^>]* checked')
        self.assertEqual(len(re.findall(r'<input[^>]*name="id"[^>]* checked', page)), 2)
        self.assertIn("照片不清楚", page)
        done = self.browser.post("/company/members/return", {"id": ids, "reason": "照片不清楚"})
        self.assertEqual(done.status, 303)
        self.assertNotIn("data-refilled", self.browser.get("/company/members?status=submitted").text)
        self.assertEqual(server.count("kept_form"), 0)

    def test_files_are_not_kept(self):
        """Of a body larger than any text, the text is; so much of it that it is no form of ours is not."""
        photo = {"photo": ("photo.jpg", b"x" * 6_000_000)}
        pass_time(self.browser)
        where = self.refused(files=photo)
        self.assertEqual(where, f"/login?next={urllib.parse.quote(self.address, safe='')}")
        log_in(self.browser, where=where)
        page = self.browser.get(self.address)
        self.assertEqual(page.value("name"), TYPED)
        self.assertIn("文件请重新选择", page.text)
        server.sql("delete from kept_form")
        pass_time(self.browser)
        self.assertEqual(self.refused(fields=self.form | {f"x{i}": "x" * 60_000 for i in range(20)}, files=photo), "/login")
        self.assertEqual(server.count("kept_form"), 0)

    def test_only_for_that_account(self):
        pass_time(self.browser)
        self.refused()
        log_in(self.browser, OTHERS)
        self.assertNotIn("data-refilled", self.browser.get("/company/members").text)
        self.assertNotIn("hy_kept", self.browser.cookies)
        fresh, _ = log_in()  # of the account, in another browser
        self.assertEqual(fresh.get(self.address).value("name"), TYPED)

    def test_only_what_a_session_of_time_past_sent_from_here(self):
        good = self.browser.csrf
        out = self.browser.cookies["hy"]
        self.browser.post("/logout", {})
        self.browser.cookies["hy"], self.browser.csrf = out, good
        self.assertEqual(self.refused(), "/login")
        browser, _ = log_in()
        self.browser = browser
        browser.get("/company/members")
        good = browser.csrf
        pass_time(browser)
        for csrf, headers in (("x", {}), ("", {}), (good, {"Sec_Fetch_Site": "cross-site"}), (good, {"Origin": "http://evil.example"})):
            browser.csrf = csrf
            self.assertEqual(self.refused(**headers), "/login")
        browser.csrf = good
        self.refused("/staff/companies", {"name": "x"})  # of another side
        self.assertEqual(server.count("kept_form"), 0)
        pass_time(browser, 25 * 3_600_000)
        self.refused()
        self.assertEqual(server.count("kept_form"), 0)

    def test_no_password_and_no_other_page(self):
        pass_time(self.browser)
        self.refused("/password", {"current": PASSWORD, "password": "Xinmima-2026", "password_again": "Xinmima-2026"})
        self.assertEqual(server.count("kept_form"), 0)
        self.refused()
        log_in(self.browser)
        self.assertNotIn("data-refilled", self.browser.get("/company/batches").text)
        self.assertNotIn("data-refilled", self.browser.get(f"/company/members/{submitted(self.browser)[1]}").text)

    def test_a_page_that_stood_too_long(self):
        self.browser.csrf = "stale"
        again = self.browser.post(self.address, self.form)
        self.assertEqual(again.status, 403)
        self.assertIn("页面停留太久，内容已保留，请再点一次提交", again.text)
        number = re.search(r'编号 <span class="number">([0-9a-f]{12})</span>（403）', again.text)[1]
        self.assertEqual([again.value(name) for name in self.form], list(self.form.values()))
        self.assertEqual(self.browser.post(self.address, self.form).status, 422)  # with the new token
        server.restart()  # its log is whole then
        self.browser.port = server.port
        self.assertRegex("".join(server.log), rf"request={number} .* status=forbidden")
        for headers in ({"Sec_Fetch_Site": "cross-site"}, {"Origin": "http://evil.example"}):
            self.browser.csrf = "stale"
            foreign = self.browser.post(self.address, self.form, **headers)
            self.assertEqual(foreign.status, 403)
            self.assertNotIn("1380000", foreign.text)

    def test_a_login_page_that_stood_too_long(self):
        browser = server.browser()
        again = browser.post("/login", {"as": "company", "account": OURS, "password": PASSWORD})
        self.assertEqual((again.status, again.value("account"), again.value("as")), (403, OURS, "company"))
        self.assertNotIn(PASSWORD, again.text)
        self.assertEqual(browser.post("/login", {"as": "company", "account": OURS, "password": PASSWORD}).status, 303)


if __name__ == "__main__":
    unittest.main()
