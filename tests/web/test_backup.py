"""backup FILE, backup --verify FILE, restore FILE, on a database that is written meanwhile."""

import contextlib
import hashlib
import hmac
import os
import re
import resource
import shutil
import signal
import subprocess
import tarfile
import threading
import time
import unittest
import urllib.parse
from datetime import datetime
from pathlib import Path

from server import PASSWORD, Server

SQLITE = os.environ["TEST_DB"] == "sqlite"
WRITERS = 4
server = Server(members=60)


def setUpModule():
    server.start()


def tearDownModule():
    server.stop()


def run(*words, db=None, keys=None, **how):
    """Exit status, stdout, stderr."""
    options = ["--db", db or server.url, "--keys", str(keys or server.folder / "keys")]
    ended = subprocess.run([server.binary, *words, *options], capture_output=True, text=True, timeout=120, check=False,
                           env=server._environment(), **how)
    return ended.returncode, ended.stdout, ended.stderr


class Place:
    """A folder with a copy of the keys, and a database that is to be restored there."""

    made = 0

    def __init__(self):
        Place.made += 1
        self.folder = server.folder / f"place{Place.made}"
        self.folder.mkdir()
        self.keys = self.folder / "keys"
        shutil.copy2(server.folder / "keys", self.keys)
        self.file = self.folder / "huiyuan.db"
        if SQLITE:
            self.url = f"sqlite:{self.file}"
        else:
            url = urllib.parse.urlsplit(server.url)
            self.name = f"{url.path[1:]}_{Place.made}"
            server.on_cluster(f"create database \"{self.name}\" template template0 encoding 'UTF8' locale 'C.UTF-8'")
            self.url = url._replace(path=f"/{self.name}").geturl()

    def run(self, *words):
        return run(*words, db=self.url, keys=self.keys)

    def sql(self, text):
        other = Server()
        other.url, other.folder = self.url, self.folder
        if SQLITE:
            (self.folder / "test.db").symlink_to(self.file)
        try:
            return other.sql(text)
        finally:
            (self.folder / "test.db").unlink(missing_ok=True)

    def is_empty(self):
        if SQLITE:
            return sorted(os.listdir(self.folder)) == ["keys"]
        return self.sql("select count(*) from pg_tables where schemaname = 'public'") == [("0",)]


def names(folder=None):
    return sorted(os.listdir(folder or server.folder))


def databases_aside():
    return [] if SQLITE else server.sql("select datname from pg_database where datname like 'huiyuan_verify_%' and datname like"
                                        " '%\\_' || (select oid from pg_database where datname = current_database()) || '\\_%'")


class Writer(threading.Thread):
    """A clerk who looks at the full number of one person again and again: each time a row of the trail."""

    def __init__(self, member, over):
        super().__init__()
        self.member, self.over, self.acknowledged, self.begun = member, over, [], 0
        self.browser = server.browser()
        self.browser.get("/login?as=company")
        answer = self.browser.post("/login", {"as": "company", "account": "演示监理公司0001", "password": PASSWORD})
        assert answer.status == 303, answer.text
        self.browser.get("/password")

    def run(self):
        while not self.over.is_set():
            self.begun += 1
            if self.browser.post(f"/reveal/{self.member}", {}).status == 200:
                self.acknowledged.append(time.time())


def moment_of(said):
    text = re.search(r"before (\S+Z), head", said)[1]
    return datetime.strptime(text.replace("Z", "+0000"), "%Y-%m-%dT%H:%M:%S.%f%z").timestamp()


def members(n):
    return [row[0] for row in server.sql("select m.id from member m join company c on c.id = m.company_id"
                                         f" where c.name = '演示监理公司0001' order by m.id limit {n}")]


