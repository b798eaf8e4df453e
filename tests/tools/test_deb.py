"""The Debian package, and the pages of docs/operations.zh.md as they stand: in a copy of this machine that is thrown away.

Root makes an overlay over / in namespaces of its own (files, network); there the package is installed for good, nginx answers on
ports 80 and 443, and every command of the pages runs. There is no systemd in it: what `systemctl` would do with huiyuan is done
from the unit (its ExecStart, account and environment), and systemd-analyze judges the rest. Without root only the package and
the unit are looked at."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import unittest
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
PAGES = (SOURCE / "docs" / "operations.zh.md").read_text()
HOST = "huiyuan.example.cn"
WORK = "/root/install"  # where the package and the certificate lie
HOLD = """
set -e
mount -t tmpfs -o size=3g tmpfs "$0"
mkdir "$0/upper" "$0/work" "$0/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$0/upper,workdir=$0/work" "$0/root"
mount -t proc proc "$0/root/proc"
mount --rbind /dev "$0/root/dev"
mount -t tmpfs -o mode=755 tmpfs "$0/root/run"
mount -t tmpfs tmpfs "$0/root/tmp"
mkdir -m 755 "$0/root/run/lock"
echo held
exec sleep 600
"""
LOOPBACK = "import fcntl,socket,struct; s=socket.socket(); fcntl.ioctl(s,0x8914,struct.pack('16sh14x',b'lo',1|64))"
FETCH = """
import http.client, json, ssl, sys
host, path = sys.argv[1:3]
context = ssl.create_default_context(cafile="/etc/huiyuan/tls/certificate.pem")
connection = http.client.HTTPSConnection(host, 443, timeout=30, context=context)
connection._create_connection = lambda *a, **k: __import__("socket").create_connection(("127.0.0.1", 443), 30)
connection.request("GET", path)
answer = connection.getresponse()
print(json.dumps([answer.status, dict(answer.headers), answer.read().decode(errors="replace")]))
"""


def run(*words, **how):
    return subprocess.run(words, capture_output=True, text=True, timeout=240, check=False, **how)


def good(*words, **how):
    ended = run(*words, **how)
    if ended.returncode:
        raise AssertionError(f"{words} ended with {ended.returncode}:\n{ended.stdout}{ended.stderr}")
    return ended.stdout


def commands(page):
    text = re.search(rf"^## {page}$(.*?)(?=^## |\Z)", PAGES, re.M | re.S)[1]
    found = [line.strip() for block in re.findall(r"```sh\n(.*?)```", text, re.S) for line in block.splitlines() if line.strip()]
    assert found, page
    return found


def setUpModule():
    global folder, package
    folder = Path(tempfile.mkdtemp(prefix="huiyuan-deb-"))
    package = good(SOURCE / "tools" / "deb", os.environ["HUIYUAN_BINARY"], folder).strip()


def tearDownModule():
    shutil.rmtree(folder)


class Package(unittest.TestCase):
    def test_what_is_in_it(self):
        lines = good("dpkg-deb", "--contents", package).splitlines()
        files = {line.split()[5][1:]: tuple(line.split()[:2]) for line in lines}
        for path, mode in (("/usr/bin/huiyuan", "-rwxr-xr-x"), ("/usr/sbin/huiyuan-admin", "-rwxr-xr-x"),
                           ("/lib/systemd/system/huiyuan.service", "-rw-r--r--"), ("/lib/systemd/system/huiyuan.socket", "-rw-r--r--"),
                           ("/etc/huiyuan/environment", "-rw-r-----"), ("/etc/nginx/sites-available/huiyuan", "-rw-r--r--"),
                           ("/usr/share/doc/huiyuan/operations.zh.md", "-rw-r--r--"), ("/usr/share/doc/huiyuan/copyright", "-rw-r--r--")):
            self.assertEqual(files[path], (mode, "root/root"), path)
        self.assertFalse([path for path in files if path.startswith(("/var", "/etc/nginx/sites-enabled"))])
        control = good("dpkg-deb", "--field", package)
        for part in ("fonts-noto-cjk", "fonts-babelstone-han", "fonts-hanazono", "libsqlite3-0", "libpq5"):
            self.assertIn(part, control)
        self.assertNotIn("Depends: ,", control)

    def test_its_scripts_start_and_migrate_nothing(self):
        for script in ("postinst", "prerm", "postrm"):
            text = (SOURCE / "packaging" / script).read_text()
            good("sh", "-n", SOURCE / "packaging" / script)
            acts = [line for line in text.splitlines() if not line.lstrip().startswith(("#", "echo"))]
            self.assertFalse([line for line in acts if re.search(r"migrate|\bstart\b|--now huiyuan.*enable|rm -", line)])

    def test_the_sandbox(self):
        said = good("systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager",
                    SOURCE / "packaging" / "huiyuan.service", env=os.environ | {"LC_ALL": "C.UTF-8"})
        self.assertLessEqual(float(re.search(r"Overall exposure level for huiyuan.service: ([\d.]+)", said)[1]), 2.0)
        self.assertIn("LimitCORE=0", (SOURCE / "packaging" / "huiyuan.service").read_text())


class Machine:
    """The copy."""

    def __init__(self):
        self.mount = folder / "machine"
        self.mount.mkdir()
        self.holder = subprocess.Popen(["unshare", "-m", "-n", "sh", "-c", HOLD, self.mount], stdout=subprocess.PIPE, text=True,
                                       stderr=subprocess.DEVNULL)
        self.held = self.holder.stdout.readline() == "held\n"
        self.server = self.cluster = None
        if self.held:
            self.run("mkdir", "-p", WORK)
            # What is installed may be older than what apt has heard of, and nothing can be fetched here.
            self.run("sh", "-c", "echo 'APT::Get::Upgrade \"false\";' > /etc/apt/apt.conf.d/00here")
            self.run("/usr/bin/python3", "-c", LOOPBACK)

    def inside(self, words):
        return ["nsenter", "-t", str(self.holder.pid), "-m", "-n", "chroot", f"{self.mount}/root", "env", "-i", "ASAN_OPTIONS=detect_leaks=0",
                "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "DEBIAN_FRONTEND=noninteractive", *map(str, words)]

    def run(self, *words):
        return good(*self.inside(words))

    def shell(self, line):
        if line.startswith("systemctl "):
            self.systemctl(line.split()[1:])
            return ""
        line = re.sub(r"huiyuan_[\w.]+\.deb", os.path.basename(package), line)
        return self.run("sh", "-ec", f"cd {WORK}; {line}")

    def systemctl(self, words):
        verb, units = words[0], [word for word in words[1:] if not word.startswith("--")]
        if units == ["nginx"]:
            assert verb == "reload", words
            self.run("sh", "-c", "nginx -s reload 2>/dev/null || nginx")
        elif verb in ("start", "restart") or "--now" in words:
            assert set(units) <= {"huiyuan.socket", "huiyuan.service"}, words
            self.stop()
            self.start()
        else:
            assert verb == "stop", words
            self.stop()

    def start(self):
        unit = self.run("cat", "/lib/systemd/system/huiyuan.service")
        value = lambda name: re.search(rf"^{name}=(.*)$", unit, re.M)[1]
        file = self.run("cat", value("EnvironmentFile"))
        pairs = re.findall(r"^[A-Z_]+=.*$", file, re.M)
        file = self.run("cat", "/lib/systemd/system/huiyuan.socket")
        socket, owner, group, mode = (re.search(rf"^{name}=(.*)$", file, re.M)[1]
                                      for name in ("ListenStream", "SocketUser", "SocketGroup", "SocketMode"))
        self.run("rm", "-f", socket)
        command = ["setpriv", f"--reuid={value('User')}", f"--regid={value('Group')}", "--clear-groups", "--no-new-privs", "--bounding-set=-all",
                   "--inh-caps=-all", "env", *pairs, "sh", "-c", f"umask {value('UMask')}; cd {value('WorkingDirectory')}; exec {value('ExecStart')}"]
        activate = self.inside(["systemd-socket-activate", "-E", "ASAN_OPTIONS", "-l", socket, "--", *command])
        with open(folder / "server.log", "a") as log:
            self.server = subprocess.Popen(activate, stdout=subprocess.DEVNULL, stderr=log)
        self.run("sh", "-c", f"until [ -S {socket} ]; do sleep 0.05; done; chown {owner}:{group} {socket}; chmod {mode} {socket}")

    def stop(self):
        if self.server:
            self.server.send_signal(signal.SIGTERM)
            self.server.wait(timeout=30)
            self.server = None

    def fetch(self, path):
        return json.loads(self.run("/usr/bin/python3", "-c", FETCH, HOST, path))

    def end(self):
        self.stop()
        with contextlib.suppress(AssertionError):
            self.run("sh", "-c", "nginx -s stop")
        if self.cluster:
            self.run("pg_ctlcluster", *self.cluster, "stop", "-m", "fast")
        self.holder.kill()
        self.holder.wait()


@unittest.skipIf(os.getuid() != 0, "only root can make a copy of the machine")
class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.machine = Machine()
        if not cls.machine.held:
            raise unittest.SkipTest("no overlay can be mounted here")
        shutil.copy(package, folder / "machine-package.deb")
        subprocess.run(cls.machine.inside(["sh", "-c", f"cat > {WORK}/{os.path.basename(package)}"]), input=Path(package).read_bytes(), check=True)
        cls.machine.shell(f"openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out certificate.pem -days 2 -subj /CN={HOST}"
                          f" -addext subjectAltName=DNS:{HOST} 2>/dev/null")

    @classmethod
    def tearDownClass(cls):
        cls.machine.end()

    def follow(self, page, before=()):
        for line in commands(page):
            with self.subTest(page=page, line=line):
                for pattern, act in before:
                    if re.search(pattern, line):
                        act()
                self.machine.shell(line)

    def test_1_installed(self):
        m = self.machine
        self.follow("安装")
        self.assertEqual(m.run("stat", "-c", "%U %G %a", "/var/lib/huiyuan", "/var/backups/huiyuan").splitlines(), ["huiyuan huiyuan 700"] * 2)
        self.assertEqual(m.run("ls", "/var/lib/huiyuan"), "")
        said = run(*m.inside(["systemd-analyze", "verify", "/lib/systemd/system/huiyuan.service", "/lib/systemd/system/huiyuan.socket"]))
        self.assertEqual((said.returncode, [line for line in said.stderr.splitlines() if "huiyuan" in line]), (0, []), said.stderr)
        empty = run(*m.inside(["huiyuan-admin", "serve"]))
        self.assertEqual((empty.returncode, empty.stderr.count("\n")), (1, 1))
        self.assertIn("huiyuan migrate", empty.stderr)

    def test_2_first_page_behind_nginx(self):
        m = self.machine
        self.follow("首次启动")
        status, headers, text = m.fetch("/login")
        self.assertEqual(status, 200, text)
        self.assertIn("协会登录", text)
        self.assertIn("max-age", headers["Strict-Transport-Security"])
        self.assertIn("__Host-", headers["Set-Cookie"])
        self.assertNotIn("/", headers.get("Server", ""))
        owner = m.run("stat", "-c", "%U %a", "/var/lib/huiyuan/huiyuan.db", "/var/lib/huiyuan/keys")
        self.assertEqual(owner.splitlines(), ["huiyuan 600"] * 2)
        status = Path(f"/proc/{m.server.pid}/status").read_text()
        account = m.run("id", "-u", "huiyuan").strip()
        self.assertEqual(re.search(r"^Uid:\s+(\d+)\s+(\d+)", status, re.M).groups(), (account, account))
        self.assertRegex(status, r"(?m)^CapEff:\s+0+$")
        log = (folder / "server.log").read_text()
        self.assertNotIn(" warn ", log)
        self.assertNotIn(" error ", log)

    def test_3_kept_and_brought_back(self):
        m = self.machine
        self.follow("每夜自动备份")
        self.follow("密钥")
        self.follow("备份")
        away = lambda: m.shell("cd /var/lib/huiyuan; mkdir old; mv huiyuan.db* old/")
        self.follow("恢复", [("restore", away)])
        self.assertEqual(m.fetch("/login")[0], 200)

    def test_4_on_postgresql(self):
        m = self.machine
        clusters = m.run("pg_lsclusters", "-h").split()
        if not clusters:
            self.skipTest("Debian made no cluster here")
        m.stop()
        m.run("sh", "-c", "rm /var/lib/huiyuan/keys*")  # a machine that has none yet
        m.run("install", "-d", "-o", "postgres", "-g", "postgres", "/run/postgresql")
        m.cluster = clusters[:2]
        m.run("pg_ctlcluster", *m.cluster, "start")
        self.follow("用 PostgreSQL")
        self.follow("首次启动")
        self.assertEqual(m.fetch("/login")[0], 200)
        self.assertEqual(m.run("runuser", "-u", "postgres", "--", "psql", "-Atc", "select name from account where side = 'staff'", "huiyuan"), "guanli\n")

    def test_5_upgraded(self):
        m = self.machine
        self.follow("升级")
        self.assertEqual(m.fetch("/login")[0], 200)
        m.run("apt-get", "purge", "-y", "huiyuan")
        self.assertIn("huiyuan.db", m.run("ls", "/var/lib/huiyuan"))


class EveryCommand(unittest.TestCase):
    def test_no_page_is_forgotten(self):
        here = set(re.findall(r'self[.]follow\("([^"]+)"', Path(__file__).read_text()))
        for page in re.findall(r"^## (.+)$", PAGES, re.M):
            if "```sh" in re.search(rf"^## {page}$(.*?)(?=^## |\Z)", PAGES, re.M | re.S)[1]:
                self.assertIn(page, here)


if __name__ == "__main__":
    unittest.main()
