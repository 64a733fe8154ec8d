"""Questions about people; asked under the house, for their own pages and for signing in."""

from matjar.core.ids import hash_token
from matjar.core.limits import PAGE_ROWS
from matjar.core.tx import Reading
from matjar.domain.access.model import accounts
from matjar.domain.access.model.accounts import Account, Letter, OutsideAccount, Purpose
from matjar.domain.access.model.audit import Entry
from matjar.domain.access.model.mails import Mail
from matjar.domain.access.model.people import Passkey
from matjar.domain.access.model.sessions import Session
from matjar.domain.access.model.staff import Employed
from matjar.domain.access.store import audit, factors, letters, people, sessions


def load_account(view: Reading, *, person_id: int) -> Account:
    """A person as their own pages show them; refuses ``access.nobody``."""
    account = people.find_account(view, person_id)
    if account is None:
        raise accounts.NOBODY()
    return account


def find_totp(view: Reading, *, person_id: int) -> str:
    """The secret of a person's one-time codes, as it is stored: for the edge, which unseals it; empty: there is none.

    Refuses ``access.nobody``.
    """
    person = people.find(view, person_id)
    if person is None:
        raise accounts.NOBODY()
    return person.totp_secret or ""


def list_passkeys(view: Reading, *, person_id: int) -> list[Passkey]:
    """A person's passkeys, the oldest first."""
    return factors.passkeys(view, person_id)


def find_passkey_owner(view: Reading, *, credential_id: bytes) -> int:
    """Whose passkey it is; 0: nobody's."""
    return factors.owner_of_passkey(view, credential_id)


def find_outside_person(view: Reading, *, account: OutsideAccount) -> int:
    """Whom an outside account signs in; 0: nobody."""
    return factors.linked(view, account)


def list_outside_accounts(view: Reading, *, person_id: int) -> list[OutsideAccount]:
    """The outside accounts that sign a person in."""
    return factors.links(view, person_id)


def find_letter(view: Reading, *, token: str, purpose: Purpose) -> Letter | None:
    """What was mailed under this token for this purpose, while it is good."""
    letter = letters.find(view, hash_token(token))
    return letter if letter is not None and letter.purpose is purpose else None


def list_shops_of(view: Reading, *, person_id: int) -> list[Employed]:
    """The shops that a person works in."""
    return people.employed(view, person_id)


def list_sessions(view: Reading, *, person_id: int) -> list[Session]:
    """Where a person is signed in, as far as identity knows, the newest first."""
    return sessions.list_live(view, person_id, PAGE_ROWS)


def due_mails(view: Reading, *, most: int = PAGE_ROWS) -> list[Mail]:
    """The letters of every shop that are to be sent now."""
    return letters.due_mails(view, min(most, PAGE_ROWS))


def list_audit(view: Reading, *, after_id: int = 0, most: int = PAGE_ROWS) -> list[Entry]:
    """Who changed what, in this shop or, under the house, about people; in the order in which it was done."""
    return audit.list_after(view, after_id, min(most, PAGE_ROWS))
