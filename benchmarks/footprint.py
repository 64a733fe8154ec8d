"""What it takes to run the demo: seconds from `make run` to the first page, and memory when nobody buys.

The demo's shops are there already: this is every start but the first. Memory is PSS, in which a page that several
processes share counts once, three seconds after the first page. *Raw* is bare interpreters, one for each of these
processes, that import the same modules, all at once, and then do nothing: what Python and the libraries take before our
first line runs.
"""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

from benchmarks.client import connect, request
from benchmarks.figures import Figure, Pace, Run, of_runs, repeat
from benchmarks.machine import Meter, memory_mib, offspring
from tests.gateways import free_port
from tests.tidy.test_processes import PROCESSES

ROOT = Path(__file__).resolve().parent.parent
MOST_SECONDS = 3
MOST_MIB = 400
FIRST_START_SECONDS = 120.0
"""The first start makes the demo; it is not measured."""
IDLE_SECONDS = 3.0

_LATER = "matjar.storage.sqlite, matjar.adapters.gateways.twin"
"""What a process imports once it knows its settings."""

IMPORTS = {"supervisor": "matjar.compose.cli.platform, matjar.compose.supervisor"} | {
    name: f"{entrances}, {_LATER}" if name in ("storefront", "finisher") else entrances
    for name, (entrances, _) in PROCESSES.items()
}
"""By process: the modules from which it starts."""


async def measure(pace: Pace) -> AsyncIterator[Figure]:
    """On a tree that is set up: start, wait for the page, let it rest, weigh it, stop; several times."""
    home = Path(tempfile.mkdtemp(prefix="matjar-bench-"))
    environ = os.environ | {
        "MATJAR_HOME": str(home), "MATJAR_PORT_STOREFRONT": str(free_port()),
        "MATJAR_PORT_GATEWAY_TWIN": str(free_port()),
        "MATJAR_PORT_ADMIN": str(free_port()),
        "MATJAR_PORT_IDENTITY": str(free_port()),
    }  # fmt: skip
    try:
        await _run(environ)
        runs = await repeat(partial(_run, environ), pace)
        yield of_runs(
            "demo", "`make run` to the first page", "s", runs, "seconds", raw="bare seconds", most=MOST_SECONDS
        )
        yield of_runs(
            "demo", "memory of all processes, idle", "MiB", runs, "MiB", raw="bare MiB", most=MOST_MIB,
            beside=("processes",),
        )  # fmt: skip
    finally:
        shutil.rmtree(home)


async def _run(environ: dict[str, str]) -> Run:
    async with AsyncExitStack() as demo:
        with Meter() as meter:
            pid = await demo.enter_async_context(_demo(environ))
            await asyncio.wait_for(_first_page(int(environ["MATJAR_PORT_STOREFRONT"])), FIRST_START_SECONDS)
        await asyncio.sleep(IDLE_SECONDS)
        pids = [pid for pid in offspring(pid) if not _is_make(pid)]
        run = {"seconds": meter.seconds, "MiB": sum(memory_mib(pid) for pid in pids), "processes": len(pids)}
    return run | meter.shares() | await asyncio.to_thread(_bare)


@asynccontextmanager
async def _demo(environ: dict[str, str]) -> AsyncIterator[int]:
    """The demo, by the process that started it; stopped as a person would stop it."""
    started = await asyncio.create_subprocess_exec(
        "make", "run", cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield started.pid
    finally:
        for pid in offspring(started.pid)[:1]:
            os.kill(pid, signal.SIGTERM)
        await started.wait()


def _bare() -> Run:
    """Interpreters that only import, until the last one has; and what they weigh together."""
    with Meter() as meter:
        bare = [
            subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-c", f"import {names}; print(flush=True); input()"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            )
            for names in IMPORTS.values()
        ]  # fmt: skip
        imported = [bool(each.stdout and each.stdout.readline()) for each in bare]
    weight_mib = sum(memory_mib(each.pid) for each in bare)
    for each in bare:
        each.communicate(b"\n")
    assert all(imported), f"one of these cannot be imported: {IMPORTS}"
    return {"bare seconds": meter.seconds, "bare MiB": weight_mib, "raw others": meter.others}


async def _first_page(port: int) -> None:
    """Ask until a shopper sees the shop."""
    while True:
        try:
            connection = await connect(port)
            answer = await connection.ask(request("GET", "/", f"127.0.0.1:{port}"))
            connection.close()
            if answer.status == 200:
                return
        except OSError:
            pass
        await asyncio.sleep(0.02)


def _is_make(pid: int) -> bool:
    return Path(f"/proc/{pid}/comm").read_text().strip() in ("make", "sh")
