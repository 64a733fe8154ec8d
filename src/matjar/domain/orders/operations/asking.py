"""What buyers ask of their orders without anybody's help: to see how one stands, and to send something back."""

from matjar.core import email as addresses
from matjar.core.clock import HOUR
from matjar.core.limits import LOOKUPS_OF_ORDER, LOOKUPS_PER_ADDRESS, RETURNS_ASKED_PER_ORDER
from matjar.core.tx import Tx
from matjar.domain import attempts, tasks
from matjar.domain.attempts import Limit
from matjar.domain.orders import events, model, queries
from matjar.domain.orders.model import ReturnReason
from matjar.domain.orders.model.parcels import Piece
from matjar.domain.orders.operations import writing
from matjar.domain.orders.rules import returning


def look_up(tx: Tx, *, number: int, email: str, address: str) -> int:
    """The checkout of the order that people call by this number, for whoever knows the e-mail address as well.

    Refuses ``orders.not_together`` whichever of the two is wrong, and ``attempts.too_many``.
    """
    limits = (
        Limit("order-lookup", f"address:{address}", LOOKUPS_PER_ADDRESS, HOUR),
        Limit("order-lookup", f"order:{number}", LOOKUPS_OF_ORDER, HOUR),
    )
    attempts.check_all(tx, limits=limits)
    order = queries.find_by_number(tx, number=number - model.FIRST_NUMBER + 1)
    asked = addresses.fold(email)
    if order is None or not asked or addresses.fold(order.contact.email) != asked:
        raise model.NOT_TOGETHER().leaving(lambda after: attempts.count_all(after, limits=limits))
    return order.checkout_id


def ask_for_return(tx: Tx, *, token_hash: bytes, pieces: tuple[Piece, ...], reason: ReturnReason) -> None:
    """Tell the shop that the buyer wants to send this back: a task for a person, and a line in the order's story.

    Nothing is promised by it, and nothing refunded. ``token_hash``: of what opens the order's page. Refuses
    ``orders.no_such_order``, ``orders.no_such_line``, ``orders.bad_quantity``, ``orders.not_sent_yet``,
    ``orders.returns_asked``.
    """
    order = queries.find_by_token(tx, token_hash=token_hash)
    if order is None:
        raise model.NO_SUCH_ORDER()
    kind = f"return_{reason}"
    asked = sum(each.kind.startswith("return_") for each in queries.load_dossier(tx, order_id=order.id).timeline)
    if asked >= RETURNS_ASKED_PER_ORDER:
        raise model.RETURNS_ASKED()
    items = [
        {"inventory_item_id": line.inventory_item_id, "quantity": quantity}
        for line, quantity in returning.wanted(order, pieces)
    ]
    tasks.open_task(tx, kind=kind, subject_id=order.id, facts={"items": items})
    writing.note(tx, order.id, kind, {"items": items})
    tx.emit(events.OrderChanged(order.id))
