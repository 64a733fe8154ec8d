"""What a person's browser keeps for the back office beside their session: see ``edge/sessions.py`` for that one."""

import base64
import binascii
from typing import Any, TypeVar

import msgspec
from litestar import Response
from litestar.datastructures import Cookie

from matjar.edge.framework import Ask

T = TypeVar("T")

LANGUAGE = "__Host-admin-language"
STATE = "__Host-admin-state"
DONE = "__Host-admin-done"

_KEPT_SECONDS = {LANGUAGE: 400 * 86_400, STATE: 900, DONE: 60}
"""A choice of language as long as browsers let it be (RFC 6265bis: 400 days); a way back as long as signing in takes;
word of what was done until the next page.
"""


class Done(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was just done, for the next page to say; ``undo`` is the form's address that takes it back."""

    what: str
    facts: dict[str, str] = {}
    undo: str = ""
    fields: dict[str, str] = {}


class Way(msgspec.Struct, frozen=True):
    """Somebody's way to identity and back: what they bring back, and where they were going."""

    state: str
    path: str


def read(request: Ask, name: str) -> str:
    """A cookie's text, or nothing."""
    return request.cookies.get(name, "")[:4000]


def read_done(request: Ask) -> Done | None:
    """What was just done."""
    return _unpack(read(request, DONE), Done)


def read_way(request: Ask) -> Way | None:
    """Where they were going when they left for identity."""
    return _unpack(read(request, STATE), Way)


def keep(response: Response[Any], name: str, value: str | Done | Way) -> Response[Any]:
    """Have the browser keep something for as long as it is good for."""
    text = value if isinstance(value, str) else _pack(value)
    response.cookies.append(
        Cookie(
            name, value=text, path="/", max_age=_KEPT_SECONDS[name] if text else 0, secure=True, httponly=True,
            samesite="lax",
        )
    )  # fmt: skip
    return response


def forget(response: Response[Any], name: str) -> Response[Any]:
    """Have the browser forget."""
    return keep(response, name, "")


def _pack(value: Done | Way) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(value)).decode()


def _unpack(text: str, kind: type[T]) -> T | None:
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(text), type=kind) if text else None
    except (msgspec.MsgspecError, binascii.Error, ValueError):
        return None
