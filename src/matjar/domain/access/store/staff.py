"""A shop's people: members, those invited, and the roles that the shop made for itself."""

import msgspec

from matjar.core.limits import MEMBERS_PER_SHOP
from matjar.core.tx import Reading, Row, Tx
from matjar.domain.access.model.people import OWNER, Role
from matjar.domain.access.model.staff import Colleague, Invitation, Workplace

_SHOP = "SELECT shop_id, handle, name, language, names FROM workplaces WHERE shop_id = :shop_id"
_SHOP_BY_HANDLE = """
    SELECT shop_id, handle, name, language, names FROM workplaces WHERE handle = :handle AND shop_id > :shop_id
"""
_FOUND_SHOP = """
    INSERT INTO workplaces (shop_id, handle, name, language, created_at, names)
    VALUES (:shop_id, :handle, :name, :language, :now, :names)
"""
_RENAME_SHOP = """
    UPDATE workplaces SET handle = :handle, name = :name, language = :language, names = :names
    WHERE shop_id = :shop_id
"""
_GUEST = """
    SELECT COALESCE(p.email, ''), p.language FROM workplaces w JOIN people p ON p.shop_id = 0 AND p.id = :person_id
    WHERE w.shop_id = :shop_id
"""
_COLLEAGUE = """
    SELECT m.person_id, p.name, COALESCE(p.email, ''), p.language, m.role_id, m.joined_at, m.suspended_at, m.not_before,
        (SELECT COUNT(*) FROM passkeys k WHERE k.shop_id = 0 AND k.person_id = m.person_id),
        (SELECT COUNT(*) FROM printed_codes c
         WHERE c.shop_id = m.shop_id AND c.person_id = m.person_id AND c.ended_at IS NULL)
    FROM members m JOIN people p ON p.shop_id = 0 AND p.id = m.person_id
    WHERE m.shop_id = :shop_id AND m.person_id = :person_id
"""
_COLLEAGUES = """
    SELECT m.person_id, p.name, COALESCE(p.email, ''), p.language, m.role_id, m.joined_at, m.suspended_at, m.not_before,
        (SELECT COUNT(*) FROM passkeys k WHERE k.shop_id = 0 AND k.person_id = m.person_id),
        (SELECT COUNT(*) FROM printed_codes c
         WHERE c.shop_id = m.shop_id AND c.person_id = m.person_id AND c.ended_at IS NULL)
    FROM members m JOIN people p ON p.shop_id = 0 AND p.id = m.person_id
    WHERE m.shop_id = :shop_id ORDER BY m.person_id LIMIT :most
"""
_COUNT = "SELECT COUNT(*) FROM members WHERE shop_id = :shop_id"
_OTHER_OWNERS = """
    SELECT COUNT(*) FROM members
    WHERE shop_id = :shop_id AND role_id = :role_id AND suspended_at IS NULL AND person_id <> :person_id
"""
_JOIN = """
    INSERT INTO members (shop_id, person_id, role_id, joined_at, suspended_at, not_before)
    VALUES (:shop_id, :person_id, :role_id, :now, NULL, 0)
"""
_EMPLOY = "INSERT INTO memberships (shop_id, person_id, of_shop_id) VALUES (0, :person_id, :shop_id)"
_SET_ROLE = "UPDATE members SET role_id = :role_id WHERE shop_id = :shop_id AND person_id = :person_id"
_SUSPEND = """
    UPDATE members SET suspended_at = :suspended_at, not_before = :now
    WHERE shop_id = :shop_id AND person_id = :person_id
"""
_END_SESSIONS = "UPDATE members SET not_before = :now WHERE shop_id = :shop_id AND person_id = :person_id"
_LEAVE = "DELETE FROM members WHERE shop_id = :shop_id AND person_id = :person_id"
_DISMISS = "DELETE FROM memberships WHERE shop_id = 0 AND person_id = :person_id AND of_shop_id = :shop_id"
_ROLES = "SELECT id, name, permissions FROM roles WHERE shop_id = :shop_id ORDER BY name, id LIMIT 100"
_SAVE_ROLE = """
    INSERT INTO roles (shop_id, id, name, permissions) VALUES (:shop_id, :id, :name, :permissions)
    ON CONFLICT (shop_id, id) DO UPDATE SET name = excluded.name, permissions = excluded.permissions
"""
_REMOVE_ROLE = "DELETE FROM roles WHERE shop_id = :shop_id AND id = :id"
_ROLE_IS_USED = """
    SELECT 1 FROM members WHERE shop_id = :shop_id AND role_id = :role_id
    UNION ALL
    SELECT 1 FROM invitations WHERE shop_id = :shop_id AND role_id = :role_id AND expires_at > :now
    LIMIT 1
"""
_INVITE = """
    INSERT INTO invitations (shop_id, id, hash, email, role_id, invited_by, created_at, expires_at)
    VALUES (:shop_id, :id, :hash, :email, :role_id, :invited_by, :created_at, :expires_at)
"""
_INVITATION = """
    SELECT id, email, role_id, invited_by, created_at, expires_at FROM invitations
    WHERE shop_id = :shop_id AND hash = :hash AND expires_at > :now
"""
_INVITATION_ELSEWHERE = """
    SELECT id, email, role_id, invited_by, created_at, expires_at FROM invitations
    WHERE shop_id = :of_shop_id AND hash = :hash AND expires_at > :now AND :shop_id = 0
"""
_INVITATIONS = """
    SELECT id, email, role_id, invited_by, created_at, expires_at FROM invitations
    WHERE shop_id = :shop_id AND expires_at > :now ORDER BY id LIMIT :most
"""
_END_INVITATION = "DELETE FROM invitations WHERE shop_id = :shop_id AND id = :id"
_END_INVITATIONS_TO = "DELETE FROM invitations WHERE shop_id = :shop_id AND email = :email"

