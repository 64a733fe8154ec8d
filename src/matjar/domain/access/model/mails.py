"""Letters to people, as rows that the mail's worker sends: a template's name and what it needs, no text."""

from enum import StrEnum

import msgspec


class Template(StrEnum):
    """Every letter that identity writes. Those with a token carry it in a link, or as the code itself."""

    INVITATION = "invitation"
    """Token: a link into the shop. Facts: ``shop``, ``handle``, ``role``, ``by``."""
    RESET = "reset"
    """Token: a link to a new password."""
    CONFIRM = "confirm"
    """Token: a link that confirms the address."""
    CODE = "code"
    """Token: six digits."""
    ADDRESS_CHANGING = "address_changing"
    """To the old address, when another is asked for. Facts: ``hint`` of the new one."""
    ADDRESS_CHANGED = "address_changed"
    """To the old address, when another has taken its place. Facts: ``hint``."""
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a letter's name
    FACTORS_CHANGED = "factors_changed"
    """Facts: ``what``: passkey_added, passkey_removed, totp_set, totp_dropped, codes_made, codes_printed, code_used,
    outside_linked, outside_unlinked."""
    NEW_BROWSER = "new_browser"
    """Facts: ``browser``, ``address``, ``at`` (milliseconds UTC)."""
    RECOVERY_ASKED = "recovery_asked"
    """Facts: ``due_at`` (milliseconds UTC). Whoever has lost nothing signs in and says no."""
    RECOVERED = "recovered"
    WELCOME = "welcome"
    """Somebody works in a shop now. Facts: ``shop``, ``handle``, ``role``."""
    MEMBER_LEFT = "member_left"
    """They do not any more, or not at the moment. Facts: ``shop``."""


class Mail(msgspec.Struct, frozen=True):
    """A letter that is due. It is settled at the desk of ``shop_id``; after ``expires_at`` it is not worth sending."""

    shop_id: int
    id: int
    template: Template
    address: str
    language: str
    facts: dict[str, str]
    token: str
    tries: int
    expires_at: int
