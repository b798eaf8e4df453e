"""Every address as every side and role: who is let in, what a form without token, with another's ids or over its limit gets.

The table is route_table.py; a route of the program without a row fails."""

import re
import socket
import unittest
import urllib.parse

from route_table import ACTORS, COMPANIES, MEMBERSHIP, ROUTES, STAFF, expected, method_of, of_the_program
from server import PASSWORD, Server

server = Server(members=160, companies=4)
browsers = {}
words = {}

ACCOUNTS = {"ours": ("company", "演示监理公司0001"), "others": ("company", "演示监理公司0002")}
ACCOUNTS |= {name: ("staff", name) for name in STAFF}
COUNTED = ("POST /login", "POST /password", "POST /register")  # so many tries, then 429
POSTS = [route for route in ROUTES if method_of(route) == "POST"]

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; "
                               "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
                               "object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
    "X-Robots-Tag": "noindex, nofollow",
}
LIMITS = {"LIMIT_BODY_FORM": 256 << 10, "LIMIT_BODY_BATCH": 2 << 20, "LIMIT_BODY_PHOTO": 16 << 20}
DRAINED = 16 << 20  # a longer body is not read to its end


def setUpModule():
    server.start()
    unittest.addModuleCleanup(server.stop)
    ACCOUNTS["member"] = ("member", server.numbers["member"])
    ACCOUNTS["submitted"] = ("member", server.numbers["submitted"])
    browsers.update({name: log_in(*account) for name, account in ACCOUNTS.items()})
    browsers["nobody"] = server.browser()
    browsers["nobody"].get("/login")
    find_words()
    browsers["fresh"] = with_one_time_password("演示监理公司0003")


def log_in(side, account, password=PASSWORD):
    browser = server.browser()
    browser.get(f"/login?as={side}")
    answer = browser.post("/login", {"as": side, "account": account, "password": password})
    assert answer.status == 303, answer.text
    browser.get("/password")  # for its token
    return browser


def with_one_time_password(company):
    staff = browsers["huiyuan"]
    (address,) = re.findall(r'href="(/staff/companies/\d+)"[^>]*>' + company, staff.get("/staff/companies?size=100").text)
    secret = re.search(r"data-secret>([^<]+)<", staff.post(f"{address}/reset-password", {}).text)[1]
    return log_in("company", company, secret)


def rows_of(page):
    return re.findall(r'<tr[^>]* data-id="(\d+)"', page.text)


def people(actor, status):
    return rows_of(browsers[actor].get(f"/company/members?status={status}&size=100"))


def find_words():
    """What stands for the words in braces: things of the company `ours`."""
    ours = browsers["ours"]
    own = re.search(r"/photo/(\d+)", browsers["submitted"].get("/me/progress").text)[1]
    words["member"] = re.search(r"/photo/(\d+)", browsers["member"].get("/me").text)[1]
    words["person"] = next(person for person in people("ours", "submitted") if person != own)
    words["batch"] = re.search(r"/company/batches/(\d+)", ours.get("/company/batches").text)[1]
    words["code"] = server.sql(f"select token from batch where id = {words['batch']}")[0][0]
    words["company"] = re.search(r"/staff/companies/(\d+)\"[^>]*>演示监理公司0004",
                                 browsers["huiyuan"].get("/staff/companies?size=100").text)[1]
    sent = ours.post("/company/members/recommend", {"id": words["member"]})
    words["result"] = sent.location.rsplit("/", 1)[1]
    ours.post("/company/clerks", {"name": "郑经办", "mobile": "13811110009"})
    words["clerk"] = re.search(r'href="/company/clerks/(\d+)">郑经办<', ours.get("/company/clerks").text)[1]
    log_in(*ACCOUNTS["ours"])
    words["session"] = server.sql("select max(id) from session")[0][0]
    server.run("staff", "add", "xianzhi", "--role", "viewer", stdin="Meirenyong-2026\n")
    words["account"] = server.sql("select id from account where login = 'xianzhi'")[0][0]
    words["asset"] = re.search(r'href="(/assets/[^"#]+\.css)"', ours.get("/login").text)[1]


