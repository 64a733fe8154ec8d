"""Browsing by JSON: what fits no route is refused by name, and what is ready as bytes stays true and bounded."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen

import msgspec
import pytest

from matjar.core.refusal import Refusal
from matjar.domain import catalog
from matjar.edge.catalogue import Catalogue
from matjar.edge.door import Cached
from matjar.surfaces.storefront.ready import Ready
from tests.edge.catalogue.house import House, make_oil, make_soap, until
from tests.platform import Platform
from tests.surfaces.storefront.guest import Guest, code

LONG = "صابون معطر بزيت الورد الدمشقي من غوطة دمشق القديمة"


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    """A shop with a soap and an oil; the soap has a long name."""

    async def fill() -> None:
        house = House(tmp_path)
        desk = await house.found(1, "demo")
        soap = await make_soap(desk)
        await make_oil(desk)
        await desk.submit(catalog.translate)(
            owner_type="product", owner_id=soap.id, language="ar", texts={"title": LONG}
        )
        async with house.following() as followed:
            await until(lambda: followed.ready)
        await house.storage.close()

    asyncio.run(fill())
    made = Catalogue(tmp_path / "catalogue.sqlite")
    yield made
    made.close()


def ask(ready: Ready, catalogue: Catalogue, path: str, query: str = "", language: str = "en") -> Cached | None:
    scope = {"path": path, "query_string": query.encode(), "headers": []}
    return ready(catalogue.shelf(1).shop, language, scope)


def told(cached: Cached | None) -> dict[str, Any]:
    assert cached is not None
    answer: dict[str, Any] = msgspec.json.decode(cached.body["body"])
    return answer


@pytest.mark.parametrize(
    ("query", "field"),
    [("page=0", "page"), ("page=x", "page"), ("limit=251", "limit"), ("limit=", "limit"), ("sort=dear", "sort"),
     ("available=perhaps", "available"), ("page=1&page=10001", "page")],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/products.json", "/collections/gifts/products.json"])
def test_a_query_that_does_not_fit_is_refused_and_what_is_wrong_is_named(
    guest: Guest, path: str, query: str, field: str
) -> None:
    answer = guest.ask("GET", f"{path}?{query}")
    assert code(answer) == (400, "request.invalid")
    assert f"$.{field}" in answer[1]["messages"][0]["content"]


def test_a_search_for_nothing_or_for_a_novel_is_refused(guest: Guest) -> None:
    assert code(guest.ask("GET", "/search.json")) == (400, "request.invalid")
    assert code(guest.ask("GET", "/search.json?q=" + "a" * 201)) == (400, "request.invalid")


def test_what_is_not_there_says_so_in_json(guest: Guest) -> None:
    product, goods = "/products/nothing.json", "/collections/nothing/products.json"
    for path, refusal in ((product, "catalog.not_found"), (goods, "catalog.no_collection")):
        assert code(guest.ask("GET", path, accept="text/html")) == (404, refusal)


def test_an_answer_says_which_language_it_is_in(platform: Platform) -> None:
    for asked, language in (("ar", "ar"), ("en", "en"), ("fr", "en")):
        with urlopen(Request(f"{platform.url}/products.json", headers={"accept-language": asked})) as answer:
            assert (answer.headers["content-language"], answer.headers["vary"]) == (language, "accept-language")


def test_a_whole_line_of_arabic_can_be_searched_for(catalogue: Catalogue) -> None:
    ready = Ready(catalogue)
    assert told(ask(ready, catalogue, "/search.json", f"q={quote(LONG)}"))["products"]
    assert not told(ask(ready, catalogue, "/search.json", f"q={quote('ظ' * 200)}"))["products"]


def test_an_answer_is_made_once_as_long_as_nothing_changes(catalogue: Catalogue) -> None:
    ready = Ready(catalogue)
    for path in ("/products/rose-soap.json", "/products.json", "/"):
        assert ask(ready, catalogue, path) is ask(ready, catalogue, path)
    assert ask(ready, catalogue, "/products.json") is not ask(ready, catalogue, "/products.json", language="ar")


def test_who_searches_for_ever_new_words_fills_no_memory(catalogue: Catalogue) -> None:
    ready = Ready(catalogue, most_bytes=20_000)
    for number in range(100):
        ask(ready, catalogue, "/search.json", f"q=nothing{number}")
    assert 0 < len(ready) < 20
    assert told(ask(ready, catalogue, "/search.json", "q=soap"))["products"]


def test_what_is_refused_is_not_kept(catalogue: Catalogue) -> None:
    ready = Ready(catalogue)
    with pytest.raises(Refusal):
        ask(ready, catalogue, "/products/nothing.json")
    assert ask(ready, catalogue, "/nothing.json") is None
    assert len(ready) == 0
