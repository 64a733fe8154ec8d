"""A shop and how it is set up."""

from enum import StrEnum

import msgspec

from matjar.core.address import NOWHERE, Address
from matjar.core.refusal import Kind, declare

NOT_FOUND = declare("shops.not_found", Kind.NOT_FOUND, "There is no such shop.")
BAD_HANDLE = declare(
    "shops.bad_handle", Kind.INVALID, "A shop's handle is 2 to 40 small letters, digits and dashes, not {handle}."
)
HANDLE_TAKEN = declare("shops.handle_taken", Kind.CONFLICT, "The handle {handle} is taken.")
ID_TAKEN = declare("shops.id_taken", Kind.CONFLICT, "Another shop was opened at this moment. Please try again.")
BAD_TIME_ZONE = declare("shops.bad_time_zone", Kind.INVALID, "{time_zone} is not a time zone.")
BAD_COUNTRY = declare("shops.bad_country", Kind.INVALID, "{country} is not a country code.")
BAD_HOST = declare("shops.bad_host", Kind.INVALID, "{host} is not the name of a host, such as www.example.com.")
HOST_TAKEN = declare("shops.host_taken", Kind.CONFLICT, "{host} is another shop's.")
NO_SUCH_HOST = declare("shops.no_such_host", Kind.NOT_FOUND, "{host} is none of the shop's hosts.")
TOO_LONG = declare("shops.too_long", Kind.INVALID, "This is longer than {most} characters.")
BAD_LANGUAGE = declare("shops.bad_language", Kind.INVALID, "{language} is not a language code.")


class PolicyKind(StrEnum):
    """What a shop promises to whoever buys."""

    TERMS = "terms"
    PRIVACY = "privacy"
    REFUND = "refund"
    SHIPPING = "shipping"


class Policy(msgspec.Struct, frozen=True):
    """One of the shop's policies in one of its languages."""

    kind: PolicyKind
    language: str
    body_html: str
    updated_at: int


class Rounding(StrEnum):
    """Where tax is rounded to the minor unit: at each line, or once for each rate of the order."""

    LINE = "line"
    ORDER = "order"


class Registration(msgspec.Struct, frozen=True):
    """Where the shop is registered for tax, and under which number; it charges tax nowhere else."""

    country: str
    number: str
    region: str = ""


class Settings(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the owner decides. Amounts are in minor units of the shop's currency."""

    legal_name: str = ""
    email: str = ""
    phone: str = ""
    address: Address = NOWHERE
    registrations: tuple[Registration, ...] = ()
    prices_include_tax: bool = True
    tax_rounding: Rounding = Rounding.LINE
    tax_on_delivery: bool = True
    gateways: tuple[str, ...] = ("twin", "cash_on_delivery", "bank_transfer")
    capture: str = "automatic"
    """``automatic`` takes the money when the order is placed; ``manual`` when the merchant says so."""
    bank_details: str = ""
    accent: str = "#1f6f5c"
    main_host: str = ""
    """Which of the shop's own hosts search engines and letters are told; empty: the first by name."""
    names: dict[str, str] = {}
    """What the shop calls itself, by language, where that differs from its name."""
    tagline: dict[str, str] = {}
    """A line under the shop's name, by language."""
    logo: str = ""
    """The shop's sign, square, below the media folder; its name stands beside it."""
    hero: dict[str, str] = {}
    """The wide picture of the home page, by language, below the media folder."""


class Shop(msgspec.Struct, frozen=True):
    """One merchant's store, the tenant."""

    id: int
    handle: str
    name: str
    currency: str
    country: str
    time_zone: str
    languages: tuple[str, ...]
    settings: Settings
    created_at: int
    updated_at: int

    def name_in(self, language: str) -> str:
        """What the shop calls itself in a language."""
        return self.settings.names.get(language, self.name)

    def language_for(self, language: str) -> str:
        """This language where the shop speaks it, else the shop's first."""
        return language if language in self.languages else self.languages[0]


HOUSE = Shop(0, "", "Matjar", "USD", "US", "UTC", ("en", "ar"), Settings(), 0, 0)
"""Nobody's shop: what pages belong to that are not any shop's own."""