def filled(text, **other):
    return text.format(**(words | other))


def send(actor, route, path=None, fields=None, **headers):
    path = path or filled(ROUTES[route].path)
    browser = browsers[actor]
    if method_of(route) == "GET":
        return browser.get(path, **headers)
    if route in COUNTED:
        server.sql("delete from attempt")  # an hour passes
    return browser.post(path, fields or {}, **headers)


def someone_let_in(route):
    """The first actor of a row to whom its things belong."""
    row = ROUTES[route]
    return min(row.who, key=lambda actor: (expected(route, actor) in (303, 404), actor not in ("ours", "member"), actor))


class Case(unittest.TestCase):
    def assert_is(self, answer, wanted, where):
        if isinstance(wanted, int):
            self.assertEqual(answer.status, wanted, where)
        else:
            self.assertEqual((answer.status, answer.location), (303, filled(wanted)), where)

    def assert_guarded(self, answer, where):
        self.assertEqual({name: answer.headers[name] for name in HEADERS}, HEADERS, where)
        self.assertIsNone(answer.headers["Server"], where)

    def assert_error_page(self, answer, status, where):
        self.assertEqual(answer.status, status, where)
        self.assertEqual(answer.headers["Content-Type"], "text/html; charset=UTF-8", where)
        self.assertRegex(answer.text, rf'编号 <span class="number">[0-9a-f]{{12}}</span>（{status}）', where)


class Table(Case):
    def test_every_route_has_a_row_and_every_row_a_route(self):
        self.assertEqual(sorted(of_the_program()), sorted(ROUTES))

    def test_every_post_has_a_limit(self):
        taken = {route: body for route, body in of_the_program().items() if body}
        self.assertEqual(sorted(taken), sorted(POSTS))
        self.assertLessEqual(set(taken.values()), set(LIMITS))


class AsEveryone(Case):
    def ask_all(self, method):
        for route in (route for route in ROUTES if method_of(route) == method and route != "POST /logout"):
            for actor in ACTORS:
                yield route, actor, send(actor, route)

    def wanted(self, route, actor):
        wanted = expected(route, actor)
        if wanted == "/login" and actor == "nobody" and method_of(route) == "GET" and route != "GET /":
            return f"/login?next={urllib.parse.quote(filled(ROUTES[route].path), safe='.-')}"
        return wanted

    def test_it_is_read_by_whom_it_is_for(self):
        for route, actor, answer in self.ask_all("GET"):
            with self.subTest(route=route, actor=actor):
                self.assert_is(answer, self.wanted(route, actor), answer.text if answer.status >= 400 else "")
                self.assert_guarded(answer, route)
                stored = "no-store" if route != "GET /assets/{file}" else "public, max-age=31536000, immutable"
                self.assertEqual(answer.headers["Cache-Control"], stored)

    def test_only_whom_it_is_for_may_send_it(self):
        for route, actor, answer in self.ask_all("POST"):
            with self.subTest(route=route, actor=actor):
                self.assert_is(answer, self.wanted(route, actor), answer.text if answer.status >= 400 else "")
                self.assert_guarded(answer, route)
                self.assertEqual(answer.headers["Cache-Control"], "no-store")

    def test_who_logs_out(self):
        leaving = {name: log_in(*account) for name, account in ACCOUNTS.items()} | {
            "nobody": browsers["nobody"], "fresh": with_one_time_password("演示监理公司0003")}
        for actor, browser in leaving.items():
            with self.subTest(actor=actor):
                self.assert_is(browser.post("/logout", {}), "/login", actor)
        browsers["fresh"] = with_one_time_password("演示监理公司0003")

    def test_head_is_get_without_a_body(self):
        for route in (route for route in ROUTES if method_of(route) == "GET"):
            with self.subTest(route=route):
                actor = someone_let_in(route)
                answer = browsers[actor].ask("HEAD", filled(ROUTES[route].path))
                self.assert_is(answer, expected(route, actor), route)
                self.assertEqual(answer.body, b"")
                self.assert_guarded(answer, route)


