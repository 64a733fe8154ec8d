"""The checkout's page: the form as it was filled in, the sums, the ways to pay, and what is wrong."""

from collections.abc import Sequence
from functools import lru_cache

import msgspec
from babel import Locale
from litestar import Response

from matjar.domain.checkout import Checkout, Status
from matjar.domain.customers import SavedAddress
from matjar.domain.pricing import Sums
from matjar.edge.catalogue import Picture
from matjar.edge.languages import catalogue, sentence
from matjar.edge.pages import own
from matjar.edge.regions import REGIONS, WITHOUT_POST_CODES
from matjar.surfaces.storefront.pages.details import Filled
from matjar.surfaces.storefront.pages.frame import Frame
from matjar.surfaces.storefront.pages.visitor import Visitor
from matjar.surfaces.storefront.parts import Parts
from matjar.surfaces.storefront.views import taxes

_NO_COUNTRIES = frozenset("EU EZ UN QO XA XB ZZ".split())
"""Codes of two letters that CLDR names and nobody lives in."""

DECLINED = {
    "insufficient_funds": sentence("There is not enough money on the card. You were not charged; try another one."),
    "expired_card": sentence("The card has expired. You were not charged; try another one."),
    "incorrect_cvc": sentence("The card's security code was wrong. You were not charged; please try again."),
    "amount_too_small": sentence("So little cannot be paid by card. You were not charged; please pay in another way."),
}
_DECLINED = sentence("The card was declined. You were not charged; please try another one.")


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """One state of the page."""

    frame: Frame
    parts: Parts
    checkout: Checkout
    filled: Filled
    gateway: str = ""
    dearer: bool = False
    """The total is higher than what the buyer was shown."""
    trouble: str = ""
    """Why the payment could not be made."""
    visitor: Visitor | None = None
    kept: Sequence[SavedAddress] = ()
    """Who is signed in, and the addresses that they keep."""
    short: bool = False
    """Whether the trouble is with the goods, so that the cart is where to go."""


class Way(msgspec.Struct, frozen=True):
    """A way to pay."""

    gateway: str
    kind: str
    """card, cash_on_delivery or bank_transfer: what the page says about it."""
    ill: bool
    page: str = ""
    """Whose page it is that the buyer pays on, if it is not the shop's."""


def sheet(state: Sheet, *, status: int = 200) -> Response[bytes]:
    """The page."""
    frame, told = state.frame, state.checkout
    ways = ways_of(frame, state.parts)
    country = state.filled.values["country"]
    content = frame.render(
        "checkout.html",
        checkout=told,
        sums=told.sums,
        taxes=taxes(told.sums),
        items=items_of(frame, state.parts, told.sums),
        filled=state.filled,
        ships=any(line.requires_shipping for line in told.sums.lines),
        countries=countries(frame.language, frame.shop.country),
        regions=regions_of(country, frame.language),
        has_post_codes=country not in WITHOUT_POST_CODES,
        ways=ways,
        gateway=state.gateway if state.gateway in {way.gateway for way in ways} else _first(ways),
        dearer=state.dearer,
        trouble=state.trouble or declined(told, frame.language),
        short=state.short,
        visitor=state.visitor,
        kept=state.kept,
    )
    return own(content, status)


def declined(told: Checkout, language: str) -> str:
    """Why the last card was not taken, if it was not."""
    payment = told.payment
    if payment is None or not payment.decline_code or told.status is not Status.READY:
        return ""
    return catalogue(language).gettext(DECLINED.get(payment.decline_code, _DECLINED))


def ways_of(frame: Frame, parts: Parts) -> tuple[Way, ...]:
    """The ways to pay that this shop and this process know; cards need a form or a page of their gateway's."""
    ill = parts.cashier.ill_gateways()
    cards = parts.card_forms.keys() | parts.payment_pages.keys()
    return tuple(
        Way(name, "card" if name in cards else name, name in ill, parts.payment_pages.get(name, ""))
        for name in frame.shop.settings.gateways
        if name in parts.cashier.gateways and (name in cards or name in ("cash_on_delivery", "bank_transfer"))
    )


class ItemRow(msgspec.Struct, frozen=True):
    """A line of the summary."""

    title: str
    choice: str
    picture: Picture | None
    quantity: int
    subtotal_minor: int


def items_of(frame: Frame, parts: Parts, sums: Sums) -> tuple[ItemRow, ...]:
    """The lines in the reader's words, with their pictures, as far as the shelf has them."""
    shelf = parts.catalogue.shelf(frame.shop.id)
    rows = []
    for line in sums.lines:
        said = shelf.said(line.variant_id, frame.language)
        title, choice, picture = said or (line.title, line.variant_title, None)
        rows.append(ItemRow(title, choice, picture, line.quantity, line.subtotal_minor))
    return tuple(rows)


def regions_of(country: str, language: str) -> list[tuple[str, str]]:
    """The regions of a country by their names in the language."""
    say = catalogue(language).gettext
    return sorted(((code, say(name)) for code, name in REGIONS.get(country, {}).items()), key=lambda each: each[1])


@lru_cache(maxsize=64)
def countries(language: str, first: str) -> tuple[tuple[str, str], ...]:
    """Every country by its name in the language, the shop's own before all others."""
    names = Locale(language.split("-", maxsplit=1)[0]).territories
    known = [(code, name) for code, name in names.items() if len(code) == 2 and code not in _NO_COUNTRIES]
    return tuple(sorted(known, key=lambda each: (each[0] != first, each[1])))


def _first(ways: tuple[Way, ...]) -> str:
    return next((way.gateway for way in ways if not way.ill), "")
