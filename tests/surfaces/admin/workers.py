"""A second worker of the back office: it shares what the first one remembers."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.gateways import free_port
from tests.platform import ROOT, Platform
from tests.surfaces.admin.office import Devices, Person, wait_until

WORKER = """
import sys
from matjar.compose.admin import open_admin
from matjar.compose.settings import read
from matjar.edge.serving import serve
from matjar.surfaces.admin import app

parts, behind = open_admin(read())
serve(app.make(parts), "127.0.0.1", int(sys.argv[1]), behind)
"""
"""The back office once more, at the same address as far as people know, and on a port of its own."""


@contextmanager
def second_worker(platform: Platform, house: Devices) -> Iterator[int]:
    """Running; its port."""
    port = free_port()
    with (platform.settings.log_folder / "second.log").open("ab") as log:
        command = [sys.executable, "-c", WORKER, str(port)]
        worker = subprocess.Popen(command, env=platform.environ, stdout=log, stderr=log, cwd=ROOT)
    try:
        there = Person(platform, house).at(port)
        wait_until(lambda: _answers(there), platform)
        yield port
    finally:
        worker.terminate()
        worker.wait(10)


def _answers(person: Person) -> bool:
    """Whether the worker that they are at is there."""
    try:
        return person.get("/sign-in").status == 200
    except OSError:
        return False
