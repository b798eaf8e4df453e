"""What holds a session together: cookies, logging in and out, captcha, the limits of tries, https, and assets beside it."""

import contextlib
import gzip
import hashlib
import http.client
import re
import struct
import unittest
import urllib.parse

from server import PASSWORD, Server

server = Server(members=20, companies=3)

OURS = "演示监理公司0001"


def setUpModule():
    server.start()
    unittest.addModuleCleanup(server.stop)


def try_login(account=OURS, password=PASSWORD, side="company", browser=None, **more):
    browser = browser or server.browser()
    browser.get(f"/login?as={side}")
    return browser, browser.post("/login", {"as": side, "account": account, "password": password} | more)


def log_in(*args, **named):
    browser, answer = try_login(*args, **named)
    assert answer.status == 303, answer.text
    browser.get("/password")  # for its token
    return browser


def cookie_line(answer, name):
    return next(line for line in answer.headers.get_all("Set-Cookie") if line.startswith(f"{name}="))


def parts(line):
    return line.split("; ", 1)[1]


def lives(token, cookie="hy"):
    """Whether a session's token still lets someone in."""
    browser = server.browser()
    browser.cookies[cookie] = token
    return browser.get("/password").status == 200


def worked_out(page):
    """What a script would answer to the form's challenge: docs/decisions/0011."""
    challenge, bits = re.search(r'data-work="([^".]+)\.(\d+)"', page).groups()
    seed = hashlib.sha256(challenge.encode()).digest()
    numbers = []
    for piece in range(8):
        n = 0
        while int.from_bytes(hashlib.sha256(seed + struct.pack(">II", piece, n)).digest(), "big") >> (256 - int(bits)):
            n += 1
        numbers.append(str(n))
    return f"{challenge}.{'-'.join(numbers)}"


class Case(unittest.TestCase):
    def setUp(self):
        server.sql("delete from attempt")  # a quarter of an hour passes


class Cookies(Case):
    def test_attributes(self):
        browser = server.browser()
        pre = cookie_line(browser.get("/login"), "hy_pre")
        _, entered = try_login(browser=browser)
        for line in (pre, cookie_line(entered, "hy")):
            self.assertEqual(parts(line), "Path=/; HttpOnly; SameSite=Lax")

    def test_nothing_is_kept_before_login(self):
        before = server.count("session"), server.count("draft"), server.count("audit")
        for path in ("/", "/login", "/register", "/captcha.png", "/guide"):
            server.browser().get(path)
        self.assertEqual((server.count("session"), server.count("draft"), server.count("audit")), before)

    def test_a_session_cookie_that_comes_twice(self):
        token = log_in().cookies["hy"]
        browser = server.browser()
        browser.cookies["x"] = f"1; hy={token}; hy={token}"
        self.assertEqual(browser.get("/company/members").status, 400)

    def test_only_a_hash_of_the_token_is_stored(self):
        token = log_in().cookies["hy"]
        self.assertNotIn(token, repr(server.sql("select * from session")))


