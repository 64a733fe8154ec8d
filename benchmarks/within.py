"""The raw rate of browsing: the storefront's own application, called in this process without HTTP."""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, MutableMapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

from benchmarks.figures import Run
from benchmarks.machine import Meter
from benchmarks.platform import Platform
from benchmarks.shop import HOST
from matjar.compose.wiring import open_catalogue
from matjar.edge.catalogue import Follower
from matjar.edge.door import App, Scope
from matjar.edge.local import Local
from matjar.edge.paying import Cashier
from matjar.edge.tokens import Tokens
from matjar.edge.trust import Trust
from matjar.edge.visit import Proxies
from matjar.surfaces.storefront import app
from matjar.surfaces.storefront.parts import Parts
from matjar.surfaces.storefront.sessions import Sessions

TURNS = 64
"""Answers between two turns of whoever else is in this process: who follows the catalogue, and who changes prices."""


class Asked(NamedTuple):
    """A GET: its path with its query, and its headers."""

    path: str
    headers: tuple[tuple[str, str], ...]


async def answers(platform: Platform, asked: Sequence[Asked], seconds: float) -> Run:
    """Answers per second, one after another, by an application that has each of them ready if it keeps any."""
    scopes = [_scope(each) for each in asked]
    async with _storefront(platform) as serve:
        for scope in scopes:
            await serve(scope, _receive, _take)
        turn, count = itertools.cycle(scopes), 0
        ends = time.perf_counter() + seconds
        with Meter() as meter:
            while time.perf_counter() < ends:
                for scope in itertools.islice(turn, TURNS):
                    await serve(scope, _receive, _take)
                count += TURNS
                await asyncio.sleep(0)
    return {"raw": count / meter.seconds, "raw others": meter.others}


@asynccontextmanager
async def _storefront(platform: Platform) -> AsyncIterator[App]:
    """The application over a catalogue of its own, which follows the same feed as the platform's."""
    settings, storage = platform.settings, platform.storage()
    home, tokens = settings.home / "within", Tokens(settings.secret.reveal())
    home.mkdir(exist_ok=True)
    catalogue = open_catalogue(settings, home / "storefront.sqlite")
    trust, local = Trust(home, "storefront"), Local(home / "local.sqlite")
    parts = Parts(
        storage, Cashier({}, tokens), tokens, catalogue, Proxies(()), str(settings.media_folder), trust, local,
        Sessions(trust, local), secret=b"",
    )  # fmt: skip
    following = asyncio.create_task(Follower(storage, catalogue).run())
    try:
        while not (catalogue.ready and catalogue.fresh_at):  # noqa: ASYNC110 - nobody tells us
            await asyncio.sleep(0.01)
        yield app.make(parts)
    finally:
        following.cancel()
        await asyncio.wait([following])
        catalogue.close()
        await storage.close()


def _scope(asked: Asked) -> Scope:
    path, _, query = asked.path.partition("?")
    headers = [(b"host", HOST.encode()), *((name.lower().encode(), value.encode()) for name, value in asked.headers)]
    return {
        "type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": headers,
        "client": ("127.0.0.1", 0),
    }  # fmt: skip


async def _receive() -> MutableMapping[str, Any]:
    raise AssertionError("nobody reads the body of a GET")


async def _take(message: MutableMapping[str, Any]) -> None:
    assert message.get("status", 200) == 200, message
