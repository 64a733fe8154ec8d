"""A program's whole journey: what each documented route answers is what its documentation says, and nothing besides."""

import time
from typing import Any

import pytest
import schemathesis
from schemathesis.core.failures import Failure

from benchmarks.shop import handle_of
from matjar.domain import catalog
from tests.platform import Platform, ask
from tests.surfaces.storefront.guest import TOLD
from tests.surfaces.storefront.test_documented import ROUTES

ARABIC = {"title": "صابون الورد"}
PATIENCE_SECONDS = 10.0


def closed(schema: Any) -> Any:
    """The schema, with no room for a field that it does not name."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: closed(each) for name, each in schema.items()}
    return found | {"additionalProperties": False} if isinstance(found.get("properties"), dict) else found


class Program:
    """Asks by the documentation alone, and believes no answer that the documentation does not describe."""

    def __init__(self, platform: Platform, documentation: dict[str, Any]) -> None:
        self._url = platform.url
        self._documentation = schemathesis.openapi.from_dict(closed(documentation))
        self.asked: set[str] = set()

    def ask(
        self, route: str, status: int = 200, *, query: dict[str, Any] | None = None, body: Any = None, **named: str
    ) -> Any:
        """One request; what stands in the path by name."""
        method, path = route.split(" ")
        sent = {} if body is None else {"body": body, "media_type": "application/json"}
        case = self._documentation[path][method].Case(path_parameters=named, query=query or {}, **sent)
        headers = {"x-forwarded-for": "203.0.113.77", "accept-language": "ar"}
        response = case.call(base_url=self._url, headers=headers)
        assert response.status_code == status, response.text
        self._documentation[path][method].validate_response(response)
        self.asked.add(route)
        return response.json() if response.content else None


@pytest.fixture
def documentation(platform: Platform) -> dict[str, Any]:
    """The document, as the storefront gives it out."""
    return ask(f"{platform.url}/openapi/openapi.json")[1]


@pytest.fixture
def program(platform: Platform, documentation: dict[str, Any]) -> Program:
    return Program(platform, documentation)


@pytest.fixture(scope="module")
def soap(platform: Platform) -> str:
    """A variant of a product that has a name in Arabic, and stands in a collection."""
    product, variant = platform.read(lambda view: catalog.load_variant(view, variant_id=platform.variant_ids[3]))
    platform.submit(catalog.translate, owner_type="product", owner_id=product.id, language="ar", texts=ARABIC)
    gifts = platform.submit(catalog.create_collection, title="Gifts", handle="gifts")
    platform.submit(catalog.put_in_collection, collection_id=gifts.id, product_ids=(product.id,))
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not ask(f"{platform.url}/collections/gifts/products.json")[1].get("total"):
        assert time.monotonic() < deadline, "the catalogue did not follow"
        time.sleep(0.02)
    return str(variant.id)


def test_every_route_answers_as_it_is_documented(program: Program, soap: str) -> None:
    _browse(program)
    lines = [{"item": {"id": soap}, "quantity": 2}]
    _keep_a_cart(program, lines)
    _buy(program, lines)
    program.ask("POST /webhooks/{gateway}", 403, body={}, gateway="twin")
    assert program.asked == set(ROUTES)


def test_a_field_that_is_not_documented_is_found(platform: Platform, documentation: dict[str, Any]) -> None:
    product = documentation["components"]["schemas"]["ProductView"]
    del product["properties"]["vendor"]
    product["required"].remove("vendor")
    with pytest.raises(Failure, match="vendor"):
        Program(platform, documentation).ask("GET /products.json")


def _browse(program: Program) -> None:
    one = program.ask("GET /products/{handle}.json", handle=handle_of(3))["product"]
    assert one["title"] == ARABIC["title"]
    listing = program.ask("GET /products.json", query={"limit": 2, "page": 2, "sort": "price", "available": True})
    assert (len(listing["products"]), listing["page"], listing["limit"]) == (2, 2, 2)
    assert program.ask("GET /collections.json")["collections"]
    assert program.ask("GET /collections/{handle}/products.json", handle="gifts")["products"] == [one]
    found = program.ask("GET /search.json", query={"q": ARABIC["title"], "sort": "price", "limit": 1})
    assert (found["products"], found["total"]) == ([one], 1)
    (suggestion,) = program.ask("GET /search/suggestions.json", query={"q": ARABIC["title"][:4]})["suggestions"]
    assert (suggestion["title"], suggestion["handle"]) == (ARABIC["title"], handle_of(3))


def _keep_a_cart(program: Program, lines: list[Any]) -> None:
    token = program.ask("POST /carts", 201, body={"line_items": lines})["id"]
    program.ask("PUT /carts/{token}", body={"line_items": lines}, token=token)
    (line,) = program.ask("GET /carts/{token}", token=token)["line_items"]
    assert line["item"]["title"] == ARABIC["title"]


def _buy(program: Program, lines: list[Any]) -> None:
    begun = program.ask("POST /checkout-sessions", 201, body={"line_items": lines})
    assert begun["line_items"][0]["item"]["title"] == ARABIC["title"]
    assert begun["taxes"][0]["name"] == "ضريبة القيمة المضافة"
    token = begun["id"]
    program.ask("PUT /checkout-sessions/{token}", body=TOLD, token=token)
    for card, status in (("declined", 402), ("approved", 200)):
        payment = {"gateway": "twin", "token": f"tok-0000documented-{card}-1"}
        program.ask("POST /checkout-sessions/{token}/complete", status, body={"payment": payment}, token=token)
    assert program.ask("GET /checkout-sessions/{token}", token=token)["order"]
    other = program.ask("POST /checkout-sessions", 201, body={"line_items": lines})["id"]
    program.ask("POST /checkout-sessions/{token}/cancel", token=other)
