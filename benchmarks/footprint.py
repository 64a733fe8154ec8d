"""What it takes to run the demo: seconds from `make run` to the first page, and memory when nobody buys."""

import asyncio
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

from benchmarks.client import connect, request
from benchmarks.figures import Figure, Run, of_runs, repeat
from benchmarks.machine import memory_mib, offspring
from tests.gateways import free_port

ROOT = Path(__file__).resolve().parent.parent
MOST_SECONDS = 3
MOST_MIB = 400
FIRST_START_SECONDS = 120.0
"""The first start makes the demo; it is not measured."""
IDLE_SECONDS = 3.0


async def measure() -> AsyncIterator[Figure]:
    """On a tree that is set up: start, wait for the page, let it rest, weigh it, stop; several times."""
    home = Path(tempfile.mkdtemp(prefix="matjar-bench-"))
    environ = os.environ | {
        "MATJAR_HOME": str(home), "MATJAR_PORT_STOREFRONT": str(free_port()),
        "MATJAR_PORT_GATEWAY_TWIN": str(free_port()),
    }  # fmt: skip
    try:
        await _run(environ)
        runs = await repeat(partial(_run, environ))
        yield of_runs("demo", "`make run` to the first page", "s", runs, "seconds", most=MOST_SECONDS)
        yield of_runs("demo", "memory of all processes, idle", "MiB", runs, "MiB", most=MOST_MIB, beside=("processes",))
    finally:
        shutil.rmtree(home)


async def _run(environ: dict[str, str]) -> Run:
    began = time.perf_counter()
    started = await asyncio.create_subprocess_exec(
        "make", "run", cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        await asyncio.wait_for(_first_page(int(environ["MATJAR_PORT_STOREFRONT"])), FIRST_START_SECONDS)
        seconds = time.perf_counter() - began
        await asyncio.sleep(IDLE_SECONDS)
        pids = [pid for pid in offspring(started.pid) if not _is_make(pid)]
        return {"seconds": seconds, "MiB": sum(memory_mib(pid) for pid in pids), "processes": len(pids)}
    finally:
        for pid in offspring(started.pid)[:1]:
            os.kill(pid, signal.SIGTERM)
        await started.wait()


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
