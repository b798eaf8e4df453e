"""The rules that people agree to: who is asked, when, and what becomes of where they wanted to go."""

import re
import unittest
import urllib.parse

import server as servers
from server import PASSWORD, Server

server = Server(members=40, companies=2)

OURS = "演示监理公司0001"
FIRST = "2026-11-01"
TOMORROW = "2026-11-24"
BOTH = {"consent": "1", "consent_sensitive": "1"}
RULES = "#一、新的规则\r\n我们这样处理您的信息<b>&\r\n\r\n#二、其他\r\n没有了"


def setUpModule():
    server.start()
    unittest.addModuleCleanup(server.stop)


def log_in(account, side, where=None):
    browser = server.browser()
    page = browser.get(where or f"/login?as={side}")
    answer = browser.post("/login", {"as": side, "account": account, "password": PASSWORD, "next": page.value("next") or ""})
    assert answer.status == 303, answer.text
    browser.get("/password")  # for its token
    return browser, answer.location


def asked(path=None):
    return "/consent" + (f"?next={urllib.parse.quote(path, safe='')}" if path else "")


def forget(side):
    """As an account that somebody made later: it has agreed to nothing. What a server remembers goes by the trail."""
    server.sql(f"delete from consent where account_id in (select id from account where side = '{side}')")
    log_in("admin", "staff")


class Case(unittest.TestCase):
    def publish(self, text=RULES, browser=None, **more):
        admin = browser or log_in("admin", "staff")[0]
        page = admin.get("/staff/privacy")
        fields = {"text": text, "in_force_from": servers.TODAY, "reason": "补充说明", "version": page.value("version")}
        return admin.post("/staff/privacy", fields | more)

    def assert_sent(self, answer, where):
        self.assertEqual((answer.status, answer.location), (303, where))