class Entering(Case):
    def test_a_token_that_was_planted_is_worth_nothing(self):
        planted = "A" * 43
        browser = server.browser()
        browser.cookies["hy"] = planted
        entered = log_in(browser=browser)
        self.assertNotEqual(entered.cookies["hy"], planted)
        self.assertFalse(lives(planted))

    def test_every_login_has_a_token_of_its_own(self):
        browser = log_in()
        first = browser.cookies["hy"]
        log_in(browser=browser)
        self.assertNotEqual(browser.cookies["hy"], first)

    def test_a_login_that_failed_inside_a_session_can_be_tried_again(self):
        browser = log_in()
        for _ in range(2):
            self.assertEqual(browser.post("/login", {"as": "company", "account": OURS, "password": "wrong"}).status, 422)
        self.assertEqual(browser.get("/company/members").status, 200)

    def test_out_is_out(self):
        browser = log_in()
        token, csrf = browser.cookies["hy"], browser.csrf
        left = browser.post("/logout", {})
        self.assertEqual((left.status, left.location), (303, "/login"))
        self.assertIn("Max-Age=0", cookie_line(left, "hy"))
        self.assertIn('"cache"', left.headers["Clear-Site-Data"])
        self.assertFalse(lives(token))
        browser.cookies["hy"] = token
        self.assertEqual(browser.post("/company/members/recommend", {"csrf": csrf}).location, "/login")

    def test_a_new_password_ends_the_other_sessions(self):
        staff = log_in("huiyuan", side="staff")
        page = staff.get("/staff/companies?size=100").text
        address = re.search(r'href="(/staff/companies/\d+)"[^>]*>演示监理公司0003', page)[1]
        secret = re.search(r"data-secret>([^<]+)<", staff.post(f"{address}/reset-password", {}).text)[1]
        here = log_in("演示监理公司0003", secret)
        here.post("/password", {"current": secret, "password": "Diyici-2026", "password_again": "Diyici-2026"})
        here.get("/password")
        secret, there = "Diyici-2026", log_in("演示监理公司0003", "Diyici-2026")
        before = here.cookies["hy"]
        changed = here.post("/password", {"current": secret, "password": "Xinmima-2026", "password_again": "Xinmima-2026"})
        self.assertEqual((changed.status, changed.location), (303, "/password?done=1"))
        self.assertEqual(here.get("/company/members").status, 200)
        for token in (before, there.cookies["hy"]):
            self.assertFalse(lives(token))

    def test_another_process_ends_a_session_that_the_server_knows(self):
        """What the server keeps of a session holds only until the data change, whoever changes them."""
        browser = log_in("neirong", side="staff")
        for _ in range(3):
            self.assertEqual(browser.get("/staff").status, 200)
        server.run("staff", "passwd", "neirong", stdin="Jimi-mima-9\n")
        answer = browser.get("/staff")
        self.assertEqual((answer.status, answer.headers["Location"]), (303, "/login?next=%2Fstaff"))

    def test_an_idle_session_ends(self):
        browser = log_in()
        server.sql("update session set seen_at = seen_at - 1860000")
        server.restart()  # what it remembers of sessions is no older than a minute
        browser.port = server.port
        self.assertEqual(browser.get("/company/members").location, "/login?next=%2Fcompany%2Fmembers")

    def test_where_it_leads(self):
        for wanted in ("/company/members?status=expired&q=%E7%8E%8B", "/company/batches/1", "/"):
            _, answer = try_login(next=wanted)
            self.assertEqual((answer.status, answer.location), (303, wanted))

    def test_it_leads_nowhere_else(self):
        for wanted in ("//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example",
                       "/x\\evil.example", "/./\\evil.example", "https:evil.example", "evil.example",
                       "javascript:alert(1)", "/\t/evil.example", "/ /evil.example", "/x\r\nSet-Cookie: hy=1", "/x\0",
                       "/中文", b"/\xff", "@evil.example", ""):
            with self.subTest(next=wanted):
                browser, answer = try_login(next=wanted)
                self.assertEqual((answer.status, answer.location), (303, "/"))
                self.assertEqual(len(answer.headers.get_all("Set-Cookie")), 2)  # the session, and that it is new
                page = browser.get(f"/login?next={urllib.parse.quote(wanted)}").text
                self.assertNotIn("evil", page)


