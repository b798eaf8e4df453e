"""The real server on a demo database of its own, and browsers without scripts that speak to it.

TEST_DB is sqlite or postgres (then TEST_POSTGRES is a cluster's URL: tests/postgres.py); HUIYUAN_BINARY is the program."""

import contextlib
import html
import http.client
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import threading
import urllib.parse
from pathlib import Path

TODAY = "2026-11-23"
PASSWORD = "Demo-2026"


class Server:
    """start() … stop(); `members` people of demo are in the database, at as many companies as it thinks or as are named.
    `log` has what it said on stderr, whole once it has ended."""

    def __init__(self, members=20, companies=None):
        self.demo = ["--members", str(members)] + (["--companies", str(companies)] if companies else [])
        self.log = []
        self.listen = "127.0.0.1:0"

    def start(self):
        self.binary = os.environ["HUIYUAN_BINARY"]
        self.folder = Path(tempfile.mkdtemp(prefix="huiyuan-web-"))
        self.url = self._new_postgres() if os.environ["TEST_DB"] == "postgres" else f"sqlite:{self.folder}/test.db"
        said = self.run("demo", *self.demo, "--password", PASSWORD)
        self.numbers = dict(re.findall(r"^(\w+) +(\d{17}[\dX])$", said, re.M))  # state → who can log in
        self._serve("--captcha", "off")
        return self

    def stop(self):
        try:
            self._end()
        finally:
            shutil.rmtree(self.folder)

    def restart(self, *options):
        """The same database, served otherwise: restart("--captcha", "image")."""
        self._end()
        self._serve(*(options or ("--captcha", "off")))

    def kill(self):
        """As a power cut would. Afterwards revive()."""
        self.process.kill()
        self.process.wait()
        self.reader.join()
        self.process.stderr.close()

    def revive(self):
        self._serve("--captcha", "off")

    def run(self, command, *arguments, stdin=None):
        """Another command of the program on this database: what it says on stdout."""
        return subprocess.run([self.binary, command, *arguments, *self._options()], check=True, stdout=subprocess.PIPE,
                              input=stdin, text=True, env=self._environment()).stdout

    def _serve(self, *options):
        self.process = subprocess.Popen(
            [self.binary, "serve", *self._options(), *options, "--listen", self.listen],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=self._environment())
        self.port = self._await_port()
        # Read on: a full pipe would hold the server up.
        self.reader = threading.Thread(target=lambda: self.log.extend(self.process.stderr))
        self.reader.start()

    def ended(self):
        """It was told to stop: with which code it does. Afterwards revive()."""
        code = self.process.wait(timeout=30)
        self.reader.join()
        self.process.stderr.close()
        return code

    def _end(self):
        """As systemd would; what it said on stderr is in the message when it did not end well."""
        self.process.send_signal(signal.SIGTERM)
        code = self.ended()
        if code != 0:
            raise AssertionError(f"serve ended with {code}:\n{''.join(self.log)}")

    def sql(self, text):
        """Behind the program's back: what no page can do, such as letting a day pass."""
        if self.url.startswith("sqlite:"):
            with contextlib.closing(sqlite3.connect(self.folder / "test.db", timeout=30)) as db, db:
                return db.execute(text).fetchall()
        said = subprocess.run(["psql", "--no-psqlrc", "-qAt", "-F", "\t", self.url, "-c", text],
                              stdout=subprocess.PIPE, text=True, check=True).stdout
        return [tuple(line.split("\t")) for line in said.splitlines()]

    def on_cluster(self, text):
        """PostgreSQL: not through the server's own database."""
        subprocess.run(["psql", "--no-psqlrc", "-qAt", os.environ["TEST_POSTGRES"], "-c", text], check=True,
                       stdout=subprocess.DEVNULL)

    def count(self, rows):
        """count("member where …")"""
        return int(self.sql(f"select count(*) from {rows}")[0][0])

    def browser(self):
        return Browser(self.port)

    def _options(self):
        return ["--db", self.url, "--keys", str(self.folder / "keys")]

    def _environment(self):
        return os.environ | {"HUIYUAN_TODAY": TODAY}

    def _new_postgres(self):
        name = f"web_{os.getpid()}_{self.folder.name[-8:].lower()}"
        cluster = urllib.parse.urlsplit(os.environ["TEST_POSTGRES"])
        subprocess.run(["psql", "--no-psqlrc", "-q", cluster.geturl(), "-c",
                        f"create database \"{name}\" template template0 encoding 'UTF8' locale 'C.UTF-8'"], check=True)
        return cluster._replace(path=f"/{name}").geturl()

    def _await_port(self):
        for line in self.process.stderr:
            self.log.append(line)
            if found := re.search(r"\(port (\d+)\)", line):
                return int(found[1])
        raise AssertionError(f"serve did not start:\n{''.join(self.log)}")


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.location = response.getheader("Location")
        self.body = response.read()

    @property
    def text(self):
        return self.body.decode()

    @property
    def errors(self):
        """data-error="FIELD" → its message."""
        return {m[1]: html.unescape(m[2]) for m in re.finditer(r'data-error="(\w+)"[^>]*>([^<]*)<', self.text)}

    def value(self, name):
        """What stands in an input or is selected; None when there is no such field."""
        if found := re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', self.text):
            return html.unescape(found[1])
        if found := re.search(rf'<select[^>]*name="{name}".*?</select>', self.text, re.S):
            chosen = re.search(r'<option value="([^"]*)" selected', found[0])
            return chosen[1] if chosen else ""
        return None

    def picture_of(self, field):
        """Where the picture beside a file field is; None when there is none."""
        found = re.search(rf'data-{field}-frame>\s*<img src="([^"]*)"', self.text)
        return html.unescape(found[1]) if found else None

    def radios(self, name):
        """[(value, label, checked)] of radio buttons."""
        pattern = rf'<input type="radio" name="{name}" value="([^"]*)"[^>]*?( checked)?><span>([^<]*)</span>'
        return [(m[1], html.unescape(m[3]), bool(m[2])) for m in re.finditer(pattern, self.text)]


