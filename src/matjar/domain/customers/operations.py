"""What is done with customers."""

import msgspec

from matjar.core.address import NOWHERE, Address
from matjar.core.tx import Tx
from matjar.domain.customers import events, queries, rules, store
from matjar.domain.customers.model import Customer


def upsert(
    tx: Tx,
    *,
    email: str,
    phone: str = "",
    name: str = "",
    language: str = "",
    address: Address = NOWHERE,
    accepts_marketing: bool = False,
) -> int:
    """Note who bought, by e-mail; returns their id. What is empty stays as it was, and so does a yes to marketing."""
    email = rules.fold_email(email)
    known = store.find_by_email(tx, email)
    before = known or Customer(tx.new_id(), email, None, "", "", NOWHERE, False, tx.now, tx.now, None)
    after = msgspec.structs.replace(
        before,
        phone=phone.strip() or before.phone,
        name=name.strip() or before.name,
        language=language or before.language,
        address=address if address != NOWHERE else before.address,
        accepts_marketing=accepts_marketing or before.accepts_marketing,
    )
    if known is None or after != before:
        store.save(tx, msgspec.structs.replace(after, updated_at=tx.now))
        tx.emit(events.CustomerCreated(after.id) if known is None else events.CustomerChanged(after.id))
    return after.id


def erase(tx: Tx, *, customer_id: int) -> None:
    """Forget a customer: the id stays, so that orders still say that it was one and the same."""
    customer = queries.load(tx, customer_id=customer_id)
    if customer.erased_at is None:
        store.save(
            tx, Customer(customer.id, None, None, "", "", NOWHERE, False, customer.created_at, tx.now, tx.now)
        )
        tx.emit(events.CustomerErased(customer_id))
