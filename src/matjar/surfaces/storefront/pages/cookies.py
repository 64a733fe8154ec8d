"""What the buyer's browser keeps for us: tokens that only we read, and the number on the cart, for the script.

``__Host-`` (RFC 6265bis, 4.1.3.2) binds a cookie to this host and to https; browsers count loopback as such. Ports do
not part cookies, so each name begins with its surface.
"""

from typing import Any

from litestar import Response
from litestar.datastructures import Cookie

from matjar.core.clock import SECOND
from matjar.core.limits import CART_KEPT_MS, CHECKOUT_KEPT_MS, MAILED_CODE_MS
from matjar.edge.framework import Ask

CART = "__Host-storefront-cart"
CHECKOUT = "__Host-storefront-checkout"
PLACED = "__Host-storefront-placed"
"""The checkout that became an order here last: whoever goes back to it comes to the order."""
COUNT = "storefront-count"
ASKED = "__Host-storefront-asked"
"""By this a browser is known that has asked for a code."""

_KEPT_MS = {
    CART: CART_KEPT_MS, CHECKOUT: CHECKOUT_KEPT_MS, PLACED: CHECKOUT_KEPT_MS, COUNT: CART_KEPT_MS,
    ASKED: MAILED_CODE_MS,
}  # fmt: skip


def read(request: Ask, name: str) -> str:
    """A cookie's token, or nothing; what no token of ours can be is nothing."""
    token = request.cookies.get(name, "")
    return token if 16 <= len(token) <= 64 and token.isascii() else ""


def keep(response: Response[Any], name: str, value: str) -> Response[Any]:
    """Have the browser keep a value for as long as we keep what it opens."""
    response.cookies.append(
        Cookie(
            name, value=value, path="/", max_age=_KEPT_MS[name] // SECOND, secure=name != COUNT,
            httponly=name != COUNT, samesite="lax",
        )
    )  # fmt: skip
    return response


def forget(response: Response[Any], *names: str) -> Response[Any]:
    """Have the browser forget."""
    for name in names:
        keep(response, name, "").cookies[-1].max_age = 0
    return response
