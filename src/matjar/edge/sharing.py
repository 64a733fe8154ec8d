"""Sharing: any surface gives the bundles that it keeps to any other, so that one cut line cuts nobody off.

``GET /bundles`` says which there are, ``GET /bundles/<kind>/<shop>`` gives one. Keys and revocations are anybody's;
who works in a shop is given only to the surfaces that need it, on a request that their key has signed.
"""

from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any

import msgspec
from litestar import Request, Response, Router, get
from litestar.params import FromPath

from matjar.core.action import PUBLIC
from matjar.core.clock import MINUTE
from matjar.core.refusal import Kind, declare
from matjar.edge.trust import Trust
from matjar.resilience.bundles import KEYS, REVOCATIONS, Forged, SigningKey, Use, read_signed
from matjar.resilience.bundles.signing import sign

NO_BUNDLE = declare("sharing.no_bundle", Kind.NOT_FOUND, "There is no such bundle here.")
WHO_ASKS = declare("sharing.who_asks", Kind.UNPROVEN, "This is given to surfaces that sign their request.")

OPEN_KINDS = frozenset({KEYS, REVOCATIONS})
STAFF_SURFACES = frozenset({"admin", "till", "api", "identity"})
"""Those where people of a shop work, and programs that they let in."""
TIME = "matjar-time"
"""The header that tells our time: who asks signs it, so that a wrong clock of theirs keeps nobody out."""
SCHEME = "Matjar "
ASKED_MS = 2 * MINUTE
"""How long a signature is good for a request: also that of one that waited in a queue."""


class Asked(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a surface signs: what it asks for, and at which time of whoever it asks."""

    path: str
    at: int
    body: str = ""
    """SHA-256 of what it sends along; empty: nothing."""
    nonce: str = ""
    """Random, where the request is good once."""


class Asker(msgspec.Struct, frozen=True):
    """A surface of the shops' people that has signed a request."""

    surface: str
    asked: Asked


class Shared(msgspec.Struct, frozen=True):
    """A bundle as it travels: bytes are Base64 in JSON."""

    token: str
    files: Mapping[str, bytes]


_read_asked = msgspec.json.Decoder(Asked).decode


def authorization(key: SigningKey, path: str, at: int, body: bytes = b"", nonce: str = "") -> str:
    """The header by which a surface asks; ``at`` is the time of whoever it asks, milliseconds UTC."""
    return SCHEME + sign(key, Use.REQUEST, msgspec.json.encode(Asked(path, at, _digest(body), nonce)))


def find_asker(trust: Trust, request: Request[Any, Any, Any], body: bytes = b"") -> Asker | None:
    """The surface of the shops' people that has signed just this request, just now; None: none whose key counts."""
    now, header = trust.now(), request.headers.get("authorization", "")
    try:
        payload, key = read_signed(header.removeprefix(SCHEME), Use.REQUEST, lambda kid: trust.kept.ring.find(kid, now))
        asked = _read_asked(payload)
    except (Forged, msgspec.MsgspecError):
        return None
    is_this = asked.path == request.url.path and asked.body == _digest(body) and abs(now - asked.at) <= ASKED_MS
    return Asker(key.owner, asked) if is_this and key.owner in STAFF_SURFACES else None


def bundle_routes(trust: Trust, given_to_staff: Collection[str] = ()) -> Router:
    """The two routes; ``given_to_staff`` are the kinds that only surfaces of staff are given."""

    @get("/", action=PUBLIC, sync_to_thread=False)
    def which(request: Request[Any, Any, Any]) -> Response[dict[str, dict[str, int]]]:
        kinds = OPEN_KINDS | (set(given_to_staff) if is_of_staff(trust, request) else set())
        numbers: dict[str, dict[str, int]] = {}
        for bundle in trust.kept.list_newest():
            if bundle.manifest.kind in kinds:
                numbers.setdefault(bundle.manifest.kind, {})[str(bundle.manifest.shop_id)] = bundle.manifest.number
        return Response(numbers, headers={TIME: str(trust.now())})

    @get("/{kind:str}/{shop_id:int}", action=PUBLIC, sync_to_thread=False)
    def one(request: Request[Any, Any, Any], kind: FromPath[str], shop_id: FromPath[int]) -> Response[Shared]:
        if kind not in OPEN_KINDS and (kind not in given_to_staff or not is_of_staff(trust, request)):
            raise WHO_ASKS()
        bundle = trust.kept.find(kind, shop_id)
        if bundle is None:
            raise NO_BUNDLE()
        return Response(Shared(bundle.token, bundle.files), headers={"cache-control": "no-store"})

    return Router("/bundles", route_handlers=[which, one], include_in_schema=False)


def is_of_staff(trust: Trust, request: Request[Any, Any, Any]) -> bool:
    """Whether a surface of the shops' people has signed just this request, just now."""
    return find_asker(trust, request) is not None


def _digest(body: bytes) -> str:
    return sha256(body).hexdigest() if body else ""
