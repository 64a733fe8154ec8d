"""`matjar status`: what really runs, since when and where, how it is, and what ails it."""

import http.client
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import msgspec
import typer

from matjar.compose import pulse, running, supervisor
from matjar.compose.cli.command import command, part
from matjar.compose.cli.listing import Column, Json, Moment, listing, note, to_people
from matjar.compose.processes import PROCESSES, Process
from matjar.compose.settings import Settings, read
from matjar.compose.speech import gettext, sentence
from matjar.core.clock import SECOND, now_ms

PATIENCE_SECONDS = 4.0
"""Longer than a surface takes to find out that a part of it does not answer."""
YOUNG_SECONDS = 10.0
"""Who has not run for so long may still be getting ready."""

WELL, ILL, DOWN, STOPPED = sentence("well"), sentence("ill"), sentence("down"), sentence("stopped")
STARTING, SILENT = sentence("starting"), sentence("does not answer")

_WITHOUT = "{process} without {part} ({detail}): {meanwhile}"

COLUMNS = (
    Column(sentence("Process")),
    Column(sentence("State")),
    Column(sentence("Pid"), number=True),
    Column(sentence("Since"), spare=2),
    Column("MiB", number=True, spare=3),
    Column(sentence("Address"), spare=1),
    Column(sentence("What is ill"), shrinks=True),
)

app = part()


class Ailment(msgspec.Struct, frozen=True):
    """A part that is ill, and what is done without it meanwhile."""

    part: str
    detail: str
    meanwhile: str = ""


class Condition(msgspec.Struct, frozen=True):
    """How one process is. Moments are milliseconds UTC."""

    process: str
    state: str
    pid: int | None = None
    since: int | None = None
    memory_bytes: int = 0
    address: str = ""
    ailments: tuple[Ailment, ...] = ()


@command(app, "status", example="matjar status --json")
def status(*, json: Json = False) -> None:
    """Show what runs: since when, where, how it is, and what ails it. Exit code 1: not everything is well.

    In a pipe: process, state, pid, moment of its start, MiB, address, what is ill.
    """
    settings = read()
    with ThreadPoolExecutor() as asking:
        others = asking.map(lambda process: examine(settings, process), PROCESSES)
        found = [_supervisor(settings), *(each for each in others if each is not None)]
    here = datetime.fromtimestamp(now_ms() / SECOND, UTC).astimezone().tzinfo or UTC
    with listing(COLUMNS, json=json) as out:
        for each in found:
            state = gettext(each.state) if to_people() else each.state
            since = Moment(each.since, here) if each.since else None
            memory = each.memory_bytes // 2**20 or None
            ill = ", ".join(ailment.part for ailment in each.ailments)
            out.add(each, each.process, state, each.pid, since, memory, each.address or None, ill or None)
    for each in found:
        for ailment in each.ailments:
            note(_WITHOUT.format(process=each.process, **msgspec.structs.asdict(ailment)))
    if any(each.state != WELL for each in found):
        raise typer.Exit(1)


def examine(settings: Settings, process: Process) -> Condition | None:
    """How a process is; None: it does not run, and should not."""
    found = running.find(settings.run_folder, process.name)
    vitals = running.vitals(found.pid) if found else None
    if found is None or vitals is None:
        return Condition(process.name, DOWN) if process.wanted(settings) else None
    state, ailments = (STOPPED, ()) if vitals.stopped else _ask(settings, process, found.address)
    if state == SILENT and vitals.age_seconds < YOUNG_SECONDS:
        state = STARTING
    since = now_ms() - round(vitals.age_seconds * SECOND)
    return Condition(process.name, state, found.pid, since, vitals.memory_bytes, found.address, ailments)


def _supervisor(settings: Settings) -> Condition:
    """Nobody asks the supervisor: it is well if it runs."""
    found = examine(settings, Process(supervisor.NAME, lambda _: None))
    assert found is not None
    return found


def _ask(settings: Settings, process: Process, address: str) -> tuple[str, tuple[Ailment, ...]]:
    """What the process says of itself, at the address that it wrote down."""
    if not address:
        return (WELL if pulse.answers(process, settings) else SILENT), ()
    where = urlsplit(address)
    said: dict[str, Any] = {}
    with suppress(OSError, http.client.HTTPException, msgspec.DecodeError):
        connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=PATIENCE_SECONDS)
        connection.request("GET", process.page)
        answer = connection.getresponse()
        if answer.status == http.HTTPStatus.OK:
            said = {"parts": {}} | msgspec.json.decode(answer.read(), type=dict[str, Any])
        connection.close()
    if not said:
        return SILENT, ()
    ailments = tuple(
        Ailment(name, each.get("detail", ""), each.get("meanwhile", ""))
        for name, each in said["parts"].items()
        if each.get("status") != "ok"
    )
    return (ILL if ailments else WELL), ailments
