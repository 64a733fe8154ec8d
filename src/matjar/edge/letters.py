"""Letters, laid out: a text and a page in one look, whoever writes them."""

from collections.abc import Mapping, Sequence

import msgspec

from matjar.domain.notices import Message
from matjar.edge.languages import direction
from matjar.edge.pages import LOOK, Templates


class Sender(msgspec.Struct, frozen=True):
    """In whose name and colours (CSS) a letter comes."""

    name: str
    accent: str
    on_accent: str


_TEMPLATES = Templates(LOOK)
_NOTHING: Mapping[str, object] = {}


def lay_out(
    *,
    key: str,
    address: str,
    language: str,
    sender: Sender,
    subject: str,
    lines: Sequence[str],
    code: str = "",
    button: str = "",
    url: str = "",
    form: str = "letter",
    forms: Templates = _TEMPLATES,
    more: Mapping[str, object] = _NOTHING,
) -> Message:
    """A letter as it leaves. ``code`` is shown large; ``button`` is what the way to ``url`` is called.

    A letter that shows more than that has a ``form`` among ``forms``, which fills in the blocks of the common one.
    """
    told: dict[str, object] = {
        "language": language,
        "direction": direction(language),
        "sender": sender.name,
        "accent": sender.accent,
        "on_accent": sender.on_accent,
        "subject": subject,
        "lines": lines,
        "code": code,
        "button": button,
        "url": url,
    }
    told |= more
    text, html = (forms.render(f"{form}.{suffix}", language, **told).decode() for suffix in ("txt", "html"))
    return Message(key, address, language, plain(subject), text, html)


def plain(text: str) -> str:
    """A line without marks of direction: subjects show them as boxes here and there."""
    return text.translate({0x2068: None, 0x2069: None})
