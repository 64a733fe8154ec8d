"""A customer's passkeys: added, named, removed; each time they hear of it."""

import msgspec

from matjar.core.limits import PASSKEYS_PER_PERSON
from matjar.core.tx import Tx
from matjar.domain import notices
from matjar.domain.customers import model, queries, rules
from matjar.domain.customers.model import Customer, CustomerPasskey
from matjar.domain.customers.store import passkeys
from matjar.domain.notices import Letter


def add_passkey(
    tx: Tx, *, customer_id: int, credential_id: bytes, host: str, public_key: bytes, name: str, sign_count: int,
    backed_up: bool,
) -> None:  # fmt: skip
    """Sign in with this key too, on this host.

    Refuses ``customers.known_passkey``, ``customers.too_many_passkeys`` and ``customers.too_long``.
    """
    customer = queries.load_account(tx, customer_id=customer_id).customer
    if passkeys.find(tx, credential_id) is not None:
        raise model.KNOWN_PASSKEY()
    if len(passkeys.of(tx, customer_id)) >= PASSKEYS_PER_PERSON:
        raise model.TOO_MANY_PASSKEYS(most=PASSKEYS_PER_PERSON)
    passkey = CustomerPasskey(
        credential_id, customer_id, host, public_key, _named(name), sign_count, backed_up, tx.now, tx.now
    )
    passkeys.save(tx, passkey)
    _tell(tx, customer, Letter.PASSKEY_ADDED, passkey)


def rename_passkey(tx: Tx, *, customer_id: int, credential_id: bytes, name: str) -> None:
    """Call a key something else. Refuses ``customers.no_passkey`` and ``customers.too_long``."""
    passkey = _load(tx, customer_id, credential_id)
    passkeys.save(tx, msgspec.structs.replace(passkey, name=_named(name)))


def remove_passkey(tx: Tx, *, customer_id: int, credential_id: bytes) -> None:
    """A key opens nothing any more. Refuses ``customers.no_passkey``."""
    customer = queries.load_account(tx, customer_id=customer_id).customer
    passkey = _load(tx, customer_id, credential_id)
    passkeys.remove(tx, credential_id)
    _tell(tx, customer, Letter.PASSKEY_REMOVED, passkey)


def _load(tx: Tx, customer_id: int, credential_id: bytes) -> CustomerPasskey:
    passkey = passkeys.find(tx, credential_id)
    if passkey is None or passkey.customer_id != customer_id:
        raise model.NO_PASSKEY()
    return passkey


def _named(name: str) -> str:
    rules.check_length("name", name)
    if not name.strip():
        raise model.MISSING().at("name")
    return name.strip()


def _tell(tx: Tx, customer: Customer, letter: Letter, passkey: CustomerPasskey) -> None:
    assert customer.email, "who has an account has an address"
    notices.post(tx, letter, customer.email, customer.language, facts={"name": passkey.name})
