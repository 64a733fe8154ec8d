"""Pages: templates with the sentences of every language, static files under hashed names, and a strict policy."""

import gzip
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from litestar import Response

from matjar.edge.languages import catalogue

HTML = "text/html; charset=utf-8"
FOREVER = "public, max-age=31536000, immutable"
PRIVATE = "no-store"
"""For pages with a person's data: not even the browser keeps them."""
LOOK = "matjar.edge.look"
"""The look that surfaces share."""

_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
}


def policy(*, form_action: Sequence[str] = (), connect: Sequence[str] = ()) -> str:
    """A content security policy (CSP 3): everything from this origin, nothing inline, framed by nobody."""
    rules = {
        "default-src": ("'none'",),
        "img-src": ("'self'",),
        "style-src": ("'self'",),
        "script-src": ("'self'",),
        "connect-src": ("'self'", *connect),
        "font-src": ("'self'",),
        "manifest-src": ("'self'",),
        "form-action": ("'self'", *form_action),
        "frame-ancestors": ("'none'",),
        "base-uri": ("'none'",),
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in rules.items())


def page_headers(*, cache_control: str, content_security_policy: str = "") -> dict[str, str]:
    """The headers of an HTML page."""
    return _ALWAYS | {
        "content-security-policy": content_security_policy or policy(),
        "cache-control": cache_control,
    }


def own(content: bytes, status: int = 200, form_action: Sequence[str] = ()) -> Response[bytes]:
    """A page for one person; ``form_action`` are other places that its forms lead to, also by way of ours."""
    headers = page_headers(cache_control=PRIVATE, content_security_policy=policy(form_action=form_action))
    return Response(content, status_code=status, media_type=HTML, headers=headers)


def go(url: str) -> Response[bytes]:
    """Send the reader on after a form, so that a reload does not send it again."""
    return Response(b"", status_code=303, headers={"location": url, "cache-control": PRIVATE})


def isolated(text: str) -> str:
    """A piece of text that keeps its own direction within a sentence of another (Unicode TR9, 2.4): ``#1001``."""
    return f"\u2068{text}\u2069"


class StaticFile(msgspec.Struct, frozen=True):
    """A file as it is sent: as it is, and packed."""

    content: bytes
    packed: bytes
    media_type: str


class StaticFiles:
    """A package's static files, read once. Names carry a hash of the content, so browsers keep them for ever."""

    def __init__(self, package: str, bundles: Mapping[str, Sequence[str]], at: str = "/static") -> None:
        """``bundles`` are the names to serve, each with the files in ``static/`` that it is made of, in order.

        One that begins with ``look/`` is of the look that surfaces share. ``at``: the folder in their addresses.
        """
        self._at = at
        self._names: dict[str, str] = {}
        self._files: dict[str, StaticFile] = {}
        for name, parts in bundles.items():
            content = b"\n".join(_part(package, part) for part in parts)
            stem, _, suffix = name.rpartition(".")
            hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"
            self._names[name] = hashed
            self._files[hashed] = StaticFile(content, gzip.compress(content, 9, mtime=0), _MEDIA_TYPES[suffix])

    def url(self, name: str) -> str:
        """Where the file is served."""
        return f"{self._at}/{self._names[name]}"

    def find(self, hashed: str) -> StaticFile | None:
        """The file with this hashed name."""
        return self._files.get(hashed)


def _part(package: str, name: str) -> bytes:
    """The file of a package's ``static/``, or of the look that surfaces share."""
    owner = LOOK if name.startswith("look/") else package
    return files(owner).joinpath("static", name.removeprefix("look/")).read_bytes()


_MEDIA_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}


class Templates:
    """A package's templates, compiled once for each language that is asked for."""

    def __init__(self, package: str, **names: Any) -> None:
        """``names`` are at hand in every template."""
        self._package = package
        self._names = names
        self._environment = cache(self._make)

    def render(self, name: str, language: str, /, **facts: Any) -> bytes:
        """The template as bytes, in a language; a name that the template misses is a bug, and stops loudly."""
        return self._environment(language).get_template(name).render(facts).encode()

    def _make(self, language: str) -> Environment:
        made = Environment(
            loader=ChoiceLoader([PackageLoader(self._package), PackageLoader(LOOK)]),
            extensions=["jinja2.ext.i18n"],
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        made.policies["ext.i18n.trimmed"] = True
        made.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]
        made.globals.update(self._names)
        made.filters["isolated"] = isolated
        made.filters["translated"] = catalogue(language).gettext
        made.filters["json"] = lambda value: msgspec.json.encode(value).decode()
        return made
