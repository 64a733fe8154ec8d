"""Every documented route, asked for what its documentation allows, and for what it does not."""

import itertools
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import positive_data_acceptance

from benchmarks.shop import handle_of
from matjar.domain import catalog
from matjar.surfaces.storefront.app import documented
from tests.platform import Platform
from tests.surfaces.storefront.guest import Guest

EXAMPLES = 40
ROUTES = {
    f"{method.upper()} {path}": operation
    for path, operations in documented()["paths"].items()
    for method, operation in operations.items()
    if method != "parameters"
}
AWAY = 503
"""The one answer from 500 on that a route may give, since it declares it."""
ALWAYS = ("GET /products.json", "GET /collections.json", "GET /search.json", "GET /search/suggestions.json")
"""Where all that the documentation allows is there to be had."""

_numbers = itertools.count()


def can_be_wrong(operation: dict[str, Any]) -> bool:
    """Whether the documentation says what must not be sent: a query or a body of some shape."""
    body = operation.get("requestBody", {"content": {"application/json": {"schema": {}}}})
    return bool(body["content"]["application/json"]["schema"]) or any(
        given.get("in") == "query" for given in operation["parameters"]
    )


@pytest.fixture(scope="module")
def documentation(platform: Platform) -> Any:
    """The OpenAPI document, as the storefront gives it out."""
    return schemathesis.openapi.from_url(f"{platform.url}/openapi/openapi.json")


@pytest.fixture(scope="module")
def there(platform: Platform) -> dict[str, dict[str, str]]:
    """By the beginning of a path, what it may name that is there."""
    platform.submit(catalog.create_collection, title="Soaps", handle="soaps")
    token = Guest(platform, "203.0.113.11").fill().rpartition("/")[2]
    return {
        "products": {"handle": handle_of(1)}, "collections": {"handle": "soaps"}, "carts": {"token": token},
        "checkout-sessions": {"token": token}, "webhooks": {"gateway": "twin"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("mode", "route"),
    [(GenerationMode.POSITIVE, route) for route in ROUTES]
    + [(GenerationMode.NEGATIVE, route) for route, operation in ROUTES.items() if can_be_wrong(operation)],
)
def test_what_it_answers_is_documented(
    documentation: Any, platform: Platform, there: dict[str, dict[str, str]], route: str, mode: GenerationMode
) -> None:
    method, path = route.split(" ")
    named = there.get(path.split("/")[1], {})

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(case=documentation[path][method].as_strategy(generation_mode=mode))
    def hold(case: Any) -> None:
        number = next(_numbers)
        if case.path_parameters and number % 2:
            case.path_parameters.update(named)
        response = case.call(headers={"x-forwarded-for": f"10.9.{number >> 8 & 255}.{number & 255}"})
        beside = [] if route in ALWAYS else [positive_data_acceptance]
        beside += [not_a_server_error] if response.status_code == AWAY else []
        case.validate_response(response, excluded_checks=beside)

    hold()