class Methods(Case):
    METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")
    ALLOW = {"GET": "GET, HEAD", "POST": "POST"}

    def test_others_are_405(self):
        known = {}
        for route in ROUTES:
            known.setdefault(filled(ROUTES[route].path).split("?")[0], set()).add(method_of(route))
        for path, methods in known.items():
            for method in set(self.METHODS) - methods:
                with self.subTest(method=method, path=path):
                    for actor in ("nobody", "ours", "huiyuan"):
                        answer = browsers[actor].ask(method, path)
                        self.assert_error_page(answer, 405, actor)
                        self.assertEqual(answer.headers["Allow"], ", ".join(self.ALLOW[m] for m in sorted(methods)))
                        self.assert_guarded(answer, actor)

    def test_no_such_address(self):
        for path in ("/nothing", "/login/", "/LOGIN", "//login", "/login.html", "/staff/", "/staff/nothing", "/company",
                     "/company/members/1/2", "/me/", "/assets/", "/assets/nothing.css", "/.git/config", "/b/", "/results/"):
            for actor in ("nobody", "ours", "huiyuan"):
                with self.subTest(path=path, actor=actor):
                    answer = browsers[actor].get(path)
                    self.assert_error_page(answer, 404, path)
                    self.assert_guarded(answer, path)


class Tokens(Case):
    def refused(self, route, where, fields=None, **headers):
        answer = send(someone_let_in(route), route, fields=fields, **headers)
        self.assert_error_page(answer, 403, f"{route}: {where}")

    def test_without_a_good_one(self):
        stranger = server.browser()
        stranger.get("/login")
        good = browsers["huiyuan"].csrf
        bad = {"none": "", "a word": "x", "of another browser": stranger.csrf, "of another session": browsers["chakan"].csrf,
               "cut": good[:-1], "longer": good + "A", "not text": "\0\xff", "long": "A" * 5000}
        for route in POSTS:
            with self.subTest(route=route):
                for where, token in bad.items():
                    self.refused(route, where, {"csrf": token})
                self.refused(route, "two, the first of them bad", {"csrf": ["x", browsers[someone_let_in(route)].csrf]})

    def test_from_elsewhere(self):
        here = f"127.0.0.1:{server.port}"
        for route in POSTS:
            with self.subTest(route=route):
                for site in ("cross-site", "same-site", ""):
                    if site:
                        self.refused(route, site, Sec_Fetch_Site=site)
                for origin in ("https://evil.example", "null", f"http://{here}.evil.example", "http://127.0.0.1:1"):
                    self.refused(route, origin, Origin=origin)
                self.refused(route, "one of both", Origin=f"http://{here}", Sec_Fetch_Site="cross-site")

    def test_from_here(self):
        origin = f"http://127.0.0.1:{server.port}"
        for headers in ({"Origin": origin}, {"Sec_Fetch_Site": "same-origin"}, {"Sec_Fetch_Site": "none"},
                        {"Origin": origin, "Sec_Fetch_Site": "same-origin"}):
            self.assertEqual(send("nobody", "POST /login", **headers).status, 422, headers)
            self.assertEqual(send("ours", "POST /company/members/recommend", **headers).status, 422, headers)

    def test_any_page_has_one_that_is_good_for_any_form(self):
        browser = log_in(*ACCOUNTS["ours"])
        tokens = set()
        for page in ("/company/members", "/company/members", "/password", "/company/batches"):
            browser.get(page)
            tokens.add(browser.csrf)
            self.assertEqual(browser.post("/company/members/recommend", {}).status, 422)
        self.assertEqual(len(tokens), 4)  # masked anew

    def test_a_get_changes_nothing(self):
        """Whatever is sent along as if it were a form."""
        before = server.count("audit")
        for route in POSTS:
            path = filled(ROUTES[route].path)
            for actor in ("ours", "huiyuan", "member"):
                browsers[actor].get(f"{path}?csrf={urllib.parse.quote(browsers[actor].csrf)}&id={words['person']}&reason=x")
        self.assertEqual(server.count("audit"), before)