class Tries(Case):
    def test_five_wrong_ones_and_who_is_not_kept_out(self):
        for account, side in ((OURS, "company"), ("没有这家公司", "company"), ("huiyuan", "staff"), (server.numbers["member"], "member")):
            with self.subTest(side=side):
                for _ in range(5):
                    _, answer = try_login(account, "wrong", side)
                    self.assertEqual((answer.status, answer.value("account"), answer.value("password")), (422, account, None))
                _, answer = try_login(account, PASSWORD, side)
                self.assertEqual(answer.status, 429)
                self.assertGreater(int(answer.headers["Retry-After"]), 0)
                self.assertLessEqual(int(answer.headers["Retry-After"]), 900)
                self.assertRegex(answer.text, r'编号 <span class="number">[0-9a-f]{12}<')
        log_in("演示监理公司0002")  # from the same address

    def test_a_network_over_all_accounts(self):
        for i in range(30):
            self.assertEqual(try_login(f"没有第{i}家公司", "wrong")[1].status, 422)
        _, answer = try_login("没有第30家公司", "wrong")
        self.assertEqual(answer.status, 429)
        self.assertTrue(0 < int(answer.headers["Retry-After"]) <= 900)
        self.assertRegex(answer.text, "还需等 1?[0-9] 分钟")
        self.assertEqual(try_login()[1].status, 429)

    def test_a_known_network_keeps_a_way_in(self):
        def at(address, password):
            browser = server.browser()
            browser.get("/login?as=staff")
            fields = {"as": "staff", "account": "admin", "password": password}
            return browser.post("/login", fields, X_Forwarded_For=address).status

        server.restart("--captcha", "off", "--trust-proxy", "127.0.0.1")
        self.addCleanup(server.restart)
        self.assertEqual(at("203.0.113.5", PASSWORD), 303)
        for i in range(20):
            self.assertEqual(at(f"198.51.{i // 5}.{i}", "wrong"), 422)
        self.assertEqual(at("198.51.100.1", PASSWORD), 429)
        self.assertEqual(at("203.0.113.99", PASSWORD), 303)

    def test_known_or_not_the_answer_is_the_same(self):
        texts = set()
        for account, side in ((server.numbers["member"], "member"), ("620112198808081011", "member"), ("123", "member")):
            texts.add(re.sub(r'name="csrf" value="[^"]*"', "", try_login(account, "wrong", side)[1].text).replace(account, ""))
        self.assertEqual(len(texts), 1)


