"""How somebody proved who they are: what a session carries, and what rights are decided by."""

from enum import StrEnum

import msgspec


class Method(StrEnum):
    """How somebody proved who they are when their session began."""

    PASSKEY = "passkey"
    PASSWORD = "password"  # noqa: S105 - a word for it, not one
    """With a one-time code of their second factor."""
    EMAIL_CODE = "email_code"
    LINK = "link"
    """By the link that let them join, mailed or told at the command line: whoever has it, comes in."""
    BREAK_GLASS = "break_glass"
    OUTSIDE = "outside"
    """By another provider's word (OpenID Connect)."""


class Proof(msgspec.Struct, frozen=True):
    """What somebody has shown of themselves. Moments are milliseconds UTC, 0 where it never happened."""

    method: Method
    began_at: int
    began_age_ms: int | None
    """How old the heartbeat was when the session began; None: never heard."""
    passkey_at: int = 0
    """When they last used their passkey."""
    approved_at: int = 0
    """When a manager last gave their word at this till."""

    @property
    def break_glass(self) -> bool:
        """Whether the session was opened by a printed code."""
        return self.method is Method.BREAK_GLASS