class Ids(Case):
    UNKNOWN = ("999999999", "0", "-1", "-0", "x", "1.5", "1e3", "0x1", "9" * 18, "9" * 40, "%EF%BC%91", "%201", "1%20", "null",
               "1%3B2", "1'--", "..%20", "*")
    MALFORMED = ("1%00", "%FF", "%C0%AF", "..", "%2e%2e", "1%2F2", "%0A", "%", "%zz")

    def of(self, pattern, ids):
        for route in (route for route in ROUTES if "{" in route and re.search(pattern, route)):
            template = re.sub(r"\{\w+\}", "{}", route.split(" ", 1)[1])
            for id_ in ids:
                path = template.replace("{}", id_)
                with self.subTest(route=route, path=path):
                    yield path, send(someone_let_in(route), route, path)

    def test_not_there(self):
        for path, answer in self.of("", self.UNKNOWN):
            self.assert_error_page(answer, 404, path)

    def test_malformed(self):
        for path, answer in self.of("", self.MALFORMED):
            self.assertIn(answer.status, (400, 404), path)

    def test_of_another_company(self):
        """Single ones are in the table; here they come in lists."""
        theirs = people("others", "submitted")[:2] + people("others", "expired")[:1]
        for act, fields in (("recommend", {}), ("return", {"reason": "x"}), ("recommend-renewal", {}), ("withdraw", {})):
            with self.subTest(act=act):
                answer = browsers["ours"].post(f"/company/members/{act}", {"id": theirs} | fields)
                self.assert_error_page(answer, 404, act)
                mixed = browsers["ours"].post(f"/company/members/{act}", {"id": [*theirs, words["member"]]} | fields)
                page = browsers["ours"].get(mixed.location)
                self.assertRegex(page.text, r'<main[^>]* data-done="0" data-skipped="4"')
                self.assertEqual(set(re.findall(r'data-id="(\d+)" data-reason="not_found"', page.text)), set(theirs))
        self.assertLessEqual(set(theirs[:2]), set(people("others", "submitted")))

    def test_a_result_is_for_the_account_that_posted(self):
        secret = "Yigeren-2026"
        server.run("staff", "add", "linglei", "--role", "membership", stdin=f"{secret}\n")
        colleague = log_in("staff", "linglei", secret)
        self.assertEqual(colleague.post("/password", {"current": secret, "password": "Lingyige-2026",
                                                      "password_again": "Lingyige-2026"}).status, 303)
        sent = browsers["huiyuan"].post("/staff/members/approve", {"id": words["person"]})
        for address in (sent.location, f"{sent.location}.csv"):
            self.assertEqual(browsers["huiyuan"].get(address).status, 200)
            self.assertEqual(colleague.get(address).status, 404)

    def test_sent_twice_acts_once(self):
        for actor, address, fields in (("ours", "/company/members/recommend", {"id": words["member"]}),
                                       ("huiyuan", "/staff/members/approve", {"id": words["person"]})):
            first, second = [browsers[actor].post(address, fields | {"once": "one-and-the-same"}) for _ in range(2)]
            self.assertEqual((first.status, second.status), (303, 303))
            self.assertEqual(first.location, second.location)
            other = browsers[actor].post(address, fields | {"once": "another"})
            self.assertNotEqual(other.location, first.location)


