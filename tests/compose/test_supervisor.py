"""The supervisor, over real processes and real signals."""

import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from time import monotonic

import pytest

from matjar.compose.processes import PROCESSES
from matjar.compose.running import record
from matjar.compose.supervisor import (
    CALM_SECONDS,
    FIRST_PAUSE_SECONDS,
    LONGEST_PAUSE_SECONDS,
    STOP_SECONDS,
    Pause,
)
from tests.compose.supervised import Supervised, until

NAMES = tuple(process.name for process in PROCESSES)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything_within_three_seconds(platform: Supervised, number: signal.Signals) -> None:
    supervisor = platform.run()
    assert platform.everybody() == {supervisor.pid, *map(platform.pid, NAMES)}
    began = monotonic()
    supervisor.send_signal(number)
    assert supervisor.wait() == 0
    assert monotonic() - began < STOP_SECONDS
    assert not platform.everybody()


def test_a_process_that_does_not_listen_is_killed_in_time(platform: Supervised) -> None:
    supervisor = platform.run()
    os.kill(platform.pid("gateway_twin"), signal.SIGSTOP)
    began = monotonic()
    supervisor.send_signal(signal.SIGTERM)
    assert supervisor.wait() == 0
    assert monotonic() - began < STOP_SECONDS
    assert not platform.everybody()


@pytest.mark.parametrize("name", ["writer", "storefront"])
def test_what_is_killed_comes_back(platform: Supervised, name: str) -> None:
    supervisor = platform.run()
    for _ in range(2):
        killed = platform.pid(name)
        os.kill(killed, signal.SIGKILL)
        until(partial(_is_another, platform, name, killed))
    assert platform.everybody() == {supervisor.pid, *map(platform.pid, NAMES)}


def _is_another(platform: Supervised, name: str, pid: int) -> bool:
    return platform.pid(name) != pid


def test_a_supervisor_that_was_killed_is_followed_by_one_that_adopts(platform: Supervised) -> None:
    first = platform.run()
    pids = {name: platform.pid(name) for name in NAMES}
    first.kill()
    first.wait()
    assert platform.everybody() == set(pids.values())

    second = platform.run()
    assert {name: platform.pid(name) for name in NAMES} == pids
    os.kill(pids["writer"], signal.SIGKILL)
    until(partial(_is_another, platform, "writer", pids["writer"]))
    assert {name for name in NAMES if platform.pid(name) != pids[name]} == {"writer"}

    second.send_signal(signal.SIGINT)
    assert second.wait() == 0
    assert not platform.everybody()


def test_stop_needs_no_supervisor(platform: Supervised) -> None:
    platform.run().kill()
    assert platform.matjar("stop").returncode == 0
    assert not platform.everybody() - {supervisor.pid for supervisor in platform.supervisors}


def test_stop_asks_the_supervisor_first(platform: Supervised) -> None:
    supervisor = platform.run()
    assert platform.matjar("stop").returncode == 0
    assert supervisor.wait() == 0
    assert not platform.everybody()


def test_a_stranger_with_a_recycled_number_is_neither_adopted_nor_harmed(platform: Supervised) -> None:
    (platform.home / "run").mkdir(parents=True)
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        record(platform.home / "run", "writer")
        file = platform.home / "run" / "writer.pid"
        file.write_text(file.read_text().replace(str(os.getpid()), str(stranger.pid), 1))
        supervisor = platform.run()
        until(partial(_is_another, platform, "writer", stranger.pid))
        supervisor.send_signal(signal.SIGTERM)
        assert supervisor.wait() == 0
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.postgres
def test_on_postgresql_there_is_no_writer_and_the_first_run_migrates(tmp_path: Path, postgres_database: str) -> None:
    platform = Supervised(tmp_path / "var", MATJAR_DATABASE=postgres_database)
    try:
        supervisor = platform.run()
        others = [name for name in NAMES if name != "writer"]
        assert platform.everybody() == {supervisor.pid, *map(platform.pid, others)}
        assert platform.find("writer") is None
        assert platform.matjar("shop", "create", "demo").returncode == 0
        assert platform.matjar("migrate").stdout == "0 migrations taken\n"
        supervisor.send_signal(signal.SIGINT)
        assert supervisor.wait() == 0
        assert not platform.everybody()
    finally:
        platform.clean()


def test_what_cannot_start_is_tried_again_ever_later_and_the_log_is_named(platform: Supervised) -> None:
    supervisor = platform.run()
    os.kill(platform.pid("gateway_twin"), signal.SIGKILL)
    with _stranger_at(platform.environ["MATJAR_PORT_GATEWAY_TWIN"]):
        assert supervisor.stdout is not None
        deaths = 0
        while deaths < 2:
            line = supervisor.stdout.readline()
            deaths += "gateway_twin ended with code" in line and "gateway_twin.log" in line
    assert "address already in use" in (platform.home / "log" / "gateway_twin.log").read_text()


def test_a_port_that_belongs_to_a_stranger_is_told_before_anything_starts(platform: Supervised) -> None:
    port = platform.environ["MATJAR_PORT_ADMIN"]
    with _stranger_at(port):
        refused = platform.matjar("run")
    assert refused.returncode == 1
    assert f"platform.port_taken: Port {port}, which is for admin, belongs to another program" in refused.stderr
    assert "MATJAR_PORT_ADMIN" in refused.stderr
    assert not platform.everybody()


@contextmanager
def _stranger_at(port: str) -> Iterator[None]:
    """Another program that listens there, as soon as it can."""
    with socket.socket() as stranger:
        stranger.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        until(partial(_is_bound, stranger, int(port)))
        stranger.listen()
        yield


def _is_bound(stranger: socket.socket, port: int) -> bool:
    with suppress(OSError):
        stranger.bind(("127.0.0.1", port))
        return True
    return False


def test_a_second_supervisor_is_refused(platform: Supervised) -> None:
    first = platform.run()
    second = platform.matjar("run")
    assert second.returncode == 1
    assert "platform.already_running" in second.stderr
    assert first.poll() is None


def test_status_shows_who_runs(platform: Supervised) -> None:
    before = platform.matjar("status")
    assert before.returncode == 1
    assert before.stdout.count("down") == 1 + len(NAMES)
    platform.run()
    until(lambda: platform.matjar("status").returncode == 0)
    os.kill(platform.pid("gateway_twin"), signal.SIGSTOP)
    after = platform.matjar("status")
    assert after.returncode == 1
    assert "stopped" in after.stdout
    assert str(platform.pid("writer")) in after.stdout


def test_the_supervisor_loads_nothing_of_the_platform() -> None:
    asked = "import sys, matjar.compose.supervisor; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    assert not {"structlog", "typer", "rich", "asyncio", "litestar", "apsw", "psycopg"} & set(loaded)
    ours = {name for name in loaded if name.startswith("matjar.")}
    assert {name.split(".")[1] for name in ours} == {"core", "compose"}


def test_pauses_grow_up_to_a_cap_and_a_calm_minute_forgets() -> None:
    pause = Pause(random.Random(7))
    pauses = [pause.after(1.0) for _ in range(40)]
    for death, seconds in enumerate(pauses):
        longest = min(FIRST_PAUSE_SECONDS * 2**death, LONGEST_PAUSE_SECONDS)
        assert longest / 2 <= seconds <= longest
    assert len({round(seconds, 6) for seconds in pauses[-10:]}) == 10, "no jitter"
    assert pause.after(CALM_SECONDS) <= FIRST_PAUSE_SECONDS
