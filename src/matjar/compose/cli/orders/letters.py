"""Letters about an order, once more."""

from typing import Annotated

import typer

from matjar.compose.cli.command import command, part
from matjar.compose.cli.desk import ShopName
from matjar.compose.cli.orders.finding import Number, on_order
from matjar.compose.cli.usage import one_of
from matjar.compose.speech import gettext
from matjar.core.refusal import Kind, declare
from matjar.domain import notices, orders
from matjar.domain.notices import Letter
from matjar.domain.orders import Dossier, Order
from matjar.domain.payments import RefundState
from matjar.storage.desk import Desk

NOTHING_TO_TELL = declare(
    "usage.nothing_to_tell", Kind.CONFLICT, "{order} gives no reason for such a letter: nothing of it was {letter}."
)
WORDS = {
    "confirmed": Letter.ORDER_CONFIRMED,
    "paid": Letter.ORDER_PAID,
    "sent": Letter.PARCEL_SENT,
    "cancelled": Letter.ORDER_CANCELLED,
    "refunded": Letter.REFUNDED,
}

commands = part()


@command(commands, "resend", example="matjar order resend layla-beauty 1001 --letter sent")
def resend(
    shop: ShopName, number: Number, *, letter: Annotated[str, one_of("--letter", *WORDS)] = "confirmed"
) -> None:
    """Write to the buyer again, as the order stands now: about the order, or the latest parcel or refund."""

    async def do(desk: Desk, found: Order) -> Order:
        dossier = await desk.read(lambda view: orders.load_dossier(view, order_id=found.id))
        part_id = _part_of(dossier, letter)
        if part_id is None:
            raise NOTHING_TO_TELL(order=found.name, letter=letter)
        part = str(part_id) if part_id else ""
        await desk.submit(notices.send_again)(letter=WORDS[letter], order_id=found.id, part=part)
        return found

    found = on_order(shop, number, do)
    typer.echo(gettext("{order}: the letter leaves within seconds, to {address}.").format(
        order=found.name, address=found.contact.email
    ))  # fmt: skip


def _part_of(dossier: Dossier, letter: str) -> int | None:
    """The parcel or refund that a letter is about, 0: the whole order; None: there was no such thing."""
    order = dossier.order
    match WORDS[letter]:
        case Letter.PARCEL_SENT:
            return max((each.id for each in dossier.fulfilments), default=None)
        case Letter.REFUNDED:
            given = [each.id for each in dossier.refunds if each.state is RefundState.REFUNDED and each.amount_minor]
            return max(given, default=None)
        case Letter.ORDER_PAID:
            return 0 if order.paid_minor else None
        case Letter.ORDER_CANCELLED:
            return 0 if order.cancelled_at else None
        case _:
            return 0
