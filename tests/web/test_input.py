"""What people type and paste, over HTTP: one normal form for what is stored and what is searched, everywhere it can be
typed. The rows are kinds: what each character is stands in tests/base/test_text.c and its neighbours."""

import itertools
import os
import re
import subprocess
import tempfile
import unittest
import urllib.parse
from pathlib import Path

from server import PASSWORD, Server, id_number

server = Server(members=60, companies=2)
numbers = itertools.count(100)
OURS = "演示监理公司0001"
UNSEEN = ["\u3164\u3164", "\u2800", "\u00ad", "\u115f", "\u180e", "\u061c", "\U000e0020", "\ufe0f", "\u200b", "\u3000\u00a0"]
photo = {}
WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")


def setUpModule():
    server.start()
    unittest.addModuleCleanup(server.stop)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([os.environ["MAKE_PHOTOS"], folder], check=True)
        photo["photo"] = ("good.jpg", (Path(folder) / "good.jpg").read_bytes())


def entered(side, account, password=PASSWORD):
    browser = server.browser()
    browser.get(f"/login?as={side}")
    answer = browser.post("/login", {"as": side, "account": account, "password": password})
    return browser, answer.status


def logged_in(side, account, password=PASSWORD):
    browser, status = entered(side, account, password)
    assert status == 303, (side, account)
    browser.get("/password")
    return browser


def ids(answer):
    return re.findall(r'<tr[^>]*data-id="(\d+)"', answer.text)


def quoted(text):
    return urllib.parse.quote(text)


