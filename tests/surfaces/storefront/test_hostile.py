"""What no honest client sends: each gets a no with a code, and never a fault."""

import socket
from contextlib import suppress
from http.client import HTTPException, HTTPResponse
from typing import Any

import msgspec
import pytest

from tests.platform import Platform
from tests.surfaces.storefront import malice
from tests.surfaces.storefront.guest import TOLD, Guest

SECONDS = 10.0
MEGABYTES = 10 << 20
REFUSED = range(400, 500)


def _raw(platform: Platform, request: bytes) -> tuple[int, dict[str, str], bytes]:
    """Send these bytes; the answer, or status 0 where the connection was closed without one."""
    with socket.create_connection(("127.0.0.1", platform.settings.port_storefront), SECONDS) as connection:
        with suppress(BrokenPipeError, ConnectionResetError):  # where the answer came before all was sent
            connection.sendall(request)
        answer = HTTPResponse(connection, method=request.split(b" ", 1)[0].decode("latin-1"))
        try:
            answer.begin()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        except (OSError, ValueError, HTTPException):
            return 0, {}, b""


def _send(
    platform: Platform,
    method: str,
    path: str,
    body: bytes = b"",
    *,
    content_type: str = "application/json",
    more: bytes = b"",
) -> tuple[int, dict[str, Any]]:
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\nConnection: close\r\n"
    head += f"Content-Type: {content_type}\r\nX-Forwarded-For: 203.0.113.9\r\n"
    status, headers, content = _raw(platform, head.encode("latin-1") + more + b"\r\n" + body)
    is_json = headers.get("content-type", "").startswith("application/json")
    return status, msgspec.json.decode(content) if is_json and content else {}


def _is_a_no(answer: tuple[int, dict[str, Any]]) -> bool:
    return answer[0] in REFUSED and bool(answer[1].get("code"))


@pytest.fixture(scope="module")
def routes(platform: Platform) -> dict[str, tuple[str, str]]:
    """Every route that takes a body."""
    path = Guest(platform, "203.0.113.10").fill()
    return {
        "create": ("POST", "/checkout-sessions"),
        "update": ("PUT", path),
        "complete": ("POST", f"{path}/complete"),
        "new cart": ("POST", "/carts"),
        "cart": ("PUT", "/carts/AAAAAAAAAAAAAAAAAAAAAA"),
    }


PLACES = (
    *TOLD["shipping_address"], "email", "phone", "delivery", "discount_code", "note", "gateway", "token", "language",
)  # fmt: skip
METHODS = ("GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW")
KINDS = (
    "", "text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded",
    "application/json; charset=utf-7", "\x00",
)  # fmt: skip
ROUTES = ("create", "update", "complete", "new cart", "cart")


@pytest.mark.parametrize("body", malice.BODIES.values(), ids=malice.BODIES)
@pytest.mark.parametrize("route", ROUTES)
def test_a_body_that_is_none_gets_a_no_with_a_code(
    platform: Platform, routes: dict[str, tuple[str, str]], route: str, body: bytes
) -> None:
    answer = _send(platform, *routes[route], body)
    # What is merely unknown is ignored, as HTTP APIs promise to those who come with newer words.
    assert _is_a_no(answer) or (body == malice.BODIES["twice the same"] and answer[0] < 300), answer


@pytest.mark.parametrize("route", ROUTES)
def test_ten_megabytes_are_refused_before_they_are_read(
    platform: Platform, routes: dict[str, tuple[str, str]], route: str
) -> None:
    status, answer = _send(platform, *routes[route], b" " * MEGABYTES)
    assert (status, answer["code"]) == (413, "door.too_large")


@pytest.mark.parametrize("route", ROUTES)
def test_ten_megabytes_that_come_bit_by_bit_are_refused(
    platform: Platform, routes: dict[str, tuple[str, str]], route: str
) -> None:
    method, path = routes[route]
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n"
    head += "Content-Type: application/json\r\nConnection: close\r\n\r\n"
    chunk = b"10000\r\n" + b" " * 65_536 + b"\r\n"
    status, _, content = _raw(platform, head.encode() + chunk * 160 + b"0\r\n\r\n")
    assert (status, msgspec.json.decode(content)["code"]) == (413, "door.too_large")


@pytest.mark.parametrize("word", malice.WORDS.values(), ids=malice.WORDS)
@pytest.mark.parametrize(
    "place",
    [*TOLD["shipping_address"], "email", "phone", "delivery", "discount_code", "note", "gateway", "token", "language"],
)
def test_strange_words_in_any_place_do_no_harm(guest: Guest, place: str, word: str) -> None:
    path = guest.fill()
    if place in ("gateway", "token"):
        payment = {"gateway": "twin", "token": "tok-1-declined-1"} | {place: word}
        answer = guest.complete(path, payment)
    elif place == "language":
        item = {"id": str(guest.platform.variant_ids[0])}
        answer = guest.ask("POST", "/checkout-sessions", {"line_items": [{"item": item}], "language": word})
    elif place in ("email", "phone"):
        answer = guest.ask("PUT", path, TOLD | {"buyer": {"email": "sara@example.com"} | {place: word}})
    elif place in ("delivery", "discount_code", "note"):
        answer = guest.ask("PUT", path, TOLD | {place: word})
    else:
        answer = guest.ask("PUT", path, TOLD | {"shipping_address": TOLD["shipping_address"] | {place: word}})
    assert answer[0] < 300 or answer[0] == 402 or _is_a_no(answer), answer


