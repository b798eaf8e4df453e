"""The command line: what a wrong use is answered with."""

import os
import re
import resource
import subprocess
import time
import unittest
from pathlib import Path

from server import Server

server = Server(members=20)


def setUpModule():
    server.start()


def tearDownModule():
    server.stop()


def run(*words, **environment):
    """Exit status and what stands on stderr. A server that starts after all is over after a while."""
    options = ["--db", server.url, "--keys", str(server.folder / "keys")]
    ended = subprocess.run([server.binary, words[0], *options, *words[1:]], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                           timeout=60, check=False, env=os.environ | {"HUIYUAN_TODAY": "2026-11-23"} | environment)
    return ended.returncode, ended.stderr


def told(*words):
    """Exit status, stdout and stderr."""
    options = ["--db", server.url, "--keys", str(server.folder / "keys")]
    ended = subprocess.run([server.binary, words[0], *options, *words[1:]], capture_output=True, text=True, timeout=60,
                           check=False, env=os.environ | {"HUIYUAN_TODAY": "2026-11-23"})
    return ended.returncode, ended.stdout, ended.stderr


class Usage(unittest.TestCase):
    def test_an_option_that_is_wrong_is_wrong_usage(self):
        for option, value in (("threads", "0"), ("threads", "many"), ("captcha", "maybe"), ("url", "huiyuan.example"),
                              ("url", "https://huiyuan.example/verein"), ("url", "https://huiyuan.example?a"),
                              ("url", "https://a@huiyuan.example"), ("url", "https://"), ("url", "https://huiyuan.example:0"),
                              ("listen", "anywhere"), ("listen", "127.0.0.1:99999"), ("trust-proxy", "proxy.example"),
                              ("trust-proxy", "10.0.0.0/8"), ("nothing", "1")):
            code, said = run("serve", f"--{option}", value)
            self.assertEqual((code, said.count("\n")), (2, 1), (option, said))
            self.assertTrue(said.startswith("huiyuan: "), said)

    def test_a_site_lies_under_no_path(self):
        self.assertIn("can't lie under a path", run("serve", "--url", "https://huiyuan.example/verein")[1])

    def test_words_that_no_command_knows(self):
        for words in (("staff", "add", "neu", "--role", "nope"), ("staff", "add", "neu", "--role", "system,finance"),
                      ("staff", "add", "neu"), ("doctor", "--db", "mysql:x"), ("nothing",), ("export", "members", "x.pdf")):
            code, said = run(*words)
            self.assertEqual((code, said.count("\n")), (2, 1), (words, said))

    def test_a_file_that_may_not_grow_ends_no_command(self):
        """One line, and no half of a file, as on a full disk; the same command works when there is room."""
        commands = [("export", "members", str(server.folder / name)) for name in ("few.csv", "few.xlsx")]
        if os.environ["TEST_DB"] == "sqlite":
            commands.append(("staff", "add", "platz", "--role", "viewer"))
        for words in commands:
            for most, expected in ((512, 1), (resource.RLIM_INFINITY, 0)):
                ended = subprocess.run(
                    [server.binary, *words, *server._options()], input="Chunfeng-2026\n", stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE, text=True, check=False, env=server._environment(),
                    preexec_fn=lambda most=most: resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY)))
                said = len(re.findall("^huiyuan: ", ended.stderr, re.M))  # libxlsxwriter has words of its own
                self.assertEqual((ended.returncode, said), (expected, expected), (words, ended.stderr))
                if words[0] == "export":
                    self.assertEqual(Path(words[2]).exists(), expected == 0, words)

    def test_a_taken_port_is_found_before_anything_is_built(self):
        tool = Path(__file__).resolve().parents[2] / "tools" / "run"
        for listen, code in ((f"127.0.0.1:{server.port}", 1), ("unix:/nowhere/socket", 0)):
            ended = subprocess.run(["sh", tool, "check"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False,
                                   env=os.environ | {"HUIYUAN_LISTEN": listen})
            self.assertEqual(ended.returncode, code, listen)
            self.assertEqual("HUIYUAN_LISTEN=" in ended.stderr, code == 1)

    def test_captcha_is_the_servers_and_stops_no_other_command(self):
        for words in (("audit", "verify"), ("doctor",), ("migrate",)):
            self.assertEqual(run(*words, "--captcha", "off")[0], 0, words)
            self.assertEqual(run(*words, HUIYUAN_CAPTCHA="off")[0], 0, words)

    def test_serve_warns(self):
        """Of http that others can read, of a proxy that nobody trusts (once), and of root."""
        trusted = "--trust-proxy", "127.0.0.1"
        for listen, options, forwarded, plain, proxy in (
                ("127.0.0.1:0", (), False, 0, 0), ("127.0.0.1:0", (), True, 0, 1), ("127.0.0.1:0", trusted, True, 0, 0),
                ("0.0.0.0:0", (), False, 1, 0), ("0.0.0.0:0", ("--url", "https://huiyuan.example.cn"), False, 0, 0)):
            with self.subTest(listen=listen, options=options, forwarded=forwarded):
                server._end()
                before = len(server.log)
                server.listen = listen
                server._serve("--captcha", "off", *options)
                for _ in range(2):
                    server.browser().get("/login", **({"X_Forwarded_For": "203.0.113.5"} if forwarded else {}))
                server._end()
                said = "".join(server.log[before:])
                server.listen = "127.0.0.1:0"
                server.revive()
                self.assertEqual((said.count("plain http"), said.count("X-Forwarded-For")), (plain, proxy), said)
                self.assertEqual(said.count("running as root"), os.geteuid() == 0)


class EndOfTheTrail(unittest.TestCase):
    """audit head, audit verify --head FILE, audit accept."""

    def test_a_head_that_was_kept_is_found_again(self):
        code, head, _ = told("audit", "head")
        self.assertEqual(code, 0)
        self.assertRegex(head, r"\A[1-9][0-9]* [0-9a-f]{64}\n\Z")
        number, mac = head.split()
        file = server.folder / "heads"
        for text, expected in ((head, 0), ("\n" + head + head, 0), (f"{int(number) + 1} {mac}\n", 1),
                               (f"{number} {'0' * 64}\n", 1), (head + f"1 {'a' * 64}\n", 1), ("nothing\n", 2), ("", 2)):
            file.write_text(text)
            code, said, fault = told("audit", "verify", "--head", str(file))
            self.assertEqual((code, said.startswith("ok, ")), (expected, expected == 0), (text, said, fault))
            self.assertEqual(fault.count("\n"), 0 if expected == 0 else 1, fault)
        self.assertEqual(told("audit", "verify", "--head", str(server.folder / "none"))[0], 1)

    def test_a_server_tells_the_head_in_its_log_once_a_day(self):
        for _ in range(2):
            before = len(server.log)
            server.restart("--captcha", "off")
            until = time.monotonic() + 30
            heads = []
            while not heads and time.monotonic() < until:
                time.sleep(0.1)
                heads = re.findall(r"trail head (\d+ [0-9a-f]{64})\n", "".join(server.log[before:]))
            self.assertEqual(len(heads), 1)
            file = server.folder / "head-of-the-log"
            file.write_text(heads[0] + "\n")
            self.assertEqual(told("audit", "verify", "--head", str(file))[0], 0)

    def test_what_is_gone_is_told_until_it_is_accepted(self):
        mark = server.folder / "keys.head"
        self.assertEqual(told("audit", "verify")[0], 0)
        kept = mark.read_text()
        mark.write_text(f"999999 {'a' * 64}\n")
        for words in (("audit", "verify"), ("doctor",)):
            code, said, fault = told(*words)
            self.assertEqual(code, 1)
            self.assertIn("row 999999 was written", said + fault)
            self.assertIn("audit accept", said + fault)
        self.assertEqual(told("audit", "accept")[0], 2)
        self.assertEqual(told("audit", "accept", "--reason", "restored")[0], 0)
        self.assertEqual(told("audit", "verify")[0], 0)
        self.assertGreater(int(mark.read_text().split()[0]), int(kept.split()[0]))


class Keys(unittest.TestCase):
    """keys export FILE.pdf, keys check FILE."""

    def test_what_was_exported_is_a_copy(self):
        file = server.folder / "paper.pdf"
        code, said, fault = told("keys", "export", str(file))
        self.assertEqual((code, fault), (0, ""))
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        key = (server.folder / "keys").read_text()
        text = subprocess.run(["pdftotext", "-layout", file, "-"], check=True, capture_output=True, text=True).stdout
        digits = re.sub(r"\s", "", text)
        number, master = re.search(r"id (\w+)\nmaster (\w+)", key).groups()
        checksum = re.search(r"checksum (\w{16})$", said, re.M)[1]
        for part in (number, *(master[i:i + 16] for i in range(0, 64, 16)), checksum, "密钥备份"):
            self.assertIn(part, digits)
        subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", file, server.folder / "paper"], check=True)
        scanned = subprocess.run(["zbarimg", "--raw", "-q", server.folder / "paper.png"], check=True, capture_output=True, text=True).stdout
        self.assertEqual(scanned.strip(), key.strip())
        code, said, fault = told("keys", "check", str(file))
        self.assertEqual((code, said, fault), (0, f"ok, the keys of this database, checksum {checksum}\n", ""))
        self.assertEqual(told("keys", "export", str(file))[0], 1)
        self.assertEqual(told("keys", "export", str(server.folder / "paper.txt"))[0], 2)
        events = [row[0] for row in server.sql("select event from audit where event like 'system.keys%' order by number")]
        self.assertEqual(events[-2:], ["system.keys_export", "system.keys_checked"])

    def test_a_copy_is_checked(self):
        key = (server.folder / "keys").read_text()
        digit = "0" if key[-2] != "0" else "1"
        file = server.folder / "copy"
        for text, expected in ((key, 0), ("\n" + key, 0), (key[:-1], 1), (key[:-2] + digit + "\n", 1), (key.replace("id ", "id 0", 1), 1),
                               (re.sub(r"id \w+", "id " + "0" * 16, key), 1), ("", 1), ("%PDF-1.4\n", 1)):
            file.write_text(text)
            code, said, fault = told("keys", "check", str(file))
            self.assertEqual((code, said.startswith("ok, "), fault.count("\n")), (expected, expected == 0, expected), (text, fault))
        for words, expected in ((("check",), 2), (("check", "/nowhere/x"), 1), (("check", "/"), 1), (("nothing", "x"), 2)):
            self.assertEqual(told("keys", *words)[0], expected, words)


if __name__ == "__main__":
    unittest.main()
