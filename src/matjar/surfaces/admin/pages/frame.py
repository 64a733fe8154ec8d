"""The frame: what every page of the back office has around its content."""

import re
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import Any

import msgspec
from babel import Locale
from litestar import Response

from matjar.core.ids import mint_uuid7
from matjar.core.refusal import Kind, Refusal
from matjar.domain.access import Action, Allowed, Class, Refused, actions, holds
from matjar.domain.orders import FIRST_NUMBER
from matjar.domain.shops import Shop
from matjar.edge import csrf
from matjar.edge.catalogue import Picture
from matjar.edge.forms import Form
from matjar.edge.framework import Ask, visit_of
from matjar.edge.guarding import Session, session_of
from matjar.edge.languages import catalogue, language_name
from matjar.edge.pages import StaticFiles, Templates, own
from matjar.edge.reader import Reader
from matjar.edge.regions import region_name
from matjar.surfaces.admin.pages import cookies
from matjar.surfaces.admin.pages.cookies import Done
from matjar.surfaces.admin.pages.saying import UNSETTLED, saying
from matjar.surfaces.admin.parts import Parts
from matjar.surfaces.admin.tallies import Tallies

PACKAGE = "matjar.surfaces.admin"
LANGUAGES = ("en", "ar")
"""What the back office speaks, whatever the shop's own languages are."""
_OWN_PATH = re.compile(r"/(?![/\\])(?!.*(?:\.\.|//))[A-Za-z0-9_\-/.~%?=&+]{0,500}")

STATIC = StaticFiles(
    PACKAGE,
    {
        "admin.css": (
            "look/tokens.css", "look/base.css", "look/head.css", "look/parts.css",
            "frame.css", "lists.css", "sheets.css", "print.css",
        ),
        "admin.js": ("admin.js",),
        "passkey.js": ("look/passkeys.js",),
        "matjar.svg": ("matjar.svg",),
        "htmx.js": ("vendor/htmx.min.js",),
    },
    at="/-",
)  # fmt: skip


class Power(StrEnum):
    """Whether what holds power can be changed now; where not, the page says why."""

    READY = "ready"
    WAITS = "waits"
    """Until rights are heard of again."""
    PRINTED = "printed"
    """A printed code never opens it."""


class Banner(msgspec.Struct, frozen=True):
    """What is away, since when, and what that leaves."""

    identity_since: int = 0
    """Since when nothing was heard of rights, milliseconds UTC; 0: all is well, or nothing ever was heard."""
    never: bool = False
    read_only: bool = False
    needs_passkey: bool = False


class Frame(msgspec.Struct, frozen=True):
    """A page of a shop, in a language, for somebody; ``path`` is its address below the shop's."""

    shop: Shop
    language: str
    path: str
    query: str
    now: int
    identity_url: str = ""
    """Where forms for who signs in by a password lead, by way of ours."""
    shop_url: str = ""
    """Where the shop itself is."""
    csrf: str = ""
    session: Session | None = None
    silent: bool = False
    """Whether identity did not answer just now: what is done there waits."""
    refused: frozenset[Class] = frozenset()
    """What is not to be had at present, however well one proves oneself."""
    tallies: Tallies | None = None
    banner: Banner = Banner()
    done: Done | None = None
    away: Callable[[], int] = lambda: 0
    """Since when what is shown is not fresh, as it turns out while the page is made; 0: it is."""

    @property
    def database_since(self) -> int:
        """Since when the database has been away, milliseconds UTC; 0: it is there."""
        return self.away()

    @property
    def reader(self) -> Reader:
        """Who reads it."""
        return Reader.of(self.shop, self.language)

    @property
    def name(self) -> str:
        """What the shop calls itself in this language."""
        return self.shop.name_in(self.language)

    @property
    def other(self) -> tuple[str, str]:
        """The other language: its code, and what it calls itself."""
        code = next(each for each in LANGUAGES if each != self.language)
        return code, language_name(code)

    @property
    def done_sentence(self) -> str:
        """What was just done, in words."""
        return saying(self.done, catalogue(self.language).gettext) if self.done else ""

    @property
    def done_look(self) -> tuple[str, str]:
        """How it is said: what is not done yet gets no tick."""
        return ("warn", "alert") if self.done and self.done.what in UNSETTLED else ("good", "check")

    @property
    def power(self) -> Power:
        """Whether what holds power can be changed in this session, now."""
        if self.session is None or Class.C4 in self.refused:
            return Power.WAITS
        proof = self.session.grant.proof
        return Power.PRINTED if proof.break_glass and not proof.passkey_at else Power.READY

    @property
    def heard_at(self) -> int:
        """When rights were last heard of, milliseconds UTC; 0: never."""
        age_ms = self.session.age_ms if self.session else None
        return 0 if age_ms is None else self.now - age_ms

    def url(self, path: str) -> str:
        """The address of a page of this shop."""
        return address(self.shop, path)

    def has(self, action: Action) -> bool:
        """Whether the role has it."""
        return self.session is not None and holds(self.session.role, action)

    def can(self, action: Action) -> bool:
        """Whether to offer something: the role has it, and it is not refused for now."""
        if not self.has(action):
            return False
        return action.reads or (action.class_ not in self.refused and not self.database_since)

    def beside(self, refusal: Refusal) -> str:
        """What stands beside a field of a form that cannot be taken as it is; any other refusal goes on."""
        if refusal.kind not in (Kind.INVALID, Kind.CONFLICT):
            raise refusal
        return self.reader.say(refusal)

    def in_shop(self, path: str) -> str:
        """The address of a page of the shop itself, in the reader's language where the shop speaks it."""
        languages = self.shop.languages
        return self.shop_url + (f"/{self.language}" if self.language in languages[1:] else "") + path

    def render(self, template: str, **facts: Any) -> bytes:
        """The page as bytes. A form sends ``key`` along, so that sending it twice does it once."""
        return TEMPLATES.render(
            template, self.language, frame=self, shop=self.shop, reader=self.reader, key=mint_uuid7(self.now), **facts
        )

    def page(self, template: str, status: int = 200, **facts: Any) -> Response[bytes]:
        """The page, for one person; what was just done is said once."""
        response = own(self.render(template, **facts), status, [self.identity_url] if self.identity_url else [])
        if self.done is not None:
            cookies.forget(response, cookies.DONE)
        return response


