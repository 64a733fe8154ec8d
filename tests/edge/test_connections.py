"""Connections over real sockets: who says nothing, says it slowly, or does not listen, has no place for long."""

import resource
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from http.client import HTTPConnection

import pytest

from matjar.core.limits import CONNECTIONS, HEAD_BYTES, OTHER_FILES
from matjar.edge.connections import make_room
from tests.edge.served import LONG_BYTES, REQUEST_SECONDS, ROOM, UNREAD_SECONDS
from tests.gateways import Process, free_port, running

ASKED = b"GET / HTTP/1.1\r\nHost: shop\r\n\r\n"
GRACE_SECONDS = 5.0
CHUNK_BYTES = 1 << 20

Connect = Callable[[], socket.socket]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Where the surface is."""
    port = free_port()
    with running(Process(["-m", "tests.edge.served", str(port)], f"http://127.0.0.1:{port}", "/")):
        yield port


@pytest.fixture
def connect(port: int) -> Iterator[Connect]:
    """Opens connections, which are closed after the test."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))


def ask(connection: socket.socket, path: bytes = b"/") -> bytes:
    """The status line of the answer, nothing where there is none any more; its body waits to be read."""
    head = b""
    with suppress(ConnectionError):
        connection.sendall(ASKED.replace(b"/", path, 1))
        while not head.endswith(b"\r\n\r\n") and (byte := connection.recv(1)):
            head += byte
    return head.partition(b"\r\n")[0]


def is_answered(connection: socket.socket) -> bool:
    """Ask, and hear the whole answer."""
    return ask(connection) == b"HTTP/1.1 200 OK" and connection.recv(4096) == b"well"


def is_cut_off(connection: socket.socket) -> bool:
    """Wait for what comes, and tell whether it is the end."""
    try:
        return connection.recv(4096) == b""
    except ConnectionError:
        return True


def drip(connection: socket.socket, text: bytes, pause_seconds: float) -> float:
    """Say a letter at a time until we are cut off; after how many seconds."""
    began = time.monotonic()
    connection.settimeout(pause_seconds)
    for letter in text:
        try:
            connection.sendall(bytes([letter]))
            if not connection.recv(1):
                break
        except TimeoutError:
            continue
        except ConnectionError:
            break
    return time.monotonic() - began


def test_who_says_nothing_is_cut_off_in_time(connect: Connect) -> None:
    silent = connect()
    began = time.monotonic()
    assert is_cut_off(silent)
    assert REQUEST_SECONDS <= time.monotonic() - began < REQUEST_SECONDS + GRACE_SECONDS


def test_who_says_a_letter_at_a_time_is_cut_off_in_time(connect: Connect) -> None:
    assert drip(connect(), ASKED[:-2] + b"X-Long: " + b"x" * 200, 0.1) < REQUEST_SECONDS + GRACE_SECONDS


def test_who_has_been_answered_and_then_says_a_letter_at_a_time_is_cut_off_in_time(connect: Connect) -> None:
    known = connect()
    assert is_answered(known)
    assert drip(known, b"GET / HTTP/1.1\r\nX-Long: " + b"x" * 200, 0.1) < REQUEST_SECONDS + GRACE_SECONDS


def test_a_head_without_end_is_cut_off_before_it_fills_the_memory(connect: Connect) -> None:
    endless = connect()
    endless.sendall(b"GET / HTTP/1.1\r\n")
    sent = 0
    with suppress(ConnectionError):
        while sent < 100 * HEAD_BYTES:
            sent += endless.send(b"X-Long: " + b"x" * 8_000 + b"\r\n")
            time.sleep(0.001)
    assert sent < 100 * HEAD_BYTES


def test_a_body_is_not_taken_for_a_head(port: int) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    for _ in range(2):
        connection.request("POST", "/", b"x" * 4 * HEAD_BYTES)
        with connection.getresponse() as answer:
            assert len(answer.read()) == 4 * HEAD_BYTES
    connection.close()


def test_one_too_many_takes_the_place_of_who_has_kept_silent_for_the_longest(connect: Connect) -> None:
    first, second, third = (connect() for _ in range(ROOM))
    assert all(is_answered(each) for each in (first, second, third, first))
    assert is_answered(connect())
    assert [is_answered(each) for each in (first, second, third)] == [True, False, True]


def test_nobody_who_waits_for_an_answer_is_sent_away_for_a_newcomer(connect: Connect) -> None:
    waiting = [connect() for _ in range(ROOM)]
    assert [ask(each, b"/slow") for each in waiting] == [b"HTTP/1.1 200 OK"] * ROOM
    assert ask(connect()) == b""
    assert [each.recv(4096) for each in waiting] == [b"well"] * ROOM


def test_who_does_not_read_the_answer_is_cut_off_in_time_and_who_reads_slowly_is_not(connect: Connect) -> None:
    deaf, slow = connect(), connect()
    for each in (deaf, slow):
        assert ask(each, b"/long") == b"HTTP/1.1 200 OK"
    began = time.monotonic()
    assert read_long(slow, 3 * UNREAD_SECONDS / (LONG_BYTES / CHUNK_BYTES)) >= LONG_BYTES
    assert time.monotonic() - began > 2 * UNREAD_SECONDS
    assert read_long(deaf, 0) < LONG_BYTES


def read_long(connection: socket.socket, pause_seconds: float) -> int:
    """How much of a long answer comes, to who takes it a piece at a time."""
    got = 0
    with suppress(ConnectionError):
        while got < LONG_BYTES and (chunk := connection.recv(CHUNK_BYTES)):
            got += len(chunk)
            time.sleep(pause_seconds)
    return got


def test_a_surface_asks_for_as_many_files_as_its_connections_need() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (1_024, before[1]))
        assert make_room() == min(CONNECTIONS, before[1] - OTHER_FILES)
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == min(CONNECTIONS + OTHER_FILES, before[1])
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
