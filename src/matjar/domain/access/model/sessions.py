"""Where somebody is signed in, and what does not count any more."""

from enum import StrEnum

import msgspec

from matjar.core.proof import Method


class Session(msgspec.Struct, frozen=True):
    """Somebody signed in, at one surface, for one shop; ``shop_id`` 0: at identity's own pages."""

    sid: str
    shop_id: int
    surface: str
    method: Method
    browser: str
    """As it calls itself, in a few words."""
    address: str
    began_at: int
    ends_at: int


class Revoked(StrEnum):
    """What can be revoked."""

    SESSION = "session"
    """By its sid."""
    PERSON = "person"
    """By their id: every session that began before."""
    DEVICE = "device"
    """By the shop's id and its own: ``7:4711``."""
    KEY = "key"
    """By its kid."""


class Revocation(msgspec.Struct, frozen=True):
    """Something that does not count any more; from ``ends_at`` on, by itself. ``not_before`` is a person's, else 0."""

    kind: Revoked
    subject: str
    not_before: int
    ends_at: int
