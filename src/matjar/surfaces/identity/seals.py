"""What a browser keeps for us between two steps, sealed: it can lose it, and send it again, but not change it."""

import base64
import binascii
import hashlib
import hmac
from typing import TypeVar

import msgspec

T = TypeVar("T", bound=msgspec.Struct)

_SEAL_BYTES = 16


class Half(msgspec.Struct, frozen=True):
    """The password was right; the second step is missing."""

    person_id: int
    has_totp: bool
    hint: str
    """Of the address that a code goes to."""


class Errand(msgspec.Struct, frozen=True):
    """What somebody came for, to go on with once they are signed in: to a surface, or to a page of ours."""

    surface: str = ""
    shop: str = ""
    """Its handle."""
    state: str = ""
    """The surface's own word, by which it knows the browser that it sent."""
    path: str = ""


class Abroad(msgspec.Struct, frozen=True):
    """Somebody is at another provider (OpenID Connect Core, 3.1.2.1; RFC 7636)."""

    state: str
    nonce: str
    verifier: str
    person_id: int
    """Who links an account with them; 0: somebody signs in."""


class Seals:
    """Seals and opens. What is sealed as one thing opens as no other."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def seal(self, what: msgspec.Struct, until: int) -> str:
        """As text for a cookie, good until a moment in milliseconds."""
        body = msgspec.msgpack.encode((until, what))
        return _text(self._seal(type(what), body) + body)

    def open(self, text: str, kind: type[T], now: int) -> T | None:
        """What was sealed; None: it was not by us, or its time is over."""
        try:
            whole = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        except (binascii.Error, ValueError):
            return None
        seal, body = whole[:_SEAL_BYTES], whole[_SEAL_BYTES:]
        if not hmac.compare_digest(seal, self._seal(kind, body)):
            return None
        until, what = msgspec.msgpack.decode(body, type=tuple[int, kind])  # type: ignore[valid-type]
        return what if now <= until else None

    def _seal(self, kind: type[msgspec.Struct], body: bytes) -> bytes:
        return hmac.digest(self._secret, f"seal:{kind.__name__}:".encode() + body, hashlib.sha256)[:_SEAL_BYTES]


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
