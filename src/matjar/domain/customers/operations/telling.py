"""What a customer tells of themselves: who they are, and where parcels go."""

import msgspec

from matjar.core.address import Address
from matjar.core.limits import ADDRESSES_PER_CUSTOMER
from matjar.core.tx import Tx
from matjar.domain.customers import events, model, queries, rules
from matjar.domain.customers.model import SavedAddress
from matjar.domain.customers.store import addresses, people


def describe(tx: Tx, *, customer_id: int, name: str, phone: str, language: str, accepts_marketing: bool) -> None:
    """Take down what a customer says of themselves, whole. Refuses ``customers.too_long`` at its field."""
    before = queries.load_account(tx, customer_id=customer_id).customer
    for field, text in (("name", name), ("phone", phone)):
        rules.check_length(field, text)
    after = msgspec.structs.replace(
        before, name=name.strip(), phone=phone.strip() or None, language=language, accepts_marketing=accepts_marketing
    )
    if after != before:
        people.save(tx, msgspec.structs.replace(after, updated_at=tx.now))
        tx.emit(events.CustomerChanged(customer_id))


def keep_address(tx: Tx, *, customer_id: int, address: Address) -> int:
    """Keep an address, the first from now on; one that is kept already only moves up. Returns its id.

    Refuses at its field what is missing or wrong, and ``customers.too_many_addresses``.
    """
    rules.check_address(address)
    queries.load_account(tx, customer_id=customer_id)
    kept = addresses.of(tx, customer_id)
    same = next((each for each in kept if each.address == address), None)
    if same is None and len(kept) >= ADDRESSES_PER_CUSTOMER:
        raise model.TOO_MANY_ADDRESSES(most=ADDRESSES_PER_CUSTOMER)
    saved = SavedAddress(same.id if same else tx.new_id(), address, tx.now)
    addresses.save(tx, customer_id, saved)
    return saved.id


def change_address(tx: Tx, *, customer_id: int, address_id: int, address: Address) -> None:
    """Correct an address in its place. Refuses at its field what is missing or wrong, and ``customers.no_address``."""
    rules.check_address(address)
    before = queries.load_address(tx, customer_id=customer_id, address_id=address_id)
    addresses.save(tx, customer_id, msgspec.structs.replace(before, address=address))


def put_first(tx: Tx, *, customer_id: int, address_id: int) -> None:
    """Have checkouts begin with this address. Refuses ``customers.no_address``."""
    before = queries.load_address(tx, customer_id=customer_id, address_id=address_id)
    addresses.save(tx, customer_id, msgspec.structs.replace(before, used_at=tx.now))


def remove_address(tx: Tx, *, customer_id: int, address_id: int) -> None:
    """Keep an address no longer. Refuses ``customers.no_address``."""
    if not addresses.remove(tx, customer_id, address_id):
        raise model.NO_ADDRESS()