class Captcha(Case):
    @classmethod
    def setUpClass(cls):
        server.restart("--captcha", "image")
        cls.addClassCleanup(server.restart)

    def refusal(self, browser, **fields):
        answer = browser.post("/login", {"as": "company", "account": OURS, "password": PASSWORD} | fields)
        self.assertEqual((answer.status, set(answer.errors)), (422, {"captcha"}))
        self.assertNotIn("hy", browser.cookies)
        self.assertEqual(answer.value("account"), OURS)
        return answer.errors["captcha"]

    def new(self):
        browser = server.browser()
        browser.get("/login?as=company")
        picture = browser.get("/captcha.png")
        self.assertEqual((picture.status, picture.headers["Content-Type"], picture.body[:4]), (200, "image/png", b"\x89PNG"))
        self.assertEqual(picture.headers["Cache-Control"], "no-store")
        self.assertEqual(parts(cookie_line(picture, "hy_captcha")), "Path=/; HttpOnly; SameSite=Lax; Max-Age=600")
        return browser

    def test_it_is_asked_for(self):
        for path in ("/login", "/register"):
            self.assertIn('name="captcha"', server.browser().get(path).text)

    def test_without(self):
        browser = server.browser()
        browser.get("/login?as=company")
        for fields in ({}, {"captcha": ""}, {"captcha": "ABCD"}):
            self.refusal(browser, **fields)
        self.refusal(self.new(), captcha="")

    def test_wrong_and_then_the_same_picture_again(self):
        browser = self.new()
        self.assertIn("不正确", self.refusal(browser, captcha="0000"))
        self.assertIn("已过期", self.refusal(browser, captcha="0000"))
        self.assertEqual(browser.get("/captcha.png").status, 200)
        self.assertIn("不正确", self.refusal(browser, captcha="0000"))

    def test_one_that_was_made_up(self):
        browser = self.new()
        sealed = browser.cookies["hy_captcha"]
        for cookie in (sealed[:-2], "A" * len(sealed), sealed[::-1], "x", ""):
            browser.cookies["hy_captcha"] = cookie
            self.assertIn("已过期", self.refusal(browser, captcha="0000"))

    def cheap_work(self):
        server.sql("delete from setting where name = 'captcha.work_bits'")
        server.sql("insert into setting (name, value, set_at) values ('captcha.work_bits', '3', 0)")
        server.restart("--captcha", "image")

    def test_work_instead(self):
        self.cheap_work()
        browser = server.browser()
        page = browser.get("/login?as=company").text
        fields = {"as": "company", "account": OURS, "password": PASSWORD, "work": worked_out(page)}
        thief = server.browser()
        thief.get("/login?as=company")
        self.assertEqual(thief.post("/login", fields).status, 422)
        self.assertEqual(browser.post("/login", fields).status, 303)
        browser.cookies.pop("hy")
        browser.get("/login?as=company")
        self.assertEqual(set(browser.post("/login", fields).errors), {"captcha"})

    def test_both_after_ten_failures(self):
        self.cheap_work()
        browser = server.browser()
        for i in range(10):
            page = browser.get("/login?as=company").text
            self.assertNotIn("data-work-both", page)
            fields = {"as": "company", "account": f"没有第{i}家", "password": "wrong", "work": worked_out(page)}
            self.assertEqual(set(browser.post("/login", fields).errors), {"password"})
        page = browser.get("/login?as=company").text
        self.assertIn("data-work-both", page)
        fields = {"as": "company", "account": OURS, "password": PASSWORD}
        without = browser.post("/login", fields | {"captcha": "0000"})
        self.assertEqual(without.status, 429)
        self.assertGreater(int(without.headers["Retry-After"]), 0)
        self.assertEqual(set(browser.post("/login", fields | {"work": worked_out(page)}).errors), {"captcha"})

    def test_registration_asks_too(self):
        browser = server.browser()
        browser.get("/register")
        self.assertIn("captcha", browser.post("/register", {}).errors)


class Addresses(Case):
    """--url in each spelling of one address, and what a browser says then."""

    def test_spellings_of_one_address(self):
        self.addCleanup(server.restart)
        for url, origins in (("http://huiyuan.example.cn:80", ("http://huiyuan.example.cn", "http://huiyuan.example.cn:80")),
                             ("http://Huiyuan.Example.CN/", ("http://huiyuan.example.cn", "HTTP://HUIYUAN.example.cn")),
                             ("https://huiyuan.example.cn:8443", ("https://huiyuan.example.cn:8443",)),
                             ("http://会员.例子", ("http://%s" % "会员.例子".encode("idna").decode(),))):
            server.restart("--captcha", "off", "--url", url)
            browser, form = log_in(), "/company/members/recommend"
            for origin in origins:
                self.assertEqual(browser.post(form, {}, Origin=origin).status, 422, (url, origin))
            for origin in ("https://huiyuan.example.cn", "http://huiyuan.example.cn:8443", "http://example.cn"):
                self.assertEqual(browser.post(form, {}, Origin=origin).status, 403, (url, origin))

    def test_without_it_the_host_counts(self):
        host = "huiyuan.example.cn"
        browser, form = log_in(), "/company/members/recommend"
        for said, origin in ((host, f"http://{host}"), (f"{host}:80", f"http://{host}"), (host, f"http://{host}:80"),
                             (host.upper(), f"http://{host}"), (host, f"HTTP://{host.upper()}"), (f"{host}:443", f"https://{host}"),
                             (f"{host}:8080", f"http://{host}:8080")):
            self.assertEqual(browser.post(form, {}, Host=said, Origin=origin).status, 422, (said, origin))
        for said, origin in ((host, f"http://{host}:8080"), (f"{host}:80", f"https://{host}"), (host, f"http://x.{host}"),
                             (host, f"http://{host}/"), (host, "null")):
            self.assertEqual(browser.post(form, {}, Host=said, Origin=origin).status, 403, (said, origin))


