"""What no browser sends, at every address, as every side: a refusal, never a 5xx, and nothing personal in the log.

Requests are drawn by a fixed seed, so that what fails fails again."""

import contextlib
import itertools
import random
import re
import socket
import unittest
import urllib.parse

from route_table import ROUTES, method_of
from server import PASSWORD, Server

server = Server(members=400, companies=3)
browsers = {}
secrets = {PASSWORD}  # what must never be in the log

SEED = 20261123
SIDES = {"nobody": None, "company": "演示监理公司0001", "staff": "huiyuan", "member": None}
PAGES = {"nobody": "/login", "company": "/company/members", "staff": "/staff/members", "member": "/me"}

FIELDS = ("id", "all", "expect", "status", "q", "size", "after", "before", "company", "expires_from", "expires_to", "kind", "as",
          "next", "new", "saved", "done", "once", "reason", "not_ours", "to", "approved_on", "document_no", "version", "name",
          "education", "school", "major", "title_level", "title_specialty", "post", "started_on", "address", "qq", "mobile",
          "email", "photo", "photo_anyway", "photo_kept", "kept", "company_q", "find", "bareheaded", "id_number", "password", "password_again", "current",
          "consent", "consent_sensitive", "captcha", "account", "credit_code", "credit_code_anyway", "contact", "phone", "enabled")
WORDS = (b"", b"0", b"1", b"-1", b"9223372036854775807", b"9223372036854775808", b"1e9", b"x" * 70, b"x" * 70000, b"\0", b"a\0b",
         b"\xff\xfe", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", "甘肃".encode(), "𠮷·".encode() * 40, "１２".encode(),
         b"' or 1=1 --",
         b"%", b"_", b"%n%s%x", b"<script>", b"\"'><", b"{x}", b"../../etc/passwd", b"\r\nSet-Cookie: a=b", b"\t \n", b"2026-02-30",
         b"2026-11-23", b"0000-00-00", b"99999-01-01", b"submitted", b"nobody", b"person", b"company", "\u202e\u200b".encode(),
         b"2011-13", b"A" * 64, b"=cmd|' /C calc'!A0")


def setUpModule():
    server.start()
    unittest.addModuleCleanup(server.stop)
    for side, account in SIDES.items():
        browsers[side] = enter(side, account or server.numbers.get(side))


def enter(side, account):
    browser = server.browser()
    browser.get(f"/login?as={side}")
    if account:
        browser.post("/login", {"as": side, "account": account, "password": PASSWORD})
    browser.get(PAGES[side])
    return browser


def people(side, status):
    return re.findall(r'<tr[^>]* data-id="(\d+)"', browsers[side].get(f"{PAGES[side]}?status={status}&size=100").text)


def quoted(name, value):
    return f"{name}={urllib.parse.quote_from_bytes(value, safe='')}"


class Drawn:
    """Addresses and forms drawn from what the program knows and what nobody should send."""

    def __init__(self, seed):
        self.of = random.Random(seed)

    def address(self, route):
        path = route.split(" ", 1)[1]
        part = self.of.choice(("1", "2", "17", "x", "-1", "9" * 30, "%00", "%FF", "%2e%2e", "a%2Fb", "A" * 1000, "%E7%94%98"))
        return re.sub(r"\{\w+\}", lambda _: part, path)

    def pairs(self):
        return "&".join(quoted(self.of.choice(FIELDS), self.of.choice(WORDS)) for _ in range(self.of.randint(0, 8)))

    def multipart(self, csrf):
        mark = "xxx"
        parts = [f'Content-Disposition: form-data; name="csrf"\r\n\r\n{csrf}'.encode()]
        for _ in range(self.of.randint(0, 5)):
            name, value = self.of.choice(FIELDS), self.of.choice(WORDS)
            filename = self.of.choice(('', '; filename=""', '; filename="a\\"b.jpg"', "; filename*=UTF-8''%00", '; filename="../x"'))
            parts.append(f'Content-Disposition: form-data; name="{name}"{filename}\r\n\r\n'.encode() + value)
        body = b"".join(f"--{mark}\r\n".encode() + part + b"\r\n" for part in parts) + f"--{mark}--\r\n".encode()
        if self.of.random() < 0.3:
            body = body[: self.of.randrange(len(body))]
        return body, f"multipart/form-data; boundary={mark}"


