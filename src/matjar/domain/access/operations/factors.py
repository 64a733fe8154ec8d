"""What a person proves themselves with: whoever acts adds to it, and takes away; and hears of it by mail."""

import msgspec

from matjar.core.limits import PASSKEYS_PER_PERSON, PRINTED_CODES
from matjar.core.tx import Tx
from matjar.domain.access.model import accounts
from matjar.domain.access.model import staff as nouns
from matjar.domain.access.model.accounts import OutsideAccount, Person
from matjar.domain.access.model.mails import Template
from matjar.domain.access.model.people import Passkey
from matjar.domain.access.operations.acting import find_me, post, save
from matjar.domain.access.operations.sessions import end_everywhere
from matjar.domain.access.rules.codes import step_of
from matjar.domain.access.rules.people import clean_name
from matjar.domain.access.store import audit, factors, people


def describe_me(tx: Tx, *, name: str, language: str) -> None:
    """Another name, or another language to be written to in."""
    person = msgspec.structs.replace(find_me(tx), name=clean_name(name), language=language)
    save(tx, person)
    audit.note(tx, "person_described", subject=person.id)


def change_password(tx: Tx, *, password_hash: str) -> None:
    """Another password, hashed at the edge, which has asked for the old one; every session is over, this one too."""
    person = find_me(tx)
    audit.note(tx, "password_changed", subject=person.id)
    end_everywhere(tx, msgspec.structs.replace(person, password_hash=password_hash))
    post(tx, Template.PASSWORD_CHANGED, person)


def set_totp(tx: Tx, *, secret: str, sealed: str, code: str) -> None:
    """One-time codes from now on, once the person has shown one; ``sealed`` is the secret as it is stored.

    Refuses ``access.wrong_code``.
    """
    person = find_me(tx)
    step = step_of(secret, code, 0, tx.now)
    if step is None:
        raise accounts.WRONG_CODE().at("code")
    people.save(tx, msgspec.structs.replace(person, totp_secret=sealed, totp_step=step))
    _tell(tx, person, "totp_set")


def drop_totp(tx: Tx) -> None:
    """No one-time codes any more, nor the recovery codes that stood in for them."""
    person = find_me(tx)
    people.save(tx, msgspec.structs.replace(person, totp_secret=None, totp_step=0))
    factors.put_recovery_codes(tx, person.id, ())
    _tell(tx, person, "totp_dropped")


def make_recovery_codes(tx: Tx, *, hashes: tuple[bytes, ...]) -> None:
    """Ten codes to write down, each good once in the place of a one-time code; those made earlier end."""
    person = find_me(tx)
    if len(set(hashes)) != PRINTED_CODES:
        raise nouns.BAD_CODES(count=PRINTED_CODES)
    factors.put_recovery_codes(tx, person.id, hashes)
    _tell(tx, person, "codes_made")


def note_regressed(tx: Tx, *, credential_id: bytes) -> None:
    """Take down that a passkey of whoever acts counted backwards: perhaps there are two of it (WebAuthn, 6.1.1)."""
    audit.note(tx, "passkey_regressed", subject=tx.actor.person_id, after=credential_id.hex()[:16])


def add_passkey(
    tx: Tx, *, credential_id: bytes, public_key: bytes, name: str, sign_count: int, backed_up: bool
) -> None:
    """One more passkey, as the edge has verified it. Refuses ``access.passkey_known``, ``access.too_many_passkeys``."""
    person = find_me(tx)
    if factors.owner_of_passkey(tx, credential_id):
        raise accounts.PASSKEY_KNOWN()
    if len(factors.passkeys(tx, person.id)) >= PASSKEYS_PER_PERSON:
        raise accounts.TOO_MANY_PASSKEYS(most=PASSKEYS_PER_PERSON)
    new = Passkey(credential_id, public_key, clean_name(name), sign_count, backed_up, tx.now)
    factors.add_passkey(tx, person.id, new)
    save(tx, person)
    _tell(tx, person, "passkey_added")


def rename_passkey(tx: Tx, *, credential_id: bytes, name: str) -> None:
    """Call a passkey something else. Refuses ``access.no_passkey``."""
    person = find_me(tx)
    if not factors.rename_passkey(tx, person.id, credential_id, clean_name(name)):
        raise accounts.NO_PASSKEY()
    save(tx, person)


def remove_passkey(tx: Tx, *, credential_id: bytes) -> None:
    """Take a passkey away: it was lost, or is not wanted; every session is over, since it may have begun one."""
    person = find_me(tx)
    if not factors.remove_passkey(tx, person.id, credential_id):
        raise accounts.NO_PASSKEY()
    end_everywhere(tx, person)
    _tell(tx, person, "passkey_removed")


def link_outside(tx: Tx, *, account: OutsideAccount) -> None:
    """Let an account with another provider sign the person in. Refuses ``access.outside_taken``."""
    person = find_me(tx)
    owner = factors.linked(tx, account)
    if owner not in {0, person.id}:
        raise accounts.OUTSIDE_TAKEN()
    if owner == 0:
        factors.link(tx, person.id, account)
        _tell(tx, person, "outside_linked")


def unlink_outside(tx: Tx, *, issuer: str) -> None:
    """No longer."""
    person = find_me(tx)
    if factors.unlink(tx, person.id, issuer):
        _tell(tx, person, "outside_unlinked")


def _tell(tx: Tx, person: Person, what: str) -> None:
    audit.note(tx, what, subject=person.id)
    post(tx, Template.FACTORS_CHANGED, person, facts={"what": what})
