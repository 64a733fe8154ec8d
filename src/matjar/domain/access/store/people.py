"""People, asked for and written under the house; and which shops each works in."""

from typing import Any

from matjar.core.tx import Reading, Row, Tx
from matjar.domain.access.model.accounts import Account, Person
from matjar.domain.access.model.staff import Employed
from matjar.domain.access.store.staff import workplace

_FIND = """
    SELECT id, email, email_confirmed_at, name, language, password_hash, totp_secret, totp_step, not_before, created_at
    FROM people WHERE shop_id = :shop_id AND id = :id
"""
_FIND_BY_EMAIL = """
    SELECT id, email, email_confirmed_at, name, language, password_hash, totp_secret, totp_step, not_before, created_at
    FROM people WHERE shop_id = :shop_id AND email = :email
"""
_ACCOUNT = """
    SELECT p.id, COALESCE(p.email, ''), p.email_confirmed_at, p.name, p.language, p.password_hash IS NOT NULL,
        p.totp_secret IS NOT NULL,
        (SELECT COUNT(*) FROM recovery_codes c WHERE c.shop_id = p.shop_id AND c.person_id = p.id),
        (SELECT COUNT(*) FROM passkeys k WHERE k.shop_id = p.shop_id AND k.person_id = p.id),
        (SELECT r.due_at FROM recoveries r WHERE r.shop_id = p.shop_id AND r.person_id = p.id), p.created_at
    FROM people p WHERE p.shop_id = :shop_id AND p.id = :id
"""
_SAVE = """
    INSERT INTO people (shop_id, id, email, email_confirmed_at, name, language, password_hash, totp_secret, totp_step,
        not_before, created_at)
    VALUES (:shop_id, :id, :email, :email_confirmed_at, :name, :language, :password_hash, :totp_secret, :totp_step,
        :not_before, :created_at)
    ON CONFLICT (shop_id, id) DO UPDATE SET email = excluded.email, email_confirmed_at = excluded.email_confirmed_at,
        name = excluded.name, language = excluded.language, password_hash = excluded.password_hash,
        totp_secret = excluded.totp_secret, totp_step = excluded.totp_step, not_before = excluded.not_before
"""
_EMPLOYED = """
    SELECT s.shop_id, s.handle, s.name, s.language, s.names, m.role_id, m.suspended_at IS NOT NULL
    FROM memberships w
    JOIN members m ON m.shop_id = w.of_shop_id AND m.person_id = w.person_id
    JOIN workplaces s ON s.shop_id = w.of_shop_id
    WHERE w.shop_id = :shop_id AND w.person_id = :person_id ORDER BY s.handle LIMIT 1000
"""


def find(view: Reading, person_id: int) -> Person | None:
    """One person."""
    row = view.one(_FIND, id=person_id)
    return Person(*row) if row else None


def find_by_email(view: Reading, email: str) -> Person | None:
    """The person with this folded address."""
    row = view.one(_FIND_BY_EMAIL, email=email)
    return Person(*row) if row else None


def find_account(view: Reading, person_id: int) -> Account | None:
    """One person as their own pages show them."""
    row = view.one(_ACCOUNT, id=person_id)
    return _account(row) if row else None


def save(tx: Tx, person: Person) -> None:
    """Write a person, new or changed."""
    row: dict[str, Any] = {name: getattr(person, name) for name in person.__struct_fields__}
    tx.run(_SAVE, **row)


def employed(view: Reading, person_id: int) -> list[Employed]:
    """The shops that a person works in."""
    rows = view.all(_EMPLOYED, person_id=person_id)
    return [Employed(workplace(row[:5]), row[5], bool(row[6])) for row in rows]


def _account(row: Row) -> Account:
    id_, email, confirmed_at, name, language, has_password, has_totp, *rest = row
    return Account(id_, email, confirmed_at, name, language, bool(has_password), bool(has_totp), *rest)
