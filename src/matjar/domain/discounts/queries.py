"""Questions about discounts."""

from matjar.core.limits import PAGE_ROWS
from matjar.core.tx import Reading
from matjar.domain.discounts import model, rules, store
from matjar.domain.discounts.model import Discount


def find(view: Reading, code: str) -> Discount | None:
    """The discount that a buyer means by what they typed, valid or not."""
    return store.find(view, rules.fold(code))


def load(view: Reading, code: str) -> Discount:
    """The same; refuses ``discounts.unknown``."""
    discount = find(view, code)
    if discount is None:
        raise model.UNKNOWN(code=rules.fold(code)[:40])
    return discount


def load_by_id(view: Reading, discount_id: int) -> Discount:
    """The discount with this id; refuses ``discounts.no_such_discount``."""
    discount = store.find_by_id(view, discount_id)
    if discount is None:
        raise model.NO_SUCH_DISCOUNT(discount_id=discount_id)
    return discount


def list_discounts(view: Reading, *, after_id: int = 0, most: int = PAGE_ROWS) -> tuple[Discount, ...]:
    """Discounts in the order they were made, a page of them after ``after_id``, ended ones too."""
    return tuple(store.list_from(view, after_id=after_id, most=min(most, PAGE_ROWS)))
