"""XML, written line by line: names of ours, texts of anybody's."""

import re
from xml.sax.saxutils import escape

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even escaped (2.2)."""


def element(name: str, text: str, **attributes: str) -> str:
    """One element with its text; nothing where there is none."""
    if not text and not attributes:
        return ""
    named = "".join(f' {key}="{quoted(value)}"' for key, value in attributes.items())
    return f"<{name}{named}>{written(text)}</{name}>" if text else f"<{name}{named}/>"


def written(text: str) -> str:
    """A text between elements."""
    return escape(_NOT_XML.sub("", text))


def quoted(text: str) -> str:
    """A text as an attribute's value."""
    return escape(_NOT_XML.sub("", text), {'"': "&quot;"})
