"""What a surface goes by, put together from the settings: its trust, and what brings it its bundles."""

import msgspec
import structlog

from matjar.compose.settings import BAD_VALUE, Settings
from matjar.edge.following import Folder, Follower, Source
from matjar.edge.sharing import OPEN_KINDS, STAFF_SURFACES
from matjar.edge.trust import Trust
from matjar.resilience.bundles import ACCESS, Jwk, Shelf

_log = structlog.get_logger("matjar.bundles")


def open_trust(settings: Settings, surface: str) -> Trust:
    """From this surface's own disk alone; refuses ``settings.bad_value`` for a root that is no key."""
    try:
        root = msgspec.json.decode(settings.root_key, type=Jwk) if settings.root_key else None
    except msgspec.MsgspecError as error:
        raise BAD_VALUE(name="MATJAR_ROOT_KEY", reason=str(error)) from None
    trust = Trust(settings.home, surface, root)
    for problem in trust.load():
        _log.warning("bundle_lost", code=problem.code, **problem.facts)
    return trust


def open_follower(settings: Settings, trust: Trust) -> Follower:
    """From the makers' folder, and from every other surface that is named; ``run`` it in the background."""
    kinds = OPEN_KINDS | ({ACCESS} if trust.surface in STAFF_SURFACES else set())
    return Follower(trust, [Folder(Shelf(settings.home / "bundles")), *_others(settings, trust)], kinds, settings.pace)


def _others(settings: Settings, trust: Trust) -> list[Source]:
    if not settings.bundle_sources:
        return []
    from matjar.edge.fetching import Surface  # noqa: PLC0415 - who asks nobody needs no way to ask

    return [Surface(url, trust) for url in settings.bundle_sources]
