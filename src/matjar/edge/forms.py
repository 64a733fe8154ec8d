"""What a form sent, as text: bounded, without surprises."""

from urllib.parse import parse_qsl

import msgspec

from matjar.core.refusal import Kind, declare

TOO_MUCH = declare("pages.form_too_large", Kind.INVALID, "This form has more fields than any of ours.")

FIELDS = 300
"""The fullest form of ours is a cart of a hundred lines."""

_DIGITS = {ord(digit): str(value) for row in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for value, digit in enumerate(row)}


class Form(msgspec.Struct, frozen=True):
    """The fields of a form by their names."""

    fields: dict[str, str]
    pairs: tuple[tuple[str, str], ...] = ()
    """All that was sent, also what has one name."""

    @classmethod
    def of(cls, body: bytes) -> "Form":
        """Read ``application/x-www-form-urlencoded``; refuses ``pages.form_too_large``."""
        try:
            pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=FIELDS)
        except ValueError:
            raise TOO_MUCH() from None
        return cls(dict(pairs), tuple(pairs))

    def many(self, name: str) -> tuple[str, ...]:
        """Every field of this name."""
        return tuple(value for each, value in self.pairs if each == name)

    def text(self, name: str) -> str:
        """A field without the spaces around it; empty where it was not sent."""
        return self.fields.get(name, "").strip()

    def digits(self, name: str) -> str:
        """A field whose digits may be typed in Arabic script: telephone numbers, post codes."""
        return in_latin(self.text(name))

    def number(self, name: str, least: int, most: int) -> int:
        """A whole number, moved to the nearest bound; the least where it is none."""
        return max(least, min(number_of(self.text(name)), most))


def number_of(text: str) -> int:
    """A whole number of at most sixteen digits of any script; 0 where it is none."""
    digits = in_latin(text)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 16 else 0


def in_latin(text: str) -> str:
    """The text with its digits as ``0`` to ``9``, whichever script they were typed in."""
    return text.translate(_DIGITS)
