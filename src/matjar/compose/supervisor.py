"""The supervisor behind ``matjar run``: starts every process, starts again what dies or hangs, stops all together.

Each process has its own session and log, so it outlives a supervisor that is killed; the next one adopts it. Nothing
of the platform is loaded here: this process does nothing but watch.
"""

import errno
import random
import selectors
import signal
import socket
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from matjar.compose import pulse, running
from matjar.compose.processes import ALREADY_RUNNING, PORT_TAKEN, Process, wanted
from matjar.compose.running import Running
from matjar.compose.settings import Settings, read
from matjar.core.clock import monotonic_seconds
from matjar.core.refusal import Refusal

NAME = "supervisor"
FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 15.0
CALM_SECONDS = 60.0
"""A process that lived this long has shown that it can: its next death is its first."""

STAGGER_SECONDS = 0.5
"""Between the first starts, after the first two: about what a process needs of a core to load."""

SURFACES_STOP_SECONDS = 2.1
WRITER_STOPS_SECONDS = 0.5
"""Together within the three seconds that a person waits after Ctrl-C before pressing it again."""

STOP = signal.SIGTERM
"""What asks a supervisor to stop everything."""

STOP_SECONDS = 3.0
_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_KILL_SECONDS = 0.3
_PROBE_SECONDS = 0.05