class Asked(Case):
    def test_demo_accounts_have_agreed(self):
        for account, side in ((OURS, "company"), (server.numbers["member"], "member"), (server.numbers["submitted"], "member")):
            browser, _ = log_in(account, side)
            self.assertEqual(browser.get("/sessions").status, 200)
            page = browser.get("/consent")
            self.assertIn("您已经同意", page.text)
            self.assertNotIn('name="consent"', page.text)
            self.assert_sent(browser.post("/consent", BOTH), "/")

    def test_each_side_is_asked_from_everything_but_a_few(self):
        for account, side, home in ((OURS, "company", "/company/members"), (server.numbers["member"], "member", "/me"),
                                    (server.numbers["submitted"], "member", "/me/progress")):
            forget(side)
            browser, _ = log_in(account, side)
            for path in ("/", home, f"{home}?x=1&y=2", "/sessions", "/again", "/guide", "/help", "/register", "/companies/search?q=0001"):
                self.assert_sent(browser.get(path), asked(path))
            self.assertEqual(browser.get("/nowhere").status, 404)
            self.assert_sent(browser.get("/staff"), asked())
            for path in ("/privacy", "/password", "/consent", re.search(r'href="(/assets/[^"#]+)"', browser.get("/consent").text)[1]):
                self.assertEqual(browser.get(path).status, 200, path)
            page = browser.get("/consent")
            self.assertIn(f'<main class="page page-narrow" id="main" tabindex="-1" data-version="{FIRST}">', page.text)
            self.assertNotIn(f'href="{home}"', page.text)  # no menu that leads back here
            self.assert_sent(browser.post("/consent", BOTH), "/")
            self.assert_sent(browser.get("/"), home)
            self.assertEqual(browser.get(home).status, 200)

    def test_staff_are_not_asked(self):
        browser, _ = log_in("huiyuan", "staff")
        self.assertEqual(browser.get("/staff/members").status, 200)
        self.assertEqual(browser.get("/consent").status, 403)

    def test_a_box_that_is_missing(self):
        forget("company")
        browser, _ = log_in(OURS, "company")
        for fields, wrong, kept in (({"consent": "1"}, ["consent_sensitive"], True), ({"consent_sensitive": "1"}, ["consent"], False),
                                    ({}, ["consent", "consent_sensitive"], False), ({"consent": "0", "consent_sensitive": "2"},
                                                                                   ["consent", "consent_sensitive"], False)):
            answer = browser.post("/consent", fields | {"next": "/company/batches"})
            self.assertEqual(answer.status, 422)
            self.assertEqual(sorted(answer.errors), wrong)
            self.assertEqual(answer.value("next"), "/company/batches")
            self.assertEqual('name="consent" value="1" required checked' in answer.text, kept)
        self.assert_sent(browser.get("/company/batches"), asked("/company/batches"))
        self.assertEqual(server.count("consent c join account a on a.id = c.account_id where a.side = 'company'"), 0)
        self.assert_sent(browser.post("/consent", BOTH | {"next": "//evil.example"}), "/")

    def test_where_they_wanted_to_go(self):
        forget("company")
        wanted = "/company/members?status=submitted&q=%E7%8E%8B"
        login = server.browser().get(wanted).location
        browser, where = log_in(OURS, "company", login)
        self.assertEqual(where, wanted)
        self.assert_sent(browser.get(where), asked(wanted))
        page = browser.get(asked(wanted))
        self.assertEqual(page.value("next"), wanted)
        self.assert_sent(browser.post("/consent", BOTH | {"next": page.value("next"), "version": page.value("version")}), wanted)
        self.assertEqual(browser.get(wanted).status, 200)

    def test_out_again_without_agreeing(self):
        forget("company")
        browser, _ = log_in(OURS, "company")
        self.assert_sent(browser.post("/logout", {}), "/login")
        browser, _ = log_in(OURS, "company")
        self.assertEqual(browser.post("/password", {}).status, 422)
        self.assertEqual(browser.get("/login").status, 200)  # another may log in instead
        browser.post("/consent", BOTH)

    def test_a_post_in_mid_work_is_kept(self):
        browser, _ = log_in(OURS, "company")
        person = re.findall(r'data-id="(\d+)"', browser.get("/company/members?status=submitted").text)[0]
        address = f"/company/members/{person}"
        page = browser.get(address)
        forget("company")
        form = {"name": "张改名", "mobile": "1380000", "version": page.value("version")}
        self.assert_sent(browser.post(address, form), asked(address))
        self.assertEqual(browser.post(address, form | {"csrf": "x"}).status, 403)
        page = browser.get(asked(address))
        self.assert_sent(browser.post("/consent", BOTH | {"next": page.value("next")}), address)
        again = browser.get(address)
        self.assertEqual(again.value("name"), "张改名")
        self.assertIn("刚才填写的内容已填回", again.text)
        self.assertEqual(server.count("member where name = '张改名'"), 0)

    def test_an_account_made_by_staff_is_asked_after_its_first_password(self):
        staff, _ = log_in("huiyuan", "staff")
        made = staff.post("/staff/companies", {"name": "甘肃新建监理有限公司", "enabled": "1"})
        secret = re.search(r"data-secret>([^<]+)<", made.text)[1]
        browser = server.browser()
        browser.get("/login?as=company")
        browser.post("/login", {"as": "company", "account": "甘肃新建监理有限公司", "password": secret})
        self.assert_sent(browser.get("/consent"), "/password")
        browser.get("/password")
        browser.post("/password", {"current": secret, "password": "Qiushui-7731", "password_again": "Qiushui-7731"})
        self.assert_sent(browser.get("/company/members"), asked("/company/members"))


