"""Every change, and every change that was refused, goes into the surface's book: who, how proven, what, from where."""

import msgspec

from matjar.core.refusal import Refusal
from matjar.domain.access import Action
from matjar.domain.audit import Entry
from matjar.edge.framework import Ask, visit_of
from matjar.edge.guarding import Session, session_of
from matjar.edge.sessions import Grant
from matjar.surfaces.admin.parts import Parts


class Deed(msgspec.Struct, frozen=True):
    """What a handler knows of what it did: ids and amounts, never a person's data."""

    subject: str = ""
    before: dict[str, str] = {}
    after: dict[str, str] = {}


def note(
    request: Ask, parts: Parts, *, subject: str, before: dict[str, str] | None = None,
    after: dict[str, str] | None = None,
) -> None:  # fmt: skip
    """Write down what was just done."""
    action = action_of(request)
    assert action is not None
    write(request, parts, session_of(request), action.name, Deed(subject, before or {}, after or {}))


def write_refused(request: Ask, parts: Parts, refusal: Refusal) -> None:
    """Write that a change was refused to somebody who is signed in. Whoever looks at a page has changed nothing."""
    action = action_of(request)
    if request.method in ("GET", "HEAD") or action is None or action.reads:
        return
    session = parts.guard.find(request)
    if session is not None:
        write(request, parts, session, action.name, Deed(), refusal.code)


def write(request: Ask, parts: Parts, session: Session, action: str, deed: Deed, refused: str = "") -> None:
    """One entry of the book, about somebody who is signed in."""
    write_entry(request, parts, session.grant, action, deed, refused, session.access_number)


def write_entry(
    request: Ask, parts: Parts, grant: Grant, action: str, deed: Deed, refused: str = "", access_number: int = 0
) -> None:
    """One entry of the book."""
    visit = visit_of(request)
    entry = Entry(
        parts.trust.now(), grant.person_id, grant.sid, action, deed.subject, grant.method.value,
        max(grant.began_at, grant.passkey_at), visit.address, deed.before, deed.after, refused,
        access_number or parts.trust.people.load(visit.shop.id).number, parts.trust.age_ms(),
    )  # fmt: skip
    parts.audit.write(visit.shop.id, entry)


def action_of(request: Ask) -> Action | None:
    """What the route that was asked for is for; None where there is no route."""
    try:
        found: Action | None = request.route_handler.opt.get("action")
    except (KeyError, AttributeError):
        return None
    return found
