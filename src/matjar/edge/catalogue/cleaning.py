"""Merchants' HTML as pages may carry it: what was written of it is kept in the database, what is harmless is shown.

The text is taken apart and written anew from a list of plain elements, each closed where it belongs, so that nothing a
merchant pastes can run, leave its place, or pass for a form of the shop's.
"""

import re
from html import escape
from html.parser import HTMLParser

_PLAIN = frozenset(
    "p br hr ul ol li dl dt dd strong em b i u s small sub sup mark code pre blockquote h2 h3 h4 h5 h6 a span div"
    " table caption thead tbody tfoot tr th td".split()
)
_EMPTY = frozenset(("br", "hr"))
_SILENT = frozenset("script style template noscript iframe object svg math textarea select title head".split())
"""Elements that take what is in them along."""
_NOT_IN_ITSELF = frozenset("p li dt dd tr td th".split())
"""Elements that end where the next of their kind begins (HTML, 13.1.2.4)."""
_RENAMED = {"h1": "h2"}
"""The page has its own first heading."""
_ADDRESS = re.compile(r"(https?://|mailto:|tel:|/(?!/)|#)[^\s\\]*", re.IGNORECASE)
_ATTRIBUTES = {"dir": re.compile(r"ltr|rtl|auto"), "lang": re.compile(r"[A-Za-z-]{2,20}")}
_DEEPEST = 50


def clean(html: str) -> str:
    """The text with plain elements only."""
    if "<" not in html:
        return html
    cleaning = _Cleaning()
    cleaning.feed(html)
    return cleaning.finish()


class _Cleaning(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._written: list[str] = []
        self._open: list[str] = []
        self._silent: list[str] = []

    def finish(self) -> str:
        """Everything, closed."""
        self.close()
        self._written += [f"</{tag}>" for tag in reversed(self._open)]
        return "".join(self._written)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = _RENAMED.get(tag, tag)
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag in _PLAIN and not self._silent and len(self._open) < _DEEPEST:
            if tag in _NOT_IN_ITSELF and self._open[-1:] == [tag]:
                self.handle_endtag(tag)
            kept = "".join(_attribute(tag, name, value or "") for name, value in attrs)
            self._written.append(f"<{tag}{kept}>")
            if tag not in _EMPTY:
                self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        tag = _RENAMED.get(tag, tag)
        if tag in self._silent:
            del self._silent[self._silent.index(tag) :]
        elif tag in self._open and not self._silent:
            while True:
                last = self._open.pop()
                self._written.append(f"</{last}>")
                if last == tag:
                    break

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._written.append(escape(data, quote=False))


def _attribute(tag: str, name: str, value: str) -> str:
    if tag == "a" and name == "href" and _ADDRESS.fullmatch(value.strip()):
        return f' href="{escape(value.strip())}" rel="noopener nofollow"'
    allowed = _ATTRIBUTES.get(name)
    return f' {name}="{value}"' if allowed and allowed.fullmatch(value) else ""
