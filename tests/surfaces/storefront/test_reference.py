"""The OpenAPI document as it is given out, and its page, which nobody else is asked for anything."""

import re
from urllib.request import urlopen

import msgspec
import pytest

from matjar.surfaces.storefront.app import documented
from tests.platform import Platform
from tests.surfaces.storefront.reader import Reader


@pytest.fixture
def reader(platform: Platform) -> Reader:
    return Reader(platform, "203.0.113.90")


def test_the_document_is_the_same_as_json_and_as_yaml(platform: Platform) -> None:
    for decode, suffix in ((msgspec.json.decode, "json"), (msgspec.yaml.decode, "yaml")):
        with urlopen(f"{platform.url}/openapi/openapi.{suffix}") as answer:
            assert decode(answer.read()) == msgspec.json.decode(msgspec.json.encode(documented()))


def test_the_page_names_every_route_and_every_shape(reader: Reader) -> None:
    page = reader.get("/openapi")
    for name in (*documented()["paths"], *documented()["components"]["schemas"]):
        assert f"<code>{name}</code>" in page
    for link in re.findall(r'href="#([^"]+)"', page):
        assert f'id="{link}"' in page


def test_the_page_asks_nobody_else(reader: Reader) -> None:
    page = reader.get("/openapi")
    (style,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    assert "://" not in re.sub(r"<p>.*?</p>", "", page) + reader.get(style)
    assert "<script" not in page
    assert reader.status == 200


@pytest.mark.parametrize("path", ["/openapi/nothing", "/openapi/nothing.css", "/openapi/redoc", "/openapi/swagger"])
def test_there_is_no_other_page_of_it(reader: Reader, path: str) -> None:
    reader.get(path)
    assert reader.status == 404
