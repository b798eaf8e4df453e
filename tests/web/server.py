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
    """start() … stop(); `members` people of demo are in the database, at as many companies as it thinks or as are named."""

    def __init__(self, members=20, companies=None):
        self.demo = ["--members", str(members)] + (["--companies", str(companies)] if companies else [])

    def start(self):
        self.binary = os.environ["HUIYUAN_BINARY"]
        self.folder = Path(tempfile.mkdtemp(prefix="huiyuan-web-"))
        self.url = self._new_postgres() if os.environ["TEST_DB"] == "postgres" else f"sqlite:{self.folder}/test.db"
        self._run("demo", *self.demo, "--password", PASSWORD)
        self.process = subprocess.Popen(
            [self.binary, "serve", *self._options(), "--captcha", "off", "--listen", "127.0.0.1:0"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=self._environment())
        self.port = self._await_port()
        # Read on: a full pipe would hold the server up.
        self.rest = []
        self.reader = threading.Thread(target=lambda: self.rest.extend(self.process.stderr))
        self.reader.start()
        return self

    def stop(self):
        """Ends it as systemd would; what it said on stderr is in the message when it did not end well."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=30)
        self.reader.join()
        self.process.stderr.close()
        shutil.rmtree(self.folder)
        if code != 0:
            raise AssertionError(f"serve ended with {code}:\n{''.join(self.rest)}")

    def sql(self, text):
        """Behind the program's back: what no page can do, such as letting a day pass."""
        if self.url.startswith("sqlite:"):
            with contextlib.closing(sqlite3.connect(self.folder / "test.db", timeout=30)) as db, db:
                return db.execute(text).fetchall()
        said = subprocess.run(["psql", "--no-psqlrc", "-qAt", "-F", "\t", self.url, "-c", text],
                              stdout=subprocess.PIPE, text=True, check=True).stdout
        return [tuple(line.split("\t")) for line in said.splitlines()]

    def count(self, rows):
        """count("member where …")"""
        return int(self.sql(f"select count(*) from {rows}")[0][0])

    def browser(self):
        return Browser(self.port)

    def _options(self):
        return ["--db", self.url, "--keys", str(self.folder / "keys")]

    def _environment(self):
        return os.environ | {"HUIYUAN_TODAY": TODAY}

    def _run(self, command, *arguments):
        subprocess.run([self.binary, command, *arguments, *self._options()], check=True, stdout=subprocess.DEVNULL,
                       env=self._environment())

    def _new_postgres(self):
        name = f"web_{os.getpid()}_{self.folder.name[-8:].lower()}"
        cluster = urllib.parse.urlsplit(os.environ["TEST_POSTGRES"])
        subprocess.run(["psql", "--no-psqlrc", "-q", cluster.geturl(), "-c",
                        f"create database \"{name}\" template template0 encoding 'UTF8' locale 'C.UTF-8'"], check=True)
        return cluster._replace(path=f"/{name}").geturl()

    def _await_port(self):
        said = ""
        for line in self.process.stderr:
            said += line
            if found := re.search(r"\(port (\d+)\)", line):
                return int(found[1])
        raise AssertionError(f"serve did not start:\n{said}")


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

    def radios(self, name):
        """[(value, label, checked)] of radio buttons."""
        pattern = rf'<input type="radio" name="{name}" value="([^"]*)"( checked)?><span>([^<]*)</span>'
        return [(m[1], html.unescape(m[3]), bool(m[2])) for m in re.finditer(pattern, self.text)]


class Browser:
    """Keeps cookies, takes the token of the last page that had one. Follows no redirect."""

    def __init__(self, port):
        self.port = port
        self.cookies = {}
        self.csrf = ""

    def get(self, path):
        return self._ask("GET", path)

    def post(self, path, fields, files=None):
        """files: {field: (name, bytes)} makes the form multipart."""
        fields = {"csrf": self.csrf} | fields
        if files is None:
            return self._ask("POST", path, urllib.parse.urlencode(fields, doseq=True).encode(),
                             "application/x-www-form-urlencoded")
        body, boundary = _multipart(fields, files)
        return self._ask("POST", path, body, f"multipart/form-data; boundary={boundary}")

    def _ask(self, method, path, body=None, content_type=None):
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
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
