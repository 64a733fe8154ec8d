"""Questions about letters."""

from matjar.core.limits import PAGE_ROWS
from matjar.core.tx import Reading
from matjar.domain.notices import store
from matjar.domain.notices.model import Notice, Posted


def due(view: Reading, *, most: int = PAGE_ROWS) -> list[Notice]:
    """The letters of every shop that are due, the oldest first; asked under the shop 0, which comes before all."""
    return store.due(view, min(most, PAGE_ROWS))


def read_up_to(view: Reading) -> int:
    """Up to which event this shop's feed was read for letters; it lies beside them, and so is restored with them."""
    return store.cursor(view)


def list_about(view: Reading, *, order_id: int) -> list[Posted]:
    """The letters about an order of the last weeks, the oldest first: sent, waiting, given up."""
    return store.posted_about(view, order_id)
