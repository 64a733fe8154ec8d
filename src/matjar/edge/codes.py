"""Codes that people write down or print: 128 random bits as letters that cannot be mistaken for each other.

Crockford's Base32 has no I, L, O and U; who types one of these means 1, 1 and 0. https://www.crockford.com/base32.html
"""

from matjar.core.ids import hash_token, mint_token

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MEANT = str.maketrans("ILO", "110")
_LETTERS = 26
"""26 times 5 bits hold 128."""


def mint() -> str:
    """A code of 128 random bits: 26 letters."""
    number = int.from_bytes(hash_token(mint_token())[:16])
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_LETTERS)))


def grouped(code: str) -> str:
    """As people read it: in groups of four and five."""
    return "-".join((code[:5], code[5:9], code[9:13], code[13:17], code[17:21], code[21:]))


def fold(typed: str) -> str:
    """What was typed, as it was minted: without the spaces and dashes between, in capitals."""
    letters = "".join(typed.upper().split()).replace("-", "")[:64]
    return letters.translate(_MEANT)