class Https(Case):
    URL = "https://huiyuan.example.cn"

    @classmethod
    def setUpClass(cls):
        server.restart("--captcha", "off", "--url", cls.URL)
        cls.addClassCleanup(server.restart)

    def test_cookies_of_this_host_alone(self):
        browser = server.browser()
        pre = cookie_line(browser.get("/login"), "__Host-hy_pre")
        _, entered = try_login(browser=browser)
        session = cookie_line(entered, "__Host-hy")
        for line in (pre, session):
            self.assertEqual(parts(line), "Path=/; HttpOnly; SameSite=Lax; Secure")
        self.assertTrue(lives(browser.cookies["__Host-hy"], "__Host-hy"))
        self.assertFalse(lives(browser.cookies["__Host-hy"], "hy"))
        browser.get("/password")
        left = cookie_line(browser.post("/logout", {}), "__Host-hy")
        self.assertIn("Secure; Max-Age=0", left)

    def test_https_from_now_on(self):
        browser = server.browser()
        page = browser.get("/login")
        for path in ("/login", "/", "/nothing", "/company/members", re.search(r"/assets/[^\"#]+", page.text)[0]):
            self.assertEqual(browser.get(path).headers["Strict-Transport-Security"], "max-age=63072000; includeSubDomains", path)

    def test_origin_is_the_public_address(self):
        browser = log_in()
        form = "/company/members/recommend"
        self.assertEqual(browser.post(form, {}, Origin=self.URL).status, 422)
        for origin in (f"http://127.0.0.1:{server.port}", "http://huiyuan.example.cn", f"{self.URL}:444", f"{self.URL}.cn", "null"):
            self.assertEqual(browser.post(form, {}, Origin=origin).status, 403, origin)

    def test_a_location_is_a_path(self):
        self.assertEqual(server.browser().get("/").location, "/login")


class Assets(Case):
    def raw(self, path, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        with contextlib.closing(connection):
            connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return answer, answer.read()

    def test_kept_for_ever_and_zipped(self):
        paths = set(re.findall(r'"(/assets/[^"#]+)', server.browser().get("/login").text))
        self.assertGreater(len(paths), 2)
        for path in paths:
            with self.subTest(path=path):
                plain, body = self.raw(path)
                self.assertEqual(plain.status, 200)
                self.assertEqual(plain.headers["Cache-Control"], "public, max-age=31536000, immutable")
                zipped, squeezed = self.raw(path, Accept_Encoding="gzip, br")
                if zipped.headers["Content-Encoding"]:
                    self.assertEqual((zipped.headers["Content-Encoding"], gzip.decompress(squeezed)), ("gzip", body))
                    self.assertNotEqual(zipped.headers["ETag"], plain.headers["ETag"])
                    self.assertEqual(zipped.headers["Vary"], "Accept-Encoding")
                refused, as_it_is = self.raw(path, Accept_Encoding="gzip;q=0")
                self.assertEqual((refused.headers["Content-Encoding"], as_it_is), (None, body))
                known, nothing = self.raw(path, If_None_Match=plain.headers["ETag"])
                self.assertEqual((known.status, nothing), (304, b""))
                for words in (f'W/{plain.headers["ETag"]}', f'"other", {plain.headers["ETag"]}', "*"):
                    self.assertEqual(self.raw(path, If_None_Match=words)[0].status, 304, words)
                self.assertEqual(self.raw(path, If_None_Match='"other"')[0].status, 200)

    def test_the_style_sheet_is_zipped(self):
        sheet = re.search(r'"(/assets/[^"#]+\.css)', server.browser().get("/login").text)[1]
        self.assertEqual(self.raw(sheet, Accept_Encoding="gzip")[0].headers["Content-Encoding"], "gzip")


if __name__ == "__main__":
    unittest.main()
