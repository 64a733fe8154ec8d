"""Ways back in: a forgotten password, another address, everything lost; and the way out for good.

Whatever is done here is told to the address that stood there before.
"""

import msgspec

from matjar.core.clock import DAY
from matjar.core.ids import hash_token
from matjar.core.limits import CONFIRM_MS, RECOVERY_OPEN_MS, RECOVERY_WAIT_MS, RESET_MS
from matjar.core.tx import Tx
from matjar.domain import attempts
from matjar.domain.access.model import accounts
from matjar.domain.access.model.accounts import Letter, Person, Purpose
from matjar.domain.access.model.mails import Template
from matjar.domain.access.operations.acting import find_me, load_person, post, post_to, save
from matjar.domain.access.operations.proving import take_mailed_code
from matjar.domain.access.operations.sessions import end_everywhere
from matjar.domain.access.rules.people import fold_email, hint_of, letter_limit
from matjar.domain.access.store import audit, factors, letters, people, sessions


def order_reset(tx: Tx, *, email: str) -> str:
    """Count that somebody asks for a new password, which is the same work whoever it is; the address as it is kept.

    Refuses ``access.bad_email`` and ``attempts.too_many``, for unknown addresses as well.
    """
    email = fold_email(email)
    _order_letter(tx, email)
    return email


def mail_reset(tx: Tx, *, email: str, token: str) -> None:
    """Mail a link to a new password, to an address that was confirmed. Whoever asked has had their answer before."""
    person = people.find_by_email(tx, email)
    if person is not None and person.email_confirmed_at is not None:
        letters.add(tx, hash_token(token), Letter(Purpose.RESET, person.id, email, tx.now + RESET_MS))
        post(tx, Template.RESET, person, token=token, good_ms=RESET_MS)


def reset_password(tx: Tx, *, token: str, password_hash: str) -> int:
    """Set a new password by a mailed link; every session is over, the second step stays. Tells whose it is.

    Refuses ``access.link_gone``.
    """
    person = load_person(tx, _open(tx, token, Purpose.RESET).person_id)
    audit.note(tx, "password_reset", subject=person.id)
    end_everywhere(tx, msgspec.structs.replace(person, password_hash=password_hash))
    post(tx, Template.PASSWORD_CHANGED, person)
    return person.id


def ask_email_change(tx: Tx, *, email: str, token: str) -> None:
    """Mail a link to an address that a person wants to be reached at from now on, or to confirm the one they have.

    The old address is told at once. Whether the new one is somebody else's, only who reads it hears.
    """
    person, email = find_me(tx), fold_email(email)
    _order_letter(tx, email)
    letters.add(tx, hash_token(token), Letter(Purpose.EMAIL, person.id, email, tx.now + CONFIRM_MS))
    post_to(tx, Template.CONFIRM, email, person.language, person.id, token=token, good_ms=CONFIRM_MS)
    if email != person.email:
        post(tx, Template.ADDRESS_CHANGING, person, facts={"hint": hint_of(email)})
        audit.note(tx, "email_change_asked", subject=person.id)


def confirm_email(tx: Tx, *, token: str) -> int:
    """The link was read there: the address is the person's from now on. Tells whose.

    Refuses ``access.link_gone``, ``access.email_taken``.
    """
    letter = _open(tx, token, Purpose.EMAIL)
    person = load_person(tx, letter.person_id)
    _check_free(tx, person, letter.email)
    save(tx, msgspec.structs.replace(person, email=letter.email, email_confirmed_at=tx.now))
    if letter.email != person.email:
        letters.forget_all(tx, person.id)
        post(tx, Template.ADDRESS_CHANGED, person, facts={"hint": hint_of(letter.email)}, good_ms=7 * DAY)
        audit.note(tx, "email_changed", subject=person.id)
    return person.id


def ask_recovery(tx: Tx, *, person_id: int) -> int:
    """Begin to wait, for somebody who knows their password and has lost the second step; tells until when.

    They are written to, so that whoever has lost nothing can say no. Asking again does not wait anew.
    """
    person = load_person(tx, person_id)
    due_at = letters.recovery_due_at(tx, person_id)
    if due_at is not None and tx.now < due_at + RECOVERY_OPEN_MS:
        return due_at
    due_at = tx.now + RECOVERY_WAIT_MS
    letters.ask_recovery(tx, person_id, due_at)
    audit.note(tx, "recovery_asked", subject=person_id)
    post(tx, Template.RECOVERY_ASKED, person, facts={"due_at": str(due_at)}, good_ms=RECOVERY_WAIT_MS)
    return due_at


def cancel_recovery(tx: Tx) -> None:
    """Whoever acts has lost nothing."""
    if letters.forget_recovery(tx, tx.actor.person_id):
        audit.note(tx, "recovery_cancelled", subject=tx.actor.person_id)


def finish_recovery(tx: Tx, *, person_id: int, code: str) -> None:
    """Nobody said no, and the person reads their mail: all that proved them, but for the password, is taken away.

    Refuses ``access.too_soon`` and ``access.wrong_code``.
    """
    person = load_person(tx, person_id)
    due_at = letters.recovery_due_at(tx, person_id)
    if due_at is None or not due_at <= tx.now < due_at + RECOVERY_OPEN_MS:
        raise accounts.TOO_SOON()
    take_mailed_code(tx, person, code)
    letters.forget_recovery(tx, person_id)
    factors.remove_all(tx, person_id)
    audit.note(tx, "recovered", subject=person_id)
    end_everywhere(tx, msgspec.structs.replace(load_person(tx, person_id), totp_secret=None, totp_step=0))
    post(tx, Template.RECOVERED, person, good_ms=7 * DAY)


def forget_me(tx: Tx) -> None:
    """Whoever acts goes for good: an id is left, and nothing else. Refuses ``access.still_member``."""
    person = find_me(tx)
    if people.employed(tx, person.id):
        raise accounts.STILL_MEMBER()
    factors.remove_all(tx, person.id)
    letters.forget_all(tx, person.id)
    letters.forget_recovery(tx, person.id)
    end_everywhere(tx, Person(person.id, None, None, "", "", None, None, 0, 0, person.created_at))
    sessions.forget_all(tx, person.id)
    audit.note(tx, "person_forgotten", subject=person.id)


def _order_letter(tx: Tx, email: str) -> None:
    limits = (letter_limit(email),)
    attempts.check_all(tx, limits=limits)
    attempts.count_all(tx, limits=limits)


def _check_free(tx: Tx, person: Person, email: str) -> None:
    other = people.find_by_email(tx, email)
    if other is not None and other.id != person.id:
        raise accounts.EMAIL_TAKEN(email=email).at("email")


def _open(tx: Tx, token: str, purpose: Purpose) -> Letter:
    """What was mailed under a token, which opens nothing any more. Refuses ``access.link_gone``."""
    letter = letters.find(tx, hash_token(token))
    if letter is None or letter.purpose is not purpose:
        raise accounts.LINK_GONE()
    letters.forget_purpose(tx, letter.person_id, purpose)
    return letter
