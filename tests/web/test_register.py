"""个人会员注册 over HTTP, as a browser without scripts does it: every refusal, nothing lost, one application in the end."""

import concurrent.futures
import itertools
import json
import os
import re
import struct
import subprocess
import tempfile
import unittest
import urllib.parse
import zlib
from pathlib import Path

from server import Server, id_number

LIMIT_PHOTO_BYTES = 153600

server = Server()
photos = {}
numbers = itertools.count(100)


def setUpModule():
    server.start()
    unittest.addModuleCleanup(server.stop)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([os.environ["MAKE_PHOTOS"], folder], check=True)
        photos.update({path.stem: path.read_bytes() for path in Path(folder).iterdir()})
    photos["truncated"] = photos["good"][: len(photos["good"]) // 2]
    photos["png"] = png()
    photos["fits"] = padded(LIMIT_PHOTO_BYTES)
    photos["one_byte_over"] = padded(LIMIT_PHOTO_BYTES + 1)
    photos["12_mb"] = padded(12 * 1024 * 1024)


def png():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\xff\xff\xff" * 295 for _ in range(413))
    head = struct.pack(">IIBBBBB", 295, 413, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def padded(size):
    """The good photo with comments until the file is so long."""
    photo, missing = photos["good"], size - len(photos["good"])
    comments = b""
    while missing:
        part = min(missing, 65000)
        part = part if missing - part == 0 or missing - part >= 4 else part - 4
        comments += b"\xff\xfe" + struct.pack(">H", part - 2) + b" " * (part - 4)
        missing -= part
    return photo[:2] + comments + photo[2:]


def search(q):
    return json.loads(server.browser().get(f"/companies/search?q={urllib.parse.quote(q)}").body)


def company_named(name):
    return str(search(name)[0]["id"])


def address_of(name):
    return search(name)[0]["address"]


def account(**changed):
    return {
        "id_number": id_number(next(numbers)),
        "password": "Chunfeng-2026",
        "password_again": "Chunfeng-2026",
        "consent": "1",
        "consent_sensitive": "1",
    } | changed


def details(**changed):
    return {
        "name": "陈思远",
        "education": "21",
        "school": "兰州理工大学",
        "major": "土木工程",
        "title_level": "3",
        "title_specialty": "建筑工程",
        "post": "专监",
        "started_on": "2013-07",
        "company": company_named("演示监理公司0001"),
        "address": "甘肃省兰州市城关区示例路 1 号",
        "qq": "100200300",
        "mobile": "13800001234",
        "email": "siyuan@example.com",
    } | changed


def photo(name):
    return {"photo": (f"{name}.jpg", photos[name])}


class Case(unittest.TestCase):
    def setUp(self):
        server.sql("delete from attempt")  # an hour passes
        self.browser = server.browser()

    def start(self, **changed):
        self.browser.get("/register")
        return self.browser.post("/register", account(**changed))

    def fill_in(self, picture="good", **changed):
        files = photo(picture) if picture else {"photo": ("", b"")}
        return self.browser.post("/register/details", details(**changed), files)

    def register(self, **changed):
        self.assertEqual(self.start(**changed).status, 303)
        self.assertEqual(self.fill_in().location, "/register/confirm")
        return self.browser.post("/register/confirm", {})

    def assert_refused(self, answer, *fields):
        self.assertEqual(answer.status, 422)
        self.assertEqual(sorted(answer.errors), sorted(fields))
        self.assertIn(f"有 {len(set(fields) - {'photo_anyway'})} 处需要修改", answer.text)
        self.assertEqual(answer.text.count("autofocus"), 1)


class Account(Case):
    def test_refusals(self):
        number = id_number(101)
        wrong_check = number[:-1] + ("1" if number[-1] != "1" else "2")
        cases = [
            ("id_number", {"id_number": ""}, "请填写"),
            ("id_number", {"id_number": number[:-1]}, "18 位"),
            ("id_number", {"id_number": number[:6] + number[8:17]}, "15 位"),
            ("id_number", {"id_number": wrong_check}, "校验"),
            ("id_number", {"id_number": id_number(101, born="19880231")}, "日期"),
            ("id_number", {"id_number": id_number(101, born="20081124")}, "周岁"),
            ("id_number", {"id_number": id_number(101, born="19651123")}, "周岁"),
            ("password", {"password": "short1", "password_again": "short1"}, "8"),
            ("password", {"password": "12345678", "password_again": "12345678"}, ""),
            ("password", {"id_number": number, "password": number + "a", "password_again": number + "a"}, "账号"),
            ("password_again", {"password_again": "Chunfeng-2027"}, ""),
            ("consent", {"consent": ""}, "同意"),
            ("consent_sensitive", {"consent_sensitive": ""}, "同意"),
        ]
        for field, changed, word in cases:
            with self.subTest(changed=changed):
                answer = self.start(**changed)
                self.assert_refused(answer, field)
                self.assertIn(word, answer.errors[field])
        self.assertNotIn("hy_draft", self.browser.cookies)

    def test_youngest_and_oldest_may(self):
        for born in ("20081123", "19651124"):
            with self.subTest(born=born):
                self.assertEqual(self.start(id_number=id_number(next(numbers), born=born)).status, 303)

    def test_number_is_normalised(self):
        number = id_number(next(number for number in numbers if id_number(number).endswith("X")))
        wide = "".join(chr(ord(digit) + 0xFEE0) for digit in number[:6])
        self.assertEqual(self.start(id_number=f"  {wide}{number[6:-1]}x ").location, "/register/details")
        self.assertIn(f"{number[:3]}***********{number[-4:]}", self.browser.get("/register/details").text)

    def test_what_was_typed_stays_but_for_passwords(self):
        answer = self.start(id_number="620112", consent_sensitive="")
        self.assert_refused(answer, "id_number", "consent_sensitive")
        self.assertEqual(answer.value("id_number"), "620112")
        self.assertIn('name="consent" value="1" required checked', answer.text)
        self.assertNotIn("Chunfeng-2026", answer.text)

    def test_registered_number_says_so_without_a_word_about_its_holder(self):
        number = id_number(next(numbers))
        self.assertEqual(self.register(id_number=number).status, 303)
        self.browser = server.browser()
        answer = self.start(id_number=number)
        self.assert_refused(answer, "id_number")
        self.assertIn("已注册", answer.errors["id_number"])
        for word in ("陈思远", "演示监理公司", "兰州", "13800001234"):
            self.assertNotIn(word, answer.text)

    def test_tries_of_an_address_are_counted_when_a_number_is_looked_up(self):
        number = id_number(next(numbers))
        for _ in range(31):
            self.assertEqual(self.start(id_number="1").status, 422)
        for _ in range(30):
            self.assertEqual(self.start(id_number=number).status, 303)
        answer = self.start(id_number=number)
        self.assertEqual(answer.status, 429)
        self.assertGreater(int(answer.headers["Retry-After"]), 3000)

    def test_token_is_needed(self):
        self.browser.get("/register")
        self.assertEqual(self.browser.post("/register", account() | {"csrf": ""}).status, 403)


class Details(Case):
    def setUp(self):
        super().setUp()
        self.assertEqual(self.start().location, "/register/details")
        self.browser.get("/register/details")

    def test_refusals(self):
        cases = [
            ("name", ""), ("name", "陈"), ("name", "陈1"), ("name", "陈" * 51),
            ("education", ""), ("education", "22"), ("education", "本科"),
            ("title_level", ""), ("title_level", "6"), ("post", "经理"),
            ("school", "校" * 51), ("major", "专" * 51), ("title_specialty", "专" * 51),
            ("started_on", ""), ("started_on", "2013"), ("started_on", "2013-13"), ("started_on", "2027-01"),
            ("started_on", "2025-12"),
            ("company", ""), ("company", "999999"), ("company", "x"),
            ("address", ""), ("address", "路" * 101),
            ("mobile", ""), ("mobile", "1380000"), ("mobile", "23800001234"),
            ("qq", "1234"), ("qq", "abc12345"), ("email", "siyuan"), ("email", "a@b"),
        ]
        self.assertEqual(self.fill_in().location, "/register/confirm")
        for field, typed in cases:
            with self.subTest(field=field, typed=typed):
                answer = self.fill_in(picture=None, **{field: typed})
                self.assert_refused(answer, field)
                if field not in ("company", "education", "title_level", "post") and (field, typed) != ("address", ""):
                    self.assertEqual(answer.value(field), typed)
                elif field not in ("company", "address"):
                    self.assertEqual(answer.value(field), "")

    def test_eligibility_is_judged_beside_other_faults(self):
        self.assert_refused(self.fill_in(name="", education="61", title_level="0"), "name", "education")
        self.assert_refused(self.fill_in(started_on="2025-12", mobile="1"), "started_on", "mobile")

    def test_eligibility_is_education_or_title(self):
        self.assert_refused(self.fill_in(education="61", title_level="0"), "education")
        for education, title_level in (("41", "0"), ("61", "1")):
            with self.subTest(education=education, title_level=title_level):
                answer = self.fill_in(picture=None, education=education, title_level=title_level)
                self.assertEqual(answer.location, "/register/confirm")

    def test_a_year_of_work_is_enough_on_its_day(self):
        self.assertEqual(self.fill_in(started_on="2025-11").location, "/register/confirm")

    def test_what_no_font_has_is_told_before_submitting(self):
        # U+2EBF0: a character of Unicode 15.1; 𬱖 is rare, and there is a font.
        self.assertEqual(self.fill_in().location, "/register/confirm")
        for typed, missing in (("土木\U0002ebf0工程\U0002ebf0", "\U0002ebf0"), ("土木𬱖工程", None)):
            for field in ("major", "school", "address"):
                self.assertEqual(self.fill_in(picture=None, **{field: typed}).location, "/register/confirm")
                told = re.search(r'data-unprintable="([^"]*)"', self.browser.get("/register/confirm").text)
                self.assertEqual(told and told[1], missing, (field, typed))

    def test_nothing_typed_is_lost(self):
        answer = self.fill_in(name="陈<b>", mobile="1380000", address='"路" & 号')
        self.assert_refused(answer, "name", "mobile")
        expected = details(name="陈<b>", mobile="1380000", address='"路" & 号')
        chosen = expected.pop("company")
        for page in (answer, self.browser.get("/register/details")):
            self.assertEqual({field: page.value(field) for field in expected}, expected)
            self.assertEqual(page.radios("company"), [(chosen, "演示监理公司0001", True)])
            self.assertIn('src="/register/photo"', page.text)

    def test_all_at_once(self):
        empty = {field: "" for field in details()}
        answer = self.fill_in(picture=None, **empty)
        self.assert_refused(answer, "name", "education", "title_level", "started_on", "company", "address", "mobile", "photo")
        self.assertRegex(answer.text, r'<input[^>]*id="name"[^>]* autofocus')

    def test_photo_refusals(self):
        cases = {
            "one_byte_over": "照片有 151 KB，不能超过 150 KB", "12_mb": "150 KB", "png": "PNG", "truncated": "损坏", "cmyk": "CMYK",
            "grey": "灰度", "narrow": "295", "square": "宽高比", "huge": "像素",
        }
        for name, word in cases.items():
            with self.subTest(photo=name):
                answer = self.fill_in(picture=name)
                self.assert_refused(answer, "photo")
                self.assertIn(word, answer.errors["photo"])
                self.assertEqual(answer.value("name"), "陈思远")
                self.assertNotIn("photo_anyway", answer.text)
                self.assertEqual(self.browser.get("/register/photo").status, 404)

    def test_photo_at_the_limit(self):
        self.assertEqual(self.fill_in(picture="fits").location, "/register/confirm")

    def test_refused_photo_does_not_replace_the_kept_one(self):
        self.fill_in(name="")
        kept = self.browser.get("/register/photo")
        self.assertEqual((kept.status, kept.headers["Content-Type"]), (200, "image/jpeg"))
        self.assertEqual(kept.body[:3], b"\xff\xd8\xff")
        self.assert_refused(self.fill_in(picture="png"), "photo")
        self.assertEqual(self.browser.get("/register/photo").body, kept.body)
        self.assertEqual(self.fill_in(picture=None).location, "/register/confirm")

    def test_photo_on_blue_waits_for_photo_anyway(self):
        answer = self.fill_in(picture="blue")
        self.assert_refused(answer, "photo", "photo_anyway")
        self.assertIn("背景", answer.errors["photo"])
        self.assertEqual(self.browser.get("/register/photo").status, 200)
        self.assertEqual(self.browser.get("/register/confirm").location, "/register/details")
        answer = self.browser.post("/register/confirm", {})
        self.assert_refused(answer, "photo", "photo_anyway")
        self.assert_refused(self.fill_in(picture=None), "photo", "photo_anyway")
        answer = self.fill_in(picture=None, photo_anyway="1", name="")
        self.assert_refused(answer, "name")
        self.assertIn('name="photo_anyway" value="1" checked', answer.text)
        self.assertEqual(self.fill_in(picture=None, photo_anyway="1").location, "/register/confirm")
        self.assertIn("由单位核对", self.browser.get("/register/confirm").text)
        self.assertEqual(self.browser.post("/register/confirm", {}).location, "/register/done")

    def test_who_has_no_employer_says_why(self):
        self.assertEqual([one["name"] for one in search("直管")], ["协会直管"])
        direct = str(server.sql("select id from company where direct = 1")[0][0])
        for reason in ("", "  ", "x" * 201, "退休\n一年"):
            answer = self.fill_in(company=direct, direct_reason=reason)
            self.assertEqual((answer.status, set(answer.errors)), (422, {"direct_reason"}), reason)
        self.assertEqual(self.fill_in(company=direct, direct_reason="已退休，没有再就业").location, "/register/confirm")
        self.assertIn("已退休，没有再就业", self.browser.get("/register/confirm").text)
        self.assertIn('value="已退休，没有再就业"', self.browser.get("/register/details").text)
        self.assertEqual(self.browser.post("/register/confirm", {}).location, "/register/done")

    def test_an_employer_that_is_not_in_the_list(self):
        self.assert_refused(self.fill_in(company="", company_new="监理"), "company_new")
        answer = self.fill_in(company="", company_new="演示 监理公司0001")
        self.assert_refused(answer, "company_new")
        self.assertEqual(answer.value("company_new"), "演示 监理公司0001")
        self.assertIn('data-offered="%s"' % company_named("演示监理公司0001"), answer.text)
        self.assertEqual(self.fill_in(company="", company_new="甘肃新安工程监理公司").location, "/register/confirm")
        page = self.browser.get("/register/confirm").text
        self.assertIn("甘肃新安工程监理公司（不在列表中）", page)
        self.assertNotIn("data-near", page)
        self.assertEqual(self.fill_in(company="", company_new="兰州演示监理公司0001").location, "/register/confirm")
        self.assertIn('data-near="演示监理公司0001"', self.browser.get("/register/confirm").text)
        self.fill_in(company_new="甘肃新安工程监理公司")
        self.assertNotIn("不在列表中", self.browser.get("/register/confirm").text)
        self.fill_in(company_new="兰州演示监理公司0001", company_unlisted="1")
        self.assertEqual(self.browser.post("/register/confirm", {}).location, "/register/done")
        self.assertIn("等待协会核实单位", self.browser.get("/register/done").text)
        self.assertEqual(server.sql("select name from company_proposal"), [("兰州演示监理公司0001",)])

    def test_an_employer_needs_no_reason(self):
        self.assertEqual(self.fill_in(direct_reason="").location, "/register/confirm")
        self.assertNotIn("没有单位的原因", self.browser.get("/register/confirm").text)

    def test_employer_is_found_without_scripts(self):
        answer = self.fill_in(company="", company_q="监理公司", find="1", mobile="138")
        self.assertEqual((answer.status, answer.errors), (200, {}))
        names = [name for _, name, _ in answer.radios("company")]
        self.assertIn("演示监理公司0001", names)
        self.assertLessEqual(len(names), 20)
        self.assertEqual((answer.value("company_q"), answer.value("mobile")), ("监理公司", "138"))
        self.assertIn('src="/register/photo"', answer.text)

    def test_finding_another_employer_keeps_the_chosen_one(self):
        chosen = company_named("演示监理公司0001")
        answer = self.fill_in(company=chosen, company_q="0002", find="1")
        self.assertEqual([(name, checked) for _, name, checked in answer.radios("company")],
                         [("演示监理公司0001", True), ("演示监理公司0002", False)])
        answer = self.fill_in(picture=None, company="", company_q="没有这个单位", find="1")
        self.assertEqual((answer.status, answer.radios("company")), (200, []))
        self.assertIn("没有找到", answer.text)

    def test_name_typed_but_not_chosen_shows_what_it_could_be(self):
        answer = self.fill_in(company="", company_q="0002")
        self.assert_refused(answer, "company")
        self.assertEqual([name for _, name, _ in answer.radios("company")], ["演示监理公司0002"])

    @staticmethod
    def hint_of(answer):
        return re.search(r'id="address-hint">([^<]*)<', answer.text)[1]

    def test_address_is_offered_from_the_chosen_employer(self):
        offered = address_of("演示监理公司0001")
        self.assertRegex(offered, "省")
        answer = self.fill_in(company="", company_q="0001", find="1", address="")
        self.assertEqual((answer.value("address"), self.hint_of(answer)), ("", "当前就职单位地址。"))
        answer = self.fill_in(picture=None, company_q="0002", find="1", address="")
        self.assertEqual((answer.value("address"), answer.errors), (offered, {}))
        self.assertIn("取自所选单位登记的地址", self.hint_of(answer))
        self.assertEqual(self.browser.get("/register/details").value("address"), offered)
        answer = self.fill_in(picture=None, address="  ")
        self.assert_refused(answer, "address")
        self.assertEqual(answer.value("address"), offered)
        self.assertIn("已填入所选单位的地址", answer.errors["address"])
        self.assertEqual(self.fill_in(picture=None, address=offered).location, "/register/confirm")

    def test_typed_address_stays(self):
        answer = self.fill_in(company_q="0002", find="1", address="路 2 号")
        self.assertEqual((answer.value("address"), self.hint_of(answer)), ("路 2 号", "当前就职单位地址。"))

    def test_employer_without_address_offers_nothing(self):
        self.addCleanup(server.sql, f"update company set address = '{address_of('演示监理公司0001')}' where name = '演示监理公司0001'")
        server.sql("update company set address = '' where name = '演示监理公司0001'")
        answer = self.fill_in(address="")
        self.assert_refused(answer, "address")
        self.assertEqual((answer.value("address"), answer.errors["address"]), ("", "请填写通讯地址（当前就职单位地址）"))

    def test_search_tells_names_and_addresses_only(self):
        found = search("演示监理公司")
        self.assertEqual({key for company in found for key in company}, {"id", "name", "address"})

    def test_photo_refused_while_finding_says_so(self):
        answer = self.fill_in(picture="png", company="", company_q="0001", find="1")
        self.assertEqual((answer.status, list(answer.errors)), (200, ["photo"]))


class Confirm(Case):
    def test_shows_everything_and_submits_once(self):
        number = id_number(next(numbers))
        self.start(id_number=number)
        self.fill_in()
        page = self.browser.get("/register/confirm")
        self.assertEqual(page.status, 200)
        for word in (number, "陈思远", "1988-08-08", "本科", "兰州理工大学", "土木工程", "工程师（中级）", "建筑工程", "专监",
                     "2013 年 7 月起", "演示监理公司0001", "甘肃省兰州市城关区示例路 1 号", "100200300", "13800001234",
                     "siyuan@example.com", "提交后不可修改，请核对", "本人自愿申请加入"):
            self.assertIn(word, page.text)
        for _ in range(2):
            self.assertEqual(self.browser.post("/register/confirm", {}).location, "/register/done")
        self.assertEqual(server.count("member where id = (select max(member_id) from draft) and state = 'submitted'"), 1)
        done = self.browser.get("/register/done")
        self.assertIn("演示监理公司0001", done.text)
        self.assertIn('href="/login?as=member"', done.text)
        for path in ("/register/details", "/register/confirm"):
            self.assertEqual(self.browser.get(path).location, "/register/done")
        self.assertEqual(self.fill_in().location, "/register/done")

    def test_a_double_click_on_two_connections(self):
        self.start()
        self.fill_in()
        before = server.count("member")
        with concurrent.futures.ThreadPoolExecutor() as clicks:
            answers = [clicks.submit(self.browser.post, "/register/confirm", {}) for _ in range(4)]
        self.assertEqual([answer.result().location for answer in answers], ["/register/done"] * 4)
        self.assertEqual(server.count("member"), before + 1)

    def test_the_own_password_opens_the_progress_page(self):
        number = id_number(next(numbers))
        self.register(id_number=number)
        self.browser.get("/login?as=member")
        answer = self.browser.post("/login", {"as": "member", "account": number, "password": "Chunfeng-2026"})
        self.assertEqual(answer.status, 303)
        self.assertEqual(self.browser.get("/").location, "/me/progress")

    def test_two_drafts_of_one_number(self):
        number = id_number(next(numbers))
        self.start(id_number=number)
        self.fill_in()
        first, self.browser = self.browser, server.browser()
        other = {"password": "Qiufeng-2026", "password_again": "Qiufeng-2026"}
        self.assertEqual(self.register(id_number=number, **other).location, "/register/done")
        answer = first.post("/register/confirm", {})
        self.assert_refused(answer, "id_number")
        self.assertIn("已注册", answer.errors["id_number"])

    def test_nothing_without_a_draft(self):
        self.browser.get("/register")
        for path in ("/register/details", "/register/confirm", "/register/done", "/register/photo"):
            with self.subTest(path=path):
                self.assertEqual(self.browser.get(path).location, "/register")
        self.assertEqual(self.fill_in().location, "/register")
        self.assertEqual(self.browser.post("/register/confirm", {}).location, "/register")

    def test_unfinished_draft_is_not_confirmed(self):
        self.start()
        self.assertEqual(self.browser.get("/register/confirm").location, "/register/details")
        self.assertEqual(self.browser.get("/register/done").location, "/register/confirm")
        self.assertEqual(self.browser.post("/register/confirm", {}).status, 422)

    def test_draft_lives_a_day_and_can_be_continued(self):
        self.start()
        self.fill_in(name="")
        page = self.browser.get("/register")
        self.assertIn('href="/register/details"', page.text)
        server.sql("update draft set created_at = created_at - 24 * 3600000 + 60000")
        self.assertEqual(self.browser.get("/register/details").value("major"), "土木工程")
        server.sql("update draft set created_at = created_at - 60000")
        self.assertEqual(self.browser.get("/register/details").location, "/register")
        self.assertNotIn('href="/register/details"', self.browser.get("/register").text)

    def test_cookie_of_the_draft(self):
        answer = self.start()
        cookie = next(line for line in answer.headers.get_all("Set-Cookie") if line.startswith("hy_draft="))
        for part in ("HttpOnly", "SameSite=Lax"):
            self.assertIn(part, cookie)
        self.assertNotIn("Max-Age", cookie)  # it ends with the browser's session

    def test_the_draft_ends_with_its_submission(self):
        self.start()
        self.fill_in()
        draft = self.browser.cookies["hy_draft"]
        answer = self.browser.post("/register/confirm", {})
        self.assertTrue(any(line.startswith("hy_draft=;") and "Max-Age=0" in line for line in answer.headers.get_all("Set-Cookie")))
        self.assertNotIn("hy_draft", self.browser.cookies)
        thief = server.browser()
        thief.get("/login")
        thief.cookies["hy_draft"] = draft
        for path in ("/register/details", "/register/confirm"):
            self.assertEqual(thief.get(path).location, "/register/done")
        self.assertNotEqual(thief.get("/register/photo").status, 200)

    def test_number_and_password_bring_the_draft_back(self):
        number = id_number(next(numbers))
        self.start(id_number=number)
        self.fill_in(name="陈又来", mobile="1")
        first, self.browser = self.browser, server.browser()
        answer = self.start(id_number=number)
        self.assertEqual((answer.status, answer.location), (303, "/register/details"))
        page = self.browser.get("/register/details")
        self.assertEqual((page.value("name"), page.value("mobile")), ("陈又来", "1"))
        self.assertEqual(self.browser.get("/register/photo").status, 200)
        self.assertEqual(first.get("/register/details").location, "/register")

    def test_another_password_tells_nothing_of_the_draft(self):
        number, unknown = id_number(next(numbers)), id_number(next(numbers))
        self.start(id_number=number)
        self.fill_in(name="陈又来")
        other = {"password": "Qiufeng-2026", "password_again": "Qiufeng-2026"}
        answers = []
        for one in (number, unknown):
            self.browser = server.browser()
            answer = self.start(id_number=one, **other)
            page = self.browser.get("/register/details")
            answers.append((answer.status, answer.location, page.value("name"), self.browser.get("/register/photo").status))
        self.assertEqual(answers[0], answers[1])
        self.assertEqual(answers[0], (303, "/register/details", "", 404))

    def test_too_many_drafts_of_a_number(self):
        number = id_number(next(numbers))
        for i in range(21):
            server.sql("delete from attempt where kind = 'register'")
            answer = self.start(id_number=number, password=f"Dongfeng-{i}", password_again=f"Dongfeng-{i}")
            self.assertEqual(answer.status, 303 if i < 20 else 429)
        self.assertIn("还需等", answer.text)
        self.assertGreater(int(answer.headers["Retry-After"]), 3600)


class Privacy(Case):
    def test_page_and_versions(self):
        page = self.browser.get("/privacy")
        version = re.search(r'<main[^>]* data-version="([^"]+)"', page.text)[1]
        self.assertEqual(page.status, 200)
        for word in ("身份证号", "证件照", "敏感个人信息", "保存多久", "您的权利", "联系"):
            self.assertIn(word, page.text)
        self.assertIn(f'data-version="{version}"', self.browser.get(f"/privacy?version={version}").text)
        self.assertEqual(self.browser.get("/privacy?version=1999").status, 404)

    def test_consent_links_it_and_keeps_its_version(self):
        self.assertEqual(self.browser.get("/register").text.count('href="/privacy"'), 3)  # both boxes, and the foot
        version = re.search(r'data-version="([^"]+)"', self.browser.get("/privacy").text)[1]
        self.register()
        rows = server.sql("select kind, text_version from consent where account_id = (select max(id) from account where member_id is not null) order by id")
        self.assertEqual([tuple(row) for row in rows], [("terms", version), ("sensitive", version)])


class Month(Case):
    """Year and month are two lists on the page; whoever posts started_on is understood as before."""

    def setUp(self):
        super().setUp()
        self.start()

    def choose(self, year, month, **more):
        fields = details()
        del fields["started_on"]
        fields |= {"started_on_year": year, "started_on_month": month} | more
        return self.browser.post("/register/details", fields, photo("good"))

    def stored(self):
        return self.browser.get("/register/details").value("started_on")

    def test_lists(self):
        self.assertEqual(self.choose("2013", "07").location, "/register/confirm")
        self.assertIn("2013 年 7 月起", self.browser.get("/register/confirm").text)
        self.assertEqual(self.choose("2014", "7").location, "/register/confirm")
        for year, month in (("2013", ""), ("", "07"), ("", ""), ("2013", "13"), ("1900", "01")):
            with self.subTest(year=year, month=month):
                self.assert_refused(self.choose(year, month), "started_on")

    def test_half_a_choice_stays(self):
        page = self.choose("2013", "")
        self.assertRegex(page.text, r'<option value="2013" selected>2013 年</option>')
        page = self.choose("", "07")
        self.assertRegex(page.text, r'<option value="07" selected>7 月</option>')

    def test_who_changes_the_field_itself_is_heard(self):
        self.choose("2013", "07")
        self.choose("2013", "07", started_on="2012-03", started_on_was="2013-07")
        self.assertEqual(self.stored(), "2012-03")
        self.choose("2011", "05", started_on="2012-03", started_on_was="2012-03")
        self.assertEqual(self.stored(), "2011-05")
        self.assert_refused(self.choose("", "", started_on="2011-05", started_on_was="2011-05"), "started_on")


class Resubmit(Case):
    """重新提交: what registration promises holds here, too."""

    def setUp(self):
        super().setUp()
        number = id_number(next(numbers))
        self.register(id_number=number)
        self.browser.get("/login?as=member")
        self.browser.post("/login", {"as": "member", "account": number, "password": "Chunfeng-2026"})
        self.browser.get("/me/progress")
        self.assertEqual(self.browser.post("/me/withdraw", {}).status, 303)
        self.own = f"/photo/{server.sql('select max(id) from member')[0][0]}"

    def send(self, picture=None, **changed):
        return self.browser.post("/me/resubmit", details(**changed), photo(picture) if picture else {"photo": ("", b"")})

    def test_refused_photo_is_kept(self):
        before = self.browser.get(self.own).body
        answer = self.send(picture="blue")
        self.assert_refused(answer, "photo", "photo_anyway")
        kept = answer.value("photo_kept")
        self.assertEqual(answer.picture_of("photo"), f"{self.own}?kept={kept}")
        self.assertEqual(self.browser.get(answer.picture_of("photo")).status, 200)
        self.assert_refused(self.send(photo_kept=kept), "photo", "photo_anyway")
        answer = self.send(photo_kept=kept, photo_anyway="1", name="")
        self.assert_refused(answer, "name")
        self.assertEqual(answer.value("photo_kept"), kept)
        self.assertEqual(self.browser.get(self.own).body, before)
        self.assertEqual(self.send(photo_kept=kept, photo_anyway="1").location, "/me/progress")
        self.assertNotEqual(self.browser.get(self.own).body, before)

    def test_finding_an_employer_keeps_the_photo(self):
        answer = self.send(picture="blue", company="", company_q="0002", find="1", mobile="138")
        self.assertEqual((answer.status, set(answer.errors)), (200, {"photo", "photo_anyway"}))
        kept = answer.value("photo_kept")
        answer = self.send(photo_kept=kept, company="", company_q="0001", find="1")
        self.assertEqual((answer.status, answer.errors, answer.value("photo_kept")), (200, {}, kept))
        self.assertEqual(self.send(photo_kept=kept, photo_anyway="1").location, "/me/progress")

    def test_photo_of_another_form(self):
        self.browser.post("/me/resubmit", details(), photo("blue"))
        answer = self.send(photo_kept="x" * 60, photo_anyway="1")
        self.assert_refused(answer, "photo")
        self.assertEqual((answer.value("photo_kept"), answer.picture_of("photo")), (None, self.own))


class Required(Case):
    """An association that asks for school and post, and for nothing that the others usually ask for."""

    ALWAYS = {"name", "education", "title_level", "started_on", "company"}

    def require(self, names):
        server.sql(f"insert into setting (name, value, set_at) values ('register.required', '{names}', 1)")
        server.restart()
        self.browser = server.browser()

    def setUp(self):
        super().setUp()
        self.addCleanup(self.require, "address,mobile,photo")
        self.require("school,post")
        self.start()

    def test_the_page_marks_just_these(self):
        page = self.browser.get("/register/details").text
        fields = re.findall(r'<(?:input|select)[^>]* name="(\w+)"[^>]*? required[ >]', page)
        months = {"started_on_year", "started_on_month"}
        self.assertEqual(set(fields), self.ALWAYS - {"company", "started_on"} | months | {"school", "post"})
        self.assertEqual(page.count('<span class="required" aria-hidden="true">*</span>'), len(self.ALWAYS) + 2)
        self.assertIn('<option value="" selected>请选择</option><option value="总监">', page)

    def test_the_server_asks_for_just_these(self):
        nothing = {field: "" for field in details()}
        self.assert_refused(self.fill_in(picture=None, **nothing), *self.ALWAYS, "school", "post")
        answer = self.fill_in(picture=None, major="", title_specialty="", address="", mobile="", qq="", email="")
        self.assertEqual(answer.location, "/register/confirm")

    def test_somebody_without_photo_and_telephone(self):
        number = id_number(next(numbers))
        self.start(id_number=number)
        self.fill_in(picture=None, address="", mobile="")
        self.assertIn("没有照片", self.browser.get("/register/confirm").text)
        self.assertEqual(self.browser.post("/register/confirm", {}).location, "/register/done")
        self.browser.get("/login?as=member")
        self.browser.post("/login", {"as": "member", "account": number, "password": "Chunfeng-2026"})
        page = self.browser.get("/me/progress")
        self.assertEqual(page.status, 200)
        self.assertIn("没有照片", page.text)
        self.assertNotIn("/photo/", page.text)
        person = server.sql("select max(id) from member")[0][0]
        self.assertEqual(self.browser.get(f"/photo/{person}").status, 404)


class Texts(Case):
    def test_guide_and_help(self):
        guide = self.browser.get("/guide").text
        self.assertIn("申请条件", guide)
        whole = self.browser.get("/help").text
        for side in ("member", "company", "staff"):
            self.assertIn(f'<h2 id="{side}">', whole)
        one = self.browser.get("/help?as=company").text
        self.assertIn('<h2 id="company">', one)
        self.assertNotIn('<h2 id="staff">', one)
