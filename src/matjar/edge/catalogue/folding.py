"""Words as they are compared in a search: without case, accents, and what Arabic writers may leave out or vary."""

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


def fold(text: str) -> str:
    """The text as it is compared: ``Crème`` is ``creme``, ``أحمرُ`` is ``احمر``; digits of any script are 0 to 9."""
    # Before decomposition: an alef with hamza would come apart into an alef and a mark.
    bare = unicodedata.normalize("NFKD", text.translate(_ARABIC).casefold())
    kept = (sign for sign in bare if not unicodedata.combining(sign))
    return "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in kept)


def plain(html: str) -> str:
    """The words of a text without its tags."""
    return _TAG.sub(" ", html)


def split(text: str) -> list[str]:
    """The folded words of what somebody typed."""
    return re.findall(r"\w+", fold(text))
