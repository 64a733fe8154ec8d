"""How an order looks on a terminal: its slip, and one line after something was done with it."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import NamedTuple

import typer
from rich.table import Table
from rich.text import Text

from matjar.compose.cli.listing import Moment, clean, for_people, note_zone, ruled, screen
from matjar.compose.speech import gettext
from matjar.core.address import Address
from matjar.core.money import Money
from matjar.domain.notices import Posted
from matjar.domain.orders import Begun, Dossier, Order


class Slip(NamedTuple):
    """An order, where its shop's clocks are, and by line where the pieces lie that are still to be sent."""

    dossier: Dossier
    zone: tzinfo
    shelves: Mapping[int, str]
    letters: Sequence[Posted] = ()

    @property
    def order(self) -> Order:
        """The order itself."""
        return self.dossier.order

    def money(self, amount_minor: int) -> str:
        """As 12.50 AED."""
        return str(Money(amount_minor, self.order.currency))


def show_order(slip: Slip) -> None:
    """Everything about one order."""
    console, order = screen(), slip.order
    console.print(Text.assemble((order.name, "bold"), f"  {_moment(slip, order.created_at)}"))
    console.print(_states(order))
    console.print()
    for part in (_buyer(order), _lines(slip), _sums(slip), _history(slip)):
        if part.row_count:
            console.print(part)
            console.print()
    note_zone(str(slip.zone))


def say(order: Order) -> None:
    """How an order stands."""
    typer.echo(f"{order.name}: {_states(order)}.")


def say_begun(begun: Begun) -> None:
    """How the order stands, and whether the gateway has still to answer."""
    say(begun.order)
    refund, transaction = begun.refund, begun.transaction
    if refund is not None and refund.amount_minor:
        typer.echo(f"{Money(refund.amount_minor, refund.currency)} by {refund.gateway}: {refund.state}.")
    if transaction is not None:
        amount = Money(transaction.amount_minor, transaction.currency)
        typer.echo(f"{transaction.kind} of {amount} by {transaction.gateway}: {transaction.status}.")


def buyer(order: Order) -> str:
    """The buyer's name, or what there is instead."""
    return order.contact.shipping.name or order.contact.email


def _states(order: Order) -> str:
    return f"{order.status}, {order.financial_status}, {order.fulfilment_status}"


def _buyer(order: Order) -> Table:
    """Who it is for, and how it gets there."""
    contact, particulars = order.contact, order.particulars
    table = _labelled()
    rows = (
        (gettext("Buyer"), ", ".join(filter(None, (contact.email, contact.phone)))),
        (gettext("Delivery"), particulars.delivery_name),
        (gettext("Delivery address"), _address(contact.shipping)),
        (gettext("Discount code"), particulars.discount_code),
        (gettext("Note"), contact.note),
    )
    for label, text in rows:
        if text:
            table.add_row(label, Text(clean(text)))
    return table


def _address(address: Address) -> str:
    city = " ".join(filter(None, (address.postal_code, address.city)))
    parts = (address.name, address.company, address.line1, address.line2, city, address.region, address.country)
    return ", ".join(filter(None, (*parts, address.phone)))


def _lines(slip: Slip) -> Table:
    table = ruled("", gettext("Title"), "SKU")
    for heading in (gettext("Pieces"), gettext("Sent"), gettext("Refunded"), gettext("Total")):
        table.add_column(heading, justify="right")
    table.add_column(gettext("Lies at"))
    for line in slip.order.lines:
        counts = (line.quantity, line.fulfilled, line.refunded)
        table.add_row(
            str(line.position), Text(clean(line.full_title)), Text(clean(line.sku)), *map(str, counts),
            slip.money(line.total_minor), Text(clean(slip.shelves.get(line.id, ""))),
        )  # fmt: skip
    return table


def _sums(slip: Slip) -> Table:
    order, table = slip.order, _labelled(justify="right")
    sums = (
        (gettext("Delivery"), order.particulars.delivery_total_minor, False),
        (gettext("Discount"), -order.discount_minor, False),
        (gettext("Tax"), order.tax_minor, False),
        (gettext("Total"), order.total_minor, True),
        (gettext("Credited"), order.credited_minor, False),
        (gettext("Paid"), order.paid_minor, True),
        (gettext("Refunded"), order.refunded_minor, False),
        (gettext("Due"), order.due_minor, True),
    )
    for label, sum_minor, always in sums:
        if sum_minor or always:
            table.add_row(label, slip.money(sum_minor))
    return table


def _history(slip: Slip) -> Table:
    """What happened, and which papers were issued, in order of time."""
    dossier = slip.dossier
    rows = [(occasion.at, occasion.kind, occasion.actor) for occasion in dossier.timeline]
    rows += [(each.at, f"{each.kind} {slip.money(each.amount_minor)} {each.status}", each.gateway)
             for each in dossier.transactions]  # fmt: skip
    rows += [(paper.issued_at, f"{paper.name} {slip.money(paper.total_minor)}", "") for paper in dossier.invoices]
    rows += [(parcel.at, f"parcel {parcel.tracking.number}", parcel.tracking.company) for parcel in dossier.fulfilments]
    rows += [_letter(each, dossier.order.updated_at) for each in slip.letters]
    table = ruled(gettext("When"), gettext("What"), gettext("Who"))
    for at, what, who in sorted(rows, key=lambda row: row[0]):
        table.add_row(_moment(slip, at), Text(clean(what)), Text(clean(who)))
    return table


def _letter(posted: Posted, otherwise: int) -> tuple[int, str, str]:
    """A letter among what happened: when it went, or goes; one that was given up has only what the mail server said."""
    state = "sent" if posted.sent_at else "waits" if posted.due_at else "not sent"
    return posted.sent_at or posted.due_at or otherwise, f"letter {posted.letter} {state}", posted.reason


def _labelled(**column: str) -> Table:
    """A table of two columns, the first of which says what stands in the second."""
    table = ruled()
    table.show_header = False
    table.add_column(style="bold", no_wrap=True)
    table.add_column(**column)  # type: ignore[arg-type]
    return table


def _moment(slip: Slip, at: int) -> str:
    return for_people(Moment(at, slip.zone))
