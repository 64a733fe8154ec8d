"""The people, programs and tills of one shop, as identity keeps them."""

import msgspec

from matjar.core.refusal import Kind, declare

SHOP_OPEN = declare("access.shop_open", Kind.CONFLICT, "This shop has an owner, who invites everybody else.")
NOT_A_MEMBER = declare("access.not_a_member", Kind.NOT_FOUND, "Nobody of that name works in this shop.")
ALREADY_MEMBER = declare("access.already_member", Kind.CONFLICT, "{email} works in this shop already.")
LAST_OWNER = declare("access.last_owner", Kind.CONFLICT, "A shop has an owner: first make somebody else one.")
BEYOND_YOURS = declare("access.beyond_yours", Kind.FORBIDDEN, "Nobody gives, or takes, more than their own role holds.")
NO_ROLE = declare("access.no_role", Kind.NOT_FOUND, "There is no such role.")
ROLE_IN_USE = declare("access.role_in_use", Kind.CONFLICT, "People, or invitations, still have this role.")
ROLE_TAKEN = declare("access.role_taken", Kind.CONFLICT, "There is a role {name} already.")
NO_PERMISSION = declare("access.no_permission", Kind.INVALID, "There is no permission {permission}.")
NO_INVITATION = declare("access.no_invitation", Kind.NOT_FOUND, "This invitation was used, or its time is over.")
NOT_FOR_YOU = declare("access.not_for_you", Kind.FORBIDDEN, "This invitation went to {email}: sign in as that person.")
CODE_KNOWN = declare("access.code_known", Kind.CONFLICT, "These codes were printed before.")
BAD_CODES = declare("access.bad_codes", Kind.INVALID, "A print has {count} different codes.")
NO_CODE = declare("access.no_code", Kind.NOT_FOUND, "There is no such printed code.")
NO_TOKEN = declare("access.no_token", Kind.NOT_FOUND, "There is no such token.")
NO_DEVICE = declare("access.no_device", Kind.NOT_FOUND, "There is no such device.")
DEVICE_KNOWN = declare("access.device_known", Kind.CONFLICT, "This device is enrolled already.")
TOO_MANY = declare("access.too_many", Kind.CONFLICT, "{most} are enough for one shop.")


class Workplace(msgspec.Struct, frozen=True):
    """What identity's pages say of a shop."""

    id: int
    handle: str
    name: str
    language: str
    names: dict[str, str] = {}
    """What it calls itself, by language, where that differs from its name."""

    def name_in(self, language: str) -> str:
        """What it calls itself in a language."""
        return self.names.get(language, self.name)


class Employed(msgspec.Struct, frozen=True):
    """A shop that a person works in, and as what. ``suspended``: not at the moment."""

    shop: Workplace
    role_id: str
    suspended: bool


class Colleague(msgspec.Struct, frozen=True):
    """A person of a shop, for those who look after its people."""

    person_id: int
    name: str
    email: str
    language: str
    role_id: str
    joined_at: int
    suspended_at: int | None
    not_before: int
    passkeys: int
    codes: int
    """Printed codes that are left."""


class Invitation(msgspec.Struct, frozen=True):
    """A way into a shop, once. ``email`` empty: for whoever holds the link, as a shop's first owner does."""

    id: int
    email: str
    role_id: str
    invited_by: int
    """Person; 0: the command line."""
    created_at: int
    expires_at: int


class MadeToken(msgspec.Struct, frozen=True):
    """A program's token, for those who look after them; the token itself was shown once."""

    id: int
    name: str
    scopes: tuple[str, ...]
    made_by: int
    created_at: int


class EnrolledDevice(msgspec.Struct, frozen=True):
    """A till, for those who look after them."""

    id: int
    name: str
    enrolled_by: int
    enrolled_at: int
