"""Signing in, once somebody has proved who they are, and out: here, there, and everywhere."""

import msgspec

from matjar.core.clock import DAY
from matjar.core.limits import STAFF_SESSION_MS
from matjar.core.proof import Method
from matjar.core.tx import Tx
from matjar.domain.access import events
from matjar.domain.access.model import accounts
from matjar.domain.access.model import staff as nouns
from matjar.domain.access.model.accounts import Person
from matjar.domain.access.model.mails import Template
from matjar.domain.access.model.sessions import Revocation, Revoked, Session
from matjar.domain.access.operations.acting import find_me, load_person, post, save
from matjar.domain.access.store import audit, people, sessions


def begin_session(
    tx: Tx, *, sid: str, of_shop_id: int, surface: str, method: Method, browser: str, browser_hash: bytes
) -> Session:
    """Note that whoever acts signs in, for a shop (0: for identity's own pages); a browser never seen is told of.

    ``browser_hash`` is of a mark that the browser keeps. Refuses ``access.not_a_member`` for a shop where they do not
    work at the moment.
    """
    person = find_me(tx)
    if of_shop_id and not _works_in(tx, person.id, of_shop_id):
        raise nouns.NOT_A_MEMBER()
    session = Session(
        sid, of_shop_id, surface, method, browser, tx.actor.address, tx.now, tx.now + STAFF_SESSION_MS
    )  # fmt: skip
    _note(tx, person, session, browser_hash)
    audit.note(tx, "signed_in", subject=person.id, after=f"{of_shop_id}:{surface}")
    return session


def note_session(tx: Tx, *, person_id: int, session: Session, browser_hash: bytes) -> None:
    """Take down what a surface tells of a session that it began by itself, as often as it tells it."""
    _note(tx, load_person(tx, person_id), session, browser_hash)


def note_ended(tx: Tx, *, person_id: int, sid: str, surface: str, ended_at: int, ends_at: int) -> None:
    """Take down what a surface tells of a person who signed out there, as often as it tells it.

    The session is over everywhere. So is identity's own in the same browser, if it began before: whoever sits down
    there next would come in by it, with no password. Refuses ``access.nobody`` for another person's or surface's.
    """
    if sessions.owner_of(tx, sid)[0] not in {0, person_id}:
        raise accounts.NOBODY()
    session = sessions.find(tx, person_id, sid)
    if session is not None:
        if session.surface != surface:
            raise accounts.NOBODY()
        if session.ends_at <= tx.now:
            return
        for each in sessions.list_beside(tx, person_id, sid, ended_at):
            _end(tx, each.sid, each.ends_at)
    _end(tx, sid, min(ends_at, tx.now + STAFF_SESSION_MS))
    audit.note(tx, "signed_out", subject=person_id, after=surface)
    tx.emit(events.Revoked())


def end_session(tx: Tx, *, sid: str) -> None:
    """Whoever acts signs out in one place; every surface hears of it. Refuses ``access.nobody`` for another's."""
    owner, ends_at = sessions.owner_of(tx, sid)
    if owner not in {0, tx.actor.person_id}:
        raise accounts.NOBODY()
    _end(tx, sid, ends_at or tx.now + STAFF_SESSION_MS)
    audit.note(tx, "signed_out", subject=tx.actor.person_id)
    tx.emit(events.Revoked())


def end_all_sessions(tx: Tx) -> None:
    """Whoever acts signs out everywhere, here too."""
    end_everywhere(tx, find_me(tx))


def end_everywhere(tx: Tx, person: Person) -> None:
    """Every session of a person that began before this moment is over, at surfaces that we never heard of as well.

    Writes the person: what else changes about them is given in ``person``.
    """
    save(tx, msgspec.structs.replace(person, not_before=tx.now))
    sessions.end_all(tx, person.id)
    sessions.revoke(tx, Revocation(Revoked.PERSON, str(person.id), tx.now, tx.now + STAFF_SESSION_MS))
    audit.note(tx, "signed_out_everywhere", subject=person.id)
    tx.emit(events.Revoked())


def revoke_key(tx: Tx, *, kid: str, until: int) -> None:
    """Nothing that this key signed counts any more; ``until`` is when it would have ended by itself."""
    sessions.revoke(tx, Revocation(Revoked.KEY, kid, 0, until))
    audit.note(tx, "key_revoked", subject=kid)
    tx.emit(events.Revoked())


def _end(tx: Tx, sid: str, ends_at: int) -> None:
    """It is over, here and at every surface."""
    sessions.end(tx, sid)
    sessions.revoke(tx, Revocation(Revoked.SESSION, sid, 0, ends_at))


def _works_in(tx: Tx, person_id: int, shop_id: int) -> bool:
    return any(each.shop.id == shop_id and not each.suspended for each in people.employed(tx, person_id))


def _note(tx: Tx, person: Person, session: Session, browser_hash: bytes) -> None:
    if sessions.owner_of(tx, session.sid) != (0, 0):
        return
    if sessions.is_new_browser(tx, person.id, browser_hash):
        facts = {"browser": session.browser, "address": session.address, "at": str(session.began_at)}
        post(tx, Template.NEW_BROWSER, person, facts=facts, good_ms=DAY)
    sessions.add(tx, person.id, session, browser_hash)
