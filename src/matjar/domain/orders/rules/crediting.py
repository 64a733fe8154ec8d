"""What a refund takes off an order: pure, exact to the minor unit, so that the parts of a whole sum to it."""

from collections.abc import Iterable, Sequence

import msgspec

from matjar.core.money import Money, allocate, divide_half_up
from matjar.domain.orders import model
from matjar.domain.orders.model import Order
from matjar.domain.orders.model.parcels import Return
from matjar.domain.payments import Credit, CreditedLine, Refund, Restock
from matjar.domain.tax import TaxLine

DELIVERY = 0
"""Where delivery stands among the parts of an order: no line has this id."""


class Part(msgspec.Struct, frozen=True):
    """What is left of a line or of delivery: pieces, and what they come to with their taxes."""

    quantity: int
    total_minor: int
    taxes: tuple[TaxLine, ...]

    def less(self, quantity: int, total_minor: int, taxes: tuple[TaxLine, ...]) -> "Part":
        """The part after so much of it was credited."""
        left = [_tax(tax, tax.amount_minor - off.amount_minor) for tax, off in zip(self.taxes, taxes, strict=True)]
        return Part(self.quantity - quantity, self.total_minor - total_minor, tuple(left))

    def pieces(self, quantity: int) -> "Part":
        """So many pieces of it. The last ones take what rounding left."""
        if quantity == self.quantity:
            return self
        return self.amount(divide_half_up(self.total_minor * quantity, self.quantity), quantity)

    def amount(self, total_minor: int, quantity: int = 0) -> "Part":
        """So much of it, with tax in proportion; of the whole, the whole tax."""
        taxes = [
            _tax(tax, divide_half_up(tax.amount_minor * total_minor, self.total_minor) if self.total_minor else 0)
            for tax in self.taxes
        ]
        return Part(quantity, total_minor, tuple(taxes))


Rest = dict[int, Part]
"""What is left of an order, by line; delivery stands at 0."""


def rest_of(order: Order, refunds: Iterable[Refund]) -> Rest:
    """What the buyer still owes or has paid for, after all that was credited."""
    agreed = order.particulars
    rest = {line.id: Part(line.quantity, line.total_minor, line.taxes) for line in order.lines}
    rest[DELIVERY] = Part(0, agreed.delivery_total_minor, agreed.delivery_taxes)
    for refund in refunds:
        for line in refund.credit.lines:
            rest[line.line_item_id] = rest[line.line_item_id].less(line.quantity, line.total_minor, line.taxes)
        if refund.credit.delivery_minor:
            rest[DELIVERY] = rest[DELIVERY].less(0, refund.credit.delivery_minor, refund.credit.delivery_taxes)
    return rest


def credit(
    order: Order, refunds: Sequence[Refund], lines: Iterable[Return], delivery_minor: int, amount_minor: int
) -> Credit:
    """Pieces, so much of delivery, and so much of the whole, off an order; refuses what is not there any more."""
    taking = Crediting(order, refunds)
    for wanted in lines:
        taking.take(wanted)
    taking.take_delivery(delivery_minor)
    taking.take_amount(amount_minor)
    return taking.credit()