class Registering(unittest.TestCase):
    def setUp(self):
        server.sql("delete from attempt")
        self.browser = server.browser()
        self.company = re.search(r'"id":"?(\d+)', self.browser.get(f"/companies/search?q={quoted(OURS)}").text)[1]

    def start(self, number, password="Chunfeng-2026"):
        self.picture = True
        self.browser.get("/register")
        return self.browser.post("/register", {"id_number": number, "password": password, "password_again": password,
                                               "consent": "1", "consent_sensitive": "1"})

    def details(self, **changed):
        sent = photo if self.picture else {"photo": ("", b"")}
        self.picture = False  # it is kept
        return self.browser.post("/register/details", {
            "name": "陈思远", "education": "21", "title_level": "3", "started_on": "2013-07", "company": self.company,
            "address": "兰州市城关区 1 号", "mobile": "13800001234"} | changed, sent)

    def register(self, number, **changed):
        self.assertEqual(self.start(number).status, 303)
        self.assertEqual(self.details(**changed).location, "/register/confirm", changed)
        self.assertEqual(self.browser.post("/register/confirm", {}).location, "/register/done")

    def test_each_spelling_of_a_field(self):
        good = {
            "name": ["\uf90a大明", "买买提•艾力", "买买提∙艾力", "买买提⋅艾力", "买买提･艾力", "买买提\u0387艾力", "Ｊｏｈｎ Ｓｍｉｔｈ",
                     "Jose\u0301 Silva", "O'Brien Shaun", "O\u2019Brien Shaun", "Jean-Luc Picard", "Nguyễn Văn An",
                     "吴\U0002bc20", "吴\U0003158e", "\u202d张三\u202c", "张\u200b三"],
            "mobile": ["\u202d13800000000\u202c", "\u200e13800000000", "13800000000\u200b", "138\ufe0f00000000",
                       "138\u00a00000\u00a00000", "138\u20110000\u20110000", "138\u20130000\u20130000", "+86 138-0000-0000",
                       "（+86）13800000000", "０１３８００００００００"],
            "email": ["name@163。com", "name＠163．com", "name@163.com\u00a0", "\u200bname@163.com", ""],
            "started_on": ["2019-3", "2019/03", "2019.3", "2019年3月", "201903", "２０１９－０３", "二〇一九年三月", "2019-03-15"],
            "qq": ["１２３４５", "123 456", ""],
            "education": ["２１", " 21"],
        }
        bad = {
            "name": ["张 三", "张\u202e三", "张三1", "张", "\u3164\u3164", "J. Smith", "O''Brien"],
            "mobile": ["1380000000", "0931-1234567", "13800000000,13900000000", "138\u202e00000000", "-", *UNSEEN],
            "email": ["name@163、com", "name", "a@b.c,d@e.f"],
            "started_on": ["19-3", "3/2019", "2019-13", "20193", "去年", *UNSEEN],
            "qq": ["12345、6", "一二三四五"],
            "address": [*UNSEEN, "兰州\u202e市", "兰州\u2028市", "兰州\n市"],
        }
        self.assertEqual(self.start(id_number(next(numbers))).status, 303)
        for field, values in good.items():
            for value in values:
                self.assertEqual(self.details(**{field: value}).location, "/register/confirm", (field, ascii(value)))
        for field, values in bad.items():
            for value in values:
                answer = self.details(**{field: value})
                self.assertEqual((answer.status, list(answer.errors)), (422, [field]), (field, ascii(value)))

    def test_what_was_typed_comes_back_in_a_spelling_that_the_browser_shows(self):
        self.assertEqual(self.start(id_number(next(numbers))).status, 303)
        again = self.details(started_on="2013年7月", address="")
        self.assertEqual((again.status, again.value("started_on")), (422, "2013-07"))

    def test_a_number_with_marks_and_blanks_registers_and_logs_in(self):
        for before, after in (("\u3000", "\u00a0"), ("\u200b", "\ufeff"), ("\u202d", "\u202c"), ("", "\u200e")):
            number = id_number(next(numbers))
            self.browser = server.browser()
            self.register(before + number + after)
            for typed in (before + number + after, number[:6] + " " + number[6:14] + "-" + number[14:].lower()):
                self.assertEqual(entered("member", typed, "Chunfeng-2026")[1], 303, ascii(typed))

    def test_a_password_is_what_was_typed_but_composed(self):
        number = id_number(next(numbers))
        self.assertEqual(self.start(number, "Jose\u0301\u200b 12 34").status, 303)
        self.assertEqual(self.details().location, "/register/confirm")
        self.browser.post("/register/confirm", {})
        self.assertEqual(entered("member", number, "José\u200b 12 34")[1], 303)
        self.assertEqual(entered("member", number, "José 12 34")[1], 422)

    def test_search_folds_what_entry_folds(self):
        people = {
            ("买买提•艾力江", "13900000001"): ["买买提·艾力", "买买提•艾力", "买买提・艾力江", "买买提．艾力江", "买买提.艾力", "买买提艾力江",
                                   "提 艾", "139 0000 0001", "+86-13900000001", "13900000001".translate(WIDE), "\u202d13900000001\u202c"],
            ("\uf90a大明", "13900000002"): ["金大明", "\uf90a大明", "金 大明", "大明\u200b"],
            ("Nguye\u0302\u0303n Văn An", "13900000003"): ["nguyen van an", "NGUYỄN", "Nguyễn Va\u0306n", "vanan", "ｎｇｕｙｅｎ"],
            ("O’Brien Shaun", "13900000004"): ["o'brien", "O’Brien", "obrien shaun", "Brien Sh"],
            ("Jean‐Luc Picard", "13900000005"): ["jean luc", "Jean-Luc", "jeanluc", "PICARD"],
            ("吴\U0002bc20", "13900000006"): ["\U0002bc20", "吴\U0002bc20", "吴 \U0002bc20"],
        }
        clerk, staff = logged_in("company", OURS), logged_in("staff", "huiyuan")
        for (name, mobile), ways in people.items():
            number = id_number(next(numbers), region="962840", born="19880808")
            self.browser = server.browser()
            self.register(number, name=name, mobile=mobile)
            ways = ways + [number, " " + number[:6] + " " + number[6:14] + " " + number[14:], mobile[:3] + "-" + mobile[3:7] + "-" + mobile[7:]]
            for q in ways:
                for browser, address in ((clerk, "/company/members"), (staff, "/staff/members")):
                    found = browser.get(f"{address}?q={quoted(q)}")
                    self.assertEqual(len(ids(found)), 1, (address, ascii(name), ascii(q)))
            tail = number[-4:].lower().replace("x", "ｘ")
            found = clerk.get(f"/company/members?q={quoted(' ' + tail[:2] + ' ' + tail[2:])}")
            self.assertIn(ids(clerk.get(f"/company/members?q={number}"))[0], ids(found))
        for q in ("买买提力艾", "张大明\u200b", "nguyenx", "139 0000 0009"):
            self.assertEqual(ids(clerk.get(f"/company/members?q={quoted(q)}")), [], q)


    def test_a_mobile_is_masked_on_every_page_that_shows_one(self):
        number = id_number(next(numbers))
        self.register(number, name="赵遮号", mobile="138-9999-0001")
        clerk, staff = logged_in("company", OURS), logged_in("staff", "huiyuan")
        person = ids(staff.get(f"/staff/members?q={number}"))[0]
        pages = [(staff, f"/staff/members?q={quoted('赵遮号')}"), (clerk, f"/company/members?q={quoted('赵遮号')}"),
                 (staff, f"/staff/members/{person}")]
        for browser, address in pages:
            page = browser.get(address)
            self.assertEqual(page.status, 200, address)
            self.assertIn("138****0001", page.text, address)
            self.assertNotIn("13899990001", page.text, address)
        # Whoever may correct it sees it in the field, and masked beside it.
        form = clerk.get(f"/company/members/{person}")
        self.assertEqual(form.text.count("13899990001"), 1)
        self.assertEqual(form.value("mobile"), "13899990001")


