"""Gateways to try things on: the twin and a fake Stripe as real processes on loopback."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

import msgspec
import pytest

ROOT = Path(__file__).parent.parent
SECRET = "a secret for tests"


@pytest.fixture
def anyio_backend() -> str:
    """Asynchronous tests run on asyncio."""
    return "asyncio"


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def call(url: str, body: object = None, headers: dict[str, str] | None = None) -> Any:
    """POST a body as JSON, or GET; the JSON answer. A status of 400 and above raises ``HTTPError``."""
    data = None if body is None else msgspec.json.encode(body)
    with urlopen(Request(url, data, headers or {}), timeout=5) as response:
        return msgspec.json.decode(response.read())


def metrics(url: str) -> dict[str, float]:
    """What a surface counts, by its names with their labels."""
    with urlopen(f"{url}/metrics", timeout=5) as response:
        lines = response.read().decode().splitlines()
    told = (line.rpartition(" ") for line in lines if not line.startswith("#"))
    return {name: float(value) for name, _, value in told}


def post_form(url: str, **fields: str) -> tuple[int, str, str]:
    """Post a form as a browser would, but stay: status, where it would go, and the page."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=5)
    headers = {"content-type": "application/x-www-form-urlencoded", "connection": "close"}
    connection.request("POST", f"{parts.path}?{parts.query}", urlencode(fields), headers)
    with connection.getresponse() as response:
        return response.status, response.getheader("location", ""), response.read().decode()


class Process:
    """A server in a process of its own, ready when it answers."""

    def __init__(self, arguments: list[str], url: str, probe: str) -> None:
        self.url = url
        self._arguments = arguments
        self._probe = probe
        self.start()

    def start(self) -> None:
        """Start, and wait until it answers."""
        environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        self._process = subprocess.Popen([sys.executable, *self._arguments], env=environment)
        for _ in range(400):
            try:
                urlopen(self.url + self._probe, timeout=5).close()
            except URLError:
                assert self._process.poll() is None, "died at start"
                time.sleep(0.025)
            else:
                return
        pytest.fail("did not answer within ten seconds")

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal and wait for the end; the exit code."""
        self._process.send_signal(number)
        return self._process.wait(10)


class TwinProcess(Process):
    """A gateway twin with a book of its own."""

    def __init__(self, book: Path, *more: str) -> None:
        self.book = book
        port = free_port()
        arguments = ["-m", "matjar.workers.gateway_twin", "--port", str(port), "--book", str(book)]
        super().__init__([*arguments, "--webhook-secret", SECRET, *more], f"http://127.0.0.1:{port}", "/health")

    def token(self, number: str) -> str:
        """A token for a test card."""
        token: str = call(f"{self.url}/tokens", {"number": number})["token"]
        return token

    def set_faults(self, **faults: object) -> None:
        """From now on, these faults."""
        call(f"{self.url}/faults", faults)

    def lines(self) -> list[dict[str, Any]]:
        """The book, line by line."""
        with urlopen(f"{self.url}/book", timeout=5) as response:
            return [msgspec.json.decode(line) for line in response.read().splitlines()]


@contextmanager
def running(process: Process) -> Iterator[Process]:
    """Stop the process at the end, whatever happened to it meanwhile."""
    try:
        yield process
    finally:
        process.stop(signal.SIGKILL)


@pytest.fixture
def twin(tmp_path: Path) -> Iterator[TwinProcess]:
    """A twin for one test."""
    process = TwinProcess(tmp_path / "book.jsonl", "--slow-seconds", "2")
    with running(process):
        yield process


@pytest.fixture(scope="module")
def shared_twin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwinProcess]:
    """A twin for tests that leave it as it was, but for their charges."""
    process = TwinProcess(tmp_path_factory.mktemp("twin") / "book.jsonl")
    with running(process):
        yield process


@pytest.fixture(scope="module")
def fake_stripe() -> Iterator[Process]:
    """A fake Stripe: localstripe, and what it lacks."""
    port = free_port()
    process = Process(
        ["-m", "tests.contracts.stripe_server", str(port)], f"http://127.0.0.1:{port}", "/js.stripe.com/v3/"
    )
    with running(process):
        yield process
