"""Where people are signed in, rows of the house; and what is revoked, rows of whoever revoked it."""

from matjar.core.proof import Method
from matjar.core.tx import Reading, Row, Tx
from matjar.domain.access.model.sessions import Revocation, Revoked, Session

_ADD = """
    INSERT INTO sessions (shop_id, sid, person_id, of_shop_id, surface, method, browser, browser_hash, address,
        began_at, ends_at)
    VALUES (:shop_id, :sid, :person_id, :of_shop_id, :surface, :method, :browser, :browser_hash, :address, :began_at,
        :ends_at)
    ON CONFLICT (shop_id, sid) DO NOTHING
"""
_LIST = """
    SELECT sid, of_shop_id, surface, method, browser, address, began_at, ends_at FROM sessions
    WHERE shop_id = :shop_id AND person_id = :person_id AND ends_at > :now ORDER BY began_at DESC LIMIT :most
"""
_FIND = """
    SELECT sid, of_shop_id, surface, method, browser, address, began_at, ends_at FROM sessions
    WHERE shop_id = :shop_id AND sid = :sid AND person_id = :person_id
"""
_BESIDE = """
    SELECT o.sid, o.of_shop_id, o.surface, o.method, o.browser, o.address, o.began_at, o.ends_at
    FROM sessions s JOIN sessions o ON o.shop_id = s.shop_id AND o.person_id = s.person_id
    WHERE s.shop_id = :shop_id AND s.sid = :sid AND s.person_id = :person_id
        AND o.of_shop_id = 0 AND o.began_at <= :before AND o.ends_at > :now
        AND (o.browser_hash = s.browser_hash OR (o.browser = s.browser AND o.address = s.address))
    ORDER BY o.began_at LIMIT 100
"""
_OWNER = "SELECT person_id, ends_at FROM sessions WHERE shop_id = :shop_id AND sid = :sid"
_BROWSERS = """
    SELECT COUNT(*), COALESCE(SUM(CASE WHEN browser_hash = :browser_hash THEN 1 ELSE 0 END), 0) FROM sessions
    WHERE shop_id = :shop_id AND person_id = :person_id
"""
_END = "UPDATE sessions SET ends_at = :now WHERE shop_id = :shop_id AND sid = :sid AND ends_at > :now"
_END_ALL = "UPDATE sessions SET ends_at = :now WHERE shop_id = :shop_id AND person_id = :person_id AND ends_at > :now"
_FORGET_ALL = "DELETE FROM sessions WHERE shop_id = :shop_id AND person_id = :person_id"
_REVOKE = """
    INSERT INTO revocations (shop_id, kind, subject, not_before, ends_at)
    VALUES (:shop_id, :kind, :subject, :not_before, :ends_at)
    ON CONFLICT (shop_id, kind, subject) DO UPDATE SET not_before = excluded.not_before, ends_at = excluded.ends_at
"""
_REVOKED = """
    SELECT kind, subject, not_before, ends_at FROM revocations
    WHERE shop_id >= :shop_id AND ends_at > :now ORDER BY kind, subject LIMIT :most
"""


def add(tx: Tx, person_id: int, session: Session, browser_hash: bytes) -> None:
    """Note a session; one that is noted already stays as it is."""
    tx.run(
        _ADD, sid=session.sid, person_id=person_id, of_shop_id=session.shop_id, surface=session.surface,
        method=session.method, browser=session.browser, browser_hash=browser_hash, address=session.address,
        began_at=session.began_at, ends_at=session.ends_at,
    )  # fmt: skip


def list_live(view: Reading, person_id: int, most: int) -> list[Session]:
    """A person's sessions that are not over, the newest first."""
    return [_session(row) for row in view.all(_LIST, person_id=person_id, now=view.now, most=most)]


def find(view: Reading, person_id: int, sid: str) -> Session | None:
    """A person's session, also one that is over."""
    row = view.one(_FIND, person_id=person_id, sid=sid)
    return _session(row) if row else None


def list_beside(view: Reading, person_id: int, sid: str, before: int) -> list[Session]:
    """A person's sessions at identity's own pages, begun before a moment, in the browser of another session of theirs.

    Surfaces mark browsers each for itself, so one of the same kind at the same address is taken for the same.
    """
    return [_session(row) for row in view.all(_BESIDE, person_id=person_id, sid=sid, before=before, now=view.now)]


def owner_of(view: Reading, sid: str) -> tuple[int, int]:
    """Whose session it is, and when it ends; (0, 0): it was never noted here."""
    row = view.one(_OWNER, sid=sid)
    return (row[0], row[1]) if row else (0, 0)


def is_new_browser(view: Reading, person_id: int, browser_hash: bytes) -> bool:
    """Whether a person who has signed in before does so from a browser that they never used."""
    row = view.one(_BROWSERS, person_id=person_id, browser_hash=browser_hash)
    return row is not None and row[0] > 0 and row[1] == 0


def end(tx: Tx, sid: str) -> None:
    """It is over."""
    tx.run(_END, sid=sid, now=tx.now)


def end_all(tx: Tx, person_id: int) -> None:
    """All of a person's are over."""
    tx.run(_END_ALL, person_id=person_id, now=tx.now)


def forget_all(tx: Tx, person_id: int) -> None:
    """Nobody knows any more where this person was signed in."""
    tx.run(_FORGET_ALL, person_id=person_id)


def revoke(tx: Tx, revocation: Revocation) -> None:
    """Revoke; the newest word about a subject counts."""
    tx.run(
        _REVOKE, kind=revocation.kind, subject=revocation.subject, not_before=revocation.not_before,
        ends_at=revocation.ends_at,
    )  # fmt: skip


def revoked(view: Reading, most: int) -> list[Revocation]:
    """Everything that is revoked, in whichever shop; asked under the house."""
    return [Revocation(Revoked(row[0]), *row[1:]) for row in view.all(_REVOKED, now=view.now, most=most)]


def _session(row: Row) -> Session:
    sid, shop_id, surface, method, browser, address, began_at, ends_at = row
    return Session(sid, shop_id, surface, Method(method), browser, address, began_at, ends_at)
