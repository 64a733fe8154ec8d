"""Bodies that hardly come: they take nobody's place, and their time is bounded."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from matjar.core.limits import BODY_SECONDS, SLOW_BODIES
from matjar.surfaces.storefront.app import BEGINNING
from tests.platform import Platform
from tests.surfaces.storefront.guest import Guest

HEAD = b"POST /checkout-sessions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
DRIP = HEAD + b"Content-Length: 1000\r\n\r\n{"


@pytest.fixture
def dripping(platform: Platform) -> Iterator[list[socket.socket]]:
    """More clients than may begin a checkout at once, each of whom has sent one byte of a thousand."""
    with ExitStack() as stack:
        address = ("127.0.0.1", platform.settings.port_storefront)
        connections = [stack.enter_context(socket.create_connection(address)) for _ in range(2 * BEGINNING)]
        for connection in connections:
            connection.sendall(DRIP)
        yield connections


def test_who_drips_holds_up_nobody_and_is_turned_away_in_time(dripping: list[socket.socket], guest: Guest) -> None:
    assert len(dripping) < SLOW_BODIES
    began = time.monotonic()
    for _ in range(20):
        assert guest.pay(guest.fill())[0] == 200
    assert time.monotonic() - began < BODY_SECONDS / 2
    for connection in dripping:
        connection.settimeout(BODY_SECONDS + 5)
        assert connection.recv(12) == b"HTTP/1.1 408"


def test_who_leaves_halfway_leaves_nothing_behind(platform: Platform, guest: Guest) -> None:
    for _ in range(2 * SLOW_BODIES):
        with socket.create_connection(("127.0.0.1", platform.settings.port_storefront)) as connection:
            connection.sendall(DRIP)
    assert guest.pay(guest.fill())[0] == 200
    assert "Traceback" not in platform.logs()
