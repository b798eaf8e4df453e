"""系统设置 over HTTP: what is set is in force for the next request, who may set what, and what a wrong value is answered with."""

import re
import subprocess
import unittest

from server import PASSWORD, Server

server = Server(members=20)


def setUpModule():
    server.start()
    unittest.addModuleCleanup(server.stop)


def logged_in(account):
    browser = server.browser()
    browser.get("/login?as=staff")
    answer = browser.post("/login", {"as": "staff", "account": account, "password": PASSWORD})
    assert answer.status == 303, answer.text
    return browser


def command(*words):
    return subprocess.run([server.binary, "settings", *words, "--db", server.url, "--keys", str(server.folder / "keys")],
                          capture_output=True, text=True, timeout=60, check=False)


def value(page, name):
    return re.search(rf'data-setting="{re.escape(name)}" data-value="([^"]*)" data-set-at="([^"]*)"', page.text).groups()


class Settings(unittest.TestCase):
    def setUp(self):
        self.admin = logged_in("admin")

    def change(self, name, new, browser=None, **more):
        browser = browser or self.admin
        page = browser.get(f"/staff/settings?name={name}")
        return browser.post("/staff/settings", {"name": name, "value": new, "reason": "理事会决定", "version": page.value("version")} | more)

    def test_a_change_is_in_force_at_once(self):
        self.assertEqual(value(self.admin.get("/staff/settings"), "association.system")[1], "")
        saved = self.change("association.system", "会员之家")
        self.assertEqual(saved.location, "/staff/settings?name=association.system&saved=1")
        page = self.admin.get(saved.location)
        self.assertIn("已保存，现在生效", page.text)
        self.assertIn("理事会决定", page.text)
        self.assertEqual(value(page, "association.system")[0], "会员之家")
        self.assertRegex(value(self.admin.get("/staff/settings"), "association.system")[1], r"^20\d\d-\d\d-\d\d \d\d:\d\d")
        self.assertIn("会员之家", server.browser().get("/login").text)

    def test_the_command_line_changes_what_a_server_does(self):
        self.assertEqual(command("get", "association.name").stdout, "甘肃省建设监理协会\n")
        done = command("set", "association.name", "某省监理协会", "--reason", "试")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("某省监理协会", server.browser().get("/login").text)
        page = self.admin.get("/staff/settings?name=association.name")
        self.assertIn("命令行", page.text)
        self.assertIn("association.name\t某省监理协会\n", command("get").stdout)
        self.assertEqual(command("set", "association.name", "甘肃省建设监理协会", "--reason", "试").returncode, 0)

    def test_a_wrong_use_of_the_command(self):
        for words, status, said in ((["set", "period.years", "0", "--reason", "x"], 1, "from 1 to 50"), (["set", "period.years", "4"], 2, "--reason"),
                                    (["set", "period.years"], 2, "NAME and VALUE"), (["get", "no.such"], 1, "no setting"),
                                    (["set", "no.such", "1", "--reason", "x"], 1, "no setting"), (["put"], 2, "get or set"),
                                    (["get", "a", "b"], 2, "one NAME")):
            done = command(*words)
            self.assertEqual(done.returncode, status, words)
            self.assertIn(said, done.stderr)
        self.assertEqual(server.count("setting where name = 'period.years'"), 0)

    def test_what_is_wrong_is_asked_for_again(self):
        for new, reason, wrong in (("0", "有原因", "value"), ("五", "有原因", "value"), ("4", "", "reason")):
            answer = self.change("period.years", new, reason=reason)
            self.assertEqual(answer.status, 422)
            self.assertIn(f'data-error="{wrong}"', answer.text)
            self.assertIn(f'name="value" type="text" inputmode="numeric" value="{new}"', answer.text)
            self.assertEqual(answer.value("reason"), reason)
        self.assertEqual(value(self.admin.get("/staff/settings"), "period.years")[0], "5")

    def test_each_role_sets_its_own(self):
        security = logged_in("anquan")
        self.assertEqual(self.change("login.pair_failures", "6").status, 403)
        self.assertEqual(self.change("period.years", "4", security).status, 403)
        self.assertEqual(self.change("login.pair_failures", "6", security).status, 303)
        page = self.admin.get("/staff/settings?name=login.pair_failures")
        self.assertIn("您的角色不能修改这项设置", page.text)
        self.assertNotIn('name="value"', page.text)

    def test_a_stale_form_and_one_sent_twice(self):
        page = self.admin.get("/staff/settings?name=renewal.window_days")
        form = {"name": "renewal.window_days", "value": "60", "reason": "试", "version": page.value("version"), "once": page.value("once")}
        self.assertEqual(self.admin.post("/staff/settings", form).status, 303)
        self.assertEqual(self.admin.post("/staff/settings", form).status, 303)
        self.assertEqual(server.count("setting where name = 'renewal.window_days'"), 1)
        self.assertEqual(self.admin.post("/staff/settings", form | {"once": "", "value": "30"}).status, 409)
        self.assertEqual(self.admin.post("/staff/settings", form | {"name": "no.such"}).status, 404)

    def test_boxes_that_are_ticked(self):
        page = self.admin.get("/staff/settings?name=register.required")
        self.assertRegex(page.text, r'value="mobile" checked')
        self.assertEqual(self.change("register.required", ["mobile", "qq"]).status, 303)
        self.assertEqual(command("get", "register.required").stdout, "mobile,qq\n")
        fields = {"name": "register.required", "reason": "试", "version": self.admin.get("/staff/settings?name=register.required").value("version")}
        self.assertEqual(self.admin.post("/staff/settings", fields).status, 303)
        self.assertEqual(command("get", "register.required").stdout, "\n")


if __name__ == "__main__":
    unittest.main()
