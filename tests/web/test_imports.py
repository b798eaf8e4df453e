"""批量导入 over HTTP: a sheet is checked, refused while a row is wrong, brought in, taken back; also across a killed server."""

import io
import os
import re
import subprocess
import sys
import tempfile
import time
import unittest
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench" / "stress"))
from imports import Clerk, Desk, differing, tables, write_sheet
from server import PASSWORD, Server, id_number

server = Server(members=20)
HEADING = "姓名,身份证号,单位,学历,职称,手机,会员编号,有效期至\n"


def setUpModule():
    server.start()


def tearDownModule():
    server.stop()


def logged_in(account="huiyuan"):
    browser = server.browser()
    browser.get("/login?as=staff")
    assert browser.post("/login", {"as": "staff", "account": account, "password": PASSWORD}).status == 303
    browser.get(browser.get("/").location)
    return browser


def told(answer, name):
    """What the page says of its job."""
    return re.search(rf'<main[^>]* data-{name}="([^"]*)"', answer.text)[1]


def came(company):
    return server.count(f"member m join company c on c.id = m.company_id where c.name = '{company}'")


def born(i):
    return f"{1960 + i // 336}{1 + i // 28 % 12:02}{1 + i % 28:02}"


def people(first, n, company="甘肃新进监理有限公司"):
    rows = (f"李春风,{id_number(501, born(i))},{company},本科,工程师,139{i:08},,\n" for i in range(first, first + n))
    return (HEADING + "".join(rows)).encode()


def zip_of_photo(name):
    with tempfile.TemporaryDirectory() as folder, io.BytesIO() as packed:
        subprocess.run([os.environ["MAKE_PHOTOS"], folder], check=True)
        with zipfile.ZipFile(packed, "w") as archive:
            archive.write(Path(folder) / "good.jpg", f"{name}.jpg")
        return packed.getvalue()