class Companies(unittest.TestCase):
    def setUp(self):
        server.sql("delete from attempt")
        self.staff = logged_in("staff", "huiyuan")

    def create(self, name, **changed):
        return self.staff.post("/staff/companies", {"name": name, "credit_code": "", "contact": "王经办",
                                                    "phone": "0931-1234567", "address": ""} | changed)

    def test_one_visible_name_is_one_company(self):
        self.assertEqual(self.create("甘肃长城监理有限公司（兰州）").status, 200)
        self.assertEqual(self.create("甘肃欧·亚监理公司").status, 200)
        unseen = "\u200c\u200d\u200e\u2060\u00ad\u202d\u2002\u2003\u2009\u205f\ufe0f\u180e\u3164\u2800\u00a0\u3000\u061c\u115f"
        same = [f"甘肃长城{x}监理有限公司（兰州）" for x in unseen] + [
            "甘肃长城监理有限公司﹙兰州﹚", "甘肃长城监理有限公司【兰州】", "\u2f62肃长城监理有限公司（兰州）", "甘肃长城监理有限公司(兰州)",
            "甘肃 长城 监理有限公司（兰州）", "甘肃欧•亚监理公司", "甘肃欧・亚监理公司", "甘肃欧∙亚监理公司", "甘肃欧．亚监理公司", "甘肃欧･亚监理公司"]
        for name in same:
            answer = self.create(name)
            self.assertEqual((answer.status, list(answer.errors)), (422, ["name"]), ascii(name))
            self.assertIn("已有同名单位", answer.errors["name"])
        for name in ("甘肃长城监理有限公司（天水）", "甘肃长域监理有限公司（兰州）", "甘肃欧亚监理公司"):
            self.assertEqual(self.create(name).status, 200, name)
        for q, n in (("欧亚监理", 2), ("欧•亚", 2), ("有限公司兰州", 2), ("有限公司（兰", 2), ("欧西", 0)):
            self.assertEqual(len(ids(self.staff.get(f"/staff/companies?q={quoted(q)}"))), n, q)

    def test_what_turns_the_line_is_no_name(self):
        for mark in "\u202e\u202b\u2067\u2028\u2029":
            answer = self.create(f"甘肃转{mark}行监理公司")
            self.assertEqual((answer.status, list(answer.errors)), (422, ["name"]), ascii(mark))
        for name in ("甘肃", "\u3164\u3164\u3164\u3164", "", "甘肃\n监理公司"):
            self.assertEqual(self.create(name).status, 422, ascii(name))

    def test_logs_in_however_it_is_pasted(self):
        secret = re.search(r"data-secret>([^<]+)<", self.create("甘肃粘贴监理公司（白银）", credit_code=" 916201 02MA-700000xe\u200b").text)[1]
        server.sql("update account set onetime = 0")  # as if the clerk had chosen it: a given one lets in once
        for account in ("甘肃粘贴监理公司（白银）", "\u202d甘肃粘贴监理公司(白银)\u202c", "\u3000甘肃粘贴 监理公司﹙白银﹚\u00a0", "\ufeff甘肃粘贴\u200b监理公司【白银】",
                        "91620102MA700000XE", "\u202d91620102ma700000xe\u202c", "916201 02MA-700000-XE", "９１６２０１０２ＭＡ７０００００ＸＥ\u200b"):
            self.assertEqual(entered("company", account, secret)[1], 303, ascii(account))
        for account in ("甘肃粘贴监理公司（兰州）", "甘肃粘贴监理公司"):
            self.assertEqual(entered("company", account, secret)[1], 422, ascii(account))
        for q in ("粘贴\u200b监理", "（白银）", "粘 贴监理公司(白银", "９１６２０１０２ＭＡ７０００００ＸＥ", "91620102 MA700000XE"):
            self.assertEqual(len(ids(self.staff.get(f"/staff/companies?q={quoted(q)}"))), 1, ascii(q))

    def test_phones(self):
        def stored(phone):
            answer = self.create(f"甘肃电话监理公司{next(numbers)}", phone=phone)
            if answer.status != 200:
                return answer.errors
            page = re.search(r'action="(/staff/companies/\d+)/letter', answer.text)[1]
            return self.staff.get(page).value("phone")

        for phone in ("0931-1234567", "（0931）1234567", "(0931) 1234567", "0931—1234567", "０９３１－１２３４５６７", "\u202d0931 1234567\u202c"):
            self.assertEqual(stored(phone), "0931-1234567", ascii(phone))
        self.assertEqual(stored("+86 138 0000 0000"), "13800000000")
        self.assertEqual(list(stored("没有")), ["phone"])


