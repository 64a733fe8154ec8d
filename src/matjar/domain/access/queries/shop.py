"""Questions about a shop's people, programs and tills."""

import msgspec

from matjar.core.ids import hash_token
from matjar.core.limits import PAGE_ROWS, REVOCATIONS
from matjar.core.tx import Reading
from matjar.domain.access.model import staff as nouns
from matjar.domain.access.model.people import BUILT_IN, Access, Role
from matjar.domain.access.model.sessions import Revocation
from matjar.domain.access.model.staff import Colleague, EnrolledDevice, Invitation, MadeToken, Workplace
from matjar.domain.access.store import bundle, keys, sessions, staff


def find_shop(view: Reading, *, handle: str) -> Workplace | None:
    """The shop with this handle, as identity knows it; asked under the house."""
    return staff.find_shop_by_handle(view, handle)


def find_invitation(view: Reading, *, token: str) -> Invitation | None:
    """The invitation of a link into this shop, while it is good."""
    return staff.find_invitation(view, hash_token(token))


def list_invitations(view: Reading) -> list[Invitation]:
    """The invitations that are good, the oldest first."""
    return staff.list_invitations(view, PAGE_ROWS)


def list_colleagues(view: Reading) -> list[Colleague]:
    """The people of the shop."""
    return staff.list_colleagues(view)


def load_colleague(view: Reading, *, person_id: int) -> Colleague:
    """One of them; refuses ``access.not_a_member``."""
    colleague = staff.find_colleague(view, person_id)
    if colleague is None:
        raise nouns.NOT_A_MEMBER()
    return colleague


def list_roles(view: Reading) -> list[Role]:
    """The roles that every shop has, and those that this one made."""
    return [*BUILT_IN, *staff.list_roles(view)]


def load_role(view: Reading, *, role_id: str) -> Role:
    """One of them; refuses ``access.no_role``."""
    for role in list_roles(view):
        if role.id == role_id:
            return role
    raise nouns.NO_ROLE()


def list_tokens(view: Reading) -> list[MadeToken]:
    """The shop's API tokens; the tokens themselves are nowhere."""
    return keys.list_tokens(view)


def list_devices(view: Reading) -> list[EnrolledDevice]:
    """The shop's tills."""
    return keys.list_devices(view)


def access_of(view: Reading) -> Access:
    """Everything that a surface needs in order to know the people of this shop: the content of its access bundle."""
    return msgspec.structs.replace(bundle.load(view), roles=tuple(list_roles(view)))


def revocations(view: Reading) -> list[Revocation]:
    """Everything that is revoked, wherever; asked under the house."""
    return sessions.revoked(view, REVOCATIONS)
