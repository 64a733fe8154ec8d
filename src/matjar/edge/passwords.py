"""Passwords: what is taken as one, how it is stored, and that checking it takes as long for a name that nobody has.

Argon2id with the parameters that RFC 9106 (section 4) recommends second, for where memory is scarce: 64 MiB, three
passes, four lanes. That is more than OWASP asks for (19 MiB, two passes; Password Storage Cheat Sheet). A few hashes
at a time, so that signing in never takes the machine's memory away from selling.

Refused is what is short, or known to be used by many: NIST SP 800-63B (3.1.1.2) asks for a list, and for no rules about
capitals and digits. The list is ``edge/breached.bin``: the first four bytes of SHA-256 of some 112,600 passwords of ten
characters and more, sorted, so that one good password in some 40,000 is refused too. They are those among the million
most frequent of Mark Burnett's "Ten Million Passwords" (2015, public domain), and of the lists of Django and zxcvbn.
"""

import asyncio
import re
from bisect import bisect_left
from functools import cache
from hashlib import sha256
from importlib.resources import files
from unicodedata import normalize

from argon2 import PasswordHasher, profiles
from argon2.exceptions import InvalidHashError, VerificationError

from matjar.core.refusal import Kind, declare

SHORT = declare("passwords.short", Kind.INVALID, "Choose at least {least} characters.")
LONG = declare("passwords.long", Kind.INVALID, "Choose at most {most} characters.")
KNOWN = declare("passwords.known", Kind.INVALID, "This password is among those that are tried first. Choose another.")
PERSONAL = declare("passwords.personal", Kind.INVALID, "Choose one that does not repeat your name or address.")

LEAST, MOST = 10, 256
"""Characters. The most is far above what anybody types, and below what makes normalising it work."""
AT_A_TIME = 2
"""Hashes under way in one process: 128 MiB. Some fifteen people a second can sign in by password so."""

_PREFIX = 4
_STEPS = "01234567890abcdefghijklmnopqrstuvwxyzqwertyuiopasdfghjklzxcvbnm"


def check(password: str, *personal: str) -> str:
    """The password as it is hashed (NFKC, so that every keyboard types the same); ``personal`` is what all know of one.

    Refuses ``passwords.short``, ``.long``, ``.known`` and ``.personal``.
    """
    if len(password) > MOST:
        raise LONG(most=MOST)
    typed = normalize("NFKC", password)
    if len(typed) < LEAST:
        raise SHORT(least=LEAST)
    if _is_monotonous(typed.lower()) or _is_breached(typed):
        raise KNOWN()
    if any(_repeats(typed.lower(), each.lower()) for each in personal):
        raise PERSONAL()
    return typed


class Passwords:
    """Hashes and verifies, in threads, a few at a time."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher.from_parameters(profiles.RFC_9106_LOW_MEMORY)
        self._places = asyncio.Semaphore(AT_A_TIME)
        self._nobodys = self._hasher.hash("nobody has this password")

    async def hash(self, password: str) -> str:
        """What is stored of a password that ``check`` has let through: algorithm, parameters, salt and hash."""
        async with self._places:
            return await asyncio.to_thread(self._hasher.hash, normalize("NFKC", password))

    async def verify(self, stored: str | None, password: str) -> bool:
        """Whether it is the one. Without a stored one it never is, which takes just as long to find out."""
        typed = normalize("NFKC", password[:MOST])
        async with self._places:
            matches = await asyncio.to_thread(self._matches, stored or self._nobodys, typed)
        return matches and stored is not None

    def is_old(self, stored: str) -> bool:
        """Whether it was hashed with other parameters than today's, and should be hashed anew."""
        return self._hasher.check_needs_rehash(stored)

    def _matches(self, stored: str, typed: str) -> bool:
        try:
            return self._hasher.verify(stored, typed)
        except (VerificationError, InvalidHashError):
            return False


@cache
def _breached() -> bytes:
    return files("matjar.edge").joinpath("breached.bin").read_bytes()


def digest(password: str) -> bytes:
    """How the list knows a password: without capitals, since who guesses tries those too."""
    return sha256(password.lower().encode()).digest()[:_PREFIX]


def _is_breached(typed: str) -> bool:
    known = _breached()
    sought = digest(typed)
    places = range(len(known) // _PREFIX)
    place = bisect_left(places, sought, key=lambda at: known[at * _PREFIX : (at + 1) * _PREFIX])
    return known[place * _PREFIX : (place + 1) * _PREFIX] == sought


def _is_monotonous(typed: str) -> bool:
    """One character, or one short piece, over and over; or a row of the keyboard or the alphabet."""
    return bool(re.fullmatch(r"(.{1,8}?)\1+.{0,3}", typed)) or typed in _STEPS or typed in _STEPS[::-1]


def _repeats(typed: str, personal: str) -> bool:
    """Whether a password is little more than something that everybody knows of its person."""
    pieces = [*personal.split("@"), *re.split(r"[^\w]+", personal)]
    return any(len(piece) >= 4 and piece in typed and len(typed) - len(piece) < 6 for piece in pieces)
