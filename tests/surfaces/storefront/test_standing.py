"""What a buyer is told of how their order stands, status by status, and on the pages."""

import re

import msgspec
import pytest

from matjar.domain import orders
from matjar.domain.orders import FinancialStatus, FulfilmentStatus, Order, Restock, Return, Status
from matjar.surfaces.storefront.pages.standing import GOODS, MONEY, standing_of
from tests.platform import Platform
from tests.surfaces.storefront.guest import Guest
from tests.surfaces.storefront.reader import Reader
from tests.surfaces.storefront.test_papers import bare, order_page

CASES = [
    # Status, money, goods, gateway: the two stages, and the one word of the list; what is not behind us has a ….
    ("open", "pending", "unfulfilled", "bank_transfer", "Payment awaited…", "Being packed…", "Payment awaited"),
    ("open", "pending", "unfulfilled", "cash_on_delivery", "Paid on delivery…", "Being packed…", "Being packed"),
    ("open", "authorized", "unfulfilled", "twin", "Paid", "Being packed…", "Being packed"),
    ("open", "paid", "unfulfilled", "twin", "Paid", "Being packed…", "Being packed"),
    ("open", "partially_paid", "unfulfilled", "bank_transfer", "Partly paid…", "Being packed…", "Being packed"),
    ("open", "paid", "partial", "twin", "Paid", "Partly sent…", "Partly sent"),
    ("closed", "paid", "fulfilled", "twin", "Paid", "Sent", "Sent"),
    ("open", "partially_refunded", "unfulfilled", "twin", "Paid", "Being packed…", "Being packed"),
    ("open", "partially_refunded", "fulfilled", "twin", "Paid", "Sent", "Sent"),
    ("open", "refunded", "unfulfilled", "twin", "Refunded", "Being packed…", "Being packed"),
    ("open", "refunded", "fulfilled", "twin", "Refunded", "Sent", "Refunded"),
    ("open", "refunded", "restocked", "twin", "Refunded", "Nothing to send", "Refunded"),
    ("open", "voided", "restocked", "cash_on_delivery", "Nothing to pay", "Nothing to send", "Nothing to send"),
    ("cancelled", "refunded", "restocked", "twin", "Refunded", "Nothing to send", "Cancelled and refunded"),
    ("cancelled", "voided", "restocked", "cash_on_delivery", "Nothing to pay", "Nothing to send", "Cancelled"),
]


@pytest.fixture(scope="session")
def order(platform: Platform) -> Order:
    """Any order."""
    guest = Guest(platform, "10.8.77.1")
    guest.pay(guest.fill())
    return latest(platform)


@pytest.mark.parametrize(("status", "money", "goods", "gateway", "paid", "sent", "brief"), CASES)
def test_each_standing_has_its_words(
    order: Order, status: str, money: str, goods: str, gateway: str, paid: str, sent: str, brief: str
) -> None:
    told = standing_of(
        msgspec.structs.replace(
            order, status=Status(status), financial_status=FinancialStatus(money),
            fulfilment_status=FulfilmentStatus(goods), gateway=gateway,
        )
    )  # fmt: skip
    assert [each.words + "…" * (not each.done) for each in (told.money, told.goods)] == [paid, sent]
    assert told.brief == brief


def test_no_status_is_without_words() -> None:
    assert (set(MONEY), set(GOODS)) == (set(FinancialStatus), set(FulfilmentStatus))


def test_a_refund_of_a_part_leaves_an_order_paid_and_of_all_refunded(
    guest: Guest, reader: Reader, platform: Platform
) -> None:
    assert stages(order_page(guest, reader)) == ["Received", "Paid", "Being packed"]
    sold, path = latest(platform), reader.path
    give_back(platform, sold, 1)
    page = reader.get(path)
    assert stages(page) == ["Received", "Paid", "Being packed"]
    assert "One cancelled" in bare(page)
    assert "refunded" not in bare(page)
    give_back(platform, sold, 1, delivery_minor=delivery_of(platform, sold))
    page = reader.get(path)
    assert stages(page) == ["Received", "Refunded", "Nothing to send"]
    assert "2 cancelled" in bare(page)


def test_a_piece_that_was_sent_and_comes_back_is_refunded_and_not_cancelled(
    guest: Guest, reader: Reader, platform: Platform
) -> None:
    order_page(guest, reader)
    sold, path = latest(platform), reader.path
    platform.submit(orders.fulfil, order_id=sold.id)
    give_back(platform, sold, 1, Restock.RETURN)
    page = reader.get(path)
    assert stages(page) == ["Received", "Paid", "Sent"]
    assert "One refunded" in bare(page)
    assert "cancelled" not in bare(page)


def latest(platform: Platform) -> Order:
    """What was sold last."""
    return platform.read(lambda view: orders.list_latest(view, most=1))[0]


def delivery_of(platform: Platform, order: Order) -> int:
    """What can be refunded of the delivery."""
    return platform.read(lambda view: orders.refundable(view, order_id=order.id)).delivery_minor


def give_back(
    platform: Platform, order: Order, pieces: int, restock: Restock = Restock.CANCEL, delivery_minor: int = 0
) -> None:
    """Refund so many of the first line, and have the gateway agree."""
    lines = (Return(order.lines[0].id, pieces, restock),)
    begun = platform.submit(orders.begin_refund, order_id=order.id, lines=lines, delivery_minor=delivery_minor)
    assert begun.refund is not None
    platform.submit(orders.settle_refund, refund_id=begun.refund.id, given=True)


def stages(page: str) -> list[str]:
    """The steps of the way."""
    listed = re.search(r'<ol class="stages".*?</ol>', page, re.DOTALL)
    assert listed is not None
    return [bare(each).strip() for each in re.findall(r"<li.*?</li>", listed[0], re.DOTALL)]
