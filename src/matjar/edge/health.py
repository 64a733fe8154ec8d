"""Is this surface well, and which part of what it leans on is ill? For machines, and for whoever is called at night."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import msgspec
from litestar import Response, Router, get
from litestar.handlers import HTTPRouteHandler

from matjar.core.action import PUBLIC
from matjar.core.refusal import Refusal
from matjar.edge import metrics

CHECK_SECONDS = 1.5
"""How long a part may take to answer before it counts as ill: less than a prober waits for all of them."""


class Part(msgspec.Struct, frozen=True, omit_defaults=True):
    """How one part is; where it is ill, what ails it, and what the surface does meanwhile."""

    status: str
    detail: str = ""
    meanwhile: str = ""


class Health(msgspec.Struct, frozen=True, omit_defaults=True):
    """How the surface is: ``ok``, or ``degraded`` with the parts that say why."""

    surface: str
    status: str
    parts: dict[str, Part]
    heartbeat_age_ms: int | None = None
    """A: how old the newest revocations are, where the surface goes by them and ever heard any."""


Check = Callable[[], Awaitable[str]]
"""Answers what ails a part, or nothing."""


def health_routes(
    surface: str, checks: Mapping[str, Check], ready: Callable[[], bool], meanwhile: Mapping[str, str],
    age_ms: Callable[[], int | None] = lambda: None,
) -> Router:  # fmt: skip
    """``/healthz`` (always 200 while the surface serves), ``/readyz`` (503 until it can), ``/metrics``.

    ``meanwhile`` says, by part, what the surface does without it: its ``needs.py``; ``age_ms`` is A, if it has one.
    """

    @get("/healthz")
    async def healthz() -> Health:
        found = await asyncio.gather(*(_ask(name, check, meanwhile[name]) for name, check in checks.items()))
        ill = any(part.status != "ok" for part in found)
        return Health(surface, "degraded" if ill else "ok", dict(zip(checks, found, strict=True)), age_ms())

    @get("/readyz")
    async def readyz() -> Response[dict[str, bool]]:
        return Response({"ready": ready()}, status_code=200 if ready() else 503)

    @get("/metrics", media_type="text/plain; version=0.0.4; charset=utf-8")
    async def exposition() -> bytes:
        return metrics.exposition()

    handlers: list[HTTPRouteHandler] = [healthz, readyz, exposition]
    return Router("/", route_handlers=handlers, opt={"action": PUBLIC})


async def _ask(name: str, check: Check, meanwhile: str) -> Part:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            ailment = await check()
    except Refusal as refusal:
        ailment = refusal.code
    except TimeoutError:
        ailment = "does not answer"
    metrics.PART_ILL.labels(name).set(1 if ailment else 0)
    return Part("ill", ailment, meanwhile) if ailment else Part("ok")
