"""Who is offered which delivery, at which price."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from matjar.core.address import NOWHERE, Address
from matjar.domain.shipping.model import Method, MethodKind, Parcel, Step, Zone
from matjar.domain.shipping.rules import options, price_of, zone_of

STANDARD = Method("standard", MethodKind.FLAT, {"en": "Standard", "ar": "عادي"}, 1500, days_min=1, days_max=3)
EXPRESS = Method("express", MethodKind.FLAT, {"en": "Today"}, 3500)
FETCH = Method("fetch", MethodKind.PICKUP, {"en": "Fetch it in Deira"}, location_id=7)
BY_WEIGHT = Method("courier", MethodKind.BY_WEIGHT, {"en": "Courier"}, steps=(Step(1000, 900), Step(5000, 2500)))
BY_PRICE = Method("post", MethodKind.BY_PRICE, {"en": "Post"}, steps=(Step(10_000, 1000), Step(None, 500)))

EMIRATES = Zone(1, "Emirates", ("AE",), (EXPRESS, STANDARD, FETCH))
DUBAI = Zone(2, "Dubai", ("AE-DU", "AE-SH"), (msgspec.structs.replace(STANDARD, id="dubai", price_minor=500),))
WORLD = Zone(3, "World", ("*",), (BY_WEIGHT,))
ZONES = (WORLD, EMIRATES, DUBAI)

SOAP = Parcel(subtotal_minor=5000, weight_grams=300, requires_shipping=True)


def ids(address: Address, parcel: Parcel = SOAP) -> list[str]:
    return [option.id for option in options(ZONES, address, parcel)]


def test_the_zone_that_names_the_place_most_closely_wins() -> None:
    assert zone_of(ZONES, "AE", "DU") is DUBAI
    assert zone_of(ZONES, "AE", "AZ") is EMIRATES
    assert zone_of(ZONES, "AE", "") is EMIRATES
    assert zone_of(ZONES, "NZ", "AUK") is WORLD


def test_without_a_rest_of_the_world_other_places_are_not_served() -> None:
    assert zone_of((EMIRATES,), "NZ", "") is None
    assert options((EMIRATES,), Address(country="NZ"), SOAP) == ()


def test_a_zone_offers_several_ways_the_cheapest_first() -> None:
    assert ids(Address(country="AE", region="AZ")) == ["fetch", "standard", "express"]


def test_without_a_country_only_pickups_can_be_promised() -> None:
    assert ids(NOWHERE) == ["fetch"]


def test_what_needs_no_sending_needs_no_delivery() -> None:
    assert ids(Address(country="AE"), Parcel(5000, 0, False)) == []


def test_an_option_says_what_the_buyer_reads_and_what_is_promised() -> None:
    [fetch, standard, _] = options(ZONES, Address(country="AE"), SOAP)
    assert (standard.names["ar"], standard.days_min, standard.days_max, standard.pickup) == ("عادي", 1, 3, False)
    assert (fetch.pickup, fetch.location_id, fetch.price_minor) == (True, 7, 0)


def test_a_price_by_weight_climbs_its_steps_and_ends_with_them() -> None:
    weights = (0, 1000, 1001, 5000, 5001)
    assert [price_of(BY_WEIGHT, Parcel(1, grams, True)) for grams in weights] == [900, 900, 2500, 2500, None]
    assert ids(Address(country="NZ"), Parcel(1, 5001, True)) == []


def test_a_price_by_price_may_fall_and_have_no_end() -> None:
    subtotals = (0, 10_000, 10_001, 10**9)
    assert [price_of(BY_PRICE, Parcel(minor, 1, True)) for minor in subtotals] == [1000, 1000, 500, 500]


def test_from_its_bound_on_delivery_is_free() -> None:
    free = msgspec.structs.replace(STANDARD, free_over_minor=20_000)
    assert [price_of(free, Parcel(minor, 1, True)) for minor in (19_999, 20_000, 20_001)] == [1500, 0, 0]


def test_what_is_too_heavy_is_not_carried_however_dear_it_is() -> None:
    free = msgspec.structs.replace(BY_WEIGHT, free_over_minor=0)
    assert price_of(free, Parcel(10**6, 5001, True)) is None


@given(st.integers(0, 10**7), st.integers(0, 10**6), st.sampled_from([STANDARD, BY_WEIGHT, BY_PRICE, FETCH]))
def test_a_price_is_never_negative(subtotal_minor: int, weight_grams: int, method: Method) -> None:
    price_minor = price_of(method, Parcel(subtotal_minor, weight_grams, True))
    assert price_minor is None or price_minor >= 0
