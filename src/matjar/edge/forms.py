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

    @classmethod
    def of(cls, body: bytes) -> "Form":
        """Read ``application/x-www-form-urlencoded``; refuses ``pages.form_too_large``."""
        try:
            return cls(dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=FIELDS)))
        except ValueError:
            raise TOO_MUCH() from None

    def text(self, name: str) -> str:
        """A field without the spaces around it; empty where it was not sent."""
        return self.fields.get(name, "").strip()

    def digits(self, name: str) -> str:
        """A field whose digits may be typed in Arabic script: telephone numbers, post codes."""
        return self.text(name).translate(_DIGITS)

    def number(self, name: str, least: int, most: int) -> int:
        """A whole number, moved to the nearest bound; the least where it is none."""
        return max(least, min(number_of(self.text(name)), most))


def number_of(text: str) -> int:
    """A whole number of at most sixteen digits of any script; 0 where it is none."""
    digits = text.translate(_DIGITS)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 16 else 0
