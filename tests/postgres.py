#!/usr/bin/env python3
"""postgres.py COMMAND [ARGUMENT …]: runs the command beside a private PostgreSQL cluster.

The cluster lies in a temporary folder, listens on a socket there and nowhere else, and is gone afterwards. Its URL is
TEST_POSTGRES in the command's environment. The exit status is the command's."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

# Nothing here has to survive a power cut.
SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "logging_collector": "off",
}


def programs():
    """The folder of initdb and pg_ctl: Debian keeps them out of PATH, one folder for each version."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("[0-9]*"), key=lambda p: float(p.name))
    if not versions:
        sys.exit("postgres.py: PostgreSQL is not installed: apt-get install postgresql")
    return versions[-1] / "bin"


def unprivileged():
    """PostgreSQL refuses to run as root: root becomes the user postgres for it."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def run(*command, **options):
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    if result.returncode != 0:
        sys.exit(f"postgres.py: {command[0]} failed:\n{result.stdout}")


def start(folder, bin_folder, as_user):
    data = folder / "data"
    run(bin_folder / "initdb", "--pgdata", data, "--username", "postgres", "--auth", "trust", "--encoding", "UTF8",
        "--locale", "C.UTF-8", "--no-sync", cwd=folder, **as_user)
    with open(data / "postgresql.conf", "a", encoding="utf-8") as conf:
        conf.writelines(f"{name} = {value}\n" for name, value in SETTINGS.items())
        conf.write(f"unix_socket_directories = '{folder}'\n")
    run(bin_folder / "pg_ctl", "--pgdata", data, "--log", folder / "log", "--wait", "start", cwd=folder, **as_user)


def stop(folder, bin_folder, as_user):
    """pg_ctl takes the process from the folder's own postmaster.pid."""
    subprocess.run([bin_folder / "pg_ctl", "--pgdata", folder / "data", "--mode", "immediate", "--wait", "stop"],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder, check=False, **as_user)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    bin_folder, as_user = programs(), unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="huiyuan-postgres-"))
    try:
        if as_user:
            os.chown(folder, as_user["user"], as_user["group"])
        start(folder, bin_folder, as_user)
        environment = os.environ | {"TEST_POSTGRES": f"postgresql://postgres@/postgres?host={folder}"}
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode
    finally:
        stop(folder, bin_folder, as_user)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
