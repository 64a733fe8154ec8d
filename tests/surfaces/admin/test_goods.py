"""Stock and prices: counted and changed in place, and taken back."""

from collections.abc import Iterator

import pytest

from tests.platform import Platform
from tests.surfaces.admin.office import Answer, Person, sell, wait_until


def row(page: Answer, action: str) -> dict[str, str]:
    """The first row's form."""
    return page.forms[action]


@pytest.fixture(autouse=True)
def shelf_left_full(owner: Person) -> Iterator[None]:
    """Others sell from the same shelf afterwards."""
    yield
    owner.send("/stock", row(owner.get("/stock"), "/bench/stock") | {"count": "1000000"})


@pytest.mark.parametrize(("typed", "left"), [("12", "12"), ("+3", "15"), ("-5", "7"), ("٢٠", "20")])
def test_a_count_is_a_number_or_a_change(owner: Person, typed: str, left: str) -> None:
    fields = row(owner.get("/stock"), "/bench/stock")
    owner.send("/stock", fields | {"count": "12"})
    page = owner.send("/stock", fields | {"count": typed})
    assert f": {left} on the shelf at Dubai." in page.words


def test_a_count_can_be_taken_back(owner: Person) -> None:
    fields = row(owner.get("/stock"), "/bench/stock")
    owner.send("/stock", fields | {"count": "40"})
    changed = owner.send("/stock", fields | {"count": "4"})
    assert "Undo" in changed.words
    assert ": 40 on the shelf" in owner.send("/stock", row(changed, "/bench/stock")).words


def test_what_happened_meanwhile_stays_when_a_count_is_taken_back(owner: Person) -> None:
    fields = row(owner.get("/stock"), "/bench/stock")
    owner.send("/stock", fields | {"count": "18"})
    undo = row(owner.send("/stock", fields | {"count": "+5"}), "/bench/stock")
    owner.send("/stock", fields | {"count": "-1"})
    assert ": 17 on the shelf" in owner.send("/stock", undo).words
    owner.send("/stock", fields | {"count": "4"})
    refused = owner.send("/stock", undo)
    assert (refused.status, "Only 4 are on the shelf: 5 cannot be taken off." in refused.words) == (422, True)


@pytest.mark.parametrize("typed", ["", "many", "1.5", "+-3", "99999999999"])
def test_what_is_no_count_is_said_beside_the_field(owner: Person, typed: str) -> None:
    page = owner.send("/stock", row(owner.get("/stock"), "/bench/stock") | {"count": typed})
    assert (page.status, 'aria-invalid="true" autofocus' in page.body) == (422, True)
    assert "A count is a whole number from 0 to 1,000,000,000." in page.words


def test_what_is_scarce_stands_alone(owner: Person) -> None:
    fields = row(owner.get("/stock"), "/bench/stock")
    owner.send("/stock", fields | {"count": "2"})
    assert f'value="{fields["row"]}"' in owner.get("/stock?scarce=1").body
    owner.send("/stock", fields | {"count": "1000000"})
    assert "Enough of everything" in owner.get("/stock?scarce=1").words


def test_home_counts_what_its_list_shows(owner: Person) -> None:
    fields = row(owner.get("/stock"), "/bench/stock")
    owner.send("/stock", fields | {"count": "2"})
    listed = owner.get("/stock?scarce=1")
    assert listed.body.count('name="count"') == 1
    assert "Dubai" in listed.words
    wait_until(lambda: "1article running out" in owner.get("/").words.replace(" article", "article"), owner.platform)


def test_a_price_is_changed_and_taken_back(owner: Person) -> None:
    fields = row(owner.get("/prices"), "/bench/prices")
    page = owner.send("/prices", fields | {"price": "12.50", "before": "20"})
    assert "costs AED 12.50 from now on." in page.words.replace("\xa0", " ")
    assert 'value="20.00"' in page.body
    undone = owner.send("/prices", fields)
    assert "from now on" in undone.words
    assert fields["price"] in undone.words.replace("\xa0", " ")


def test_a_price_that_was_changed_since_is_not_taken_back_unasked(owner: Person) -> None:
    fields = row(owner.get("/prices"), "/bench/prices")
    undo = row(owner.send("/prices", fields | {"price": "12.50", "before": ""}), "/bench/prices")
    owner.send("/prices", fields | {"price": "13"})
    asked = owner.send("/prices", undo)
    assert asked.status == 422
    assert "It was priced anew since, and costs AED 13.00 now." in asked.words.replace("\xa0", " ")
    assert owner.send("/prices", fields).status == 200


@pytest.mark.parametrize(("price", "before"), [("x", ""), ("1.234", ""), ("", ""), ("5", "y"), ("99999999999999", "")])
def test_what_is_no_price_is_said_beside_the_field(owner: Person, price: str, before: str) -> None:
    fields = row(owner.get("/prices"), "/bench/prices")
    page = owner.send("/prices", fields | {"price": price, "before": before})
    assert (page.status, 'aria-invalid="true"' in page.body) == (422, True)


def test_everything_that_is_wrong_with_prices_is_said_at_once(owner: Person) -> None:
    fields = row(owner.get("/prices"), "/bench/prices")
    page = owner.send("/prices", fields | {"price": "", "before": "y"})
    assert "An amount is missing." in page.words
    assert "y is not an amount of AED." in page.words
    assert page.body.count('aria-invalid="true"') == 2
    assert 'value="y"' in page.body


@pytest.mark.parametrize(("path", "changed"), [("/stock", {"count": "1000000"}), ("/prices", {})])
def test_a_search_is_as_it_was_after_a_change(owner: Person, path: str, changed: dict[str, str]) -> None:
    fields = row(owner.get(f"{path}?q=soap-1"), f"/bench{path}")
    assert fields["q"] == "soap-1"
    assert f'value="{fields["row"]}"' in owner.send(path, fields | changed).body


@pytest.mark.parametrize("path", ["/stock", "/prices"])
def test_goods_are_found_by_their_name(owner: Person, path: str) -> None:
    assert "Nothing was found" in owner.get(f"{path}?q=zzz").words
    assert "Save" in owner.get(f"{path}?q=soap-1").words


def test_a_task_is_done_and_open_again(owner: Person, platform: Platform) -> None:
    number = sell(platform, quantity=2)
    fields = row(owner.get("/stock"), "/bench/stock")
    owner.send("/stock", fields | {"count": "1"})
    waiting = owner.get("/tasks")
    assert "More was sold than there is" in waiting.words
    done = owner.send("/tasks/done", waiting.forms["/bench/tasks/done"])
    assert "The task is done." in done.words
    undone = owner.send("/tasks/open", done.forms["/bench/tasks/open"])
    assert "The task is open again." in undone.words
    owner.send("/tasks/done", undone.forms["/bench/tasks/done"])
    owner.send("/stock", fields | {"count": "1000000"})
    owner.post(f"/orders/{number}/cancel", reason="other")
