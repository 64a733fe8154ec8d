"""Whoever waits for something is told once, and then forgotten."""

import pytest

from matjar.core.limits import WISHES_KEPT_MS, WISHES_PER_ADDRESS, WISHES_PER_PERSON
from matjar.core.refusal import Refusal
from matjar.core.tx import Tx
from matjar.domain import catalog, customers, inventory, notices, waiting
from matjar.domain.catalog import NewVariant, Option, Product, Status, Variant
from matjar.domain.notices import Letter
from matjar.domain.waiting.operations import CALLED_AT_ONCE
from matjar.storage.tx import ShopTx


@pytest.fixture
def soap(tx: Tx) -> Product:
    """A soap in two sizes, of which nobody has any."""
    return catalog.create_product(
        tx, title="Rose Soap", options=(Option("Size", ("Small", "Large")),),
        variants=(NewVariant(1_900, ("Small",)), NewVariant(3_400, ("Large",))),
    )  # fmt: skip


def wait_for(tx: Tx, variant: Variant, email: str = "sara@example.com", address: str = "192.0.2.7") -> None:
    waiting.wait_for(
        tx, variant_id=variant.id, email=email, language="ar", product_url="http://demo.example/products/rose-soap",
        leave_begins="http://demo.example/waiting/", token=f"{email}-{variant.id}", address=address,
    )  # fmt: skip


def fill(tx: Tx, variant: Variant, on_hand: int = 5) -> None:
    """Put some on a shelf."""
    places = inventory.list_locations(tx)
    place = places[0] if places else inventory.create_location(tx, name="Shop")
    inventory.set_stock(tx, inventory_item_id=variant.inventory_item_id, location_id=place.id, on_hand=on_hand)


def test_who_waits_is_written_to_once_when_it_is_back(tx: Tx, soap: Product) -> None:
    small, large = soap.variants
    for variant in (small, small, large):
        wait_for(tx, variant, " Sara@Example.com")
    assert not any(waiting.list_wanted(tx).values())
    assert waiting.call(tx, variant_id=small.id) == 0
    fill(tx, small)
    assert waiting.list_wanted(tx) == {small.id: True, large.id: False}
    assert waiting.call(tx, variant_id=small.id) == 1
    assert waiting.call(tx, variant_id=small.id) == 0
    (letter,) = notices.due(tx)
    assert (letter.letter, letter.address, letter.language) == (Letter.BACK_IN_STOCK, "sara@example.com", "ar")
    assert letter.facts["leave"] == f"http://demo.example/waiting/ Sara@Example.com-{small.id}"
    assert not any(waiting.list_wanted(tx).values())


def test_who_asked_first_is_told_first(tx: Tx, soap: Product) -> None:
    small, _ = soap.variants
    people = [f"buyer{number}@example.com" for number in range(CALLED_AT_ONCE + 2)]
    for number, email in enumerate(people):
        wait_for(tx, small, email, f"192.0.2.{number}")
    fill(tx, small)
    assert waiting.call(tx, variant_id=small.id) == CALLED_AT_ONCE
    assert [letter.address for letter in notices.due(tx)] == people[:CALLED_AT_ONCE]
    assert waiting.call(tx, variant_id=small.id) == 2


def test_what_is_there_or_not_for_sale_is_not_waited_for(tx: Tx, soap: Product) -> None:
    small, large = soap.variants
    fill(tx, small)
    with pytest.raises(Refusal, match=r"waiting\.not_sold_out"):
        wait_for(tx, small)
    catalog.set_status(tx, product_id=soap.id, status=Status.DRAFT)
    with pytest.raises(Refusal, match=r"catalog\.no_variant"):
        wait_for(tx, large)


def test_what_was_taken_off_sale_calls_nobody(tx: Tx, soap: Product) -> None:
    small, _ = soap.variants
    wait_for(tx, small)
    fill(tx, small)
    catalog.set_status(tx, product_id=soap.id, status=Status.DRAFT)
    assert not any(waiting.list_wanted(tx).values())
    assert waiting.call(tx, variant_id=small.id) == 0


def test_one_link_takes_a_person_off_every_list_of_the_shop(tx: Tx, soap: Product) -> None:
    small, large = soap.variants
    wait_for(tx, small)
    wait_for(tx, large)
    wait_for(tx, large, "mona@example.com")
    waiting.leave(tx, token="guessed")
    waiting.leave(tx, token=f"sara@example.com-{small.id}")
    for variant in soap.variants:
        fill(tx, variant)
    assert waiting.call(tx, variant_id=small.id) == 0
    assert waiting.call(tx, variant_id=large.id) == 1
    assert [letter.address for letter in notices.due(tx)] == ["mona@example.com"]


def test_a_customer_who_is_forgotten_waits_for_nothing(tx: Tx, soap: Product) -> None:
    wait_for(tx, soap.variants[0])
    customer_id = customers.upsert(tx, email="sara@example.com", language="en")
    customers.erase(tx, customer_id=customer_id)
    fill(tx, soap.variants[0])
    assert waiting.call(tx, variant_id=soap.variants[0].id) == 0


def test_a_bad_address_is_refused_at_its_field(tx: Tx, soap: Product) -> None:
    with pytest.raises(Refusal, match=r"waiting\.bad_email") as refused:
        wait_for(tx, soap.variants[0], "sara")
    assert refused.value.field == "email"


def test_one_address_and_one_person_wait_for_so_much_and_no_more(tx: Tx) -> None:
    for number in range(WISHES_PER_PERSON):
        wait_for(tx, one(tx, number), address=f"192.0.2.{number}")
    with pytest.raises(Refusal, match=r"waiting\.too_many"):
        wait_for(tx, one(tx, 99), address="198.51.100.1")
    last = one(tx, 100)
    for number in range(WISHES_PER_ADDRESS):
        wait_for(tx, last, f"buyer{number}@example.com", "203.0.113.5")
    with pytest.raises(Refusal, match=r"attempts\.too_many"):
        wait_for(tx, last, "another@example.com", "203.0.113.5")


def one(tx: Tx, number: int) -> Variant:
    """A product of one kind, sold out."""
    made = catalog.create_product(tx, title=f"Soap {number}", variants=(NewVariant(1_900),))
    return made.variants[0]


def test_a_wish_is_forgotten_after_half_a_year(tx: ShopTx, soap: Product) -> None:
    wait_for(tx, soap.variants[0])
    tx.now += WISHES_KEPT_MS
    assert waiting.sweep(tx) == 0
    tx.now += 1
    assert waiting.sweep(tx) == 1
    fill(tx, soap.variants[0])
    assert waiting.call(tx, variant_id=soap.variants[0].id) == 0
