"""Questions about checkouts."""

from matjar.core.tx import Reading
from matjar.domain.checkout import model, store
from matjar.domain.checkout.model import Checkout


def load(view: Reading, *, token_hash: bytes) -> Checkout:
    """The checkout that a token opens; refuses ``checkout.not_found``."""
    checkout = store.find(view, token_hash)
    if checkout is None:
        raise model.NOT_FOUND()
    return checkout


def find_by_id(view: Reading, *, checkout_id: int) -> Checkout | None:
    """The checkout with this id, lapsed or not; None once it was swept."""
    return store.find_by_id(view, checkout_id)
