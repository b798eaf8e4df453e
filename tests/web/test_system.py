"""/staff/system, and the backup that serve makes by itself."""

import os
import re
import time
import unittest

from server import PASSWORD, TODAY, Server

server = Server(members=8)


def setUpModule():
    server.start()


def tearDownModule():
    server.stop()


def page():
    browser = server.browser()
    browser.get("/login?as=staff")
    browser.post("/login", {"as": "staff", "account": "admin", "password": PASSWORD})
    return browser.get("/staff/system")


def facts(answer):
    return {name: re.search(rf'<main[^>]* data-{name}="([^"]*)"', answer.text)[1] for name in ("backup-at", "verified-at", "keys-checked-at")}


def doctor():
    return server.run("doctor")


class System(unittest.TestCase):
    def test_1_nothing_happened_yet(self):
        answer = page()
        self.assertEqual((answer.status, set(facts(answer).values())), (200, {""}))
        number, mac = server.run("audit", "head").split()
        self.assertIn(number, answer.text)
        self.assertRegex(mac, r"^[0-9a-f]{64}$")
        self.assertIn(server.run("version").split()[1], answer.text)
        self.assertRegex(doctor(), r"(?m)^key copy +warning: ")  # and nothing is wrong: it ended with 0
        self.assertRegex(doctor(), r"(?m)^nightly backup +ok$")

    def test_2_each_happens(self):
        seen = set()
        for words, name in ((("backup", str(server.folder / "one")), "backup-at"),
                            (("backup", "--verify", str(server.folder / "one")), "verified-at"),
                            (("keys", "export", str(server.folder / "one.pdf")), None),
                            (("keys", "check", str(server.folder / "one.pdf")), "keys-checked-at")):
            server.run(*words)
            seen |= {name} - {None}
            self.assertEqual({key for key, value in facts(page()).items() if re.fullmatch(rf"{TODAY} \d\d:\d\d:\d\d", value)}, seen)
        self.assertRegex(doctor(), r"(?m)^key copy +ok$")

    def test_3_serve_makes_one_by_itself(self):
        folder = server.folder / "nightly"
        server.run("settings", "set", "backup.at", "00:00", "--reason", "夜里备份")
        server.restart("--captcha", "off", "--backups", str(folder))
        end = time.monotonic() + 60
        while not server.count("nightly_backup where state = 'done'") and time.monotonic() < end:
            time.sleep(0.1)
        made = os.listdir(folder)
        self.assertEqual(len(made), 1)
        self.assertRegex(made[0], rf"^huiyuan-{TODAY}-\d{{6}}\.tar$")
        self.assertEqual((folder / made[0]).stat().st_mode & 0o777, 0o600)
        self.assertEqual(folder.stat().st_mode & 0o777, 0o700)
        server.run("backup", "--verify", str(folder / made[0]))
        self.assertIn("2026-11-24 00:00:00", page().text)  # the next one
        server.restart()
        self.assertEqual(os.listdir(folder), made)

    def test_4_a_failure_is_on_the_page(self):
        blocked = server.folder / "blocked"
        blocked.write_text("")
        server.restart("--captcha", "off", "--backups", str(blocked))
        server.sql("delete from nightly_backup")  # now: the server before would make it anew
        end = time.monotonic() + 60
        while not server.count("nightly_backup where state = 'failed'") and time.monotonic() < end:
            time.sleep(0.1)
        self.assertIn("自动备份没有做成", page().text)
        self.assertIn(str(blocked), page().text)
        server.sql("delete from nightly_backup")
        server.restart()

    def test_5_wrong_times(self):
        for value in ("24:00", "3:00", "03:60", "0300", "03:00:00", "03-00", " ", "３:００", "-1:00"):
            with self.subTest(value=value), self.assertRaises(Exception):
                server.run("settings", "set", "backup.at", value, "--reason", "x")
        for value in ("23:59", "00:00", ""):
            server.run("settings", "set", "backup.at", value, "--reason", "x")
            self.assertEqual(server.run("settings", "get", "backup.at"), value + "\n")


if __name__ == "__main__":
    unittest.main()
