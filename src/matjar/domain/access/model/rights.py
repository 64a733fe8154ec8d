"""Rights: what the table may answer, how people can prove themselves, and the words for no."""

from enum import StrEnum

import msgspec

from matjar.core.refusal import Kind, declare

NOT_YOURS = declare("access.not_yours", Kind.FORBIDDEN, "Your role does not include this.")
UNPROVEN = declare("access.unproven", Kind.UNPROVEN, "Please show once more that it is you.")
READ_ONLY = declare(
    "access.read_only", Kind.AWAY, "Signing in has been away for more than a day: you can look, not change."
)
NOT_NOW = declare(
    "access.not_now", Kind.AWAY, "Signing in has been away for more than five minutes, and this waits until it is back."
)
EXPORT_ONLY = declare(
    "access.export_only", Kind.AWAY, "This till has been alone for more than a week: it can export and print."
)
ON_REQUEST = declare(
    "access.on_request", Kind.AWAY, "This till has been alone for more than a day: this becomes a request, and waits."
)


class Way(StrEnum):
    """How somebody can prove themselves now."""

    PASSKEY = "passkey"
    BREAK_GLASS = "break_glass"
    APPROVAL = "approval"
    """A manager's PIN or passkey at the till."""


class Reason(StrEnum):
    """Why somebody who holds the permission may still not."""

    READ_ONLY = "read_only"
    NOT_NOW = "not_now"
    EXPORT_ONLY = "export_only"
    ON_REQUEST = "on_request"


class Allowed(msgspec.Struct, frozen=True):
    """Go on."""

    silent: bool = True
    """Else the page says since when a part has been away, and what still works."""
    capped: bool = False
    """Only up to the till's caps, by action and by day."""


class NeedsProof(msgspec.Struct, frozen=True):
    """Go on after one of these."""

    ways: tuple[Way, ...]


class Refused(msgspec.Struct, frozen=True):
    """Not now, and why."""

    reason: Reason


Verdict = Allowed | NeedsProof | Refused
