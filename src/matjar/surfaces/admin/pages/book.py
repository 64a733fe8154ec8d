"""Who did what: the surface's book as people read it, narrowed by person, by kind of deed, by what it was done to."""

from collections.abc import Mapping
from functools import partial

from litestar import Response, get

from matjar.domain.access import Method, actions
from matjar.edge.audit import Wanted
from matjar.edge.languages import catalogue, sentence
from matjar.edge.pages import isolated
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

FACTS = {
    "on_hand": sentence("on the shelf"),
    "pieces": sentence("pieces"),
    "price_minor": sentence("price"),
    "compare_at_minor": sentence("price before"),
    "refund_minor": sentence("back to the buyer"),
    "paid_minor": sentence("paid"),
    "captured_minor": sentence("taken"),
    "reason": sentence("reason"),
    "status": sentence("standing"),
    "account": sentence("account"),
}
"""What an entry says of before and after, by the names that it is kept under; others are for programs."""


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
        told=partial(told, frame),
        broken=parts.audit.broken_at(frame.shop.id),
    )


def told(frame: Frame, facts: Mapping[str, str]) -> str:
    """Facts in words: amounts as amounts, counts as counts."""
    say, reader = catalogue(frame.language).gettext, frame.reader
    words = []
    for name, value in facts.items():
        if name in FACTS and value:
            amount = value.isdigit() and name.endswith("_minor")
            words.append(f"{say(FACTS[name])} {isolated(reader.money(int(value)) if amount else value)}")
    return " · ".join(words)
