"""The frame: what every page of identity has around its content, in the reader's language, bound to their browser."""

from collections.abc import Sequence
from typing import Any

import msgspec
from litestar import Response

from matjar.core.ids import hash_token, mint_token
from matjar.domain.access import Action, Employed, actions
from matjar.edge import csrf
from matjar.edge.forms import Form
from matjar.edge.framework import Ask, visit_of
from matjar.edge.languages import catalogue, direction, language_name
from matjar.edge.pages import HTML, PRIVATE, StaticFiles, Templates, page_headers, policy
from matjar.surfaces.identity import cookies, times, words
from matjar.surfaces.identity.guard import Here, There, here_of
from matjar.surfaces.identity.parts import Parts
from matjar.surfaces.identity.seals import Errand, Seals

PACKAGE = "matjar.surfaces.identity"
LANGUAGES = ("en", "ar")
"""What identity's pages and letters are written in."""
TRUSTED_TYPES = "; require-trusted-types-for 'script'; trusted-types 'none'"
"""No script of ours makes text into code (W3C Trusted Types)."""

STATIC = StaticFiles(
    PACKAGE,
    {
        "identity.css": (
            "look/tokens.css", "look/base.css", "look/head.css", "look/parts.css",
            "frame.css", "parts.css", "print.css",
        ),
        "identity.js": ("look/passkeys.js", "identity.js"),
        "brand.svg": ("brand.svg",),
    },
)


class Frame(msgspec.Struct, frozen=True):
    """A page in a language, for somebody or for nobody yet."""

    language: str
    path: str
    mark: str
    """The browser's own, random: see ``cookies.MARK``."""
    csrf: str
    here: Here | None = None
    there: There | None = None
    errand: Errand | None = None
    """What they came for, and have not come to yet."""
    done: str = ""
    """What was just done, to be said once."""
    admin: str = ""
    """Where the back office is; empty: this platform has none."""

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return direction(self.language)

    @property
    def other(self) -> tuple[str, str]:
        """The other language: its code, and what it calls itself."""
        code = next(each for each in LANGUAGES if each != self.language)
        return code, language_name(code)

    @property
    def browser_hash(self) -> bytes:
        """By which this browser is known again."""
        return hash_token(self.mark)

    @property
    def shops(self) -> Sequence[Employed]:
        """Where the reader works at present."""
        return [each for each in self.here.shops if not each.suspended] if self.here else ()

    def may(self, action: Action) -> bool:
        """Whether the reader's role in this shop includes it."""
        return self.there is not None and self.there.may(action)

    def url(self, path: str) -> str:
        """A page about this page's shop."""
        assert self.there is not None, "the page is about a shop"
        return f"/shops/{self.there.shop.handle}{path}"

    def office(self, handle: str) -> str:
        """A shop's back office, by the way in for who is signed in here; empty: there is none."""
        return f"{self.admin}/{handle}/sign-in/elsewhere" if self.admin else ""

    def say(self, text: str) -> str:
        """A sentence in the reader's language."""
        return catalogue(self.language).gettext(text)

    def page(
        self, template: str, status: int = 200, *, form_action: Sequence[str] = (), **facts: Any
    ) -> Response[bytes]:
        """The page, for one person; ``form_action`` are other places that its forms lead to."""
        content = TEMPLATES.render(template, self.language, frame=self, here=self.here, **facts)
        security = policy(form_action=form_action) + TRUSTED_TYPES
        headers = page_headers(cache_control=PRIVATE, content_security_policy=security)
        headers["referrer-policy"] = "no-referrer"
        response = Response(content, status_code=status, media_type=HTML, headers=headers)
        cookies.keep(response, cookies.MARK, self.mark)
        return cookies.keep(response, cookies.LANGUAGE, self.language)


TEMPLATES = Templates(
    PACKAGE, static=STATIC.url, actions=actions, words=words, ago=times.ago, day=times.day, iso=times.iso
)


def frame_of(request: Ask, parts: Parts) -> Frame:
    """The frame of the page that is asked for."""
    here = here_of(request)
    mark = cookies.read(request, cookies.MARK)
    mark = mark if len(mark) == len(_EXAMPLE) and mark.isascii() else mint_token()
    errand = Seals(parts.secret).open(cookies.read(request, cookies.ERRAND), Errand, parts.trust.now())
    return Frame(
        language=_language_of(request, here),
        path=request.scope["path"],
        mark=mark,
        csrf=csrf.token(parts.secret, _bound_to(here, mark)),
        here=here,
        there=request.scope.get("there"),  # type: ignore[arg-type]
        errand=errand,
        done=words.DONE.get(request.query_params.get("done", ""), ""),
        admin=parts.surfaces.get("admin", ""),
    )


async def form_of(request: Ask, frame: Frame, parts: Parts) -> Form:
    """What a form of ours sent; refuses what came from elsewhere, or was made for another session or browser."""
    form = Form.of(await request.body())
    csrf.check(request, parts.secret, _bound_to(frame.here, frame.mark), form.text(csrf.FIELD))
    return form


_EXAMPLE = "A" * 22


def _bound_to(here: Here | None, mark: str) -> str:
    return here.grant.sid if here else f"browser:{mark}"


def _language_of(request: Ask, here: Here | None) -> str:
    """What was asked for just now, or chosen before; else the person's own, or what their browser asks for."""
    kept = cookies.read(request, cookies.LANGUAGE)
    own = here.account.language if here else ""
    chosen = (request.query_params.get("language", ""), kept, own)
    return next((each for each in chosen if each in LANGUAGES), visit_of(request).language)
