"""Who makes bundles, for tests: a root, an identity, a publisher, surfaces; keys are minted once and reused."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec
from joserfc.jwk import ECKey

from matjar.core.clock import DAY
from matjar.resilience.bundles import ACCESS, KEYS, REVOCATIONS, Bundle, Kept, Keys, Moment, Revocations, Ring, Shelf
from matjar.resilience.bundles.keys import SigningKey
from matjar.resilience.bundles.publishing import make
from matjar.resilience.bundles.signing import Use, sign

NOW = 1_795_000_000_000
LIFE = 90 * DAY


@cache
def pem(name: str) -> bytes:
    """A private half by a name of the test's choosing."""
    return ECKey.generate_key("P-256").as_pem(private=True)


def key(owner: str, name: str = "", *, not_before: int = NOW, not_after: int = NOW + LIFE) -> SigningKey:
    """A key of this owner; another ``name`` is another key."""
    return SigningKey(pem(name or owner), owner, not_before, not_after)


ROOT_KEY = key("root")


def moment(after_ms: int = 0, *, fast_ms: int = 0, booted: int = 5_000_000) -> Moment:
    """So long after the beginning, on a machine whose wall clock is fast, and whose monotonic one began anywhere."""
    return Moment(NOW + after_ms + fast_ms, booted + after_ms)


def bundle(
    signer: SigningKey, kind: str, content: msgspec.Struct | Mapping[str, bytes], *, number: int, shop_id: int = 0,
    issued_at: int | None = None,
) -> Bundle:  # fmt: skip
    """A bundle with just this number."""
    files = {f"{kind}.json": msgspec.json.encode(content)} if isinstance(content, msgspec.Struct) else content
    made = make(signer, kind, shop_id, files, previous=number - 1, now_ms=0)
    manifest = msgspec.structs.replace(made.manifest, issued_at=NOW + number if issued_at is None else issued_at)
    return Bundle(manifest, sign(signer, Use.BUNDLE, msgspec.json.encode(manifest)), files, signer.public.kid)


def keys(*known: SigningKey, number: int = 1, revoked: Mapping[str, int] | None = None) -> Bundle:
    """A keys bundle, by the root."""
    content = Keys(tuple(each.public for each in known), dict(revoked or {}))
    return bundle(ROOT_KEY, KEYS, content, number=number)


def heartbeat(number: int, told: Revocations | None = None, *, signer: SigningKey | None = None,
              issued_at: int | None = None) -> Bundle:  # fmt: skip
    """A revocations bundle, by identity."""
    return bundle(signer or key("identity"), REVOCATIONS, told or Revocations(), number=number, issued_at=issued_at)


def access(number: int, content: bytes = b"{}", *, shop_id: int = 7, signer: SigningKey | None = None) -> Bundle:
    """An access bundle; what it holds does not matter here."""
    files = {f"{ACCESS}.json": content}
    return bundle(signer or key("identity"), ACCESS, files, number=number, shop_id=shop_id)


def offer(kept: Kept, made: Bundle, now: Moment | None = None) -> bool:
    """Bring a bundle to a surface."""
    which = made.manifest
    return kept.offer(which.kind, which.shop_id, made.token, made.files, now or moment())


def surface(folder: Path) -> Kept:
    """A surface with the root pinned, as it is right after its start."""
    kept = Kept(Shelf(folder), Ring(ROOT_KEY.public.jwk))
    kept.load(moment())
    return kept


def acquainted(folder: Path) -> Kept:
    """A surface that knows identity's key already."""
    kept = surface(folder)
    offer(kept, keys(key("identity"), key("publisher")))
    return kept
