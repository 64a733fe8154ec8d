"""The roles that a shop makes for itself, beside those that every shop has."""

from matjar.core.limits import ROLES_PER_SHOP
from matjar.core.tx import Tx
from matjar.domain.access import events
from matjar.domain.access.model import actions
from matjar.domain.access.model import staff as nouns
from matjar.domain.access.model.people import Role
from matjar.domain.access.operations.acting import require
from matjar.domain.access.queries.shop import list_roles
from matjar.domain.access.rules.people import check_permissions, clean_name, reaches
from matjar.domain.access.store import audit, staff


def make_role(tx: Tx, *, name: str, permissions: tuple[str, ...]) -> Role:
    """A role with these permissions, none of which is beyond the actor's own.

    Refuses ``access.no_permission``, ``access.beyond_yours``, ``access.role_taken``.
    """
    mine = require(tx, actions.ROLES_WRITE)
    if len(staff.list_roles(tx)) >= ROLES_PER_SHOP:
        raise nouns.TOO_MANY(most=ROLES_PER_SHOP)
    role = Role(f"r{tx.new_id()}", clean_name(name), check_permissions(permissions))
    _save(tx, mine, role)
    audit.note(tx, "role_made", subject=role.id, after=",".join(role.permissions))
    return role


def change_role(tx: Tx, *, role_id: str, name: str, permissions: tuple[str, ...]) -> Role:
    """Another name, or other permissions, for all who have the role. Roles that every shop has stay as they are."""
    mine, before = require(tx, actions.ROLES_WRITE), _load_own(tx, role_id)
    role = Role(role_id, clean_name(name), check_permissions(permissions))
    if not reaches(mine, before.permissions):
        raise nouns.BEYOND_YOURS()
    _save(tx, mine, role)
    audit.note(
        tx, "role_changed", subject=role_id, before=",".join(before.permissions), after=",".join(role.permissions)
    )
    return role


def remove_role(tx: Tx, *, role_id: str) -> None:
    """Take away a role that nobody has. Refuses ``access.role_in_use``."""
    mine, before = require(tx, actions.ROLES_WRITE), _load_own(tx, role_id)
    if not reaches(mine, before.permissions):
        raise nouns.BEYOND_YOURS()
    if staff.role_is_used(tx, role_id):
        raise nouns.ROLE_IN_USE()
    staff.remove_role(tx, role_id)
    audit.note(tx, "role_removed", subject=role_id, before=",".join(before.permissions))
    tx.emit(events.AccessChanged())


def _save(tx: Tx, mine: Role, role: Role) -> None:
    if not reaches(mine, role.permissions):
        raise nouns.BEYOND_YOURS()
    if any(other.name == role.name and other.id != role.id for other in list_roles(tx)):
        raise nouns.ROLE_TAKEN(name=role.name).at("name")
    staff.save_role(tx, role)
    tx.emit(events.AccessChanged())


def _load_own(tx: Tx, role_id: str) -> Role:
    for role in staff.list_roles(tx):
        if role.id == role_id:
            return role
    raise nouns.NO_ROLE()
