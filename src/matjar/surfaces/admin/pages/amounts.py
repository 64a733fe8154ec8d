"""Amounts as people type them: digits of any script, a comma or a point, and nothing that could be meant two ways."""

import re

from matjar.core.money import BAD_AMOUNT, from_text, to_text
from matjar.core.refusal import Refusal
from matjar.edge.forms import in_latin
from matjar.edge.languages import catalogue, sentence
from matjar.edge.reader import Reader

NO_AMOUNT = sentence("An amount is missing.")

_SIGNS = str.maketrans({"٫": ".", "٬": ",", "\u00a0": "", "\u202f": "", " ": "", "\u200f": "", "\u200e": ""})
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+\.\d+")
_COMMA = re.compile(r"\d+,\d{1,2}")


def amount_of(text: str, currency: str) -> int:
    """So many minor units; refuses ``money.bad_amount``.

    ``1,250.00`` and ``12,50`` are clear; ``1,250`` alone is not, for a dinar has thousandths.
    """
    plain = in_latin(text).translate(_SIGNS)
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    elif _COMMA.fullmatch(plain):
        plain = plain.replace(",", ".")
    amount_minor = from_text(plain, currency)
    if amount_minor < 0:
        raise BAD_AMOUNT(text=text[:32], currency=currency)
    return amount_minor


def read(text: str, currency: str, reader: Reader) -> tuple[int, str]:
    """So many minor units, and what is wrong with the text in the reader's words: nothing, where it is clear."""
    if not text:
        return 0, catalogue(reader.language).gettext(NO_AMOUNT)
    try:
        return amount_of(text, currency), ""
    except Refusal as refusal:
        return 0, reader.say(refusal)


def typed(amount_minor: int, currency: str) -> str:
    """An amount as a field has it."""
    return to_text(amount_minor, currency)
