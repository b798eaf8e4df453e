"""A second factor over HTTP: set up, asked for after the password, each code once, recovery codes, required by role."""

import base64
import hashlib
import hmac
import re
import struct
import time
import unittest

from server import PASSWORD, Server

server = Server(members=20, companies=2)


def setUpModule():
    server.start()
    unittest.addModuleCleanup(server.stop)


def code(secret, steps=0):
    step = struct.pack(">Q", int(time.time()) // 30 + steps)
    mac = hmac.new(base64.b32decode(secret), step, hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7FFFFFFF) % 1000000:06}"


def typed_password(account, **more):
    browser = server.browser()
    browser.get("/login?as=staff")
    return browser, browser.post("/login", {"as": "staff", "account": account, "password": PASSWORD} | more)


def log_in(account):
    browser, answer = typed_password(account)
    assert (answer.status, answer.location) == (303, "/"), answer.text
    browser.get("/totp")
    return browser


def turned_on(account):
    """The secret, the recovery codes, and who did it."""
    browser = log_in(account)
    secret = re.search(r'data-secret="([A-Z2-7]{32})"', browser.get("/totp").text)[1]
    on = browser.post("/totp", {"code": code(secret, -1)})
    assert on.status == 200, on.text
    return secret, re.findall(r"data-recovery>([^<]+)<", on.text), browser


class Totp(unittest.TestCase):
    def setUp(self):
        server.sql("delete from attempt")

    def enter(self, account, typed):
        browser, asked = typed_password(account, next="/staff?x=1")
        self.assertEqual((asked.status, asked.location), (303, "/login/code?next=%2Fstaff%3Fx%3D1"))
        self.assertNotIn("hy", browser.cookies)
        self.assertEqual(browser.get("/staff").location, "/login?next=%2Fstaff")
        page = browser.get(asked.location)
        self.assertEqual(page.value("next"), "/staff?x=1")
        return browser, browser.post("/login/code", {"code": typed, "next": "/staff?x=1"})

    def test_set_up_and_asked_for(self):
        secret, recovery, browser = turned_on("caiwu")
        self.assertEqual(len(set(recovery)), 10)
        self.assertNotIn("data-secret", browser.get("/totp").text)
        self.assertNotIn(recovery[0], browser.get("/totp").text)
        right = code(secret)
        entered, done = self.enter("caiwu", right)
        self.assertEqual((done.status, done.location), (303, "/staff?x=1"))
        self.assertEqual(entered.get("/staff").status, 200)
        for typed in (right, "000000", "", "x" * 30):  # used, wrong, none
            _, refused = self.enter("caiwu", typed)
            self.assertEqual((refused.status, list(refused.errors)), (422, ["code"]), typed)
        lost, done = self.enter("caiwu", recovery[0].lower().replace("-", " "))
        self.assertEqual(done.location, "/staff?x=1", done.text)
        self.assertIn('>9<', lost.get("/totp").text)
        self.assertEqual(self.enter("caiwu", recovery[0])[1].status, 422)

    def test_wrong_codes_are_failed_logins(self):
        _, _, _ = turned_on("peixun")
        for _ in range(5):
            self.assertEqual(self.enter("peixun", "000000")[1].status, 422)
        self.assertEqual(typed_password("peixun")[1].status, 429)

    def test_the_password_opens_nothing_for_another(self):
        turned_on("neirong")
        browser, _ = typed_password("neirong")
        half = browser.cookies["hy_half"]
        for wrong in (half[:-2] + "xx", "x", half + "A"):
            stranger = server.browser()
            stranger.get("/login")
            stranger.cookies["hy_half"] = wrong
            self.assertEqual(stranger.post("/login/code", {"code": "000000"}).location, "/login?as=staff", wrong)
        self.assertEqual(server.browser().get("/login/code").location, "/login?as=staff")
        server.run("staff", "passwd", "neirong", stdin="Jimi-mima-9\n")
        self.assertEqual(browser.post("/login/code", {"code": "000000"}).location, "/login?as=staff")

    def test_turned_off_with_both_and_reset_by_who_manages(self):
        secret, recovery, browser = turned_on("chakan")
        browser.get("/totp")
        for fields, field in (({"password": "wrong", "code": recovery[0]}, "password"),
                              ({"password": PASSWORD, "code": "000000"}, "code")):
            refused = browser.post("/totp", {"off": "1"} | fields)
            self.assertEqual((refused.status, list(refused.errors)), (422, [field]))
        off = browser.post("/totp", {"off": "1", "password": PASSWORD, "code": recovery[0]})
        self.assertEqual(off.location, "/totp?off=1", off.text)
        log_in("chakan")
        turned_on("chakan")
        admin = log_in("admin")
        id_ = server.sql("select id from account where login = 'chakan'")[0][0]
        self.assertIn("重置动态码", admin.get(f"/staff/accounts/{id_}").text)
        self.assertEqual(admin.post(f"/staff/accounts/{id_}/reset-totp", {}).location, f"/staff/accounts/{id_}?saved=1")
        log_in("chakan")

    def test_a_role_must_have_one(self):
        server.run("settings", "set", "account.totp_roles", "auditor", "--reason", "理事会决定")
        browser, _ = typed_password("shenji")
        for page in ("/staff", "/sessions", "/again"):
            self.assertEqual(browser.get(page).location, "/totp", page)
        self.assertEqual(browser.get("/password").status, 200)
        secret = re.search(r'data-secret="([^"]+)"', browser.get("/totp").text)[1]
        self.assertEqual(browser.post("/totp", {"code": code(secret)}).status, 200)
        self.assertEqual(browser.get("/staff").status, 200)
        self.assertEqual(log_in("huiyuan").get("/staff").status, 200)


if __name__ == "__main__":
    unittest.main()
