"""Questions about customers."""

from matjar.core.limits import PAGE_ROWS
from matjar.core.tx import Reading
from matjar.domain.customers import model, store
from matjar.domain.customers.model import Customer


def load(view: Reading, *, customer_id: int) -> Customer:
    """One customer; refuses ``customers.not_found``."""
    customer = store.find(view, customer_id)
    if customer is None:
        raise model.NOT_FOUND()
    return customer


def find(view: Reading, *, email: str) -> Customer | None:
    """The customer with this e-mail address, whatever its letters' case."""
    return store.find_by_email(view, email.strip().lower())


def list_customers(view: Reading, *, since_id: int = 0, words: str = "", most: int = PAGE_ROWS) -> list[Customer]:
    """Customers after an id, in order of their ids; ``words`` begin the e-mail or stand in the name or the phone."""
    return store.list_where(view, since_id=since_id, words=words.strip().lower(), most=min(most, PAGE_ROWS))
