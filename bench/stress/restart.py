#!/usr/bin/env python3
"""Rolling restarts: two nodes on one database behind nginx, under load, are stopped and started in turn. restart.py
[--rounds N] [--clients N] [--drain S]

Clients read pages and post (a login form that is wrong on purpose: it writes an attempt) without a pause; nobody may get
anything from nginx but our answers: a 502 or a cut connection is a fault. Loopback only; TEST_DB, TEST_POSTGRES and
HUIYUAN_BINARY as for tests/web/server.py. Prints its figures as one line of a table.

    TEST_DB=postgres HUIYUAN_BINARY=build/huiyuan tests/postgres.py bench/stress/restart.py"""

import argparse
import collections
import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "web"))
import server as web

NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
  access_log off; keepalive_requests 1000000;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  upstream nodes {{ server 127.0.0.1:{a} max_fails=0; server 127.0.0.1:{b} max_fails=0; keepalive 16; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://nodes; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $http_host;
      proxy_next_upstream error timeout;
    }}
  }}
}}
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Node:
    def __init__(self, first, port, drain):
        self.arguments = [first.binary, "serve", *first._options(), "--captcha", "off", "--listen", f"127.0.0.1:{port}",
                          "--drain", str(drain)]
        self.environment, self.port = first._environment(), port
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=self.environment)
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("a node did not start")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(60)
        assert code == 0, f"a node ended with {code}"


class Client(threading.Thread):
    def __init__(self, port, number, over):
        super().__init__()
        self.port, self.number, self.over = port, number, over
        self.seen, self.faults = collections.Counter(), []

    def run(self):
        browser = web.Browser(self.port)
        turn = 0
        while not self.over.is_set():
            turn += 1
            try:
                if turn % 3:
                    answer = browser.get("/login?as=company")
                else:
                    answer = browser.post("/login", {"as": "company", "account": f"nobody {self.number} {turn}", "password": "x"})
                self.seen[answer.status] += 1
                if answer.status in (500, 502, 504):
                    self.faults.append(f"{answer.status}")
            except (OSError, http.client.HTTPException) as cut:
                self.faults.append(type(cut).__name__)


def await_nginx(port):
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("nginx did not start")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--clients", type=int, default=12)
    parser.add_argument("--drain", type=int, default=1)
    options = parser.parse_args()
    first = web.Server(members=60).start()
    over = threading.Event()
    with tempfile.TemporaryDirectory() as folder:
        ports = [free_port() for _ in range(3)]
        nodes = [Node(first, port, options.drain) for port in ports[:2]]
        os.chmod(folder, 0o755)
        (Path(folder) / "nginx.conf").write_text(NGINX.format(folder=folder, a=ports[0], b=ports[1], port=ports[2]))
        nginx = subprocess.Popen(["nginx", "-c", f"{folder}/nginx.conf"], stderr=subprocess.DEVNULL)
        await_nginx(ports[2])
        clients = [Client(ports[2], i, over) for i in range(options.clients)]
        for client in clients:
            client.start()
        try:
            for round_ in range(options.rounds):
                time.sleep(0.5)
                nodes[round_ % 2].stop()
                nodes[round_ % 2].start()
        finally:
            over.set()
            for client in clients:
                client.join()
            for node in nodes:
                node.stop()
            nginx.send_signal(signal.SIGTERM)
            nginx.wait(20)
            first.stop()
    seen, faults = collections.Counter(), collections.Counter()
    for client in clients:
        seen.update(client.seen)
        faults.update(client.faults)
    print(f"restart  {os.environ['TEST_DB']:8} {options.rounds} restarts, {sum(seen.values())} answers "
          f"{dict(sorted(seen.items()))}, faults {dict(faults) or 'none'}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
