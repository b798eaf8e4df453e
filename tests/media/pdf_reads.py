"""Reads the documents of make_samples as people's programs do: pdfinfo, pdffonts, pdftotext, pdftoppm and zbarimg.
MAKE_SAMPLES names that program.
"""
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

FOLDER = None


def setUpModule():
    global FOLDER
    folder = tempfile.TemporaryDirectory()
    unittest.addModuleCleanup(folder.cleanup)
    FOLDER = Path(folder.name)
    subprocess.run((os.environ["MAKE_SAMPLES"], FOLDER), check=True)


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout


def info(name):
    lines = run("pdfinfo", FOLDER / name).splitlines()
    return {key: value.strip() for key, value in (line.split(":", 1) for line in lines if ":" in line)}


def pages(name):
    """The text of each page, without blanks and line breaks, which are the reader's guess."""
    text = run("pdftotext", "-layout", FOLDER / name, "-").split("\f")[:-1]
    return [re.sub(r"\s", "", page) for page in text]


def codes(name, page):
    """What the QR codes of a page say."""
    run("pdftoppm", "-r", "150", "-png", "-singlefile", "-f", str(page), "-l", str(page), FOLDER / name,
        FOLDER / "page")
    return run("zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", FOLDER / "page.png").split()


class Summary(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pages = pages("summary.pdf")
        cls.first = [page for page in cls.pages if "批次号：N-2026-000012核验码" in page]
        cls.second = [page for page in cls.pages if "批次号：N-2026-000013核验码" in page]

    def test_paper(self):
        self.assertIn("841.89 x 595.28", info("summary.pdf")["Page size"])
        self.assertEqual(len(self.first) + len(self.second), len(self.pages))
        self.assertEqual(len(self.second), 2)

    def test_each_batch_counts_its_own_pages(self):
        for batch in (self.first, self.second):
            for number, page in enumerate(batch, 1):
                self.assertIn(f"第{number}页/共{len(batch)}页", page)

    def test_each_page_has_header_and_check_code(self):
        for page in self.pages:
            self.assertIn("身份证号", page)
            self.assertIn("会员编号/有效期", page)
            self.assertIn("核验码：9F3C-27A1-04BE-D865", page)
            self.assertIn("甘肃省建设监理协会个人会员（新会员推荐）汇总表", page)

    def test_every_number_stands_once_and_in_order(self):
        numbers = re.findall(r"62010219850607\d{4}", "".join(self.first))
        self.assertEqual(numbers, [f"62010219850607{i:04}" for i in range(500)])

    def test_rare_characters_can_be_read(self):
        self.assertIn("王\U0002cc56", self.pages[0])
        self.assertIn("\u4dae小明", self.pages[0])

    def test_only_the_last_page_closes(self):
        for batch, people in ((self.first, 500), (self.second, 12)):
            for words in (f"合计人数：{people}人", "填报人：王\U0002cc56", "单位负责人（签字）：", "单位（盖章）：",
                          "gsjlxhlz@163.com"):
                self.assertIn(words, batch[-1])
                self.assertFalse(any(words in page for page in batch[:-1]), words)
            self.assertRegex(batch[-1], r"62010219850607\d{4}")  # nobody signs a page without names

    def test_head_is_on_the_first_page_only(self):
        for batch in (self.first, self.second):
            self.assertIn("企业名称（公章）：演示监理公司0001", batch[0])
            self.assertFalse(any("企业名称（公章）" in page for page in batch[1:]))

    def test_codes_can_be_scanned(self):
        self.assertEqual(codes("summary.pdf", 1), ["http://127.0.0.1:8080/b/N-2026-000012"])
        self.assertEqual(codes("summary.pdf", len(self.first) + 1), ["http://127.0.0.1:8080/b/N-2026-000013"])

    def test_fonts_are_embedded(self):
        for line in run("pdffonts", FOLDER / "summary.pdf").splitlines()[2:]:
            embedded, subset, unicode_map = line.split()[-5:-2]
            self.assertEqual((embedded, subset, unicode_map), ("yes", "yes", "yes"), line)


NAMES = ("阿布都热合曼·买买提吐尔逊·阿卜杜热依木·木合塔尔·\U0002cc56\u4dae买买提·吐尔逊江·阿不力克木·努尔买买提艾力",
         "Wolfeschlegelsteinhausenbergerdorffwelchevoralterx", "Maria Theresia Wilhelmine Josephine von Habsburg A")
LONG_CELLS = ("建筑环境与能源应用工程（暖通空调与城市燃气供应及建筑智能化技术方向）与给排水科学与工程双学位专业结业",
              "正高级工程师（正高级，教授级高级工程师）", "总监理工程师代表兼安全监理",
              "GSJX-2026-000123456789 2031-11-22 会员编号与有效期")


class LongSummary(unittest.TestCase):
    """Nothing is cut: texts of fifty characters in cells that are much narrower."""
    PEOPLE = 40

    @classmethod
    def setUpClass(cls):
        # -raw: the lines of a cell follow each other, as they were drawn
        text = run("pdftotext", "-raw", FOLDER / "summary_long.pdf", "-")
        cls.pages = [re.sub(r"\s", "", page) for page in text.split("\f")[:-1]]
        cls.text = "".join(cls.pages)

    def test_each_text_is_whole(self):
        for words in NAMES + LONG_CELLS:
            self.assertIn(words.replace(" ", ""), self.text)
        self.assertNotIn("…", self.text)
        self.assertNotIn("\u2010", self.text)  # the hyphen that a broken word would get

    def test_each_row_is_on_one_page(self):
        numbers = [re.findall(r"62010219850607\d{4}", page) for page in self.pages]
        self.assertEqual(sum(numbers, []), [f"62010219850607{i:04}" for i in range(self.PEOPLE)])
        for page, on_page in zip(self.pages, numbers):
            names = sum(page.count(name.replace(" ", "")) for name in NAMES)
            self.assertEqual(names, len(on_page))

    def test_nothing_leaves_the_table(self):
        words = run("pdftotext", "-bbox", FOLDER / "summary_long.pdf", "-")
        boxes = [tuple(map(float, box)) for box in re.findall(
            r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"', words)]
        self.assertGreater(len(boxes), self.PEOPLE * 10)
        for left, top, right, bottom in boxes:
            self.assertTrue(34 <= left <= right <= 842 - 34 and 28 <= top <= bottom <= 595 - 26, (left, top, right, bottom))

    def test_nobody_signs_an_empty_sheet(self):
        self.assertIn("单位（盖章）", self.pages[-1])
        self.assertRegex(self.pages[-1], r"62010219850607\d{4}")


class Application(unittest.TestCase):
    def test_page(self):
        self.assertIn("595.28 x 841.89", info("application.pdf")["Page size"])
        (page,) = pages("application.pdf")
        for words in ("入会申请表", "王\U0002cc56", "620102198506070001", "演示监理公司0001", "申请人（签字）", "单位（盖章）",
                      "协会（盖章）", "本人自愿加入", "编号：2026-000123", "2026-11-23", "第1页/共1页"):
            self.assertIn(words, page)

    def test_photo_is_the_jpeg_itself(self):
        lines = run("pdfimages", "-list", FOLDER / "application.pdf").splitlines()[2:]
        self.assertEqual(len(lines), 1)
        self.assertEqual(lines[0].split()[3:5] + lines[0].split()[8:9], ["295", "413", "jpeg"])


class Letters(unittest.TestCase):
    def test_pages(self):
        one, two = pages("letters.pdf")
        self.assertIn("K7mQ-w0Oi-1lI4", one)
        self.assertIn("账号演示监理公司0001", one)
        self.assertIn("账号演示监理公司0002", two)
        self.assertIn("甘肃省建设监理协会2026年11月23日", one)

    def test_code_can_be_scanned(self):
        self.assertEqual(codes("letters.pdf", 2), ["http://127.0.0.1:8080/login?as=company"])
