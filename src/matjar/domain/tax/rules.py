"""What tax comes to: pure, exact to the minor unit, the same at a till as in the core."""

from collections.abc import Iterable, Sequence

from matjar.core.money import allocate, divide_half_up
from matjar.domain.shops import Registration, Rounding
from matjar.domain.tax.model import EXEMPT, MILLION, STANDARD, ZERO, Policy, Rate, Taxable, TaxLine

_UNTAXED = frozenset((ZERO, EXEMPT))


def assess(items: Sequence[Taxable], rates: Sequence[Rate], policy: Policy) -> list[tuple[TaxLine, ...]]:
    """The taxes on each item, in the items' order; ``rates`` are those of the one place that the goods go to.

    A category that the place has no rate for, delivery too, is taxed as standard; zero and exempt goods never are.
    Taxes that add up (state and local) are rounded once, as their sum, then shared: the buyer sees one rate.
    Rounding per order takes each rate once over the whole order, as EN 16931 (BR-CO-17) does, and shares the rounded
    tax over the items by largest remainder, so that they sum to it exactly.
    """
    if not rates:
        return [()] * len(items)
    levies: dict[str, tuple[TaxLine, ...]] = {}
    for item in items:
        if item.category not in levies:
            levies[item.category] = _levies(rates, item.category)
    if policy.rounding is Rounding.ORDER:
        return _assess_order(items, levies, policy.inclusive)
    return [_assess_line(item.amount_minor, levies[item.category], policy.inclusive) for item in items]


def tax_of(amount_minor: int, rate_ppm: int, inclusive: bool) -> int:
    """The tax contained in an inclusive amount, or due on top of an exclusive one, rounded half up."""
    return divide_half_up(amount_minor * rate_ppm, MILLION + rate_ppm if inclusive else MILLION)


def place_of(country: str, region: str) -> str:
    """``AE``, or ``US-CA`` where there is a region: ISO 3166-1 or 3166-2."""
    return f"{country}-{region}" if region else country


def is_registered(registrations: Iterable[Registration], country: str, region: str) -> bool:
    """Whether the shop is registered there. A registration without region covers its whole country."""
    return any(each.country == country and each.region in ("", region) for each in registrations)


def rates_of_place(rates: Iterable[Rate], region: str) -> tuple[Rate, ...]:
    """Of one country's rates those that hold in the region: its own if it has any, else the country's.

    A region's rates replace the country's rather than join them, so that the Canary Islands can stand outside
    Spain's VAT; where both are due, list both with the region.
    """
    rates = tuple(rates)
    own = tuple(rate for rate in rates if region and rate.region == region)
    return own or tuple(rate for rate in rates if not rate.region)


def _levies(rates: Sequence[Rate], category: str) -> tuple[TaxLine, ...]:
    """The taxes on a category, still without amounts."""
    due = [rate for rate in rates if rate.category == category]
    if not due and category not in _UNTAXED:
        due = [rate for rate in rates if rate.category == STANDARD]
    return tuple([TaxLine(rate.name, rate.rate_ppm, 0, place_of(rate.country, rate.region)) for rate in due])


def _assess_line(amount_minor: int, levies: tuple[TaxLine, ...], inclusive: bool) -> tuple[TaxLine, ...]:
    if not levies:
        return ()
    whole_ppm = sum([levy.rate_ppm for levy in levies])
    return _share(tax_of(amount_minor, whole_ppm, inclusive), levies)


def _assess_order(
    items: Sequence[Taxable], levies: dict[str, tuple[TaxLine, ...]], inclusive: bool
) -> list[tuple[TaxLine, ...]]:
    taxes: list[tuple[TaxLine, ...]] = [()] * len(items)
    for due in dict.fromkeys(levies.values()):
        if not due:
            continue
        places = [place for place, item in enumerate(items) if levies[item.category] == due]
        amounts = [items[place].amount_minor for place in places]
        whole = _assess_line(sum(amounts), due, inclusive)
        parts = [allocate(tax.amount_minor, amounts) for tax in whole]
        for place, *parts_minor in zip(places, *parts, strict=True):
            taxes[place] = tuple(map(_with_amount, whole, parts_minor))
    return taxes


def _share(tax_minor: int, levies: tuple[TaxLine, ...]) -> tuple[TaxLine, ...]:
    """One rounded tax over the taxes that make it up, in proportion to their rates."""
    if len(levies) == 1:
        return (_with_amount(levies[0], tax_minor),)
    return tuple(map(_with_amount, levies, allocate(tax_minor, [levy.rate_ppm for levy in levies])))


def _with_amount(levy: TaxLine, amount_minor: int) -> TaxLine:
    return TaxLine(levy.name, levy.rate_ppm, amount_minor, levy.place)
