"""The command line: what a wrong use is answered with."""

import os
import subprocess
import unittest

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

    def test_captcha_is_the_servers_and_stops_no_other_command(self):
        for words in (("audit", "verify"), ("doctor",), ("migrate",)):
            self.assertEqual(run(*words, "--captcha", "off")[0], 0, words)
            self.assertEqual(run(*words, HUIYUAN_CAPTCHA="off")[0], 0, words)


if __name__ == "__main__":
    unittest.main()