class Versions(Case):
    def setUp(self):
        server.sql("delete from privacy_version where own = 0")
        server.sql("delete from consent where text_version <> '2026-11-01'")
        server.restart()

    def test_a_new_version_is_asked_for_at_once(self):
        server.sql("delete from consent")
        browser, _ = log_in(OURS, "company")
        browser.post("/consent", BOTH)
        self.assertEqual(browser.get("/company/members").status, 200)
        self.assert_sent(self.publish(), "/staff/privacy?saved=1")
        self.assert_sent(browser.get("/company/members"), asked("/company/members"))
        page = browser.get("/consent")
        self.assertIn(f'data-version="{servers.TODAY}"', page.text)
        self.assertIn("<h2>一、新的规则</h2>", page.text)
        self.assertIn("<p>我们这样处理您的信息&lt;b&gt;&amp;</p>", page.text)
        self.assertEqual(browser.post("/consent", BOTH | {"version": FIRST}).status, 409)  # it was another that was read
        self.assert_sent(browser.post("/consent", BOTH | {"version": servers.TODAY}), "/")
        self.assertEqual(browser.get("/company/members").status, 200)
        rows = server.sql("select kind, text_version from consent order by id")
        self.assertEqual(rows[-2:], [("terms", servers.TODAY), ("sensitive", servers.TODAY)])

    def test_each_version_stays_readable(self):
        self.publish()
        browser = server.browser()
        self.assertIn(f'data-version="{servers.TODAY}"', browser.get("/privacy").text)
        first = browser.get(f"/privacy?version={FIRST}")
        self.assertIn(f'data-version="{FIRST}"', first.text)
        self.assertIn("查看现行版本", first.text)
        self.assertIn("一、谁处理您的个人信息", first.text)
        self.assertEqual(browser.get("/privacy?version=1999-01-01").status, 404)

    def test_a_version_that_begins_tomorrow(self):
        browser, _ = log_in(OURS, "company")
        if browser.get("/sessions").status == 303:
            browser.post("/consent", BOTH)
        self.publish(in_force_from=TOMORROW)
        self.assertEqual(browser.get("/company/members").status, 200)
        self.assertIn(f'data-version="{FIRST}"', browser.get("/privacy").text)
        self.assertIn(f'data-version="{TOMORROW}"', browser.get(f"/privacy?version={TOMORROW}").text)
        admin, _ = log_in("admin", "staff")
        self.assertRegex(admin.get("/staff/privacy").text, rf'data-id="{TOMORROW}".*将施行')
        today, servers.TODAY = servers.TODAY, TOMORROW
        self.addCleanup(setattr, servers, "TODAY", today)
        server.restart()
        browser, _ = log_in(OURS, "company")
        self.assert_sent(browser.get("/company/members"), asked("/company/members"))
        self.assertIn(f'data-version="{TOMORROW}"', browser.get("/consent").text)
        browser.post("/consent", BOTH)
        self.assertEqual(browser.get("/company/members").status, 200)

    def test_the_desk(self):
        admin, _ = log_in("admin", "staff")
        page = admin.get("/staff/privacy")
        self.assertIn(f'data-version="{FIRST}"', page.text)
        self.assertIn("#一、谁处理您的个人信息\n", page.text)
        self.assertIn("甘肃省建设监理协会（以下称协会）", page.text)
        self.publish(browser=admin)
        page = admin.get("/staff/privacy?saved=1")
        self.assertIn("已公布", page.text)
        self.assertIn("补充说明", page.text)
        self.assertIn(f'data-version="{servers.TODAY}"', page.text)
        self.assertRegex(page.text, rf'data-id="{FIRST}".*以前的')
        rows = server.sql("select event from audit where event = 'privacy.publish'")
        self.assertGreater(len(rows), 0)

    def test_what_is_wrong_is_asked_for_again(self):
        for more, wrong in (({"text": ""}, "text"), ({"text": " \r\n "}, "text"), ({"text": "字" * 10001}, "text"),
                            ({"text": "#只有标题"}, "text"), ({"in_force_from": "2026-11-22"}, "in_force_from"),
                            ({"in_force_from": "2026-02-30"}, "in_force_from"), ({"in_force_from": ""}, "in_force_from"),
                            ({"reason": ""}, "reason"), ({"reason": "字" * 201}, "reason")):
            typed = {"text": RULES, "in_force_from": TOMORROW, "reason": "有原因"} | more
            answer = self.publish(**typed)
            self.assertEqual(answer.status, 422)
            self.assertEqual(list(answer.errors), [wrong])
            self.assertEqual(answer.value("in_force_from"), typed["in_force_from"])
            self.assertEqual(answer.value("reason"), typed["reason"])
            if wrong != "text":
                self.assertIn("我们这样处理您的信息&lt;b&gt;&amp;", answer.text)
        self.assertEqual(server.count("privacy_version"), 1)

    def test_a_stale_form_keeps_what_was_typed(self):
        admin, _ = log_in("admin", "staff")
        stale = admin.get("/staff/privacy")
        fields = {"text": "一段很长的正文", "in_force_from": servers.TODAY, "reason": "试", "version": stale.value("version"),
                  "once": stale.value("once")}
        self.publish()
        answer = admin.post("/staff/privacy", fields)
        self.assertEqual(answer.status, 409)
        self.assertIn(">\n一段很长的正文</textarea>", answer.text)
        self.assertIn("刚刚有人公布了新的版本", answer.text)
        self.assertEqual(server.count("privacy_version"), 2)
        fields |= {"version": answer.value("version"), "once": answer.value("once")}
        self.assertEqual(admin.post("/staff/privacy", fields).status, 303)
        self.assertEqual(admin.post("/staff/privacy", fields).status, 303)  # a second click
        self.assertEqual(server.count("privacy_version"), 3)
        self.assertEqual(admin.post("/staff/privacy", {"text": "x", "in_force_from": servers.TODAY, "reason": "试"}).status, 409)


if __name__ == "__main__":
    unittest.main()