def number_of_order(name: str) -> int:
    """``1001`` as people say it is the shop's first order, number 1; 0: it is none."""
    digits = name.removeprefix("#")
    return int(digits) - FIRST_NUMBER + 1 if digits.isascii() and digits.isdigit() and len(digits) < 16 else 0


def picture_of(picture: Picture | None) -> str:
    """Where a picture is served."""
    return f"/-/media/{picture.path}" if picture else ""


TEMPLATES = Templates(
    PACKAGE, static=STATIC.url, region_name=region_name, actions=actions, picture_of=picture_of, locale_of=Locale.parse
)


def address(shop: Shop, path: str) -> str:
    """The address of a shop's page; of the house's own without a shop."""
    return f"/{shop.handle}{path}" if shop.handle else path


def own_path(path: str) -> str:
    """A path below the shop to go on to; whatever else it is, leads home."""
    return path if _OWN_PATH.fullmatch(path) else "/"


def language_of(request: Ask) -> str:
    """What the person chose, else what their browser asks for."""
    chosen = cookies.read(request, cookies.LANGUAGE)
    return chosen if chosen in LANGUAGES else visit_of(request).language


def plain_frame(request: Ask, parts: Parts) -> Frame:
    """The frame of a page for nobody in particular: signing in, a "no" before anybody is known."""
    visit = visit_of(request)
    path = request.scope["path"].removeprefix(f"/{visit.shop.handle}") if visit.shop.handle else request.scope["path"]
    query = request.scope["query_string"].decode("latin-1")
    done = cookies.read_done(request)
    return Frame(visit.shop, language_of(request), path or "/", query, parts.trust.now(), parts.identity.url, done=done)


async def frame_of(request: Ask, parts: Parts) -> Frame:
    """The frame of the page that is asked for, for whoever is signed in."""
    plain = plain_frame(request, parts)
    session = session_of(request)
    tallies = await parts.tallying.of(plain.shop.id)
    parts.snapshots.want(plain.shop.id)
    return msgspec.structs.replace(
        plain,
        session=session,
        shop_url=parts.catalogue.shelf(plain.shop.id).home,
        csrf=csrf.token(parts.secret, session.grant.sid),
        tallies=tallies,
        silent=parts.identity.silent,
        refused=_refused(parts, session),
        banner=_banner(parts, session, plain),
        away=partial(_away_since, parts, plain.shop.id),
    )


def _refused(parts: Parts, session: Session) -> frozenset[Class]:
    examples = (actions.ORDERS_FULFIL, actions.PAYOUT_WRITE)
    return frozenset(each.class_ for each in examples if isinstance(parts.guard.verdict(session, each), Refused))


def _away_since(parts: Parts, shop_id: int) -> int:
    away_since = parts.tallying.away_since
    return (parts.snapshots.seen_at(shop_id) or away_since) if away_since else 0


def _banner(parts: Parts, session: Session, frame: Frame) -> Banner:
    """What to say above the page; nothing while all is well."""
    verdict = parts.guard.verdict(session, actions.ORDERS_FULFIL)
    silent = isinstance(verdict, Allowed) and verdict.silent
    return Banner(
        identity_since=0 if silent or session.age_ms is None else frame.now - session.age_ms,
        never=session.age_ms is None,
        read_only=isinstance(verdict, Refused),
        needs_passkey=not isinstance(verdict, Allowed | Refused),
    )


async def form_of(request: Ask, parts: Parts) -> Form:
    """What a form of ours sent; refuses what came from elsewhere or was made for another session."""
    form = Form.of(await request.body())
    csrf.check(request, parts.secret, session_of(request).grant.sid, form.text(csrf.FIELD))
    return form
