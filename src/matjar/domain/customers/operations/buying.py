"""What is noted of those who buy, with an account or without."""

import msgspec

from matjar.core.address import NOWHERE, Address
from matjar.core.tx import Tx
from matjar.domain.customers import events, rules
from matjar.domain.customers.model import Consent, Customer
from matjar.domain.customers.store import people


def upsert(
    tx: Tx,
    *,
    email: str,
    phone: str = "",
    name: str = "",
    language: str = "",
    address: Address = NOWHERE,
    accepts_marketing: bool = False,
    agreed_to: str = "",
) -> int:
    """Note who bought, by e-mail; returns their id. What is empty stays as it was, and so does a yes to marketing.

    ``agreed_to`` are the words that they ticked: kept, with the moment, where it is the first yes.

    Anybody can type anybody's address at a checkout: what the owner of an account has told stays as they told it.
    """
    email = rules.fold_email(email)
    known = people.find_by_email(tx, email)
    before = known or Customer(tx.new_id(), email, None, "", "", NOWHERE, False, tx.now, tx.now, None)
    owned = before.opened_at is not None
    after = msgspec.structs.replace(
        before,
        phone=_chosen(phone.strip(), before.phone, owned=owned),
        name=_chosen(name.strip(), before.name, owned=owned) or "",
        language=_chosen(language, before.language, owned=owned) or "",
        address=address if address != NOWHERE and not owned else before.address,
        accepts_marketing=before.accepts_marketing or (accepts_marketing and not owned),
    )
    if known is None or after != before:
        people.save(tx, msgspec.structs.replace(after, updated_at=tx.now))
        if after.accepts_marketing and not before.accepts_marketing:
            people.add_consent(tx, after.id, Consent(tx.new_id(), True, agreed_to, "checkout", tx.now))
        tx.emit(events.CustomerCreated(after.id) if known is None else events.CustomerChanged(after.id))
    return after.id


def _chosen(told: str, known: str | None, *, owned: bool) -> str | None:
    """The newer of two words; what an owner has told is not overwritten."""
    return known or told or None if owned else told or known
