"""What is signed, and how: compact JWS (RFC 7515) under ES256, and nothing else.

The header is ours alone: three fields, or it is not read. So no other algorithm can be asked for, no key can come along
with what it signs (``jwk``, ``jku``, ``x5u``), and what was signed for one use is nothing in another (RFC 8725, 3).
"""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Literal

import msgspec
from joserfc import jws
from joserfc.errors import JoseError

from matjar.resilience.bundles.keys import PublicKey, SigningKey

ALGORITHM = "ES256"
TOKEN_BYTES = 16_384
"""The largest token that is looked at."""

# A signature of 64 bytes in its one spelling: in the last character only two bits count, the others are 0.
_FORM = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{85}[AQgw]")
_BY_ES256 = (ALGORITHM,)


class Use(StrEnum):
    """What a token is for: its ``typ``."""

    BUNDLE = "matjar-bundle"
    SESSION = "matjar-session"
    REQUEST = "matjar-request"
    CUSTOMER = "matjar-customer"


class Forged(Exception):
    """It is not signed by a key that we know, for this use, as it stands."""


class _Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    alg: Literal["ES256"]
    kid: str
    typ: str


def sign(key: SigningKey, use: Use, payload: bytes) -> str:
    """The payload as a token, signed."""
    header = {"alg": ALGORITHM, "kid": key.public.kid, "typ": str(use)}
    return jws.serialize_compact(header, payload, key.private, _BY_ES256)


def read_signed(token: str, use: Use, find: Callable[[str], PublicKey | None]) -> tuple[bytes, PublicKey]:
    """The payload and the key that signed it, which ``find`` looks up by its id; raises Forged."""
    if len(token) > TOKEN_BYTES or not _FORM.fullmatch(token):
        raise Forged("not a token")
    try:
        found = jws.extract_compact(token.encode())
        header = msgspec.convert(found.headers(), _Header)
        key = find(header.kid)
        if header.typ != use or key is None:
            raise Forged("of another use" if key else "by a key that nobody knows")
        if not jws.validate_compact(found, key.verifying, _BY_ES256):
            raise Forged("changed")
    except (JoseError, msgspec.MsgspecError, ValueError, TypeError) as error:
        raise Forged(type(error).__name__) from None
    return found.payload, key
