"""Words as they are compared in a search: without case, accents, and what Arabic writers may leave out or vary.

What is kept and what is typed go through these same functions, so that they meet.
"""

import re
import unicodedata

_TAG = re.compile(r"<[^>]*>")
_ARABIC = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",  # alef with and without hamza
        "ى": "ي", "ی": "ي", "ئ": "ي",            # the yas
        "ؤ": "و", "ة": "ه", "ک": "ك", "ـ": None,  # waw with hamza, ta marbuta, Persian kaf, tatweel
    }
)  # fmt: skip
_WORD = re.compile(r"\w+")
_HYPHENED = re.compile(r"\w+(?:[-‐–./_]\w+)+")
_ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")
"""The article, alone and grown together with what stands before it."""
_ARABIC_ENDS = ("ات", "ين", "ون", "ه")
"""Plurals, and the ta marbuta of one of a kind."""
_LEAST = 3
"""Letters that must be left of a word: fewer, and it is another word."""


def fold(text: str) -> str:
    """The text as it is compared: ``Crème`` is ``creme``, ``أحمرُ`` is ``احمر``; digits of any script are 0 to 9."""
    if text.isascii():
        return text.lower()
    # Composed first: an alef with hamza would come apart into an alef and a mark, and letters of another form stay so.
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).translate(_ARABIC).casefold())
    return bare.translate(_BARE)


def plain(html: str) -> str:
    """The words of a text without its tags."""
    return _TAG.sub(" ", html)


def split(text: str) -> list[str]:
    """The folded words of a text."""
    return _WORD.findall(fold(text))


def stem(word: str) -> str:
    """A folded word without its article and its plural: ``الفرش`` is ``فرش``, ``brushes`` is ``brush``."""
    return _english(word) if word.isascii() else _arabic(word)


def terms(text: str) -> list[str]:
    """All by which the words of a text are found: themselves, their stems, and hyphened ones in one word too."""
    folded = fold(text)
    words = _WORD.findall(folded)
    stems = [stem(word) for word in words]
    joined = ["".join(_WORD.findall(found)) for found in _HYPHENED.findall(folded)]
    return words + [each for each, word in zip(stems, words, strict=True) if each != word] + joined


def grams(word: str) -> set[str]:
    """Its letters two by two, and its ends: words that differ little have most of them in common."""
    padded = f"^{word}$"
    return {padded[at : at + 2] for at in range(len(padded) - 1)}


def _arabic(word: str) -> str:
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= _LEAST - 1:
            word = word.removeprefix(article)
            break
    for end in _ARABIC_ENDS:
        if word.endswith(end) and len(word) - len(end) >= _LEAST:
            return word.removesuffix(end)
    return word


def _english(word: str) -> str:
    if len(word) <= _LEAST or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > _LEAST + 1:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ses", "xes", "zes", "ches", "shes")) else word[:-1]


class _Bare(dict[int, str | None]):
    """By code, what is left of a sign: nothing of a mark, of a digit its value. Those in daily use are remembered."""

    def __missing__(self, code: int) -> str | None:
        sign = chr(code)
        left = None if unicodedata.combining(sign) else str(unicodedata.digit(sign)) if sign.isdigit() else sign
        if code < 0x3000:
            self[code] = left
        return left


_BARE = _Bare()
