"""One-time codes by time (RFC 6238), as every authenticator makes them: SHA-1, six digits, thirty seconds."""

from hmac import compare_digest

from pyotp import HOTP

from matjar.core.clock import SECOND

STEP_MS = 30 * SECOND
_DRIFT_STEPS = 1
"""A telephone's clock is half a minute off at times (RFC 6238, 5.2)."""


def step_of(secret: str, code: str, after_step: int, now: int) -> int | None:
    """The step that a code is of, among those about now and after the newest that was used; None: it is of none."""
    if len(code) != 6 or not code.isascii():
        return None
    current = now // STEP_MS
    for step in range(max(current - _DRIFT_STEPS, after_step + 1), current + _DRIFT_STEPS + 1):
        if compare_digest(HOTP(secret).at(step), code):
            return step
    return None
