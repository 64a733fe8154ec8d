"""Moments as people say them. People work in several shops, so there is no one clock: what matters is how long ago."""

from datetime import UTC, datetime, timedelta

from babel.dates import format_date, format_timedelta

from matjar.core.clock import SECOND


def ago(at: int, now: int, language: str) -> str:
    """``3 hours ago``, ``in 2 days``."""
    return format_timedelta(timedelta(milliseconds=at - now), add_direction=True, locale=language)


def day(at: int, language: str) -> str:
    """The day, for paper."""
    return format_date(_moment(at), "long", locale=language)


def iso(at: int) -> str:
    """For programs that read the page."""
    return _moment(at).isoformat(timespec="seconds")


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at / SECOND, UTC)