class Lists(unittest.TestCase):
    def setUp(self):
        server.sql("delete from attempt")
        self.staff = logged_in("staff", "huiyuan")

    def test_days_in_each_spelling(self):
        days = sorted(re.findall(r"<td[^>]*>(20\d\d-\d\d-\d\d)", self.staff.get("/staff/members?status=member&size=100").text))
        day = days[len(days) // 2]
        year, month, last = day.split("-")
        expected = ids(self.staff.get(f"/staff/members?expires_from={day}&size=100"))
        self.assertTrue(expected)
        for typed in (f"{year}/{month}/{last}", f"{year}.{int(month)}.{int(last)}", f"{year}年{int(month)}月{int(last)}日",
                      f"{year}{month}{last}", f"{year}-{int(month)}-{int(last)}", day.translate(WIDE), f"\u200b {day}\u00a0"):
            for name in ("expires_from", "expires_to"):
                same = self.staff.get(f"/staff/members?{name}={day}&size=100")
                page = self.staff.get(f"/staff/members?{name}={quoted(typed)}&size=100")
                self.assertEqual((page.status, ids(page)), (200, ids(same)), ascii(typed))
                self.assertEqual(page.value(name), day)
        for typed in ("1/5/2026", "26-1-5", "2026-02-30", "2026-1", "明天"):
            refused = self.staff.get(f"/staff/members?expires_from={quoted(typed)}")
            self.assertEqual(refused.status, 422)
            self.assertIn("2026-11-23", refused.text)

    def test_the_day_of_a_meeting(self):
        member = ids(self.staff.get("/staff/members?status=recommended_new"))[0]
        refused = self.staff.post("/staff/members/approve", {"id": member, "approved_on": "23/11/2026"})
        self.assertEqual((refused.status, list(refused.errors)), (422, ["approved_on"]))
        done = self.staff.post("/staff/members/approve", {"id": member, "approved_on": "２０２６年１１月２３日", "document_no": "甘监协〔2026〕７号"})
        self.assertEqual(done.status, 303)
        page = self.staff.get(f"/staff/members/{member}").text
        self.assertIn("2026-11-23", page)
        self.assertIn("甘监协〔2026〕7号", page)

    def test_a_reason_that_nobody_sees_is_none(self):
        clerk = logged_in("company", OURS)
        own = ids(clerk.get("/company/members?status=submitted"))[0]
        theirs = ids(self.staff.get("/staff/members?status=recommended_renewal"))[0]
        for reason in [*UNSEEN, "\u202e", "\u2028", "\n"]:
            for browser, address, fields in ((clerk, "/company/members/return", {"id": own}),
                                             (self.staff, "/staff/members/return", {"id": theirs, "to": "company"}),
                                             (self.staff, "/staff/members/close", {"id": theirs})):
                answer = browser.post(address, fields | {"reason": reason})
                self.assertEqual((answer.status, list(answer.errors)), (422, ["reason"]), (address, ascii(reason)))
        turned = clerk.post("/company/members/return", {"id": own, "reason": "照片\u202e不清"})
        self.assertEqual((turned.status, list(turned.errors)), (422, ["reason"]))
        self.assertEqual(clerk.post("/company/members/return", {"id": own, "reason": "照片不清\r\n请重传\u200b"}).status, 303)

    def test_an_id_or_choice_in_full_width(self):
        member = ids(self.staff.get("/staff/members?status=recommended_renewal"))[0]
        done = self.staff.post("/staff/members/return", {"id": member.translate(WIDE), "to": " company", "reason": "再核"})
        self.assertEqual(done.status, 303)


class CommandLine(unittest.TestCase):
    def test_export(self):
        with tempfile.TemporaryDirectory() as folder:
            for i, company in enumerate((OURS, "演示监理公司０００１", "\u202d演示 监理公司0001\u202c")):
                server.run("export", "members", f"{folder}/{i}.csv", "--company", company)
                self.assertGreater(len(Path(f"{folder}/{i}.csv").read_text(encoding="utf-8-sig").splitlines()), 1)

    def test_an_account_s_name(self):
        server.run("staff", "add", "\u200b赵　敏＿1\u00a0", "--role", "viewer", stdin="Chunfeng-2026\n")
        for typed in ("赵 敏_1", "赵 敏＿１", "\u3000赵 敏_1"):
            self.assertEqual(entered("staff", typed, "Chunfeng-2026")[1], 303, typed)

    def test_today(self):
        def doctor(today):
            return subprocess.run([server.binary, "doctor", *server._options()], capture_output=True, text=True, check=False,
                                  env=os.environ | {"HUIYUAN_TODAY": today})

        for today in ("2026-11-23", "2026年11月23日", "20261123", "2026/11/23"):
            self.assertNotIn("HUIYUAN_TODAY", doctor(today).stderr)
        refused = doctor("23.11.2026")
        self.assertEqual(refused.returncode, 1)
        self.assertIn("HUIYUAN_TODAY is no day: write it as 2026-11-23", refused.stdout + refused.stderr)
