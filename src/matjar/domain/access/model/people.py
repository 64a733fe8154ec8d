"""Who works in a shop, as its access bundle tells every surface: enough to let people in, nothing to break in with.

There is never a password's hash in here, nor a secret of one-time codes, nor an e-mail address.
"""

import msgspec

OWNER = "owner"
"""The role that holds every permission; a shop always has somebody in it."""


class Role(msgspec.Struct, frozen=True):
    """What people of one kind may do. Permissions are called as Shopify's scopes are, where it has one."""

    id: str
    name: str
    permissions: tuple[str, ...]


class Passkey(msgspec.Struct, frozen=True):
    """A passkey's public half: ``id`` is the credential's (WebAuthn, 4), ``public_key`` COSE (RFC 9052, 7)."""

    id: bytes
    public_key: bytes
    name: str
    sign_count: int
    backed_up: bool
    created_at: int


class Code(msgspec.Struct, frozen=True):
    """A printed break-glass code of 128 random bits, as its SHA-256. It opens the one surface that it names."""

    hash: bytes
    surface: str


class Member(msgspec.Struct, frozen=True):
    """A person in a shop. Sessions that began before ``not_before`` (milliseconds UTC) are over."""

    person_id: int
    name: str
    email_hint: str
    """Enough to tell two people of one name apart: ``s…@example.com``."""
    role_id: str
    passkeys: tuple[Passkey, ...] = ()
    codes: tuple[Code, ...] = ()
    suspended: bool = False
    not_before: int = 0


class Token(msgspec.Struct, frozen=True):
    """An API token of 256 random bits, as its SHA-256, and the scopes that it was given."""

    id: int
    hash: bytes
    scopes: tuple[str, ...]
    name: str


class Device(msgspec.Struct, frozen=True):
    """An enrolled till: it signs with the private half of ``public_key`` (SubjectPublicKeyInfo, DER)."""

    id: int
    name: str
    public_key: bytes


class Access(msgspec.Struct, frozen=True):
    """Everything that a surface needs in order to know the people of one shop: the content of its access bundle."""

    shop_id: int
    roles: tuple[Role, ...] = ()
    members: tuple[Member, ...] = ()
    tokens: tuple[Token, ...] = ()
    devices: tuple[Device, ...] = ()


_FULFILMENT = ("read_orders", "write_fulfillments", "read_products", "read_inventory", "write_inventory")

_MANAGER = (
    *_FULFILMENT, "write_orders", "write_products", "read_customers", "write_customers", "read_discounts",
    "write_discounts", "read_reports", "read_settings", "read_users", "read_audit", "sell", "approve",
)  # fmt: skip

_DEVELOPER = ("read_products", "read_inventory", "read_orders", "read_settings", "write_settings", "write_tokens")

BUILT_IN = (
    Role(OWNER, "Owner", ()),
    Role("manager", "Manager", _MANAGER),
    Role("fulfilment", "Fulfilment", _FULFILMENT),
    Role("cashier", "Cashier", ("sell",)),
    Role("developer", "Developer", _DEVELOPER),
)
"""The roles that every shop begins with; an owner may make others."""
