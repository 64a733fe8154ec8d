"""The people of each shop as a surface knows them: its access bundles, read once and looked up by everything."""

import msgspec

from matjar.core.refusal import Kind, declare
from matjar.domain.access import Access, Device, Member, Role, Token
from matjar.resilience.bundles import ACCESS, Kept

UNKNOWN = declare("people.unknown", Kind.AWAY, "Who works in this shop is not known here yet.")

SHOPS = 500
"""Shops whose people are at hand; those of others are read again, a millisecond for a hundred."""

_access = msgspec.json.Decoder(Access).decode


class Staff:
    """The people of one shop."""

    def __init__(self, access: Access, number: int) -> None:
        self.access = access
        self.number = number
        """Of the bundle that says so."""
        self._members = {member.person_id: member for member in access.members if not member.suspended}
        self._roles = {role.id: role for role in access.roles}
        self._by_passkey = {passkey.id: member for member in self._members.values() for passkey in member.passkeys}
        self._tokens = {token.hash: token for token in access.tokens}
        self._devices = {device.id: device for device in access.devices}

    def find(self, person_id: int) -> tuple[Member, Role] | None:
        """A member with their role; None: not of this shop, suspended, or in a role that is none."""
        member = self._members.get(person_id)
        role = self._roles.get(member.role_id) if member else None
        return (member, role) if member and role else None

    def find_by_passkey(self, credential_id: bytes) -> Member | None:
        """Whose passkey this is."""
        return self._by_passkey.get(credential_id)

    def find_by_code(self, code_hash: bytes, surface: str) -> Member | None:
        """Whose break-glass code for this surface this is, by its SHA-256."""
        for member in self._members.values():
            if any(code.hash == code_hash and code.surface == surface for code in member.codes):
                return member
        return None

    def find_token(self, token_hash: bytes) -> Token | None:
        """The API token of this SHA-256."""
        return self._tokens.get(token_hash)

    def find_device(self, device_id: int) -> Device | None:
        """An enrolled device."""
        return self._devices.get(device_id)


class People:
    """Everybody whom this surface knows."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._at_hand: dict[int, tuple[str, Staff]] = {}

    def load(self, shop_id: int) -> Staff:
        """The people of a shop; refuses ``people.unknown`` where no bundle of theirs ever came."""
        bundle = self._kept.find(ACCESS, shop_id)
        if bundle is None:
            raise UNKNOWN()
        token, staff = self._at_hand.get(shop_id, ("", None))
        if staff is None or token != bundle.token:
            staff = Staff(_access(bundle.content()), bundle.manifest.number)
            if len(self._at_hand) >= SHOPS:
                self._at_hand.clear()
            self._at_hand[shop_id] = (bundle.token, staff)
        return staff
