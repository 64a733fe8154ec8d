"""The reader of a page: in which language, with which country's habits, on which clock."""

import re
from collections.abc import Sequence
from copy import copy
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent, get_minus_sign_symbol

from matjar.core.clock import SECOND
from matjar.core.money import exponent, from_text, to_decimal
from matjar.core.refusal import Refusal, translate
from matjar.domain.shops import Shop
from matjar.edge.languages import catalogue, direction

_EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_LATIN_SIGN = re.compile(r"[A-Z]+\$")
"""``US$`` in a line from right to left: without a mark behind it, the dollar would move to the other side."""
_UNSPACED = re.compile(r"(?<=[A-Z]{3})(?=[0-9])")
"""Between a currency's code and the digits stands a space (CLDR, currencySpacing), which Babel leaves out."""
_AMOUNT = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?) ([A-Z]{3})")
"""What ``core/money`` writes, and a refusal says."""


class Reader(msgspec.Struct, frozen=True):
    """How numbers, money, days and countries are written for whoever reads a shop's page."""

    language: str
    country: str
    currency: str
    time_zone: str

    @classmethod
    def of(cls, shop: Shop, language: str) -> "Reader":
        """A reader of this shop in one of its languages."""
        return cls(language, shop.country, shop.currency, shop.time_zone)

    @property
    def locale(self) -> str:
        """Its name for programs: ``ar-SA``."""
        return str(_locale(self.language, self.country)).replace("_", "-")

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return direction(self.language)

    def money(self, amount_minor: int, currency: str = "") -> str:
        """An amount of minor units, with its currency; the shop's own where none is named."""
        return _money(amount_minor, currency or self.currency, _locale(self.language, self.country))

    def number(self, number: int) -> str:
        """A whole number."""
        locale = _locale(self.language, self.country)
        return _in_digits(format_decimal(number, locale=locale, numbering_system="default"), locale)

    def percent(self, rate_ppm: int) -> str:
        """A rate of so many millionths: 50000 is 5%."""
        rate = Decimal(rate_ppm).scaleb(-6)
        locale = _locale(self.language, self.country)
        text = format_percent(rate, format="#,##0.###%", locale=locale, numbering_system="default")
        return _in_digits(text, locale)

    def day(self, at: int) -> str:
        """The day of a moment in milliseconds, by the shop's clock."""
        locale = _locale(self.language, self.country)
        return _in_digits(format_date(self._moment(at), "long", locale=locale), locale)

    def moment(self, at: int) -> str:
        """Day and time of a moment in milliseconds, by the shop's clock."""
        locale = _locale(self.language, self.country)
        time = format_time(self._moment(at), "short", locale=locale)
        return f"{self.day(at)} {_in_digits(time, locale)}"

    def short(self, at: int, now: int) -> str:
        """A moment as a list has it: the time where it is today, else the day, with its year where that is another."""
        locale = _locale(self.language, self.country)
        then, today = self._moment(at), self._moment(now)
        if then.date() == today.date():
            return _in_digits(format_time(then, "short", locale=locale), locale)
        pattern = "MMMd" if then.year == today.year else "yMMMd"
        return _in_digits(format_skeleton(pattern, then, locale=locale), locale)

    def country_name(self, code: str) -> str:
        """What a country of ISO 3166-1 is called; an unknown code stays as it is."""
        return str(_locale(self.language, self.country).territories.get(code, code))

    def list(self, items: Sequence[str]) -> str:
        """Several things as one: ``a, b and c``, with the language's own comma."""
        return format_list(items, locale=_locale(self.language, self.country)) if items else ""

    def say(self, refusal: Refusal) -> str:
        """A refusal in the reader's words, with the numbers and amounts of its facts in the reader's form."""
        facts = {name: self._fact(fact) for name, fact in refusal.facts.items()}
        told = Refusal(refusal.code, refusal.kind, refusal.message, facts)
        return translate(told, catalogue(self.language).gettext)

    def _fact(self, fact: Any) -> Any:
        if isinstance(fact, int):
            return self.number(fact)
        amount = _AMOUNT.fullmatch(fact) if isinstance(fact, str) else None
        return self.money(from_text(amount[1], amount[2]), amount[2]) if amount else fact

    def _moment(self, at: int) -> datetime:
        return datetime.fromtimestamp(at / SECOND, UTC).astimezone(ZoneInfo(self.time_zone))


@lru_cache(maxsize=256)
def _locale(language: str, country: str) -> Locale:
    """The language as it is written in the country, where anyone wrote that down; else as anywhere."""
    spoken = language.split("-", maxsplit=1)[0]
    try:
        return Locale(spoken, country)
    except UnknownLocaleError:
        return Locale(spoken)


@lru_cache(maxsize=20_000)
def _money(amount_minor: int, currency: str, locale: Locale) -> str:
    pattern = copy(locale.currency_formats["standard"])
    # Babel has CLDR's digits, which say how a currency is used (no fils of the Iraqi dinar); prices need ISO 4217's.
    pattern.frac_prec = (exponent(currency),) * 2
    amount = to_decimal(amount_minor, currency)
    text: str = pattern.apply(amount, locale, currency=currency, currency_digits=False, numbering_system="default")
    if amount_minor < 0:
        text = text.replace("-", get_minus_sign_symbol(locale))  # in Arabic it brings its direction along
    if text.startswith("\u200f"):
        text = _LATIN_SIGN.sub("\\g<0>\u200e", text)
    return _in_digits(_UNSPACED.sub("\u00a0", text), locale)


def _in_digits(text: str, locale: Locale) -> str:
    """The text in the digits of the locale; Babel takes their signs, but not the digits themselves."""
    return text.translate(_EASTERN) if locale.default_numbering_system == "arab" else text
