"""A platform below its real supervisor, in a folder of its own, for the tests that break it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

from matjar.compose import running
from matjar.compose.running import Running
from tests.gateways import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60.0
"""How long a test waits for what must come: it costs nothing where it does."""


class Supervised:
    """One home folder, free ports, and the processes that run there."""

    def __init__(self, home: Path, **environ: str) -> None:
        self.home = home
        self.environ = os.environ | {
            "MATJAR_HOME": str(home), "MATJAR_DEMO": "false", "PYTHONPATH": str(ROOT / "src"),
            "MATJAR_PORT_STOREFRONT": str(free_port()), "MATJAR_PORT_GATEWAY_TWIN": str(free_port()),
            "MATJAR_PORT_ADMIN": str(free_port()), "MATJAR_PORT_IDENTITY": str(free_port()),
            **environ,
        }  # fmt: skip
        self.supervisors: list[subprocess.Popen[str]] = []

    def matjar(self, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """Call the command line."""
        return subprocess.run(
            [sys.executable, "-m", "matjar", *words], env=self.environ | environ, cwd=ROOT, timeout=PATIENCE_SECONDS,
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    def run(self) -> subprocess.Popen[str]:
        """Start a supervisor, and wait until it has said where the first page is."""
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "matjar", "run"], env=self.environ, cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        self.supervisors.append(supervisor)
        assert supervisor.stdout is not None
        while "http://" not in supervisor.stdout.readline():
            assert supervisor.poll() is None
        return supervisor

    def find(self, name: str) -> Running | None:
        """The process that runs under this name."""
        return running.find(self.home / "run", name)

    def pid(self, name: str) -> int:
        """The number of the process that runs under this name, waited for."""
        deadline = monotonic() + PATIENCE_SECONDS
        while (found := self.find(name)) is None:
            assert monotonic() < deadline, f"{name} does not run"
            sleep(0.02)
        found.close()
        return found.pid

    def everybody(self) -> set[int]:
        """Every living process that was started for this home, whether it wrote itself down or not."""
        ours = f"MATJAR_HOME={self.home}\0".encode()
        return {int(path.name) for path in Path("/proc").glob("[0-9]*") if ours in _environ(path)}

    def clean(self) -> None:
        """Leave nothing behind, whatever the test did."""
        for pid in self.everybody():
            os.kill(pid, signal.SIGKILL)
        for supervisor in self.supervisors:
            supervisor.wait()
            assert supervisor.stdout is not None
            supervisor.stdout.close()


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    deadline = monotonic() + PATIENCE_SECONDS
    while not holds():
        assert monotonic() < deadline, "it never came to hold"
        sleep(0.02)


def _environ(process: Path) -> bytes:
    try:
        return (process / "environ").read_bytes()
    except OSError:
        return b""
