"""Questions about letters."""

from matjar.core.limits import PAGE_ROWS
from matjar.core.tx import Reading
from matjar.domain.notices import store
from matjar.domain.notices.model import Notice


def due(view: Reading, *, most: int = PAGE_ROWS) -> list[Notice]:
    """The letters of every shop that are due, the oldest first; asked under the shop 0, which comes before all."""
    return store.due(view, min(most, PAGE_ROWS))
