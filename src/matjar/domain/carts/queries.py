"""Questions about carts."""

from matjar.core.tx import Reading
from matjar.domain.carts import store
from matjar.domain.carts.model import Cart


def find(view: Reading, *, token_hash: bytes) -> Cart | None:
    """The cart that a token opens; None once it has lapsed."""
    return store.find(view, token_hash)
