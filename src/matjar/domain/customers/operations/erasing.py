"""Forgetting a customer. What orders say of their buyer is erased by ``orders.forget_buyer``, which begins here."""

from matjar.core.address import NOWHERE
from matjar.core.limits import SWEEP_ROWS
from matjar.core.tx import Tx
from matjar.domain import notices, waiting
from matjar.domain.customers import events, queries
from matjar.domain.customers.model import Customer
from matjar.domain.customers.store import addresses, codes, passkeys, people
from matjar.domain.notices import Letter


def erase(tx: Tx, *, customer_id: int) -> None:
    """Forget a customer: the id stays, so that orders still say that it was one and the same.

    The account goes with all that signs in to it; who had one gets a last letter.
    """
    customer = queries.load(tx, customer_id=customer_id)
    if customer.erased_at is not None:
        return
    if customer.email:
        codes.forget_for(tx, customer.email)
        notices.forget(tx, address=customer.email)
        waiting.forget(tx, email=customer.email)
        if customer.opened_at is not None:
            notices.post(tx, Letter.FORGOTTEN, customer.email, customer.language)
    addresses.remove_all(tx, customer_id)
    passkeys.remove_all(tx, customer_id)
    people.forget_consents(tx, customer_id)
    people.close_account(tx, customer_id)
    people.save(tx, Customer(customer.id, None, None, "", "", NOWHERE, False, customer.created_at, tx.now, tx.now))
    tx.emit(events.CustomerErased(customer_id))


def sweep(tx: Tx, *, most: int = SWEEP_ROWS) -> int:
    """Delete codes that are not good any more; tells how many rows, so that the sweeper comes again for more."""
    return codes.sweep(tx, most)
