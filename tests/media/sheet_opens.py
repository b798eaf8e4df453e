"""Opens the workbook of make_samples with LibreOffice and looks into it.
MAKE_SAMPLES names that program.
"""
import csv
import os
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as xml
import zipfile
from pathlib import Path

FOLDER = None
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# Comma, quotes, UTF-8, cells as shown, all sheets: the numbers are LibreOffice's filter options.
TO_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def setUpModule():
    global FOLDER
    folder = tempfile.TemporaryDirectory()
    unittest.addModuleCleanup(folder.cleanup)
    FOLDER = Path(folder.name)
    subprocess.run((os.environ["MAKE_SAMPLES"], FOLDER), check=True)


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def part(name):
    with zipfile.ZipFile(FOLDER / "members.xlsx") as book:
        return xml.fromstring(book.read(name))


class Opened(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        profile = (FOLDER / "profile").as_uri()
        run("soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", TO_CSV, "--outdir", FOLDER,
            FOLDER / "members.xlsx")
        with open(FOLDER / "members-会员.csv", encoding="utf-8", newline="") as file:
            cls.rows = list(csv.reader(file))

    def test_lines(self):
        self.assertEqual([row[0] for row in self.rows[:4]],
                         ["甘肃省建设监理协会个人会员名单", "填报单位：演示监理公司0001", "批次号：N-2026-000012",
                          "导出时间：2026-11-23 16:05:09"])
        self.assertEqual(self.rows[4], ["序号", "姓名", "身份证号", "应缴会费（元）", "备注"])
        self.assertEqual(self.rows[-1][0], "合计 4 人")

    def test_id_numbers_survive(self):
        self.assertEqual([row[2] for row in self.rows[5:8]],
                         ["620102198506070001", "62011219880808102X", "000000000000000018"])

    def test_names_survive(self):
        self.assertEqual([row[1] for row in self.rows[5:9]],
                         ["王\U0002cc56", "\u4dae小明", "买买提·吐尔逊", "a\ufffd z"])

    def test_text_is_no_formula(self):
        self.assertEqual([row[4] for row in self.rows[5:9]], ["=1+1", "+8613900000001", "@SUM(A1)", '<b>&"'])

    def test_money_is_in_yuan_and_a_word_stays(self):
        self.assertEqual([float(row[3]) for row in self.rows[5:8]], [1000, 200.5, 0])
        self.assertEqual(self.rows[8][3], "未定")


class Inside(unittest.TestCase):
    def test_page(self):
        sheet = part("xl/worksheets/sheet1.xml")
        setup = sheet.find(MAIN + "pageSetup").attrib
        self.assertEqual((setup["paperSize"], setup["orientation"], setup["fitToHeight"]), ("9", "landscape", "0"))
        self.assertEqual(sheet.find(f"{MAIN}sheetPr/{MAIN}pageSetUpPr").get("fitToPage"), "1")
        self.assertEqual(sheet.find(f"{MAIN}headerFooter/{MAIN}oddFooter").text, "&C第 &P 页 / 共 &N 页")

    def test_header_stays_repeats_and_filters(self):
        sheet = part("xl/worksheets/sheet1.xml")
        pane = sheet.find(f"{MAIN}sheetViews/{MAIN}sheetView/{MAIN}pane").attrib
        self.assertEqual((pane["ySplit"], pane["state"]), ("5", "frozen"))
        self.assertEqual(sheet.find(MAIN + "autoFilter").get("ref"), "A5:E9")  # not the line of the total
        names = {name.get("name"): name.text for name in part("xl/workbook.xml").iter(MAIN + "definedName")}
        self.assertEqual(names["_xlnm.Print_Titles"], "'会员'!$5:$5")

    def test_title_spans_the_table(self):
        merged = [cell.get("ref") for cell in part("xl/worksheets/sheet1.xml").iter(MAIN + "mergeCell")]
        self.assertEqual(merged, ["A1:E1", "A2:E2", "A3:E3", "A4:E4", "A10:E10"])

    def test_id_number_is_a_text_cell(self):
        cells = {cell.get("r"): cell for cell in part("xl/worksheets/sheet1.xml").iter(MAIN + "c")}
        formats = part("xl/styles.xml").find(MAIN + "cellXfs")
        self.assertEqual(cells["C6"].get("t"), "inlineStr")
        self.assertEqual(formats[int(cells["C6"].get("s"))].get("numFmtId"), "49")  # @
        self.assertIsNone(cells["E6"].find(MAIN + "f"))
