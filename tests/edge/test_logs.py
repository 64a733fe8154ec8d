"""Logs: lines of JSON in a file of bounded size, from our own code, from libraries, and from the last moments."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from matjar.core.ids import mint_token
from matjar.edge.logs import without_tokens

START = """
import logging, os, sys, pathlib, structlog
from matjar.edge import logs
logs.LOG_BYTES = 20_000
logs.set_up("storefront", "info", pathlib.Path(sys.argv[1]))
log = structlog.get_logger("matjar.test")
"""


def run(folder: Path, code: str) -> int:
    """Run a process that logs."""
    return subprocess.run([sys.executable, "-c", START + code, str(folder)], check=False).returncode


def lines(file: Path) -> list[dict[str, Any]]:
    """What was logged."""
    return [msgspec.json.decode(line) for line in file.read_text().splitlines()]


def test_a_line_says_what_when_where_and_for_which_request(tmp_path: Path) -> None:
    code = "with logs.bound(request='r-1'): log.info('sold', order=7)\nlog.debug('never')"
    assert run(tmp_path, code) == 0
    (line,) = lines(tmp_path / "storefront.log")
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "sold", "order": 7, "request": "r-1", "level": "info", "process": "storefront"}


def test_libraries_and_exceptions_are_logged_the_same_way_without_values_of_variables(tmp_path: Path) -> None:
    code = """
logging.getLogger("uvicorn").warning("slow %s", "client")
logging.getLogger("uvicorn").info("never")
def pay(card): raise ValueError("declined")
try: pay("4242424242424242")
except ValueError: log.exception("failed", thing=object)
"""
    assert run(tmp_path, code) == 0
    warned, failed = lines(tmp_path / "storefront.log")
    assert (warned["event"], warned["process"]) == ("slow client", "storefront")
    assert failed["exception"][0]["exc_value"] == "declined"
    assert "4242" not in (tmp_path / "storefront.log").read_text()


def test_last_words_of_a_process_are_in_its_log(tmp_path: Path) -> None:
    assert run(tmp_path, "raise SystemExit('the end')") == 1
    assert (tmp_path / "storefront.log").read_text() == "the end\n"


def test_a_log_is_turned_over_and_never_fills_the_disk(tmp_path: Path) -> None:
    assert run(tmp_path, "for n in range(1_000): log.info('x' * 100, n=n)") == 0
    before, after = tmp_path / "storefront.log.1", tmp_path / "storefront.log"
    assert {file.name for file in tmp_path.iterdir()} == {before.name, after.name}
    assert max(file.stat().st_size for file in (before, after)) < 21_000
    numbers = [line["n"] for file in (before, after) for line in lines(file)]
    assert numbers == list(range(numbers[0], 1_000))


def test_a_process_that_dies_at_every_start_does_not_fill_the_disk_either(tmp_path: Path) -> None:
    (tmp_path / "storefront.log").write_text("Traceback\n" * 3_000)
    assert run(tmp_path, "log.info('started')") == 0
    assert len(lines(tmp_path / "storefront.log")) == 1


def test_a_full_disk_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "storefront.log").symlink_to("/dev/full")
    assert run(tmp_path, "log.info('sold')") == 0


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/checkout-sessions/mDe7VKbx3AT0BUw47dbTrA/complete", "/checkout-sessions/…/complete"),
        ("/ar/orders/15U2FmNWA5P7ks2HU_8Www", "/ar/orders/…"),
        (
            "http://demo.localhost:8000/orders/15U2FmNWA5P7ks2HU_8Www?lang=ar",
            "http://demo.localhost:8000/orders/…?lang=ar",
        ),
        ("/carts/abc", "/carts/…"),
        ("/checkout/return/77.abc", "/checkout/return/…"),
        ("/checkout/card/twin?token=tok-1-approved-1&lang=ar", "/checkout/card/twin?token=…&lang=ar"),
        ("/invitations/15U2FmNWA5P7ks2HU_8Www", "/invitations/…"),
        ("/products/rose-soap", "/products/rose-soap"),
        ("/products/rose-soap-no-1-large-x", "/products/rose-soap-no-1-large-x"),
        ("src/matjar/domain/orders/operations/keeping.py", "src/matjar/domain/orders/operations/keeping.py"),
    ],
)
def test_what_opens_a_cart_or_an_order_stays_out_of_the_log(path: str, logged: str) -> None:
    assert without_tokens(path) == logged


def test_every_line_leaves_tokens_out_whoever_wrote_it(tmp_path: Path) -> None:
    token = mint_token()
    code = f"""
path = "/checkout-sessions/{token}/complete"
log.info("request", path=path, facts=dict(at=[path]))
logging.getLogger("uvicorn").warning("odd: %s", path)
try: raise ValueError(path)
except ValueError: log.exception("failed")
"""
    assert run(tmp_path, code) == 0
    written = (tmp_path / "storefront.log").read_text()
    assert token not in written
    assert written.count("/checkout-sessions/…/complete") == 4
    assert [line["event"] for line in lines(tmp_path / "storefront.log")][0::2] == ["request", "failed"]