class Lists(Case):
    LISTS = [("ours", path) for path in ("/company/members", "/company/members.xlsx", "/company/summary", "/company/summary.pdf")]
    LISTS += [("huiyuan", path) for path in ("/staff/members", "/staff/members.xlsx")]

    def test_a_status_that_is_none(self):
        for actor, path in self.LISTS:
            for status in ("nobody", "APPROVED", "approved", "member%20", "member%00", "%FF", "x" * 3000):
                with self.subTest(path=path, status=status):
                    answer = browsers[actor].get(f"{path}?status={status}")  # the list, which says what is wrong
                    self.assertEqual(answer.status, 422, path)
                    self.assertIn('id="main"', answer.text)

    def test_batches_of_a_status_that_is_none(self):
        posts = [("ours", f"/company/members/{act}") for act in ("recommend", "return", "recommend-renewal", "withdraw")]
        posts += [("huiyuan", f"/staff/members/{act}") for act in ("approve", "return", "unapprove", "close", "reopen")]
        for actor, path in posts:
            fields = {"all": "1", "status": "nobody", "reason": "x", "to": "company"}
            self.assertEqual(browsers[actor].post(path, fields).status, 422, path)


class Sizes(Case):
    def body(self, size, csrf):
        head = f"csrf={urllib.parse.quote(csrf)}&filler=".encode()
        return head + b"&b=".join([b"a" * 60000] * (size // 60003 + 1))[:size - len(head)]

    def test_over_the_limit(self):
        for route, limit in of_the_program().items():
            if not limit or LIMITS[limit] >= DRAINED:
                continue
            with self.subTest(route=route):
                browser = browsers[someone_let_in(route)]
                body = self.body(LIMITS[limit] + 1, browser.csrf)
                answer = browser.ask("POST", filled(ROUTES[route].path), body, "application/x-www-form-urlencoded")
                # The token was in what is thrown away.
                self.assert_error_page(answer, 413, route)
                self.assert_guarded(answer, route)

    def test_at_the_limit(self):
        browser = browsers["nobody"]
        body = self.body(LIMITS["LIMIT_BODY_FORM"], browser.csrf)
        self.assertEqual(len(body), LIMITS["LIMIT_BODY_FORM"])
        self.assertEqual(browser.ask("POST", "/login", body, "application/x-www-form-urlencoded").status, 422)

    def test_too_long_to_be_read(self):
        for route in POSTS:
            with self.subTest(route=route), socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
                connection.sendall(f"POST {filled(ROUTES[route].path)} HTTP/1.1\r\nHost: x\r\n"
                                   f"Content-Type: application/x-www-form-urlencoded\r\n"
                                   f"Content-Length: {DRAINED + 1}\r\n\r\n".encode())
                self.assertTrue(connection.recv(100).startswith(b"HTTP/1.1 413 "))


class Errors(Case):
    def test_their_number_is_in_the_log(self):
        """With account, route and status, and nothing that was typed."""
        browser = browsers["ours"]
        said = {}
        for status, answer in ((404, browser.get("/company/members/999999?q=secret-word")), (403, browser.get("/staff")),
                               (405, browser.ask("PUT", "/login")),
                               (403, browser.post("/company/members/recommend", {"csrf": "secret-word"})),
                               (409, browser.post("/company/members/recommend", {"all": "1", "expect": "123456"}))):
            self.assert_error_page(answer, status, status)
            said[re.search(r'编号 <span class="number">(\w+)<', answer.text)[1]] = status
        self.assertEqual(len(said), 5)
        self.assertEqual(browser.get("/company/members?status=secret-word").status, 422)
        server.restart()  # it is whole then
        log = "".join(server.log)
        for number, status in said.items():
            self.assertRegex(log, rf"request={number} account=\d+ from=\w+ route=\w+ \S+ status=\w+", status)
        self.assertNotIn("secret-word", log)
        for browser in browsers.values():
            browser.port = server.port


if __name__ == "__main__":
    unittest.main()
