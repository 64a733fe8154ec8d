"""The pulse: what hangs is killed and started anew; what answers, whatever it says, is left alone."""

import asyncio
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import monotonic, sleep

import pytest

from benchmarks.shop import open_shop
from matjar.compose import pulse, wiring
from matjar.compose.cli.database import bring_up_to_date
from matjar.compose.processes import Process
from matjar.compose.pulse import ANSWER_SECONDS, MISSES, PAUSE_SECONDS, Pulse
from matjar.compose.running import Running
from matjar.compose.settings import Settings, read
from tests import postgres
from tests.compose.supervised import Supervised, until
from tests.platform import ask

LIFE, ANOTHER = Running(1, 1), Running(2, 2)
HANGS_SECONDS = MISSES * (PAUSE_SECONDS + ANSWER_SECONDS)
TOLD = {
    "buyer": {"email": "sara@example.com"},
    "shipping_address": {"name": "Sara Haddad", "line1": "12 Marina Walk", "city": "Dubai", "country": "AE"},
    "delivery": "courier",
}


def test_a_process_is_given_up_after_so_many_misses_in_a_row() -> None:
    heart = Pulse()
    felt = [True, *([False] * (MISSES - 1)), True, *([False] * MISSES)]
    given_up = [heart.is_gone(LIFE, answered, adopted=False) for answered in felt]
    assert given_up == [False] * (len(felt) - 1) + [True]


def test_a_process_that_starts_has_all_its_time_and_an_adopted_one_has_started() -> None:
    heart = Pulse()
    assert not any(heart.is_gone(LIFE, answered=False, adopted=False) for _ in range(10 * MISSES))
    assert not heart.is_gone(LIFE, answered=True, adopted=False)
    assert [heart.is_gone(ANOTHER, answered=False, adopted=True) for _ in range(MISSES)][-1]
    assert not heart.is_gone(LIFE, answered=False, adopted=False)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read({"MATJAR_HOME": str(tmp_path / "var")})


@contextmanager
def listening(family: socket.AddressFamily, address: object, say: Callable[[socket.socket], None]) -> Iterator[None]:
    """Somebody who takes one call, and does this with it."""
    with socket.socket(family) as listener:
        listener.bind(address)  # type: ignore[arg-type]
        listener.listen()

        def take() -> None:
            connection, _ = listener.accept()
            with connection:
                say(connection)

        thread = threading.Thread(target=take)
        thread.start()
        yield
        thread.join()


def _say_no(connection: socket.socket) -> None:
    connection.recv(4096)
    connection.sendall(b"HTTP/1.1 503 Service Unavailable\r\n\r\n")


def _say_nothing(connection: socket.socket) -> None:
    sleep(ANSWER_SECONDS + 0.5)


@pytest.mark.parametrize(("does", "lives"), [(_say_no, True), (_say_nothing, False)])
def test_a_no_is_an_answer_and_silence_is_none(
    settings: Settings, does: Callable[[socket.socket], None], lives: bool
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    surface = Process("surface", lambda _: None, port=lambda _: port)
    with listening(socket.AF_INET, ("127.0.0.1", port), does):
        assert pulse.answers(surface, settings) is lives
    assert not pulse.answers(surface, settings)


@pytest.mark.parametrize(("does", "lives"), [(lambda _: None, True), (_say_nothing, False)])
def test_who_hangs_up_in_turn_lives(
    settings: Settings, tmp_path: Path, does: Callable[[socket.socket], None], lives: bool
) -> None:
    worker = Process("worker", lambda _: None, door=lambda _: tmp_path / "door")
    assert not pulse.answers(worker, settings)
    with listening(socket.AF_UNIX, str(tmp_path / "door"), does):
        assert pulse.answers(worker, settings) is lives


async def _open_shop(settings: Settings) -> int:
    async with wiring.storage_of_command_line(settings) as storage:
        return (await open_shop(storage, products=1, stock=10))[0]


def _sells(platform: Supervised, variant_id: int) -> bool:
    """Whether somebody can buy, from the first call to the order."""
    url = f"http://127.0.0.1:{platform.environ['MATJAR_PORT_STOREFRONT']}/checkout-sessions"
    try:
        status, made = ask(url, {"line_items": [{"item": {"id": str(variant_id)}, "quantity": 1}]})
        if status != 201:
            return False
        ask(f"{url}/{made['id']}", TOLD, method="PUT")
        paid = ask(f"{url}/{made['id']}/complete", {"payment": {"gateway": "cash_on_delivery"}})
    except OSError:
        return False
    return paid[1].get("status") == "completed"


def _pids(platform: Supervised, *names: str) -> dict[str, int]:
    return {name: platform.pid(name) for name in names}


def _is_another(platform: Supervised, name: str, pid: int) -> bool:
    return platform.pid(name) != pid


@pytest.mark.parametrize("names", [["writer"], ["storefront"], ["finisher", "gateway_twin"]])
def test_what_hangs_is_replaced_and_sells_again(platform: Supervised, names: list[str]) -> None:
    variant_id = asyncio.run(_open_shop(read(platform.environ)))
    supervisor = platform.run()
    until(partial(_sells, platform, variant_id))
    before = _pids(platform, "writer", "storefront", "gateway_twin", "finisher")
    for name in names:
        os.kill(before[name], signal.SIGSTOP)
    for name in names:
        until(partial(_is_another, platform, name, before[name]))
    until(partial(_sells, platform, variant_id))
    after = _pids(platform, *before)
    assert {name for name in before if after[name] != before[name]} == set(names)
    assert supervisor.poll() is None


@pytest.mark.postgres
def test_nobody_is_killed_because_the_database_hangs(tmp_path: Path) -> None:
    server = postgres.make_folder()
    platform = Supervised(tmp_path / "var", MATJAR_DATABASE=postgres.start(server))
    try:
        settings = read(platform.environ)
        bring_up_to_date(settings)
        variant_id = asyncio.run(_open_shop(settings))
        platform.run()
        until(partial(_sells, platform, variant_id))
        before = _pids(platform, "storefront", "finisher")
        postgres.signal_all(server, signal.SIGSTOP)
        ends = monotonic() + 2 * HANGS_SECONDS
        while monotonic() < ends:
            assert _pids(platform, *before) == before
            sleep(1.0)
        postgres.signal_all(server, signal.SIGCONT)
        until(partial(_sells, platform, variant_id))
        assert _pids(platform, *before) == before
    finally:
        platform.clean()
        postgres.stop(server)
