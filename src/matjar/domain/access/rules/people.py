"""Names, addresses, how often somebody may guess, and who may change whose role."""

from matjar.core import email as addresses
from matjar.core.clock import HOUR
from matjar.core.ids import hash_token
from matjar.core.limits import (
    CODE_TRIES,
    LETTERS_PER_PERSON,
    PASSWORD_TRIES,
    PASSWORD_TRIES_PER_ACCOUNT,
    PASSWORD_TRIES_PER_ADDRESS,
    TEXT,
)
from matjar.domain.access.model import accounts, actions, staff
from matjar.domain.access.model.people import BUILT_IN, OWNER, Role
from matjar.domain.attempts import Limit

_OWN = "own"
"""What makes an owner; no role that a shop makes for itself can hold it."""

PERMISSIONS = frozenset(
    {action.permission for action in actions.ALL} | {each for role in BUILT_IN for each in role.permissions}
) - {"", _OWN}
"""Every permission that a role, or a token as its scope, can hold."""


def fold_email(email: str) -> str:
    """An address as it is stored and compared; refuses ``access.bad_email`` for what no letter could reach."""
    folded = addresses.fold(email)
    if not folded:
        raise accounts.BAD_EMAIL(email=email[:50]).at("email")
    return folded


def hint_of(email: str) -> str:
    """Enough of an address for whoever knows it: ``s…@example.com``."""
    name, at, host = email.partition("@")
    return f"{name[:1]}…{at}{host}" if at else ""


def clean_name(name: str) -> str:
    """A name without spaces around it; refuses ``access.no_name`` and ``access.bad_name``."""
    cleaned = name.strip()
    if not cleaned:
        raise accounts.NO_NAME().at("name")
    if len(cleaned) > TEXT:
        raise accounts.BAD_NAME(most=TEXT).at("name")
    return cleaned


def password_limits(email: str, address: str) -> tuple[Limit, ...]:
    """What slows guessing down, without letting a stranger shut out the person at home."""
    account = hash_token(email).hex()
    return (
        Limit("password", f"both:{account}:{address}", PASSWORD_TRIES, HOUR),
        Limit("password", f"account:{account}", PASSWORD_TRIES_PER_ACCOUNT, HOUR),
        Limit("password", f"address:{address}", PASSWORD_TRIES_PER_ADDRESS, HOUR),
    )


def code_limit(person_id: int) -> Limit:
    """How many wrong codes are too many."""
    return Limit("code", f"person:{person_id}", CODE_TRIES, HOUR)


def letter_limit(email: str) -> Limit:
    """How many letters may be ordered to one address."""
    return Limit("letter", hash_token(email).hex(), LETTERS_PER_PERSON, HOUR)


def reaches(giver: Role, permissions: tuple[str, ...]) -> bool:
    """Whether somebody of this role may hand on, or take away, these permissions: none beyond their own."""
    return giver.id == OWNER or set(permissions) <= set(giver.permissions)


def may_grant(giver: Role, given: Role) -> bool:
    """Whether somebody may make others this, or cease to be this: only an owner makes, and unmakes, an owner."""
    return giver.id == OWNER or (given.id != OWNER and reaches(giver, given.permissions))


def check_permissions(permissions: tuple[str, ...]) -> tuple[str, ...]:
    """The permissions in order, each once; refuses ``access.no_permission``."""
    for permission in permissions:
        if permission not in PERMISSIONS:
            raise staff.NO_PERMISSION(permission=permission[:50]).at("permissions")
    return tuple(sorted(set(permissions)))
