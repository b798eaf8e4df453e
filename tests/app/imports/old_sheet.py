"""An old system's export, as a clerk would have it, written by LibreOffice: a merged title, employers merged beside their
people, dates and numbers of every kind. SHOW_ROWS names the program that reads it. And its lines as GB18030."""
import os
import subprocess
import tempfile
import unittest
from pathlib import Path
from xml.sax.saxutils import escape

FOLDER = None

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"
 xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles>
<number:date-style style:name="N1"><number:year number:style="long"/><number:text>年</number:text><number:month/>
<number:text>月</number:text></number:date-style>
<number:number-style style:name="N2"><number:number number:decimal-places="2" number:min-decimal-places="2"
 number:min-integer-digits="1"/></number:number-style>
<style:style style:name="month" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="two" style:family="table-cell" style:data-style-name="N2"/>
</office:automatic-styles><office:body><office:spreadsheet>
"""


def text(value, more=""):
    return f'<table:table-cell office:value-type="string"{more}><text:p>{escape(value)}</text:p></table:table-cell>'


def number(value, style=""):
    style = f' table:style-name="{style}"' if style else ""
    return f'<table:table-cell office:value-type="float" office:value="{value}"{style}/>'


def day(value):
    return f'<table:table-cell table:style-name="month" office:value-type="date" office:date-value="{value}"/>'


def formula(of, kind, value):
    return (f'<table:table-cell table:formula="of:={escape(of, {chr(34): "&quot;"})}" office:value-type="{kind}" '
            f'office:{"string-" if kind == "string" else ""}value="{value}"/>')


EMPTY, COVERED = "<table:table-cell/>", "<table:covered-table-cell/>"
ROWS = [
    [text("甘肃省建设监理协会个人会员名册", ' table:number-columns-spanned="8"')] + [COVERED] * 7,
    [],
    [text(word) for word in ("序号", "姓 名", "身份证号码（必填）", "学 历", "从事监理时间", "工作单位", "联系电话", "职称")],
    [number(1), text("张　三"), text("620112198808081011"), text("大学本科"), number(2019.3),
     text("甘肃长城监理公司", ' table:number-rows-spanned="2"'), number(13800000000), text("工程师")],
    [number(2), text("李四"), text("62011219880808102x"), text("大专"), day("2019-07-01"), COVERED, text("138 0000 0001"),
     text("助工")],
    [number(3), text("王五"), number("620112198808080490"), text("中专"), number(201903), text("甘肃黄河监理公司"), EMPTY, EMPTY],
    [number(4), text("买买提•艾力"), number(620112880808006), text("本科"), number("2019.1", "two"), EMPTY, EMPTY, EMPTY],
    [EMPTY] * 8,
    [number(5), text("赵六"), text("620112198808081011"), text("本科"), text("2012年3月"), EMPTY, EMPTY, EMPTY],
    [number(6), formula('"孙" & "七"', "string", "孙七"), text("６２０１１２１９８８０８０８０４９Ｘ"), text("研究生"),
     number(2019.1), EMPTY, formula("13800000000+2", "float", 13800000002), EMPTY],
    [text("合计 6 人", ' table:number-columns-spanned="8"')] + [COVERED] * 7,
]


def setUpModule():
    global FOLDER
    folder = tempfile.TemporaryDirectory()
    unittest.addModuleCleanup(folder.cleanup)
    FOLDER = Path(folder.name)
    rows = "".join(f"<table:table-row>{''.join(row) or EMPTY}</table:table-row>" for row in ROWS)
    (FOLDER / "old.fods").write_text(
        f'{HEAD}<table:table table:name="说明"><table:table-row>{text("本表由旧系统导出")}</table:table-row></table:table>'
        f'<table:table table:name="会员">{rows}</table:table></office:spreadsheet></office:body></office:document>',
        encoding="utf-8")
    subprocess.run(("soffice", f"-env:UserInstallation={(FOLDER / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx",
                    "--outdir", FOLDER, FOLDER / "old.fods"), check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


def read(path):
    ended = subprocess.run((os.environ["SHOW_ROWS"], "member", path), stdout=subprocess.PIPE, check=False)
    return ended.returncode, ended.stdout.decode().splitlines()


class OldSheet(unittest.TestCase):
    def test_each_row_has_its_verdict(self):
        status, lines = read(FOLDER / "old.xlsx")
        self.assertEqual(status, 0, lines)
        self.assertEqual([line.split("\t") for line in lines[:-1]], [
            ["4", "name=张三", "id_number=620112198808081011", "company=甘肃长城监理公司", "education=21", "title_level=3",
             "started_on=2019-03", "mobile=13800000000"],
            ["5", "name=李四", "id_number=62011219880808102X", "company=甘肃长城监理公司", "education=31", "title_level=2",
             "started_on=2019-07", "mobile=13800000001"],
            ["6", "name=王五", "company=甘肃黄河监理公司", "education=41", "started_on=2019-03", "!id_number:id_lost"],
            ["7", "name=买买提·艾力", "id_number=62011219880808006X", "education=21", "started_on=2019-10",
             "!id_number:fifteen"],
            ["9", "name=赵六", "id_number=620112198808081011", "education=21", "started_on=2012-03", "!id_number:repeated"],
            ["10", "name=孙七", "id_number=62011219880808049X", "mobile=13800000002", "!education:value",
             "!started_on:value"],
        ])
        self.assertEqual(lines[-1], "sheet 会员, heading 3, others 说明, unread ")

    def test_as_text_of_chinese_windows(self):
        lines = ["名册", "姓名;身份证号;单位", "张三;620112198808081011;甘肃长城监理公司", "李四;6.20112E+17;㐂𠮷监理公司"]
        path = FOLDER / "old.xlsx.txt"
        path.write_bytes("\r\n".join(lines).encode("gb18030"))
        status, lines = read(path)
        self.assertEqual(status, 0, lines)
        self.assertEqual(lines[:-1], ["3\tname=张三\tid_number=620112198808081011\tcompany=甘肃长城监理公司",
                                      "4\tname=李四\tcompany=㐂𠮷监理公司\t!id_number:id_lost"])


if __name__ == "__main__":
    unittest.main()
