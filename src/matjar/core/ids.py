"""Ids: integers that ascend in commit order, tokens that nobody can guess, keys that clients mint."""

import hashlib
import os
import secrets

EPOCH_MS = 1_767_225_600_000
"""1 January 2026, 00:00 UTC: ids count milliseconds from here, so that they stay below 2^53 until the year 2294."""

_PER_MILLISECOND = 1024


def next_id(last_id: int, now_ms: int) -> int:
    """The id after ``last_id``: tied to the clock, yet ascending even where the clock stands still or goes back."""
    return max(last_id + 1, (now_ms - EPOCH_MS) * _PER_MILLISECOND)


def mint_token() -> str:
    """A 128-bit random token, 22 characters that are safe in a URL: what the public holds. Edge only."""
    return secrets.token_urlsafe(16)


def hash_token(token: str) -> bytes:
    """What is stored of a token: SHA-256, enough for 128 random bits."""
    return hashlib.sha256(token.encode()).digest()


def mint_uuid7(now_ms: int) -> str:
    """A UUIDv7 (RFC 9562, 5.7): 48 bits of milliseconds, 74 random bits. Edge and clients only."""
    random_bits = int.from_bytes(os.urandom(10))
    value = (now_ms & (1 << 48) - 1) << 80 | 7 << 76 | (random_bits >> 68) << 64 | 2 << 62 | random_bits & (1 << 62) - 1
    digits = f"{value:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
