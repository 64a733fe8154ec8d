"""What people prove themselves with, beside their password: rows of the house."""

from matjar.core.tx import Reading, Row, Tx
from matjar.domain.access.model.accounts import OutsideAccount
from matjar.domain.access.model.people import Passkey

_PASSKEYS = """
    SELECT id, public_key, name, sign_count, backed_up, created_at FROM passkeys
    WHERE shop_id = :shop_id AND person_id = :person_id ORDER BY created_at, id LIMIT 100
"""
_OWNER_OF_PASSKEY = "SELECT person_id FROM passkeys WHERE shop_id = :shop_id AND id = :id"
_ADD_PASSKEY = """
    INSERT INTO passkeys (shop_id, id, person_id, public_key, name, sign_count, backed_up, created_at)
    VALUES (:shop_id, :id, :person_id, :public_key, :name, :sign_count, :backed_up, :created_at)
"""
_RENAME_PASSKEY = """
    UPDATE passkeys SET name = :name WHERE shop_id = :shop_id AND id = :credential_id AND person_id = :person_id
"""
_REMOVE_PASSKEY = "DELETE FROM passkeys WHERE shop_id = :shop_id AND id = :id AND person_id = :person_id"
_REMOVE_PASSKEYS = "DELETE FROM passkeys WHERE shop_id = :shop_id AND person_id = :person_id"
_ADD_CODE = """
    INSERT INTO recovery_codes (shop_id, person_id, hash, made_at) VALUES (:shop_id, :person_id, :hash, :made_at)
"""
_SPEND_CODE = "DELETE FROM recovery_codes WHERE shop_id = :shop_id AND person_id = :person_id AND hash = :hash"
_REMOVE_CODES = "DELETE FROM recovery_codes WHERE shop_id = :shop_id AND person_id = :person_id"
_LINK = """
    INSERT INTO outside_accounts (shop_id, issuer, subject, person_id, linked_at)
    VALUES (:shop_id, :issuer, :subject, :person_id, :linked_at)
"""
_LINKED = """
    SELECT person_id FROM outside_accounts WHERE shop_id = :shop_id AND issuer = :issuer AND subject = :subject
"""
_LINKS = """
    SELECT issuer, subject FROM outside_accounts
    WHERE shop_id = :shop_id AND person_id = :person_id ORDER BY issuer, subject LIMIT 100
"""
_UNLINK = "DELETE FROM outside_accounts WHERE shop_id = :shop_id AND issuer = :issuer AND person_id = :person_id"
_UNLINK_ALL = "DELETE FROM outside_accounts WHERE shop_id = :shop_id AND person_id = :person_id"


def passkeys(view: Reading, person_id: int) -> list[Passkey]:
    """A person's passkeys, the oldest first."""
    return [passkey(row) for row in view.all(_PASSKEYS, person_id=person_id)]


def passkey(row: Row) -> Passkey:
    """A passkey from its columns."""
    id_, public_key, name, sign_count, backed_up, created_at = row
    return Passkey(bytes(id_), bytes(public_key), name, sign_count, bool(backed_up), created_at)


def owner_of_passkey(view: Reading, credential_id: bytes) -> int:
    """Whose passkey it is; 0: nobody's."""
    row = view.one(_OWNER_OF_PASSKEY, id=credential_id)
    return row[0] if row else 0


def add_passkey(tx: Tx, person_id: int, new: Passkey) -> None:
    """Write a passkey."""
    tx.run(
        _ADD_PASSKEY, id=new.id, person_id=person_id, public_key=new.public_key, name=new.name,
        sign_count=new.sign_count, backed_up=int(new.backed_up), created_at=new.created_at,
    )  # fmt: skip


def rename_passkey(tx: Tx, person_id: int, credential_id: bytes, name: str) -> bool:
    """Give a passkey another name; False: the person has no such."""
    return tx.changed(_RENAME_PASSKEY, person_id=person_id, credential_id=credential_id, name=name) > 0


def remove_passkey(tx: Tx, person_id: int, credential_id: bytes) -> bool:
    """Take a passkey away; False: the person has no such."""
    return tx.changed(_REMOVE_PASSKEY, person_id=person_id, id=credential_id) > 0


def put_recovery_codes(tx: Tx, person_id: int, hashes: tuple[bytes, ...]) -> None:
    """New codes in the place of all that there were."""
    tx.run(_REMOVE_CODES, person_id=person_id)
    tx.run_many(_ADD_CODE, [{"person_id": person_id, "hash": each, "made_at": tx.now} for each in hashes])


def spend_recovery_code(tx: Tx, person_id: int, code_hash: bytes) -> bool:
    """Use a code up; False: the person has no such."""
    return tx.changed(_SPEND_CODE, person_id=person_id, hash=code_hash) > 0


def link(tx: Tx, person_id: int, account: OutsideAccount) -> None:
    """Let an outside account sign a person in."""
    tx.run(_LINK, issuer=account.issuer, subject=account.subject, person_id=person_id, linked_at=tx.now)


def linked(view: Reading, account: OutsideAccount) -> int:
    """Whom an outside account signs in; 0: nobody."""
    row = view.one(_LINKED, issuer=account.issuer, subject=account.subject)
    return row[0] if row else 0


def links(view: Reading, person_id: int) -> list[OutsideAccount]:
    """The outside accounts that sign a person in."""
    return [OutsideAccount(*row) for row in view.all(_LINKS, person_id=person_id)]


def unlink(tx: Tx, person_id: int, issuer: str) -> bool:
    """No longer; False: there was none with this provider."""
    return tx.changed(_UNLINK, person_id=person_id, issuer=issuer) > 0


def remove_all(tx: Tx, person_id: int) -> None:
    """Everything that proved this person."""
    for statement in (_REMOVE_PASSKEYS, _REMOVE_CODES, _UNLINK_ALL):
        tx.run(statement, person_id=person_id)
