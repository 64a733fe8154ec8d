"""Questions about customers."""

from matjar.core.ids import hash_token
from matjar.core.limits import PAGE_ROWS
from matjar.core.tx import Reading
from matjar.domain.customers import model, rules
from matjar.domain.customers.model import Account, Consent, Customer, CustomerPasskey, SavedAddress
from matjar.domain.customers.store import addresses, codes, passkeys, people


def load(view: Reading, *, customer_id: int) -> Customer:
    """One customer; refuses ``customers.not_found``."""
    customer = people.find(view, customer_id)
    if customer is None:
        raise model.NOT_FOUND()
    return customer


def find(view: Reading, *, email: str) -> Customer | None:
    """The customer with this e-mail address, whatever its letters' case."""
    return people.find_by_email(view, email.strip().lower())


def list_customers(view: Reading, *, since_id: int = 0, words: str = "", most: int = PAGE_ROWS) -> list[Customer]:
    """Customers after an id, in order of their ids; ``words`` begin the e-mail or stand in the name or the phone."""
    return people.list_where(view, since_id=since_id, words=words.strip().lower(), most=min(most, PAGE_ROWS))


def list_consents(view: Reading, *, customer_id: int) -> list[Consent]:
    """Each time that a customer said whether they want to be told of news, the latest first."""
    return people.consents_of(view, customer_id)


def find_account(view: Reading, *, customer_id: int) -> Account | None:
    """The account of a customer who signs in; None where there is none, or none any more."""
    signed_out_at = people.signed_out_at(view, customer_id)
    return None if signed_out_at is None else Account(load(view, customer_id=customer_id), signed_out_at)


def load_account(view: Reading, *, customer_id: int) -> Account:
    """The same; refuses ``customers.not_found``."""
    account = find_account(view, customer_id=customer_id)
    if account is None:
        raise model.NOT_FOUND()
    return account


def find_asked(view: Reading, *, browser: str) -> str | None:
    """The address that a browser's code was mailed to, while it is good."""
    asked = codes.find_by_browser(view, hash_token(browser))
    return asked.email if asked and view.now < asked.expires_at else None


def find_asked_move(view: Reading, *, customer_id: int, session: str) -> str | None:
    """The address that a customer asked to move to in a session, while its code is good."""
    return find_asked(view, browser=rules.asking_to_move(customer_id, session))


def list_addresses(view: Reading, *, customer_id: int) -> list[SavedAddress]:
    """The addresses that a customer keeps; a checkout begins with the first."""
    return addresses.of(view, customer_id)


def load_address(view: Reading, *, customer_id: int, address_id: int) -> SavedAddress:
    """One of them; refuses ``customers.no_address``."""
    found = next((each for each in addresses.of(view, customer_id) if each.id == address_id), None)
    if found is None:
        raise model.NO_ADDRESS()
    return found


def list_passkeys(view: Reading, *, customer_id: int) -> list[CustomerPasskey]:
    """A customer's passkeys, the oldest first."""
    return passkeys.of(view, customer_id)


def load_passkey(view: Reading, *, credential_id: bytes, host: str) -> CustomerPasskey:
    """The passkey that answers on this host; refuses ``customers.no_passkey``."""
    passkey = passkeys.find(view, credential_id)
    if passkey is None or passkey.host != host:
        raise model.NO_PASSKEY()
    return passkey
