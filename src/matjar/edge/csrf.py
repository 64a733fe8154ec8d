"""Forms are sent from our own pages: what another site's page has a browser send in a person's name, is refused.

Three things stand beside each other: cookies are ``SameSite=Lax``, browsers say where a request comes from, and a form
carries a token that only a page made for this very session could contain.
"""

import hashlib
import hmac
from urllib.parse import urlsplit

from matjar.core.refusal import Kind, declare
from matjar.edge.framework import Ask

NOT_FROM_HERE = declare("pages.not_from_here", Kind.FORBIDDEN, "This form was not sent from a page of this shop.")
TOO_OLD = declare("pages.too_old", Kind.FORBIDDEN, "This page was open for too long. Please open it anew.")

FIELD, HEADER = "csrf", "x-csrf-token"


def token(secret: bytes, sid: str) -> str:
    """What a form of this session carries: derived from its id, so there is nothing to keep."""
    return hmac.digest(secret, f"csrf:{sid}".encode(), hashlib.sha256).hex()[:32]


def check(request: Ask, secret: bytes, sid: str, sent: str = "") -> None:
    """``sent`` is what the form carried, if it was a form; a script sends the token as a header.

    Refuses ``pages.not_from_here`` for what another site sent, ``pages.too_old`` for what was made for another session.
    """
    check_origin(request)
    given = sent or request.headers.get(HEADER, "")
    if not hmac.compare_digest(given.encode(), token(secret, sid).encode()):
        raise TOO_OLD()


def check_origin(request: Ask) -> None:
    """Refuse a form that another site's page sent: browsers say where a form comes from, and nobody can forge that.

    Fetch metadata where there is any (``Sec-Fetch-Site``), else ``Origin``; who sends neither is no browser, and
    has no cookies that another's page could use. The cookies are ``SameSite=Lax`` besides.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise NOT_FROM_HERE()
        return
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise NOT_FROM_HERE()
