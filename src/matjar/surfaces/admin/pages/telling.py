"""What happened to an order, in words: its timeline, the newest first, with who did it."""

from collections.abc import Mapping

import msgspec

from matjar.domain.access import Member
from matjar.domain.invoices import Paper
from matjar.domain.orders import Dossier, Occasion
from matjar.edge.languages import catalogue, sentence
from matjar.surfaces.admin.pages.frame import Frame

SENTENCES = {
    "placed": sentence("The order was placed: {amount}."),
    "paid": sentence("{amount} came in."),
    "fulfilled": sentence("A parcel left."),
    "tracked": sentence("Tracking was added to a parcel."),
    "cancelled": sentence("The order was cancelled."),
    "refund_created": sentence("{credit} were taken off the order."),
    "refunded": sentence("{amount} went back to the buyer."),
    "refund_failed": sentence("The gateway would not give {amount} back."),
    "voided": sentence("Money that was held was let go."),
    "capture_failed": sentence("Money that was held could not be taken."),
    "void_failed": sentence("Money that was held could not be let go."),
    "amended": sentence("The buyer's data was corrected."),
    "forgotten": sentence("The buyer's data was erased."),
    "return_changed_mind": sentence("Wants to send something back: did not like it"),
    "return_damaged": sentence("Wants to send something back: it arrived damaged"),
    "return_wrong": sentence("Wants to send something back: it is not what was ordered"),
    "return_other": sentence("Wants to send something back"),
    "closed": sentence("The order was put away."),
    "reopened": sentence("The order was taken out again."),
}
INVOICE = sentence("Invoice {name} was issued.")
CREDIT_NOTE = sentence("Credit note {name} was issued.")
BUYER, SYSTEM, SOMEBODY = sentence("The buyer"), sentence("By itself"), sentence("Somebody of the shop")


class Told(msgspec.Struct, frozen=True):
    """One thing that happened; ``who`` is empty where that says nothing."""

    at: int
    what: str
    who: str = ""


def told(dossier: Dossier, members: Mapping[int, Member], frame: Frame) -> list[Told]:
    """All of it, the newest first."""
    say = catalogue(frame.language).gettext
    order, found = dossier.order, []
    for occasion in dossier.timeline:
        words = SENTENCES.get(occasion.kind)
        if words is not None:
            who = _who(occasion, members)
            found.append(Told(occasion.at, say(words).format_map(_facts(occasion, order.currency, frame)), say(who)))
    for paper in dossier.invoices:
        words = INVOICE if paper.kind is Paper.INVOICE else CREDIT_NOTE
        found.append(Told(paper.issued_at, say(words).format(name=paper.name)))
    in_order = sorted(found, key=lambda each: each.at)
    return in_order[::-1]


def _facts(occasion: Occasion, currency: str, frame: Frame) -> dict[str, str]:
    facts = occasion.facts
    amount = facts.get("amount_minor", facts.get("total_minor", 0))
    reader = frame.reader
    return {
        "amount": reader.money(int(amount), currency),
        "credit": reader.money(int(facts.get("credit_minor", 0)), currency),
    }


def _who(occasion: Occasion, members: Mapping[int, Member]) -> str:
    """Who did it: somebody of the shop by name, who is gone as somebody."""
    kind, _, person = occasion.actor.partition(":")
    if kind == "staff":
        known = members.get(int(person)) if person.isdigit() else None
        return known.name if known else SOMEBODY
    return BUYER if kind == "buyer" else SYSTEM
