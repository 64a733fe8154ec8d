"""Serving over real sockets: who is new does not wait behind those who are in."""

import socket
import time
from contextlib import ExitStack

from matjar.edge.serving import EARS
from tests.edge.turning import PAUSE_SECONDS
from tests.gateways import Process, free_port, running

NEWCOMERS = 8 * EARS


def ask(connection: socket.socket, path: str = "/") -> None:
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: shop\r\n\r\n".encode())


def answer(connection: socket.socket) -> int:
    """At which turn of the loop the answer was given."""
    received = b""
    while piece := connection.recv(4096):
        received += piece
    return int(received.rpartition(b"\r\n\r\n")[2])


def test_a_crowd_of_new_connections_is_let_in_many_at_a_turn() -> None:
    port = free_port()
    surface = Process(["-m", "tests.edge.turning", str(port)], f"http://127.0.0.1:{port}", "/")
    with running(surface), ExitStack() as open_:

        def connect() -> socket.socket:
            return open_.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))

        busy = connect()
        ask(busy, "/pause")
        time.sleep(PAUSE_SECONDS / 5)
        crowd = [connect() for _ in range(NEWCOMERS)]
        for each in crowd:
            ask(each)
        turns = [answer(each) for each in crowd]
        assert min(turns) > answer(busy), "they came while the loop was held up"
        assert max(turns) - min(turns) < NEWCOMERS // 4
