"""What a customer tells of themselves: who they are, where parcels go, whether they want to hear news."""

import msgspec

from matjar.core.address import Address
from matjar.core.limits import ADDRESSES_PER_CUSTOMER, ORDER_LETTER_MS
from matjar.core.tx import Tx
from matjar.domain import notices
from matjar.domain.customers import events, model, queries, rules
from matjar.domain.customers.model import Consent, SavedAddress
from matjar.domain.customers.store import addresses, people
from matjar.domain.notices import Letter

_TOLD_AT_ONCE = 100
"""Letters with news that are owed in one command, so that it holds up no sale."""


def describe(
    tx: Tx, *, customer_id: int, name: str, phone: str, language: str, accepts_marketing: bool, agreed_to: str = ""
) -> None:
    """Take down what a customer says of themselves, whole; ``agreed_to`` are the words beside the box for news.

    Refuses ``customers.too_long`` at its field.
    """
    before = queries.load_account(tx, customer_id=customer_id).customer
    for field, text in (("name", name), ("phone", phone)):
        rules.check_length(field, text)
    after = msgspec.structs.replace(
        before, name=name.strip(), phone=phone.strip() or None, language=language, accepts_marketing=accepts_marketing
    )
    if after != before:
        people.save(tx, msgspec.structs.replace(after, updated_at=tx.now))
        if after.accepts_marketing is not before.accepts_marketing:
            people.add_consent(tx, customer_id, Consent(tx.new_id(), accepts_marketing, agreed_to, "account", tx.now))
        tx.emit(events.CustomerChanged(customer_id))


def stop_news(tx: Tx, *, customer_id: int) -> None:
    """They want to be told of nothing any more, by the link in a letter; saying so again changes nothing."""
    before = queries.load(tx, customer_id=customer_id)
    if before.accepts_marketing:
        people.save(tx, msgspec.structs.replace(before, accepts_marketing=False, updated_at=tx.now))
        people.add_consent(tx, customer_id, Consent(tx.new_id(), False, "", "letter", tx.now))
        tx.emit(events.CustomerChanged(customer_id))


def tell_news(tx: Tx, *, subject: str, text: str, language: str = "", since_id: int = 0) -> int:
    """Owe a letter to everybody who agreed to be told, a page of them; returns from where to go on, 0 at the end.

    ``language``: only to those who read it. Refuses ``customers.missing`` and ``customers.too_long``.
    """
    rules.check_length("subject", subject)
    for field, words in (("subject", subject), ("text", text)):
        if not words.strip():
            raise model.MISSING().at(field)
    page = people.list_agreed(tx, since_id, _TOLD_AT_ONCE)
    for reader in page:
        if reader.email and language in ("", reader.language):
            facts = {"subject": subject, "text": text, "customer": str(reader.id)}
            notices.post(tx, Letter.NEWS, reader.email, reader.language, facts=facts, good_ms=ORDER_LETTER_MS)
    return page[-1].id if len(page) == _TOLD_AT_ONCE else 0


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
