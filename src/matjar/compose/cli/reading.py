"""How shares and moments are typed, and written again."""

import re
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from matjar.core.clock import SECOND
from matjar.core.refusal import Kind, declare

BAD_SHARE = declare("usage.bad_share", Kind.INVALID, "{text} is not a percentage: say 5, or 12.5.")
BAD_MOMENT = declare(
    "usage.bad_moment", Kind.INVALID, "{text} is not a moment: say 2026-11-30, or '2026-11-30 18:00'."
)

_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?) ?%?")
_PPM_OF_ONE_PER_CENT = 10_000


def share(text: str) -> int:
    """Read a percentage into parts per million; refuses ``usage.bad_share``."""
    found = _SHARE.fullmatch(text.strip())
    if found is None:
        raise BAD_SHARE(text=text[:32])
    return int(Decimal(found[1]) * _PPM_OF_ONE_PER_CENT)


def per_cent(ppm: int) -> str:
    """Parts per million, as 5 % or 8.875 %."""
    return f"{(Decimal(ppm) / _PPM_OF_ONE_PER_CENT).normalize():f} %"


def beginning(text: str, zone: ZoneInfo) -> int:
    """Read a moment, or where a day begins, by the clocks of a place; refuses ``usage.bad_moment``."""
    return round(_read(text, zone).timestamp() * SECOND)


def end(text: str, zone: ZoneInfo) -> int:
    """Read a moment, or where a day ends; refuses ``usage.bad_moment``."""
    read = _read(text, zone)
    is_day = len(text.strip()) == len("2026-11-30")
    return round((read + timedelta(days=1) if is_day else read).timestamp() * SECOND)


def _read(text: str, zone: ZoneInfo) -> datetime:
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=zone)
    except ValueError:
        raise BAD_MOMENT(text=text[:32]) from None
