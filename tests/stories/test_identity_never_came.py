"""A surface of staff in a house where identity never was, comes, dies, and stays away: real processes, killed."""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from signal import SIGKILL
from typing import Any

import pytest

from tests.gateways import Process, call, free_port, metrics, running

PATIENCE_SECONDS = 15.0


class House:
    """Admin and identity, each a process, in a home of their own."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home, self.ports = home, {"admin": free_port(), "identity": free_port()}
        for name in [name for name in os.environ if name.startswith("MATJAR_")]:
            monkeypatch.delenv(name)
        monkeypatch.setenv("MATJAR_HOME", str(home))
        for name, port in self.ports.items():
            monkeypatch.setenv(f"MATJAR_PORT_{name.upper()}", str(port))

    def start(self, name: str) -> Process:
        url = f"http://127.0.0.1:{self.ports[name]}"
        return Process(["-m", "matjar.compose.processes", name], url, "/healthz")


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    return House(tmp_path, monkeypatch)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


def age_ms(admin: Process) -> int | None:
    """A, as /healthz tells it."""
    health: dict[str, Any] = call(f"{admin.url}/healthz")
    return health.get("heartbeat_age_ms")


def counted_age(admin: Process) -> float:
    """A, as /metrics tells it."""
    return metrics(admin.url)["matjar_heartbeat_age_seconds"]


def test_a_surface_starts_without_identity_hears_it_and_keeps_what_it_heard(house: House, stack: ExitStack) -> None:
    admin = stack.enter_context(running(house.start("admin")))
    assert age_ms(admin) is None
    assert counted_age(admin) == float("inf")
    assert (house.home / "secrets" / "admin.pem").exists()
    assert call(f"{admin.url}/bundles") == {}

    with running(house.start("identity")):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while age_ms(admin) is None:
            assert time.monotonic() < deadline, "identity is there and was not heard"
            time.sleep(0.1)
    heard = call(f"{admin.url}/bundles")
    assert set(heard) == {"keys", "revocations"}

    admin.stop(SIGKILL)
    admin.start()
    age = age_ms(admin)
    assert age is not None
    assert age > 0
    assert call(f"{admin.url}/bundles") == heard
    assert 0 < counted_age(admin) < float("inf")
