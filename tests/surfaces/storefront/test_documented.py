"""Every documented endpoint, asked for what its documentation allows, and for what it does not."""

import itertools
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.platform import Platform
from tests.surfaces.storefront.guest import Guest

EXAMPLES = 40
ENDPOINTS = (
    "POST /checkout-sessions",
    "GET /checkout-sessions/{token}",
    "PUT /checkout-sessions/{token}",
    "POST /checkout-sessions/{token}/complete",
    "POST /checkout-sessions/{token}/cancel",
    "POST /carts",
    "GET /carts/{token}",
    "PUT /carts/{token}",
    "POST /webhooks/{gateway}",
)

WITH_BODY = (
    "POST /checkout-sessions",
    "PUT /checkout-sessions/{token}",
    "POST /checkout-sessions/{token}/complete",
    "POST /carts",
    "PUT /carts/{token}",
)

_numbers = itertools.count()


@pytest.fixture(scope="module")
def documentation(platform: Platform) -> Any:
    """The OpenAPI schema, as the storefront gives it out."""
    return schemathesis.openapi.from_url(f"{platform.url}/openapi/openapi.json")


def test_these_are_all_that_are_documented(documentation: Any) -> None:
    found = (operation.ok() for operation in documentation.get_all_operations())
    assert sorted(f"{operation.method.upper()} {operation.path}" for operation in found) == sorted(ENDPOINTS)


@pytest.mark.parametrize(
    ("mode", "endpoint"),
    [(GenerationMode.POSITIVE, endpoint) for endpoint in ENDPOINTS]
    + [(GenerationMode.NEGATIVE, endpoint) for endpoint in ENDPOINTS if endpoint in WITH_BODY],
)
def test_what_it_answers_is_documented(
    documentation: Any, platform: Platform, endpoint: str, mode: GenerationMode
) -> None:
    method, path = endpoint.split(" ")
    token = Guest(platform, "203.0.113.11").fill().rpartition("/")[2]

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(case=documentation[path][method].as_strategy(generation_mode=mode))
    def hold(case: Any) -> None:
        number = next(_numbers)
        if "token" in (case.path_parameters or {}) and number % 2:
            case.path_parameters["token"] = token
        address = {"x-forwarded-for": f"10.9.{number >> 8 & 255}.{number & 255}"}
        response = case.call(headers=address)
        case.validate_response(response, excluded_checks=[positive_data_acceptance])

    hold()