_encode = msgspec.json.Encoder().encode
_names = msgspec.json.Decoder(dict[str, str]).decode
_permissions = msgspec.json.Decoder(tuple[str, ...]).decode


def find_shop(view: Reading) -> Workplace | None:
    """This transaction's shop, as identity knows it."""
    row = view.one(_SHOP)
    return workplace(row) if row else None


def find_shop_by_handle(view: Reading, handle: str) -> Workplace | None:
    """The shop with this handle; asked under the house."""
    row = view.one(_SHOP_BY_HANDLE, handle=handle)
    return workplace(row) if row else None


def found_shop(tx: Tx, shop: Workplace) -> None:
    """Take down a shop that identity had not heard of."""
    names = _encode(shop.names).decode()
    tx.run(_FOUND_SHOP, handle=shop.handle, name=shop.name, language=shop.language, names=names, now=tx.now)


def rename_shop(tx: Tx, shop: Workplace) -> None:
    """Take down what a shop is called now."""
    names = _encode(shop.names).decode()
    tx.run(_RENAME_SHOP, handle=shop.handle, name=shop.name, language=shop.language, names=names)


def find_guest(view: Reading, person_id: int) -> tuple[str, str] | None:
    """The address and the language of a person who may not work here yet."""
    row = view.one(_GUEST, person_id=person_id)
    return (row[0], row[1]) if row else None


def find_colleague(view: Reading, person_id: int) -> Colleague | None:
    """One person of the shop."""
    row = view.one(_COLLEAGUE, person_id=person_id)
    return Colleague(*row) if row else None


def list_colleagues(view: Reading) -> list[Colleague]:
    """The people of the shop, by when they became people."""
    return [Colleague(*row) for row in view.all(_COLLEAGUES, most=MEMBERS_PER_SHOP)]


def count_members(view: Reading) -> int:
    """How many work in the shop."""
    row = view.one(_COUNT)
    return row[0] if row else 0


