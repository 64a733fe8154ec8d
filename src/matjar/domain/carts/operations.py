"""What is done with carts."""

from matjar.core.limits import CART_KEPT_MS, SWEEP_ROWS
from matjar.core.tx import Tx
from matjar.domain.carts import rules, store
from matjar.domain.carts.model import Cart, Line


def put(tx: Tx, *, token_hash: bytes, lines: tuple[Line, ...]) -> Cart:
    """Write the cart that the token opens, whole; it is kept for thirty days from now.

    Refuses ``carts.too_many_lines`` and ``carts.bad_quantity``.
    """
    kept = rules.merged(lines)
    store.put(tx, token_hash, kept, tx.now + CART_KEPT_MS)
    return store.find(tx, token_hash) or Cart(kept)


def sweep(tx: Tx) -> int:
    """Forget carts that lapsed; tells how many, so that the sweeper comes again while there are more."""
    return store.sweep(tx, SWEEP_ROWS)
