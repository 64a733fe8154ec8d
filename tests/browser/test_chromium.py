"""The browser that the other tests here stand on."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import Page


class _Greeter(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"<title>{self.headers['Host']}</title><p lang=ar dir=rtl>مرحبا</p>".encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def port() -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), _Greeter)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_shop_is_found_at_its_own_name_below_localhost(page: Page, port: int) -> None:
    page.goto(f"http://demo.localhost:{port}/favicon.ico")
    assert page.title() == f"demo.localhost:{port}"
    assert page.inner_text("p") == "مرحبا"