class Case(unittest.TestCase):
    def assert_refused_or_done(self, answer, where):
        self.assertIn(answer.status, (200, 303, 400, 403, 404, 409, 413, 414, 422, 429), (where, answer.body[:2000]))


class Fields(Case):
    """One that is wrong in a form that is otherwise good."""

    def test_each_text_of_a_decision(self):
        """On people whom it would be done to: each word has one of its own."""
        decisions = (
            ("staff", "approve", "recommended_new", {}, ("document_no", "reason", "approved_on", "once")),
            ("staff", "return", "recommended_renewal", {"to": "company", "reason": "x"}, ("reason", "to", "once")),
            ("staff", "close", "expired", {"reason": "x"}, ("reason", "once")),
            ("company", "return", "submitted", {"reason": "x"}, ("reason", "not_ours", "once")),
            ("company", "withdraw", "recommended_new", {}, ("once", "reason")),
        )
        words = (b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"x" * 70000, "甘".encode() * 600)
        for side, act, status, good, names in decisions:
            path = f"{PAGES[side]}/{act}"
            for person, (name, word) in zip(people(side, status), itertools.product(names, words)):
                with self.subTest(path=path, name=name, word=word[:20]):
                    self.assert_refused_or_done(browsers[side].post(path, {"id": person} | good | {name: word}), path)

    def test_each_field_of_a_company(self):
        staff = browsers["staff"]
        good = {"name": "甘肃测试监理有限公司", "credit_code": "", "contact": "王经办", "phone": "0931-1234567", "address": "兰州",
                "enabled": "1", "version": "1"}
        for path, name, word in itertools.product(("/staff/companies", "/staff/companies/3"), good, WORDS):
            with self.subTest(path=path, name=name, word=word[:20]):
                self.assert_refused_or_done(staff.post(path, good | {name: word}), path)

    def test_each_field_of_a_person(self):
        company = browsers["company"]
        person = people("company", "submitted")[0]
        page = company.get(f"/company/members/{person}")
        good = {name: page.value(name) or "" for name in
                ("name", "education", "school", "major", "title_level", "title_specialty", "post", "started_on", "address", "qq",
                 "mobile", "email", "version")}
        for name, word in itertools.product(good, WORDS):
            with self.subTest(name=name, word=word[:20]):
                self.assert_refused_or_done(company.post(f"/company/members/{person}", good | {name: word}), name)

    def test_each_field_of_a_registration_and_a_login(self):
        forms = {"/register": {"id_number": "620112198808081011", "password": "Chunfeng-2026", "password_again": "Chunfeng-2026",
                               "consent": "1", "consent_sensitive": "1", "captcha": "x"},
                 "/login": {"as": "company", "account": "没有", "password": "Chunfeng-2026", "next": "/", "captcha": "x"}}
        for path, good in forms.items():
            for name, word in itertools.product(good, WORDS[::2]):
                server.sql("delete from attempt")
                browser = server.browser()
                browser.get(path)
                with self.subTest(path=path, name=name, word=word[:20]):
                    self.assert_refused_or_done(browser.post(path, good | {name: word}), path)

    def test_a_query_that_nobody_reads_refuses_no_page(self):
        for side, path in (("nobody", "/login"), ("company", "/company/members"), ("staff", "/staff/members"), ("member", "/me")):
            for query in ("x=%", "?x=%zz", "utm=%u5f20", "q=%", "q=%4", "=%", "%=%&%%", "x=%E5%BC", "fbclid=a%2"):
                with self.subTest(path=path, query=query):
                    self.assertEqual(browsers[side].get(f"{path}?{query}").status, 200)

    def test_each_condition_of_a_list(self):
        lists = (("company", "/company/members", ("status", "q", "size", "after", "before", "expires_from")),
                 ("company", "/company/summary", ("status",)), ("company", "/company/batches", ("after",)),
                 ("staff", "/staff/members", ("status", "q", "after", "company", "expires_to")),
                 ("staff", "/staff/companies", ("q", "after", "before", "new")), ("staff", "/staff/batches", ("after",)),
                 ("member", "/me/history", ("kind", "after")), ("nobody", "/companies/search", ("q",)),
                 ("nobody", "/login", ("as", "next")), ("nobody", "/help", ("as",)))
        for side, path, names in lists:
            for name, word in itertools.product(names, WORDS):
                with self.subTest(path=path, name=name, word=word[:20]):
                    self.assert_refused_or_done(browsers[side].get(f"{path}?{quoted(name, word[:1000])}"), path)