class WhileOthersWrite(unittest.TestCase):
    def test_what_was_acknowledged_before_the_moment_is_in_it(self):
        over = threading.Event()
        writers = [Writer(member, over) for member in members(WRITERS)]
        for writer in writers:
            writer.start()
        moments = []
        try:
            for i in range(2):
                code, said, wrong = run("backup", str(server.folder / f"live{i}"))
                self.assertEqual((code, wrong), (0, ""))
                self.assertIn("the keys are not in it", said)
                moments.append(moment_of(said))
        finally:
            over.set()
            for writer in writers:
                writer.join()
        self.assertTrue(all(len(writer.acknowledged) > 1 for writer in writers))
        for i, moment in enumerate(moments):
            place = Place()
            self.assertEqual(place.run("restore", str(server.folder / f"live{i}"))[0], 0)
            self.assertEqual(place.run("doctor")[0], 0, place.run("doctor"))
            self.assertEqual(place.run("audit", "verify")[0], 0)
            for writer in writers:
                found = int(place.sql(f"select count(*) from audit where event = 'member.reveal' and member_id = {writer.member}")[0][0])
                self.assertGreaterEqual(found, sum(at < moment for at in writer.acknowledged))
                self.assertLessEqual(found, writer.begun)
        self.assertEqual(run("audit", "verify")[0], 0)