def has_other_owner(view: Reading, person_id: int) -> bool:
    """Whether somebody else owns the shop, and is not suspended."""
    row = view.one(_OTHER_OWNERS, role_id=OWNER, person_id=person_id)
    return row is not None and row[0] > 0


def join(tx: Tx, person_id: int, role_id: str) -> None:
    """Somebody works in the shop from now on."""
    tx.run(_JOIN, person_id=person_id, role_id=role_id, now=tx.now)
    tx.run(_EMPLOY, person_id=person_id)


def set_role(tx: Tx, person_id: int, role_id: str) -> None:
    """Give a member another role."""
    tx.run(_SET_ROLE, person_id=person_id, role_id=role_id)


def suspend(tx: Tx, person_id: int) -> None:
    """They don't, for a while."""
    tx.run(_SUSPEND, person_id=person_id, suspended_at=tx.now, now=tx.now)


def resume(tx: Tx, person_id: int) -> None:
    """They do again; sessions from before do not come back."""
    tx.run(_SUSPEND, person_id=person_id, suspended_at=None, now=tx.now)


def end_sessions(tx: Tx, person_id: int) -> None:
    """What a member began in this shop before this moment is over."""
    tx.run(_END_SESSIONS, person_id=person_id, now=tx.now)


def remove(tx: Tx, person_id: int) -> None:
    """They don't any more."""
    tx.run(_LEAVE, person_id=person_id)
    tx.run(_DISMISS, person_id=person_id)


def list_roles(view: Reading) -> list[Role]:
    """The roles that the shop made for itself."""
    return [Role(id_, name, _permissions(permissions)) for id_, name, permissions in view.all(_ROLES)]


def save_role(tx: Tx, role: Role) -> None:
    """Write a role, new or changed."""
    tx.run(_SAVE_ROLE, id=role.id, name=role.name, permissions=_encode(role.permissions).decode())


def remove_role(tx: Tx, role_id: str) -> None:
    """Take a role away that nobody has."""
    tx.run(_REMOVE_ROLE, id=role_id)


def role_is_used(view: Reading, role_id: str) -> bool:
    """Whether somebody has the role, or is invited to it."""
    return view.one(_ROLE_IS_USED, role_id=role_id, now=view.now) is not None


def invite(tx: Tx, invitation: Invitation, letter_hash: bytes) -> None:
    """Write an invitation; earlier ones to the same address end."""
    tx.run(_END_INVITATIONS_TO, email=invitation.email)
    tx.run(
        _INVITE, id=invitation.id, hash=letter_hash, email=invitation.email, role_id=invitation.role_id,
        invited_by=invitation.invited_by, created_at=invitation.created_at, expires_at=invitation.expires_at,
    )  # fmt: skip


def find_invitation(view: Reading, letter_hash: bytes) -> Invitation | None:
    """The invitation of this link, while it is good."""
    return _invitation(view.one(_INVITATION, hash=letter_hash, now=view.now))


def find_invitation_of(view: Reading, of_shop_id: int, letter_hash: bytes) -> Invitation | None:
    """The same into another shop; asked under the house."""
    return _invitation(view.one(_INVITATION_ELSEWHERE, of_shop_id=of_shop_id, hash=letter_hash, now=view.now))


def list_invitations(view: Reading, most: int) -> list[Invitation]:
    """The invitations that are good."""
    return [Invitation(*row) for row in view.all(_INVITATIONS, now=view.now, most=most)]


def end_invitation(tx: Tx, invitation_id: int) -> None:
    """It is not good any more."""
    tx.run(_END_INVITATION, id=invitation_id)


def workplace(row: Row) -> Workplace:
    """A shop, of columns in this order: id, handle, name, language, names."""
    shop_id, handle, name, language, names = row
    return Workplace(shop_id, handle, name, language, _names(names) if names else {})


def _invitation(row: Row | None) -> Invitation | None:
    return Invitation(*row) if row else None
