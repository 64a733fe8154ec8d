"""The pulse: whether a process that runs also lives. One that hangs is there, and serves nobody.

A surface is asked for its ``/readyz`` page, a worker with a door of its own is called there and hung up on. Whatever
comes back will do, also a no, or that it hangs up in turn: that the database is away is not held against a surface.
"""

import socket
from contextlib import suppress

from matjar.compose.processes import Process
from matjar.compose.running import Running
from matjar.compose.settings import Settings

PAUSE_SECONDS = 1.0
"""Between two rounds of asking."""

ANSWER_SECONDS = 2.0
MISSES = 4
"""In a row, so after some twelve seconds: longer than a busy disk keeps a writer waiting for one commit."""

_READY = b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


class Pulse:
    """Counts how often one process did not answer, in each of its lives."""

    def __init__(self) -> None:
        self._life: Running | None = None
        self._missed = 0
        self._has_answered = False

    def is_gone(self, life: Running, answered: bool, *, adopted: bool) -> bool:
        """Take down whether it answered; True: it has missed too often, and should be killed.

        What we started ourselves has all the time it needs until its first answer: a migration may take long.
        """
        if life is not self._life:
            self._life, self._missed, self._has_answered = life, 0, adopted
        self._missed = 0 if answered else self._missed + 1
        self._has_answered = self._has_answered or answered
        return self._has_answered and self._missed >= MISSES


def answers(process: Process, settings: Settings) -> bool:
    """Whether anything comes back; what has neither a port nor a door is not asked, and believed."""
    with suppress(OSError):
        if process.port is not None:
            return _asked(settings.host, process.port(settings))
        return process.door is None or _called(str(process.door(settings)))
    return False


def _asked(host: str, port: int) -> bool:
    with socket.create_connection((host, port), ANSWER_SECONDS) as connection:
        connection.sendall(_READY)
        connection.recv(1)
    return True


def _called(door: str) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(ANSWER_SECONDS)
        connection.connect(door)
        connection.shutdown(socket.SHUT_WR)
        connection.recv(1)
    return True
