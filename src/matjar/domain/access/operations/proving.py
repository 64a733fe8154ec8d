"""How somebody proves at identity who they are: a password, and then a code. Nobody is signed in yet.

Passkeys are asked for at the surfaces, and do not come by here.
"""

import msgspec

from matjar.core.ids import hash_token
from matjar.core.limits import MAILED_CODE_MS
from matjar.core.tx import Tx
from matjar.domain import attempts
from matjar.domain.access.model import accounts
from matjar.domain.access.model.accounts import Credentials, Letter, Person, Purpose
from matjar.domain.access.model.mails import Template
from matjar.domain.access.operations.acting import load_person, post
from matjar.domain.access.rules.codes import step_of
from matjar.domain.access.rules.people import code_limit, letter_limit, password_limits
from matjar.domain.access.store import factors, letters, people


def try_password(tx: Tx, *, email: str, address: str) -> Credentials | None:
    """Count a try to sign in with a password, and tell what it is to be held against; None: nobody signs in so.

    The edge hashes in either case, so that the time tells nothing. It counts before anybody knows the outcome: a
    thousand tries at once are a thousand tries. Refuses ``attempts.too_many``.
    """
    email = email.strip().lower()
    limits = password_limits(email, address)
    attempts.check_all(tx, limits=limits)
    attempts.count_all(tx, limits=limits)
    person = people.find_by_email(tx, email)
    if person is None or person.password_hash is None:
        return None
    return Credentials(person.id, person.password_hash, person.totp_secret is not None)


def renew_hash(tx: Tx, *, person_id: int, before: str, password_hash: str) -> None:
    """The same password, which was right just now, hashed as is done today; unless it has changed meanwhile."""
    person = load_person(tx, person_id)
    if person.password_hash == before:
        people.save(tx, msgspec.structs.replace(person, password_hash=password_hash))


def prove_totp(tx: Tx, *, person_id: int, secret: str, stored: str, sealed: str, code: str) -> None:
    """The second step by a person's own one-time code, which is good once. Refuses ``access.wrong_code``.

    ``secret`` is what the edge has unsealed of ``stored``, which ``sealed`` replaces once the code was right.
    """
    person = load_person(tx, person_id)
    _check_tries(tx, person_id)
    step = step_of(secret, code, person.totp_step, tx.now) if stored and person.totp_secret == stored else None
    if step is None:
        raise _wrong(person_id)
    people.save(tx, msgspec.structs.replace(person, totp_secret=sealed, totp_step=step))


def prove_recovery_code(tx: Tx, *, person_id: int, code_hash: bytes) -> None:
    """The second step by one of the codes that a person wrote down; the person hears of it."""
    person = load_person(tx, person_id)
    _check_tries(tx, person_id)
    if not factors.spend_recovery_code(tx, person_id, code_hash):
        raise _wrong(person_id)
    post(tx, Template.FACTORS_CHANGED, person, facts={"what": "code_used"})


def mail_code(tx: Tx, *, person_id: int, code: str) -> None:
    """Mail six digits, for the second step of somebody who has no codes of their own, or for a recovery."""
    person = load_person(tx, person_id)
    assert person.email, "who signs in has an address"
    limits = (letter_limit(person.email),)
    attempts.check_all(tx, limits=limits)
    attempts.count_all(tx, limits=limits)
    letter = Letter(Purpose.SIGN_IN, person_id, person.email, tx.now + MAILED_CODE_MS)
    letters.add(tx, _hash_of(person_id, code), letter)
    post(tx, Template.CODE, person, token=code, good_ms=MAILED_CODE_MS)


def prove_mailed_code(tx: Tx, *, person_id: int, code: str) -> None:
    """The second step by a mailed code; who has codes of their own cannot go round them so."""
    person = load_person(tx, person_id)
    if person.totp_secret is not None:
        raise _wrong(person_id)
    take_mailed_code(tx, person, code)


def take_mailed_code(tx: Tx, person: Person, code: str) -> None:
    """Use a mailed code up: whoever has read it reads this address. Refuses ``access.wrong_code``."""
    _check_tries(tx, person.id)
    letter = letters.find(tx, _hash_of(person.id, code))
    if letter is None or letter.purpose is not Purpose.SIGN_IN or letter.email != person.email:
        raise _wrong(person.id)
    letters.forget_purpose(tx, person.id, Purpose.SIGN_IN)
    if person.email_confirmed_at is None:
        people.save(tx, msgspec.structs.replace(person, email_confirmed_at=tx.now))


def _hash_of(person_id: int, code: str) -> bytes:
    return hash_token(f"{person_id}:{code}")


def _check_tries(tx: Tx, person_id: int) -> None:
    attempts.check_all(tx, limits=(code_limit(person_id),))


def _wrong(person_id: int) -> Exception:
    """No; and it counts, although the command is rolled back."""
    limits = (code_limit(person_id),)
    return accounts.WRONG_CODE().at("code").leaving(lambda tx: attempts.count_all(tx, limits=limits))
