"""The reader's language: catalogues of gettext, and which of a shop's languages a reader is served in."""

import gettext
import io
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
DOMAIN = "matjar"


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The sentences of a language; English is what the code is written in."""
    source = files("matjar.edge").joinpath("locale", language.split("-", maxsplit=1)[0], f"{DOMAIN}.po")
    if not source.is_file():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with source.open("rb") as text:
        write_mo(compiled, read_po(text))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def sentence(text: str) -> str:
    """Mark a sentence that is translated later, where the reader is known, so that the catalogue has it."""
    return text


def choose(offered: Sequence[str], asked: str) -> str:
    """The first of the languages that ``Accept-Language`` (RFC 9110, 12.5.4) prefers; else the shop's own."""
    wishes = []
    for position, part in enumerate(asked[:200].split(",")[:10]):
        tag, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality or 1)
        except ValueError:
            continue
        wishes.append((-weight, position, tag.strip().lower()))
    for _, _, tag in sorted(wishes):
        for language in offered:
            if tag and (tag == language.lower() or tag.split("-")[0] == language.split("-")[0]):
                return language
    return offered[0]


def language_name(language: str) -> str:
    """What a language calls itself."""
    return Locale.parse(language, sep="-").get_display_name() or language


def direction(language: str) -> str:
    """``rtl`` or ``ltr``, for the page's ``dir``."""
    return "rtl" if language.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT else "ltr"
