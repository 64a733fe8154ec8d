"""Keys: P-256, known by the RFC 7638 thumbprint of their public half, each belonging to one owner."""

from functools import lru_cache
from typing import Any, Literal

import msgspec
from joserfc.jwk import ECKey

ROOT = "root"
"""Signs which keys there are, and nothing else; each surface has its public half pinned."""
IDENTITY = "identity"
PUBLISHER = "publisher"
"""The worker that makes catalogues and lists of cashiers."""


class Jwk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A public half as RFC 7517 writes it. A private half does not fit in here."""

    x: str
    y: str
    kty: Literal["EC"] = "EC"
    crv: Literal["P-256"] = "P-256"

    @property
    def thumbprint(self) -> str:
        """What it is known by (RFC 7638)."""
        return str(_imported(self).thumbprint())


class PublicKey(msgspec.Struct, frozen=True):
    """A public half: who signs with it, from when on, and until when it counts. Times are milliseconds UTC."""

    kid: str
    owner: str
    jwk: Jwk
    not_before: int
    not_after: int

    @property
    def verifying(self) -> ECKey:
        """Ready to verify with."""
        return _imported(self.jwk)


class Keys(msgspec.Struct, frozen=True):
    """The content of the keys bundle: every key that counts, next ones too, and those that are revoked."""

    keys: tuple[PublicKey, ...] = ()
    revoked: dict[str, int] = {}
    """By key: until when this is worth knowing, its ``not_after``."""

    def entries(self) -> dict[tuple[Any, ...], int]:
        """Each thing that this tells, with its own end."""
        known = {("key", key.kid): key.not_after for key in self.keys}
        return known | {("revoked", kid): until for kid, until in self.revoked.items()}


class SigningKey:
    """A private half with its public one. It is never shown."""

    def __init__(self, pem: bytes, owner: str, not_before: int, not_after: int) -> None:
        self.private = ECKey.import_key(pem)
        half = self.private.as_dict(private=False)
        jwk = Jwk(x=str(half["x"]), y=str(half["y"]))
        self.public = PublicKey(jwk.thumbprint, owner, jwk, not_before, not_after)

    def __repr__(self) -> str:
        return f"SigningKey({self.public.owner}, {self.public.kid})"


@lru_cache(maxsize=256)
def _imported(jwk: Jwk) -> ECKey:
    return ECKey.import_key(msgspec.to_builtins(jwk))