class Pause:
    """How long to wait before the next start: twice as long after each death, with jitter, up to a cap."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._deaths = 0

    def after(self, lived_seconds: float) -> float:
        """Seconds to wait after a life of this length."""
        self._deaths = 0 if lived_seconds >= CALM_SECONDS else self._deaths
        longest: float = min(FIRST_PAUSE_SECONDS * 2**self._deaths, LONGEST_PAUSE_SECONDS)
        self._deaths = min(self._deaths + 1, 16)
        return longest * self._chance.uniform(0.5, 1.0)


class Ward:
    """A process under watch: running, or waiting for its next start."""

    def __init__(self, process: Process, chance: random.Random) -> None:
        self.process = process
        self.running: Running | None = None
        self.child: subprocess.Popen[bytes] | None = None
        self.since = 0.0
        self.due_at = 0.0
        self.pause = Pause(chance)
        self.pulse = pulse.Pulse()


class Supervisor:
    """Watches one platform on this machine."""

    def __init__(self, settings: Settings, say: Callable[[str], None]) -> None:
        self._settings = settings
        self._say = say
        chance = random.Random()  # noqa: S311 - restarts that do not all fall together need no secrecy
        self._wards = [Ward(process, chance) for process in wanted(settings)]
        self._selector = selectors.DefaultSelector()
        self._stopping = threading.Event()
        self._woken, self._waker = socket.socketpair()
        self._hanging: deque[tuple[Ward, Running]] = deque()

    def run(self) -> None:
        """Keep every process running until SIGINT, SIGTERM or SIGHUP; refuses ``platform.already_running``.

        Refuses ``platform.port_taken`` where a stranger has the port of a process that is to start.
        """
        earlier = running.find(self._settings.run_folder, NAME)
        if earlier is not None:
            raise ALREADY_RUNNING(name=NAME, pid=earlier.pid)
        running.record(self._settings.run_folder, NAME)
        self._listen_for_signals()
        self._put_in_line()
        self._check_ports()
        threading.Thread(target=self._announce, daemon=True).start()
        threading.Thread(target=self._feel_pulses, daemon=True).start()
        while not self._stopping.is_set():
            self._start_what_is_due()
            self._wait(min((ward.due_at for ward in self._wards if ward.running is None), default=None))
        self.stop()

    def _listen_for_signals(self) -> None:
        """A signal sets the flag, and its number on the socket ends the wait. ``nohup`` is respected.

        That shells let what they start in the background ignore Ctrl-C is not: who sends it to us by name means it.
        """
        for end in (self._woken, self._waker):
            end.setblocking(False)
        self._selector.register(self._woken, selectors.EVENT_READ)
        signal.set_wakeup_fd(self._waker.fileno())
        for number in _STOPPING:
            if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, lambda *_: self._stopping.set())

    def _put_in_line(self) -> None:
        """Adopt what runs; let the rest start one after the other, so that who sells has the cores to itself first."""
        self.adopt()
        now = monotonic_seconds()
        for place, ward in enumerate(ward for ward in self._wards if ward.running is None):
            ward.due_at = now + max(0, place - 1) * STAGGER_SECONDS

    def _check_ports(self) -> None:
        """Said before anything starts: what cannot have its port would die again and again, and a stranger answer."""
        for ward in self._wards:
            if ward.running is None and ward.process.port is not None:
                port, name = ward.process.port(self._settings), ward.process.name
                if _is_taken(self._settings.host, port):
                    raise PORT_TAKEN(port=str(port), name=name, setting=f"MATJAR_PORT_{name.upper()}")

    def _start_what_is_due(self) -> None:
        now = monotonic_seconds()
        for ward in self._wards:
            if ward.running is None and ward.due_at <= now:
                self._watch(ward, running.find(self._settings.run_folder, ward.process.name) or self._start(ward))
                ward.since = now

    def _start(self, ward: Ward) -> Running:
        name = ward.process.name
        with (self._settings.log_folder / f"{name}.log").open("ab") as log:
            ward.child = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-m", "matjar.compose.processes", name],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        return running.of(ward.child.pid)

    def _watch(self, ward: Ward, found: Running) -> None:
        ward.running = found
        self._selector.register(found.fd, selectors.EVENT_READ, ward)

    def _wait(self, until: float | None) -> None:
        """Wait for a death, a signal, somebody who hangs, or the next start."""
        timeout = None if until is None else max(0.0, until - monotonic_seconds())
        for key, _ in self._selector.select(timeout):
            if isinstance(key.data, Ward):
                self._bury(key.data)
            else:
                self._woken.recv(64)
                self._kill_who_hangs()

    def _feel_pulses(self) -> None:
        """Ask every process again and again whether it lives: in a thread of its own, since asking takes time."""
        while not self._stopping.wait(pulse.PAUSE_SECONDS):
            for ward in self._wards:
                life, adopted = ward.running, ward.child is None
                if life is not None and ward.pulse.is_gone(
                    life, pulse.answers(ward.process, self._settings), adopted=adopted
                ):
                    self._hanging.append((ward, life))
                    self._waker.send(b"\0")

    def _kill_who_hangs(self) -> None:
        while self._hanging:
            ward, life = self._hanging.popleft()
            if ward.running is life:
                self._say(f"{ward.process.name} runs and does not answer: it is killed")
                life.send(signal.SIGKILL)

    def _bury(self, ward: Ward) -> None:
        assert ward.running is not None
        self._selector.unregister(ward.running.fd)
        ward.running.close()
        ward.running = None
        code = ward.child.wait() if ward.child else None
        ward.child = None
        if self._stopping.is_set():
            return
        now = monotonic_seconds()
        pause = ward.pause.after(now - ward.since)
        ward.due_at = now + pause
        how = "" if code is None else f" with code {code}"
        log = self._settings.log_folder / f"{ward.process.name}.log"
        self._say(f"{ward.process.name} ended{how}; it starts again in {pause:.1f} s; its log is {log}")

    def adopt(self) -> None:
        """Watch what an earlier supervisor left running, and start nothing."""
        for ward in self._wards:
            found = running.find(self._settings.run_folder, ward.process.name)
            if found is not None:
                self._watch(ward, found)

    def stop(self) -> None:
        """End every process: by SIGTERM, the writer last; what is left then, by SIGKILL."""
        self._stopping.set()
        writers = [ward for ward in self._wards if ward.process.name == "writer"]
        surfaces = [ward for ward in self._wards if ward not in writers]
        self._end(surfaces, signal.SIGTERM, SURFACES_STOP_SECONDS)
        self._end(writers, signal.SIGTERM, WRITER_STOPS_SECONDS)
        self._end(self._wards, signal.SIGKILL, _KILL_SECONDS)

    def _end(self, wards: list[Ward], number: signal.Signals, seconds: float) -> None:
        for ward in wards:
            if ward.running is not None:
                ward.running.send(number)
        deadline = monotonic_seconds() + seconds
        while any(ward.running for ward in wards) and monotonic_seconds() < deadline:
            self._wait(deadline)

    def _announce(self) -> None:
        """Say where the shops are as soon as the first page answers, that of the first process that has one.

        Another process finds that out: what it has to load would stay in memory here.
        """
        pages = [ward.process for ward in self._wards if ward.process.port]
        while pages and not answers(pages[0], self._settings):
            if self._stopping.wait(_PROBE_SECONDS):
                return
        asked = [sys.executable, "-m", "matjar.compose.welcome"]
        found = subprocess.run(asked, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603 - our own program
        self._say(found.stdout.rstrip())


def _is_taken(host: str, port: int) -> bool:
    """Whether anybody listens there. A connection that has just ended is nobody."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error.errno == errno.EADDRINUSE
    return False


def answers(process: Process, settings: Settings) -> bool:
    """Whether the process's page is there."""
    assert process.port is not None
    request = f"GET {process.page} HTTP/1.1\r\nHost: {settings.host}\r\nConnection: close\r\n\r\n"
    with suppress(OSError), socket.create_connection((settings.host, process.port(settings)), 5.0) as connection:
        connection.sendall(request.encode())
        return connection.recv(16).split()[1:2] in ([b"200"], [b"302"], [b"303"])
    return False


def main() -> None:
    """Watch the platform of this home folder."""
    try:
        Supervisor(read(), lambda text: print(text, flush=True)).run()
    except Refusal as no:
        sys.exit(f"matjar: {no}")


if __name__ == "__main__":
    main()
