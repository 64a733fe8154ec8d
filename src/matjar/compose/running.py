"""Who runs: each process writes down its name, its number and when the kernel started it.

A number alone may belong to a stranger by now; with the moment of its start, of this boot, it cannot.
"""

import contextlib
import os
import signal
from pathlib import Path
from select import POLLIN, poll
from typing import NamedTuple

import msgspec

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_ENDED = (b"Z", b"X")
_STOPPED = (b"T", b"t")
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


class _Record(msgspec.Struct, frozen=True):
    pid: int
    started: int
    """Clock ticks from the boot to the process's start (proc(5), field 22 of ``stat``)."""
    boot: str
    address: str = ""


class Running(NamedTuple):
    """A living process. ``fd`` is its pidfd: it becomes readable at its end, and a signal sent by it hits no other."""

    pid: int
    fd: int
    address: str = ""
    """Where it answers, as it wrote down itself; empty: nowhere."""

    def wait(self, seconds: float) -> bool:
        """Wait for its end; False: it lives on. One that has ended and that nobody has collected is gone too."""
        waiting = poll()
        waiting.register(self.fd, POLLIN)
        return bool(waiting.poll(int(seconds * 1000)))

    def send(self, number: signal.Signals) -> None:
        """Send it a signal, if it is still there."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.fd, number)

    def close(self) -> None:
        """Stop looking."""
        os.close(self.fd)


def of(child: int) -> Running:
    """A child of this process: its number is its own until we have waited for it."""
    return Running(child, os.pidfd_open(child))


def record(folder: Path, name: str, address: str = "") -> None:
    """Write down that this process runs under this name, and where it answers."""
    pid = os.getpid()
    started = _started(pid)
    assert started is not None
    draft = folder / f"{name}.pid.{pid}"
    draft.write_bytes(msgspec.json.encode(_Record(pid, started, _BOOT.read_text().strip(), address)))
    draft.replace(folder / f"{name}.pid")


def find(folder: Path, name: str) -> Running | None:
    """The process that runs under this name, if it lives; whoever has its number by now is not it."""
    try:
        written = msgspec.json.decode((folder / f"{name}.pid").read_bytes(), type=_Record)
        fd = os.pidfd_open(written.pid)
    except (OSError, msgspec.DecodeError):
        return None
    # Only now that the descriptor pins the process: before, the number could change hands after the comparison.
    if _started(written.pid) == written.started and _BOOT.read_text().strip() == written.boot:
        return Running(written.pid, fd, written.address)
    os.close(fd)
    return None


class Vitals(NamedTuple):
    """How a process is."""

    memory_bytes: int
    age_seconds: float
    stopped: bool
    """By SIGSTOP: there, and dead to the world."""


def vitals(pid: int) -> Vitals | None:
    """How the process is; None: it is not."""
    fields = _stat(pid)
    if fields is None:
        return None
    since_boot = float(Path("/proc/uptime").read_text().split()[0])
    age_seconds = since_boot - int(fields[19]) / _TICKS_PER_SECOND
    return Vitals(int(fields[21]) * _PAGE_BYTES, age_seconds, fields[0] in _STOPPED)


def _started(pid: int) -> int | None:
    fields = _stat(pid)
    return None if fields is None else int(fields[19])


def _stat(pid: int) -> list[bytes] | None:
    """The fields of ``/proc/<pid>/stat`` from the third on, which follows the name in brackets; None: it ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b") ")[2].split()
    except OSError:
        return None
    return None if fields[0] in _ENDED else fields
