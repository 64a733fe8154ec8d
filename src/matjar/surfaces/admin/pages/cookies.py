"""What a person's browser keeps for the back office beside their session: see ``edge/sessions.py`` for that one."""

import base64
import binascii
import re
from typing import Any, TypeVar

import msgspec
from litestar import Response
from litestar.datastructures import Cookie

from matjar.core.ids import mint_token
from matjar.edge.framework import Ask

T = TypeVar("T")

LANGUAGE = "__Host-admin-language"
STATE = "__Host-admin-state"
DONE = "__Host-admin-done"
MARK = "__Host-admin-mark"
"""A random mark, by which a browser that was here before is known."""

_KEPT_SECONDS = {LANGUAGE: 400 * 86_400, STATE: 900, DONE: 60, MARK: 400 * 86_400}
"""A choice of language, and a mark, as long as browsers let them be (RFC 6265bis: 400 days); a way back as long as
signing in takes; word of what was done until the next page.
"""
_MARK = re.compile(r"[A-Za-z0-9_-]{22}")


class Done(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was just done, for the next page to say; ``undo`` is the form's address that takes it back."""

    what: str
    facts: dict[str, str] = {}
    undo: str = ""
    fields: dict[str, str] = {}


class Waiting(msgspec.Struct, frozen=True, omit_defaults=True):
    """A form that waits until its person is in again: where it goes, below the shop, and what was sent."""

    path: str = ""
    body: str = ""


NOTHING = Waiting()


class Way(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody's way to identity and back: what they bring back, where they were going, and what waits meanwhile."""

    state: str
    path: str
    waiting: Waiting = NOTHING


def read(request: Ask, name: str) -> str:
    """A cookie's text, or nothing."""
    return request.cookies.get(name, "")[:4000]


def read_done(request: Ask) -> Done | None:
    """What was just done."""
    return _unpack(read(request, DONE), Done)


def read_way(request: Ask) -> Way | None:
    """Where they were going when they left for identity."""
    return _unpack(read(request, STATE), Way)


def mark_of(request: Ask, told: str = "") -> str:
    """The browser's mark: as identity tells it, which knows the browser too, or the one that it has here, or new."""
    return next((each for each in (told, read(request, MARK)) if _MARK.fullmatch(each)), mint_token())


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