class Whole(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.file = server.folder / "whole"
        code, cls.said, wrong = run("backup", str(cls.file))
        assert code == 0, wrong
        cls.bytes = cls.file.read_bytes()
        cls.place = Place()  # for what is refused: it stays empty

    def test_it_is_a_tar_that_says_what_it_is(self):
        self.assertEqual(self.file.stat().st_mode & 0o777, 0o600)
        with tarfile.open(self.file) as tar:
            self.assertEqual(tar.getnames(), ["manifest", "database"])
            manifest = tar.extractfile("manifest").read().decode()
            database = tar.extractfile("database").read()
        lines = dict(line.split(" ", 1) for line in manifest.splitlines() if not line.startswith("rows "))
        self.assertEqual(list(lines), ["huiyuan-backup", "version", "engine", "schema", "moment", "key", "head", "sha256", "seal"])
        self.assertEqual(lines["sha256"], hashlib.sha256(database).hexdigest())
        self.assertEqual(lines["engine"], "sqlite" if SQLITE else "postgresql")
        self.assertIn(f"rows member {server.count('member')}\n", manifest)
        self.assertTrue(database.startswith(b"SQLite format 3\0" if SQLITE else b"PGDMP"))
        master = re.search(r"master (\w+)", (server.folder / "keys").read_text())[1]
        self.assertNotIn(master.encode(), self.bytes)
        self.assertNotIn(bytes.fromhex(master), self.bytes)
        head = server.folder / "head-of-the-backup"
        head.write_text(lines["head"] + "\n")
        self.assertEqual(run("audit", "verify", "--head", str(head))[0], 0)

    def test_verify_says_so_and_leaves_nothing(self):
        before = names()
        code, said, wrong = run("backup", "--verify", str(self.file))
        self.assertEqual((code, wrong), (0, ""))
        self.assertRegex(said, r"\Aok: \d+ rows of \d+ tables, everything acknowledged before \S+Z, head \d+ [0-9a-f]{64}\n\Z")
        self.assertEqual((names(), databases_aside()), (before, []))
        events = [row[0] for row in server.sql("select event from audit where event like 'system.backup%' order by number desc limit 2")]
        self.assertEqual(events[0], "system.backup_verified")

    def test_verify_elsewhere_says_that_no_trail_tells_of_it(self):
        if SQLITE:
            place = Place()
            code, said, _ = place.run("backup", "--verify", str(self.file))
            self.assertEqual((code, said.count("\n")), (0, 2))
            self.assertTrue(place.is_empty())

    def test_restore_tells_where_it_comes_from(self):
        place = Place()
        (place.folder / "keys.head").write_text(f"999999 {'a' * 64}\n")
        code, said, wrong = place.run("restore", str(self.file))
        self.assertEqual((code, wrong), (0, ""))
        self.assertTrue(said.startswith("restored: "))
        self.assertEqual(place.run("audit", "verify")[0], 0)
        self.assertEqual(place.run("audit", "head")[1], (place.folder / "keys.head").read_text())
        self.assertEqual(place.sql("select event from audit order by number desc limit 1"), [("system.restore",)])
        self.assertEqual(place.run("doctor")[0], 0)
        if SQLITE:
            self.assertEqual(place.file.stat().st_mode & 0o777, 0o600)
            self.assertEqual(names(place.folder), ["huiyuan.db", "keys", "keys.head"])
        again = place.run("restore", str(self.file))
        self.assertEqual((again[0], again[2].count("\n")), (1, 1))

    def test_nothing_is_overwritten(self):
        target = server.folder / "taken"
        for make in (lambda: target.write_text("mine"), target.mkdir, lambda: target.symlink_to("nowhere")):
            make()
            before = target.lstat()
            code, _, wrong = run("backup", str(target))
            self.assertEqual((code, wrong.count("\n")), (1, 1), wrong)
            self.assertIn("is there already", wrong)
            self.assertEqual(target.lstat(), before)
            (target.rmdir if target.is_dir() else target.unlink)()
        self.assertEqual(run("backup", str(server.folder / "no-folder" / "x"))[0], 1)
        self.assertFalse([name for name in names() if name.startswith(".huiyuan")])

    def test_restore_wants_nothing_there(self):
        if SQLITE:
            for beside in ("", "-wal", "-shm", "-journal"):
                place = Place()
                Path(f"{place.file}{beside}").write_text("mine")
                code, _, wrong = place.run("restore", str(self.file))
                self.assertEqual((code, wrong.count("\n")), (1, 1), wrong)
                self.assertIn("nothing is overwritten", wrong)
                self.assertEqual(names(place.folder), [f"huiyuan.db{beside}", "keys"])
                self.assertEqual(Path(f"{place.file}{beside}").read_text(), "mine")
        else:
            place = Place()
            for make, drop in (("create table t (a int)", "table t"), ("create view v as select 1", "view v"),
                               ("create sequence s", "sequence s"), ("create schema own; create table own.t (a int)", "schema own cascade")):
                place.sql(make)
                code, _, wrong = place.run("restore", str(self.file))
                self.assertEqual((code, wrong.count("\n")), (1, 1), wrong)
                self.assertIn("is not empty", wrong)
                self.assertEqual(place.sql("select count(*) from pg_tables where tablename = 'member'"), [("0",)])
                place.sql(f"drop {drop}")

    def test_other_keys_or_none(self):
        place = self.place
        text = place.keys.read_text()
        wrong_id = re.sub(r"id \w+", "id " + "0" * 16, text)
        wrong_master = re.sub(r"master \w+", "master " + "0" * 64, text)
        for keys, part in ((wrong_id, "belongs to the key file with id"), (wrong_master, "damaged, or was changed"), (None, "there is no key file")):
            place.keys.unlink(missing_ok=True)
            if keys:
                place.keys.write_text(keys)
                place.keys.chmod(0o600)
            for words in (("restore",), ("backup", "--verify")):
                code, _, wrong = place.run(*words, str(self.file))
                self.assertEqual((code, wrong.count("\n")), (1, 1), wrong)
                self.assertIn(part, wrong)
        place.keys.write_text(text)
        place.keys.chmod(0o600)
        self.assertTrue(place.is_empty())

    def refused(self, content, part="", words=("backup", "--verify")):
        damaged = self.place.folder / "damaged"
        damaged.write_bytes(content)
        code, _, wrong = self.place.run(*words, str(damaged))
        damaged.unlink()
        self.assertEqual((code, wrong.count("\n")), (1, 1), wrong)
        self.assertIn(part, wrong)
        self.assertTrue(self.place.is_empty())

    def test_one_byte_that_was_changed_is_found(self):
        manifest_n = int(self.bytes[124:135], 8)
        second = 512 + (manifest_n + 511) // 512 * 512
        places = [0, 100, 124, 136, 150, 257, 400, 512, 512 + manifest_n // 2, second - 1]
        places += [512 + self.bytes[512:].index(word) + len(word) + 2 for word in (b"\nversion", b"\nmoment", b"\nhead", b"\nrows member", b"\nsha256", b"\nseal")]
        places += [second, second + 124, second + 140, second + 512, (second + len(self.bytes)) // 2, len(self.bytes) - 1025, len(self.bytes) - 1]
        for at in places if SQLITE else places[::5]:  # what is around the database is the same for both
            with self.subTest(at=at):
                content = bytearray(self.bytes)
                content[at] ^= 1
                self.refused(content)
        self.refused(content, words=("restore",))

    def test_what_was_cut_off_or_put_on_is_found(self):
        for content in (b"", self.bytes[:300], self.bytes[:600], self.bytes[:len(self.bytes) // 2], self.bytes[:-1], self.bytes[:-1024],
                        self.bytes + b"\0", b"not a tar at all" * 100):
            with self.subTest(n=len(content)):
                self.refused(content, "is no whole backup of huiyuan")
        self.refused(self.bytes[:-1], "is no whole backup of huiyuan", ("restore",))

    def forged(self, old, new):
        """Sealed as by who has the key, and with the right lengths and sums."""
        manifest_n = int(self.bytes[124:135], 8)
        lines = self.bytes[512:512 + manifest_n].rsplit(b"seal ", 1)[0]
        self.assertIn(old, lines)
        lines = lines.replace(old, new, 1)
        master = bytes.fromhex(re.search(r"master (\w+)", (server.folder / "keys").read_text())[1])
        mac = hmac.new(hmac.digest(master, b"audit", "sha256"), digestmod="sha256")
        for field in (b"manifest of a backup", lines):
            mac.update(len(field).to_bytes(8, "big") + field)
        text = lines + b"seal " + mac.hexdigest().encode() + b"\n"
        self.assertEqual(len(text), manifest_n)
        return self.bytes[:512] + text + self.bytes[512 + manifest_n:]

    def test_a_manifest_that_does_not_fit_its_database(self):
        text = self.bytes[512:512 + int(self.bytes[124:135], 8)]
        schema = re.search(rb"\nschema (\d+)\n", text)[1]
        members = re.search(rb"\nrows member (\d+)\n", text)[1]
        head = re.search(rb"\nhead \d+ (\w+)\n", text)[1]
        digest = re.search(rb"\nsha256 (\w+)\n", text)[1]
        other = b"postgresql" if SQLITE else b"sqlite"
        self.refused(self.forged(b"schema " + schema, b"schema " + b"9" * len(schema)), "which is newer")
        self.refused(self.forged(b"rows member " + members, b"rows member " + b"1" * len(members)), "rows of member")
        if SQLITE:  # PostgreSQL's is filled then, and the command says so
            self.refused(self.forged(b"rows member " + members, b"rows member " + b"1" * len(members)), "rows of member", ("restore",))
        self.refused(self.forged(b"rows member ", b"rows nember "), "rows of member")
        self.refused(self.forged(b" " + head, b" " + b"0" * 64), "head of the trail")
        self.refused(self.forged(digest, b"0" * 64), "not the one that was saved")
        engine = b"sqlite" if SQLITE else b"postgresql"
        pad = len(engine) - len(other)  # the length must not change: the version is made longer or shorter
        version = re.search(rb"\nversion (\S+)\n", text)[1]
        fits = version + b"0" * pad if pad >= 0 else version[:pad]
        self.refused(self.forged(b"version " + version + b"\nengine " + engine, b"version " + fits + b"\nengine " + other),
                     "such a database")

    def test_wrong_words(self):
        for words in (("backup",), ("backup", "a", "b"), ("backup", "a", "--verify", "b"), ("restore",), ("restore", "a", "b"), ("restore", "--verify", "a")):
            code, _, wrong = run(*words)
            self.assertEqual((code, wrong.count("\n")), (2, 1), (words, wrong))
        for words in (("restore", "/nowhere/x"), ("backup", "--verify", "/nowhere/x"), ("backup", "--verify", "/")):
            code, _, wrong = run(*words) if words[0] == "backup" else self.place.run(*words)
            self.assertEqual((code, wrong.count("\n")), (1, 1), (words, wrong))


class OperationsPage(unittest.TestCase):
    """Every command of these pages, as it stands there; those of the machine itself: tests/tools/test_deb.py."""

    def commands(self, page):
        text = (Path(__file__).resolve().parents[2] / "docs" / "operations.zh.md").read_text()
        text = re.search(rf"^## {page}$(.*?)(?=^## |\Z)", text, re.M | re.S)[1]
        found = [line.strip() for block in re.findall(r"```sh\n(.*?)```", text, re.S) for line in block.splitlines() if line.strip()]
        self.assertTrue(found)
        here = [re.sub("/var/(backups|lib)/huiyuan", str(server.folder), line).split() for line in found]
        return [words for words in here if words[0] not in ("systemctl", "rm")]

    def test_as_it_stands(self):
        place = Place()
        self.addCleanup(run, "settings", "set", "backup.at", "", "--reason", "no nights here")
        own = server.url, server.folder / "keys"
        for page, url, keys in (("备份", *own), ("每夜自动备份", *own), ("密钥", *own), ("恢复", place.url, place.keys)):
            for words in self.commands(page):
                self.assertEqual(words[0], "huiyuan-admin")
                ended = subprocess.run([server.binary, *words[1:]], capture_output=True, text=True, timeout=120, check=False,
                                       env=server._environment() | {"HUIYUAN_DB": url, "HUIYUAN_KEYS": str(keys)})
                self.assertEqual(ended.returncode, 0, (words, ended.stdout, ended.stderr))


class CutOff(unittest.TestCase):
    def folder(self, name):
        folder = server.folder / name
        folder.mkdir()
        return folder

    def test_killed_it_leaves_nothing_that_looks_like_a_backup(self):
        folder = self.folder("killed")
        left = 0
        for i in range(60):
            command = subprocess.Popen([server.binary, "backup", str(folder / "f"), *server._options()], stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL, env=server._environment())
            while command.poll() is None and not names(folder):
                pass
            time.sleep(i * 0.0005)
            command.send_signal(signal.SIGKILL)
            command.wait()
            if (folder / "f").exists():
                self.assertEqual(run("backup", "--verify", str(folder / "f"))[0], 0)
                (folder / "f").unlink()
            else:
                left += 1
                self.assertEqual([name[:16] for name in names(folder)], [".huiyuan-backup-"])
            if left == (5 if SQLITE else 2):
                break
        self.assertGreater(left, 0)
        self.assertEqual(run("backup", str(folder / "f"))[0], 0)
        self.assertEqual(names(folder), ["f"])

    def test_another_backup_under_way_is_not_swept(self):
        folder = self.folder("together")
        commands = [subprocess.Popen([server.binary, "backup", str(folder / str(i)), *server._options()], stdout=subprocess.DEVNULL,
                                     stderr=subprocess.DEVNULL, env=server._environment()) for i in range(4)]
        self.assertEqual([command.wait() for command in commands], [0] * 4)
        self.assertEqual(names(folder), ["0", "1", "2", "3"])

    def test_a_full_disk(self):
        folder = self.folder("full")
        code, _, wrong = run("backup", str(folder / "f"), restore_signals=False,
                             preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536)))
        self.assertEqual((code, wrong.count("\n")), (1, 1), wrong)
        self.assertEqual(names(folder), [])

    if not SQLITE:
        def test_no_password_on_a_command_line(self):
            url = server.url.replace("postgres@", "postgres:Sesam-4711@")
            self.assertNotEqual(url, server.url)
            folder, seen = self.folder("secret"), []
            command = subprocess.Popen([server.binary, "backup", str(folder / "f"), "--keys", str(server.folder / "keys")],
                                       stdout=subprocess.DEVNULL, env=server._environment() | {"HUIYUAN_DB": url})
            while command.poll() is None:
                for process in Path("/proc").glob("[0-9]*"):
                    with contextlib.suppress(OSError):
                        line = (process / "cmdline").read_bytes()
                        if b"--snapshot=" in line:
                            seen.append(line)
            self.assertEqual(command.returncode, 0)
            self.assertTrue(seen)
            self.assertFalse([line for line in seen if b"Sesam" in line])

        def test_who_may_make_no_database_is_told(self):
            server.on_cluster("do $$ begin create role weak login; exception when duplicate_object then null; end $$")
            file = server.folder / "for-the-weak"
            self.assertEqual(run("backup", str(file))[0], 0)
            code, _, wrong = run("backup", "--verify", str(file), db=server.url.replace("postgres@", "weak@"))
            self.assertEqual((code, wrong.count("\n")), (1, 1))
            self.assertIn("CREATEDB", wrong)


if __name__ == "__main__":
    unittest.main()