class Browser:
    """Keeps cookies, takes the token of the last page that had one. Follows no redirect."""

    def __init__(self, port):
        self.port = port
        self.cookies = {}
        self.csrf = ""

    def get(self, path, **headers):
        return self.ask("GET", path, headers=headers)

    def post(self, path, fields, files=None, **headers):
        """files: {field: (name, bytes)} makes the form multipart. Headers: Sec_Fetch_Site="none" """
        fields = {"csrf": self.csrf} | fields
        if files is None:
            return self.ask("POST", path, urllib.parse.urlencode(fields, doseq=True).encode(),
                            "application/x-www-form-urlencoded", headers)
        body, boundary = _multipart(fields, files)
        return self.ask("POST", path, body, f"multipart/form-data; boundary={boundary}", headers)

    def ask(self, method, path, body=None, content_type=None, headers=None):
        headers = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if content_type:
            headers["Content-Type"] = content_type
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with contextlib.closing(connection):
            connection.request(method, path, body, headers)
            answer = Answer(connection.getresponse())
        self._keep_cookies(answer)
        if "html" in answer.headers.get("Content-Type", "") and (found := re.search(r'name="csrf" value="([^"]*)"', answer.text)):
            self.csrf = found[1]
        return answer

    def _keep_cookies(self, answer):
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";")[0].partition("=")
            if "Max-Age=0" in line:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value


def _multipart(fields, files):
    boundary = "----huiyuan-test-boundary"
    parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
             for name, value in fields.items()]
    for field, (filename, data) in files.items():
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; filename="{filename}"\r\n'
        parts.append(f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + data + b"\r\n")
    parts.append(f"--{boundary}--\r\n".encode())
    return b"".join(parts), boundary


def id_number(sequence, born="19880808", region="620112"):
    """A number that checks; an odd sequence is a man's."""
    first17 = f"{region}{born}{sequence:03d}"
    total = sum(int(digit) * weight for digit, weight in
                zip(first17, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)))
    return first17 + "10X98765432"[total % 11]