class Crediting:
    """What a refund takes off an order, put together piece by piece; refuses what is not there any more."""

    def __init__(self, order: Order, refunds: Sequence[Refund]) -> None:
        self._currency = order.currency
        self._lines = {line.id: line for line in order.lines}
        self._rest = rest_of(order, refunds)
        self._taken: list[CreditedLine] = []
        self._delivery = self._rest[DELIVERY].amount(0)
        self._unsent = {line.id: line.unsent for line in order.lines}
        self._sent = {line.id: line.fulfilled for line in order.lines}
        for refund in refunds:
            for credited in refund.credit.lines:
                if credited.restock is Restock.RETURN:
                    self._sent[credited.line_item_id] -= credited.quantity

    def take(self, wanted: Return) -> None:
        """Pieces of a line, at what they were sold for."""
        line, part = self._lines.get(wanted.line_item_id), self._rest.get(wanted.line_item_id)
        if line is None or part is None:
            raise model.NO_SUCH_LINE()
        if wanted.quantity < 1:
            raise model.BAD_QUANTITY()
        if wanted.quantity > part.quantity:
            raise model.TOO_MANY_PIECES(left=part.quantity, title=line.full_title)
        if wanted.restock is Restock.CANCEL:
            if wanted.quantity > self._unsent[line.id]:
                raise model.SENT_ALREADY(open=self._unsent[line.id], title=line.full_title)
            self._unsent[line.id] -= wanted.quantity
        if wanted.restock is Restock.RETURN:
            if wanted.quantity > self._sent[line.id]:
                raise model.NOT_SENT_YET(sent=self._sent[line.id], title=line.full_title)
            self._sent[line.id] -= wanted.quantity
        self._take(line.id, part.pieces(wanted.quantity), wanted.restock, wanted.location_id)

    def take_unsent(self) -> None:
        """Everything that was not sent; with delivery, if nothing was."""
        for line in self._lines.values():
            quantity = min(line.unsent, self._rest[line.id].quantity)
            if quantity:
                self.take(Return(line.id, quantity, Restock.CANCEL))
        if not any(line.fulfilled for line in self._lines.values()):
            self.take_delivery(self._rest[DELIVERY].total_minor)

    def take_delivery(self, total_minor: int) -> None:
        """So much of delivery, its tax included."""
        part = self._rest[DELIVERY]
        self._check(total_minor, part.total_minor)
        taken = part.amount(total_minor)
        self._rest[DELIVERY] = part.less(0, taken.total_minor, taken.taxes)
        self._delivery = taken

    def take_amount(self, total_minor: int) -> None:
        """So much of the whole, tax included, off each line in proportion to what is left of it; then of delivery."""
        goods = {at: part for at, part in self._rest.items() if at != DELIVERY and part.total_minor > 0}
        left_minor = sum(part.total_minor for part in goods.values())
        self._check(total_minor, left_minor + self._rest[DELIVERY].total_minor)
        of_goods = min(total_minor, left_minor)
        if of_goods:
            shares = allocate(of_goods, [part.total_minor for part in goods.values()])
            for (at, part), share_minor in zip(goods.items(), shares, strict=True):
                self._take(at, part.amount(share_minor))
        if total_minor > of_goods:
            before = self._delivery
            self.take_delivery(total_minor - of_goods)
            self._delivery = _joined(before, self._delivery)

    def credit(self) -> Credit:
        """All that was taken."""
        taxes = self._delivery.taxes if self._delivery.total_minor else ()
        return Credit(tuple(self._taken), self._delivery.total_minor, taxes)

    def _check(self, total_minor: int, left_minor: int) -> None:
        if total_minor < 0:
            raise model.BAD_AMOUNT()
        if total_minor > left_minor:
            raise model.TOO_MUCH(left=str(Money(left_minor, self._currency)))

    def _take(
        self, at: int, part: Part, restock: Restock = Restock.NO_RESTOCK, location_id: int | None = None
    ) -> None:
        self._rest[at] = self._rest[at].less(part.quantity, part.total_minor, part.taxes)
        if part.quantity or part.total_minor:
            self._taken.append(
                CreditedLine(at, part.quantity, part.total_minor, part.taxes, restock, location_id)
            )


def _joined(one: Part, other: Part) -> Part:
    taxes = [_tax(tax, tax.amount_minor + more.amount_minor) for tax, more in zip(one.taxes, other.taxes, strict=True)]
    return Part(0, one.total_minor + other.total_minor, tuple(taxes))


def _tax(tax: TaxLine, amount_minor: int) -> TaxLine:
    return TaxLine(tax.name, tax.rate_ppm, amount_minor, tax.place)