@pytest.mark.parametrize("number", malice.NUMBERS)
def test_a_quantity_is_a_whole_number_above_zero(platform: Platform, number: str) -> None:
    item = f'{{"item": {{"id": "{platform.variant_ids[0]}"}}, "quantity": {number}}}'
    answer = _send(platform, "POST", "/checkout-sessions", f'{{"line_items": [{item}]}}'.encode())
    assert _is_a_no(answer), answer


@pytest.mark.parametrize("number", malice.NUMBERS)
def test_a_total_that_is_none_is_refused(platform: Platform, guest: Guest, number: str) -> None:
    body = b'{"payment": {"gateway": "twin", "token": "tok-1-declined-1"}, "seen_total": %s}' % number.encode()
    answer = _send(platform, "POST", f"{guest.fill()}/complete", body)
    assert answer[0] == 402 or _is_a_no(answer), answer


@pytest.mark.parametrize("id_", ["", "0", "-1", "9" * 16, "9" * 17, "1" * 400, "١٢", "1 OR 1=1", "0x10", "1.0", "null"])
def test_an_article_that_is_none_is_refused(guest: Guest, id_: str) -> None:
    answer = guest.ask("POST", "/checkout-sessions", {"line_items": [{"item": {"id": id_}}]})
    assert _is_a_no(answer), answer


def test_more_lines_than_a_cart_holds_are_refused(guest: Guest, platform: Platform) -> None:
    line = {"item": {"id": str(platform.variant_ids[0])}, "quantity": 1_000}
    assert _is_a_no(guest.ask("POST", "/checkout-sessions", {"line_items": [line] * 101}))
    answer = guest.ask("POST", "/checkout-sessions", {"line_items": [line] * 100})
    assert answer[0] == 201 or _is_a_no(answer), answer


@pytest.mark.parametrize("path", malice.PATHS, ids=range(len(malice.PATHS)))
def test_paths_that_lead_nowhere_say_so(platform: Platform, path: str) -> None:
    for accept in (b"", b"Accept: text/html\r\n"):
        status, answer = _send(platform, "GET", path, more=accept)
        assert status in (*range(200, 400), *REFUSED), (status, answer)
        assert "root:" not in str(answer)


@pytest.mark.parametrize(
    "method", ["GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW"]
)
@pytest.mark.parametrize(
    "path",
    ["/", "/checkout-sessions", "/checkout-sessions/x", "/carts", "/webhooks/twin", "/products.json", "/healthz"],
)
def test_methods_that_do_not_fit_are_refused(platform: Platform, method: str, path: str) -> None:
    status, _ = _send(platform, method, path)
    assert status in (*range(200, 400), *REFUSED)


@pytest.mark.parametrize("header", malice.HEADERS, ids=range(len(malice.HEADERS)))
def test_strange_headers_do_no_harm(platform: Platform, header: bytes) -> None:
    body = msgspec.json.encode({"line_items": [{"item": {"id": str(platform.variant_ids[0])}}]})
    for method, path in (("POST", "/checkout-sessions"), ("GET", "/"), ("GET", "/products.json"), ("GET", "/cart")):
        answer = _send(platform, method, path, body if method == "POST" else b"", more=header + b"\r\n")
        assert answer[0] in (*range(200, 400), *REFUSED), answer


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "text/plain",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
        "application/json; charset=utf-7",
        "\x00",
    ],
)
@pytest.mark.parametrize("route", ROUTES)
def test_a_body_of_another_kind_is_refused(
    platform: Platform, routes: dict[str, tuple[str, str]], route: str, kind: str
) -> None:
    answer = _send(platform, *routes[route], b"not what it says", content_type=kind)
    assert _is_a_no(answer) or answer[0] == 400, answer


@pytest.mark.parametrize("frame", malice.FRAMES, ids=range(len(malice.FRAMES)))
def test_what_is_hardly_http_gets_a_no_or_nothing(platform: Platform, frame: bytes) -> None:
    status, _, _ = _raw(platform, frame)
    assert status in (0, *range(200, 400), *REFUSED)


@pytest.mark.parametrize("host", malice.HOSTS)
def test_a_host_that_is_no_shop_of_ours_gets_no_link(platform: Platform, guest: Guest, host: str) -> None:
    path = guest.fill()
    body = msgspec.json.encode({"payment": {"gateway": "twin", "token": "tok-1-challenged-1"}})
    head = f"POST {path}/complete HTTP/1.1\r\nHost: {host}\r\nContent-Length: {len(body)}\r\n"
    head += "Content-Type: application/json\r\nConnection: close\r\n\r\n"
    status, _, content = _raw(platform, head.encode() + body)
    assert status in (0, 200, *REFUSED), content
    assert "evil" not in guest.ask("GET", path)[1].get("continue_url", "")


def test_all_is_well_afterwards(platform: Platform, guest: Guest) -> None:
    assert guest.pay(guest.fill())[0] == 200
    assert platform.is_well()
    assert "Traceback" not in platform.logs()
