"""Who did what: the surface's book as people read it, narrowed by person, by kind of deed, by what it was done to."""

from litestar import Response, get

from matjar.domain.access import Method, actions
from matjar.edge.audit import Wanted
from matjar.edge.languages import sentence
from matjar.surfaces.admin.pages.frame import Frame
from matjar.surfaces.admin.pages.order import members_of
from matjar.surfaces.admin.parts import Parts

ROWS = 50
KINDS = {
    "": sentence("Everything"),
    "orders.": sentence("Orders"),
    "stock.": sentence("Stock"),
    "prices.": sentence("Prices"),
    "tasks.": sentence("Tasks"),
    "payout.": sentence("Payout account"),
    "self.": sentence("Signing in and out"),
}
DEEDS = {
    "orders.fulfil": sentence("sent"),
    "orders.amend": sentence("changed"),
    "orders.cancel": sentence("cancelled"),
    "orders.charge": sentence("took in or let go money"),
    "orders.refund": sentence("refunded"),
    "stock.write": sentence("counted"),
    "prices.write": sentence("priced"),
    "tasks.write": sentence("closed or opened a task"),
    "payout.write": sentence("changed the payout account"),
    "staff.write": sentence("went to change staff"),
    "self.sign_in": sentence("signed in"),
    "self.sign_out": sentence("signed out"),
}
METHODS = {
    Method.PASSKEY: sentence("by passkey"),
    Method.PASSWORD: sentence("by password and code"),
    Method.EMAIL_CODE: sentence("by e-mailed code"),
    Method.BREAK_GLASS: sentence("by printed code"),
    Method.OUTSIDE: sentence("by another provider"),
}


@get("/audit", action=actions.AUDIT_READ)
async def show(
    frame: Frame, parts: Parts, person: int = 0, kind: str = "", subject: str = "", before: int = 0
) -> Response[bytes]:
    """One page of the book, the newest first."""
    wanted = Wanted(person, kind if kind in KINDS else "", subject.strip()[:100])
    found = parts.audit.latest(frame.shop.id, wanted=wanted, before=before or 1 << 62, most=ROWS + 1)
    return frame.page(
        "audit.html",
        entries=found[:ROWS],
        more=len(found) > ROWS,
        wanted=wanted,
        before=before,
        members=members_of(parts, frame),
        kinds=KINDS,
        deeds=DEEDS,
        methods={method.value: words for method, words in METHODS.items()},
        broken=parts.audit.broken_at(frame.shop.id),
    )
