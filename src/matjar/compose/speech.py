"""What is said to whoever calls, in their own language: the catalogues of the pages, by the environment's locale."""

from functools import cache
from gettext import NullTranslations

from matjar.compose.settings import language


def gettext(sentence: str) -> str:
    """The sentence in the caller's language."""
    return _catalogue().gettext(sentence)


def ngettext(one: str, many: str, count: int) -> str:
    """The same for a number of things; languages differ in how many forms they have."""
    return _catalogue().ngettext(one, many, count)


def sentence(text: str) -> str:
    """Mark a sentence that is said later, so that the catalogues have it."""
    return text


@cache
def _catalogue() -> NullTranslations:
    """English is what the code is written in, and needs nothing loaded."""
    if language().partition("-")[0] == "en":
        return NullTranslations()
    from matjar.edge.languages import catalogue  # noqa: PLC0415 - it reads catalogues, with all that this takes

    return catalogue(language())
