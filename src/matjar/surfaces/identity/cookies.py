"""What a browser keeps for identity. ``__Host-`` (RFC 6265bis, 4.1.3.2) binds each to this host and to https."""

from typing import Any

from litestar import Response
from litestar.datastructures import Cookie

from matjar.core.clock import DAY, HOUR, MINUTE, SECOND
from matjar.edge.framework import Ask

MARK = "__Host-identity-mark"
"""A random mark: by it a browser that was here before is known, and forms are bound to it before anybody signs in."""
HALF = "__Host-identity-half"
ERRAND = "__Host-identity-errand"
ABROAD = "__Host-identity-abroad"
LANGUAGE = "__Host-identity-language"

KEPT_MS = {MARK: 400 * DAY, HALF: 15 * MINUTE, ERRAND: HOUR, ABROAD: 15 * MINUTE, LANGUAGE: 400 * DAY}
"""400 days are the most that browsers keep any."""


def read(request: Ask, name: str) -> str:
    """A cookie's value, or nothing."""
    return str(request.cookies.get(name, ""))[:1_000]


def keep(response: Response[Any], name: str, value: str) -> Response[Any]:
    """Have the browser keep a value for as long as it is good."""
    response.cookies.append(_cookie(name, value, KEPT_MS[name] // SECOND))
    return response


def forget(response: Response[Any], *names: str) -> Response[Any]:
    """Have the browser forget."""
    response.cookies.extend(_cookie(name, "", 0) for name in names)
    return response


def _cookie(name: str, value: str, max_age: int) -> Cookie:
    return Cookie(name, value=value, max_age=max_age, secure=True, httponly=True, samesite="lax")