class Imports(unittest.TestCase):
    def setUp(self):
        self.staff = logged_in()

    def upload(self, sheet, kind="member", **files):
        return self.staff.post("/staff/import", {"kind": kind}, {"file": ("名册.csv", sheet)} | files)

    def settled(self, page):
        """The job's page, once nobody works on it."""
        for _ in range(600):
            answer = self.staff.get(page)
            self.assertEqual(answer.status, 200)
            if told(answer, "state") not in ("waiting", "running"):
                return answer
            self.assertEqual(answer.headers["Refresh"], "2")
            time.sleep(0.1)
        self.fail(answer.text)

    def checked(self, sheet, kind="member"):
        sent = self.upload(sheet, kind)
        self.assertEqual(sent.status, 303, sent.text)
        return sent.location, self.settled(sent.location)

    def facts(self, answer):
        return [told(answer, name) for name in ("state", "total", "good", "bad")]

    def test_a_sheet_comes_in_and_is_taken_back(self):
        page, answer = self.checked(people(0, 120))
        self.assertEqual(self.facts(answer), ["checked", "120", "120", "0"])
        self.assertIn("甘肃新进监理有限公司", answer.text)
        self.assertEqual(came("甘肃新进监理有限公司"), 0)
        self.assertEqual(self.staff.post(f"{page}/commit", {}).location, page)
        self.assertEqual(self.facts(self.settled(page))[0], "committed")
        self.assertEqual(came("甘肃新进监理有限公司"), 120)
        self.assertEqual(self.staff.post(f"{page}/commit", {}).status, 409)
        self.assertIn("李春风", self.staff.get(f"/staff/members?q={id_number(501, born(7))}").text)
        self.assertEqual(self.staff.get(f"{page}/open").status, 200)
        self.assertEqual(self.staff.post(f"{page}/undo", {}).location, page)
        self.assertEqual(self.facts(self.settled(page))[0], "undone")
        self.assertEqual(came("甘肃新进监理有限公司"), 0)

    def test_a_wrong_row_is_shown_and_stops_all_of_it(self):
        page, answer = self.checked(people(200, 2) + "王无号,,甘肃新进监理有限公司,,,,,\n".encode())
        self.assertEqual(self.facts(answer), ["checked", "3", "2", "1"])
        self.assertIn('data-row="4" data-error="id_number"', answer.text)
        errors = self.staff.get(f"{page}/errors.xlsx")
        self.assertEqual((errors.status, errors.body[:2]), (200, b"PK"))
        refused = self.staff.post(f"{page}/commit", {})
        self.assertEqual((refused.status, told(refused, "state")), (409, "checked"))
        self.assertEqual(self.staff.post(f"{page}/undo", {}).status, 303)
        self.assertEqual(self.facts(self.settled(page))[0], "undone")
        self.assertEqual(self.staff.get(f"{page}/errors.xlsx").status, 404)

    def test_what_is_no_sheet_fails_in_words(self):
        page, answer = self.checked(b"\x89PNG\r\n\x1a\n" + bytes(100))
        self.assertEqual(told(answer, "state"), "failed")

    def test_a_form_without_a_file_is_refused(self):
        answer = self.staff.post("/staff/import", {"kind": "company"})
        self.assertEqual((answer.status, set(answer.errors)), (422, {"file"}))
        self.assertIn('<option value="company" selected>', answer.text)
        self.assertEqual(set(self.upload(people(0, 1), "nobody").errors), {"kind"})

    def test_photos_come_with_the_people_of_the_form(self):
        self.assertIn('name="photos"', self.staff.get("/staff/import").text)
        with_photo = "member where photo_id is not null"
        before = server.count(with_photo)
        photos = {"photos": ("照片.zip", zip_of_photo(id_number(501, born(400))))}
        page = self.upload(people(400, 1), **photos).location
        self.assertEqual(self.facts(self.settled(page)), ["checked", "1", "1", "0"])
        self.staff.post(f"{page}/commit", {})
        self.assertEqual(self.facts(self.settled(page))[0], "committed")
        self.assertEqual(server.count(with_photo) - before, 1)
        self.staff.post(f"{page}/undo", {})
        self.assertEqual(self.facts(self.settled(page))[0], "undone")
        refused = self.upload(people(400, 1), "company", **photos)
        self.assertEqual((refused.status, set(refused.errors)), (422, {"photos"}))

    def test_the_same_form_twice_is_one_job(self):
        once = self.staff.get("/staff/import").value("once")
        send = lambda: self.staff.post("/staff/import", {"kind": "member", "once": once}, {"file": ("a.csv", people(300, 1))})
        self.assertEqual(send().location, send().location)

    def test_templates(self):
        for kind in ("company", "member", "period"):
            self.assertEqual(self.staff.get(f"/staff/import/template.xlsx?kind={kind}").body[:2], b"PK")
        self.assertEqual(self.staff.get("/staff/import/template.xlsx?kind=x").status, 404)

    def test_what_came_and_went_leaves_each_table_as_it_was(self):
        """While another user works. The large run with its figures is bench/stress/imports.py."""
        sheet, clerk, desk = server.folder / "many.xlsx", Clerk(server), Desk(server, 300)
        write_sheet(sheet, 300)
        before = tables(server)
        clerk.start()
        try:
            desk.bring(sheet, lambda step: None, 0)
        finally:
            clerk.over.set()
            clerk.join()
        self.assertEqual(clerk.faults + differing(before, tables(server)), [])
        self.assertGreater(sum(len(times) for times in clerk.times.values()), 0)

    def test_a_killed_server_goes_on_where_it_was(self):
        page, _ = self.checked(people(1000, 1500, "甘肃再来监理有限公司"))
        self.staff.post(f"{page}/commit", {})
        server.kill()
        server.revive()
        self.staff = logged_in()
        self.assertEqual(self.facts(self.settled(page)), ["committed", "1500", "1500", "0"])
        self.assertEqual(came("甘肃再来监理有限公司"), 1500)
        self.assertEqual(server.count("import_hidden"), 0)


if __name__ == "__main__":
    unittest.main()