class Noise(Case):
    """Last but for the log: it does whatever it hits upon."""

    def test_anything_at_all_addresses(self):
        draw = Drawn(SEED)
        routes = [route for route in ROUTES if route not in ("POST /logout", "POST /password")] * 6
        for route in routes:
            side = draw.of.choice(sorted(browsers))
            browser, path = browsers[side], draw.address(route)
            query = draw.pairs() if draw.of.random() < 0.7 else ""
            where = f"{side}: {method_of(route)} {path}?{query[:200]}"
            if method_of(route) == "GET":
                answer = browser.get(f"{path}?{query}"[:6000])
            elif draw.of.random() < 0.3:
                answer = browser.ask("POST", path, *draw.multipart(browser.csrf))
            else:
                body = f"{quoted('csrf', browser.csrf.encode())}&{query}"
                answer = browser.ask("POST", path, body.encode(), "application/x-www-form-urlencoded")
            with self.subTest(where=where):
                self.assert_refused_or_done(answer, where)
            if len(browser.csrf) == 0 or "hy" not in browser.cookies:
                browsers[side] = enter(side, SIDES[side] or server.numbers.get(side))


refused = []  # requests that never came to a route: TheLog looks for them


class Lines(unittest.TestCase):
    """Below the forms: what libraries for browsers refuse to send."""

    HEAD = b"Host: x\r\nConnection: close\r\n\r\n"

    def ask(self, data):
        """What comes back at once: the server may close before the end, or wait for more than is sent."""
        answer = b""
        with socket.create_connection(("127.0.0.1", server.port), timeout=2) as connection, contextlib.suppress(OSError):
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            while more := connection.recv(65536):
                answer += more
        return answer

    def test_lines_that_are_wrong(self):
        form = b"Content-Type: application/x-www-form-urlencoded\r\n"
        for sent in (b"GET /login\r\n\r\n", b"GET  /login HTTP/1.1\r\n" + self.HEAD, b"GET /login HTTP/9.9\r\n" + self.HEAD,
                     b"GET http://evil.example/login HTTP/1.1\r\n" + self.HEAD, b"GET * HTTP/1.1\r\n" + self.HEAD,
                     b"GET /%zz HTTP/1.1\r\n" + self.HEAD, b"GET /\xff\xfe HTTP/1.1\r\n" + self.HEAD,
                     b"GET /a\0b HTTP/1.1\r\n" + self.HEAD,
                     b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\n" + self.HEAD, b"GET /" + b"a" * 60000 + b" HTTP/1.1\r\n" + self.HEAD,
                     b"GET /login HTTP/1.1\r\nCookie: " + b"a=b;" * 4000 + b"\r\n" + self.HEAD,
                     b"GET /login HTTP/1.1\r\nX: " + b"a" * 60000 + b"\r\n" + self.HEAD,
                     b"GET /login HTTP/1.1\r\nHost: y\r\n" + self.HEAD,
                     b"GET /login HTTP/1.1\r\nContent-Length: 5\r\n" + self.HEAD + b"hello",
                     b"POST /login HTTP/1.1\r\n" + form + b"Content-Length: -1\r\n" + self.HEAD,
                     b"POST /login HTTP/1.1\r\n" + form + b"Content-Length: 5\r\nContent-Length: 6\r\n" + self.HEAD + b"hello!",
                     b"POST /login HTTP/1.1\r\n" + form + b"Transfer-Encoding: chunked\r\n" + self.HEAD + b"0\r\n\r\n",
                     b"POST /login HTTP/1.1\r\n" + form + b"Content-Length: 50\r\n" + self.HEAD + b"csrf=cut",
                     b"POST /login HTTP/1.1\r\n" + form + b"Content-Length: 3\r\n" + self.HEAD + b"%zz",
                     b"POST /login HTTP/1.1\r\nContent-Type: multipart/form-data\r\nContent-Length: 5\r\n" + self.HEAD + b"hello",
                     b"POST /login HTTP/1.1\r\nContent-Type: text/xml\r\nContent-Length: 5\r\n" + self.HEAD + b"<a/>!",
                     b"\0" * 100, b"\x16\x03\x01\x02\x00", b""):
            with self.subTest(sent=sent[:60]):
                answer = self.ask(sent)
                status = re.match(rb"HTTP/1\.[01] (\d+) ", answer)
                self.assertTrue(status or not answer, answer[:100])
                self.assertIn(int(status[1]) if status else 0, (0, 200, 303, 400, 403, 404, 405, 411, 413, 414, 431, 505))
                self.assertEqual(server.browser().get("/healthz").body, b"ok\n")

    def test_refused_below_the_routes_is_a_page_too(self):
        for sent, status in ((b"GET /%zz HTTP/1.1\r\n" + self.HEAD, b"400"),
                             (b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\n" + self.HEAD, b"414"),
                             (b"POST /login HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + self.HEAD + b"0\r\n\r\n", b"411"),
                             (b"GET /login HTTP/1.1\r\nCookie: a=" + b"b" * 15900 + b"\r\n" + self.HEAD, b"431"),
                             (b"GET /login HTTP/1.1\r\nCookie: a=" + b"b" * 16100 + b"\r\n" + self.HEAD, b"431"),
                             (b"GET /login HTTP/1.1\r\nCookie: a=" + b"b" * 60000 + b"\r\n" + self.HEAD, b"431"),
                             (b"GET /login HTTP/1.1\r\nX: a\r\n b\r\n" + self.HEAD, b"400"),
                             (b"GET /login HTTP/1.1\r\nCookie: a=b\0c\r\n" + self.HEAD, b"400"),
                             (b"GET /login HTTP/3.0\r\n" + self.HEAD, b"505"),
                             (b"POST /login HTTP/1.1\r\nContent-Length: 99999999\r\n" + self.HEAD, b"413")):
            with self.subTest(sent=sent[:60]):
                head, _, page = self.ask(sent).partition(b"\r\n\r\n")
                self.assertIn(b" " + status + b" ", head[:14])
                self.assertIn(b"Content-Security-Policy: ", head)
                request = re.search(r"编号 <span class=\"number\">([0-9a-f]{12})<", page.decode())
                self.assertTrue(request, page[:300])
                refused.append(f"request={request[1]} ")

    def test_cookies_of_eight_kilobytes_are_a_browsers(self):
        for size in (7700, 7900, 8100):
            answer = self.ask(b"GET /login HTTP/1.1\r\nCookie: a=" + b"b" * size + b"\r\n" + self.HEAD)
            self.assertIn(b" 200 ", answer[:14], size)

    def test_a_body_that_may_not_come_is_not_waited_for(self):
        """Heads of forms whose bodies never come: who may not send them is told at once."""
        session = "; ".join(f"{name}={value}" for name, value in browsers["company"].cookies.items()).encode()
        for path, cookie, length, status, location in (
                (b"/company/members/recommend", b"", 1000, b"303", b"/login"),
                (b"/company/members/recommend", b"hy=nobody", 1000, b"303", b"/login"),
                (b"/me/resubmit", b"", 16 << 20, b"303", b"/login"),
                (b"/me/resubmit", session, 16 << 20, b"403", None),
                (b"/staff/members/approve", session, 1000, b"403", None),
                (b"/register/details", b"", 16 << 20, b"303", b"/register"),
                (b"/register/details", b"hy_draft=nobody", 16 << 20, b"303", b"/register"),
                (b"/nothing", b"", 1000, b"404", None), (b"/me", b"", 1000, b"405", None)):
            with self.subTest(path=path, cookie=cookie[:3]), socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
                connection.sendall(b"POST " + path + b" HTTP/1.1\r\nHost: x\r\nCookie: " + cookie + b"\r\nContent-Length: "
                                   + str(length).encode() + b"\r\n\r\n")
                head = connection.recv(65536)
                self.assertIn(b" " + status + b" ", head[:14])
                if location:
                    self.assertIn(b"\r\nLocation: " + location + b"\r\n", head)

    def test_half_sent_forms_hold_little(self):
        """Fields without end on many connections: what is over the budget is refused, and a good form still passes."""
        held, refused = [], 0
        part = b"--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n" + b"x" * 60000 + b"\r\n"
        head = (b"POST /register HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: %d\r\n\r\n"
                % (256 << 10))
        for _ in range(60):
            connection = socket.create_connection(("127.0.0.1", server.port), timeout=20)
            self.addCleanup(connection.close)
            connection.sendall(head + part * 4)
            held.append(connection)
        browser = server.browser()
        browser.get("/login")
        self.assertEqual(browser.post("/login", {}).status, 422)
        for connection in held:
            connection.settimeout(0.01)
            with contextlib.suppress(TimeoutError):
                refused += b" 429 " in connection.recv(4096)[:14]
        self.assertGreater(refused, 0)

    def test_bytes_that_are_wrong(self):
        draw = random.Random(SEED)
        for _ in range(100):
            whole = b"POST /login HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n" + self.HEAD
            noise = bytearray(whole + b"csrf=abcd")
            for _ in range(draw.randint(1, 6)):
                noise[draw.randrange(len(noise))] = draw.randrange(256)
            answer = self.ask(bytes(noise))
            self.assertFalse(re.match(rb"HTTP/1\.[01] 5(?!05)", answer), (bytes(noise), answer[:200]))
        self.assertEqual(server.browser().get("/healthz").body, b"ok\n")


class TheLog(unittest.TestCase):
    """The last of this file by name: the log has seen everything by now."""

    def test_nothing_personal_is_in_it(self):
        company, staff = browsers["company"], browsers["staff"]
        for person in people("company", "submitted"):
            secrets.add(company.post(f"/reveal/{person}", {}).text[14:32])
        for number in server.numbers.values():
            secrets.update((number, number.lower()))
            for side in ("member", "company", "staff"):
                browser = server.browser()
                browser.get(f"/login?as={side}")
                browser.post("/login", {"as": side, "account": number, "password": "Jimi-mima-9"})
                browser.get(f"/me?{number}")
                browser.get(f"/{number}")
            company.get(f"/company/members/{number}?q={number}")
            company.get(f"/company/members?status={number}")
            company.post("/company/members/return", {"id": number, "reason": number, "csrf": number})
            staff.get(f"/staff/members?expires_from={number}")
            staff.get(f"/b/{number}")
        secrets.add("Jimi-mima-9")
        for browser in browsers.values():
            secrets.update(browser.cookies.values())
            secrets.add(browser.csrf)
        secrets.update(name for (name,) in server.sql("select name from member"))
        server.restart()  # it is whole then
        log = "".join(server.log)
        self.assertGreater(log.count("request="), 500)
        self.assertEqual([number for number in refused if number not in log], [])
        self.assertEqual([secret for secret in secrets if len(secret) > 1 and secret in log], [])
        self.assertIsNone(re.search(r"\d{17}[\dXx]|\b1[3-9]\d{9}\b", re.sub(r"request=\w+", "", log)))
        self.assertNotIn(" error ", log)


if __name__ == "__main__":
    unittest.main()
