"""`matjar order`: a merchant's work with nothing running but the command line."""

import json

import pytest

from tests.compose.cli.conftest import Call


def test_an_order_is_sent_paid_and_refunded_from_the_command_line(shop: Call) -> None:
    sent = shop("order", "fulfil", "demo", "1001", "--line", "1:1", "--company", "Aramex", "--tracking", "AX1").out
    assert sent == "#1001: open, pending, partial.\n"
    assert shop("order", "track", "demo", "1001", "--company", "Aramex", "--tracking", "AX2").code == 0
    assert shop("order", "mark-paid", "demo", "#1001").out == "#1001: open, paid, partial.\n"
    refunded = shop("order", "refund", "demo", "1001", "--line", "1:1", "--restock", "return", "--delivery", "5").out
    assert refunded == "#1001: open, partially_refunded, partial.\n110.00 AED by cash_on_delivery: refunded.\n"
    cancelled = shop("order", "cancel", "demo", "1001", "--reason", "customer").out
    assert cancelled.startswith("#1001: cancelled, partially_refunded, fulfilled.\n105.00 AED")
    shown = shop("order", "show", "demo", "1001").out
    for word in ("INV-000001", "CN-000001", "CN-000002", "parcel AX2", "Soap", "Due"):
        assert word in shown


def test_a_pipe_gets_whole_lines_with_the_shop_s_own_time(shop: Call) -> None:
    (line,) = shop("order", "list", "demo", "--sent", "unsent").out.splitlines()
    number, moment, buyer, total, *states = line.split("\t")
    assert (number, buyer, total) == ("#1001", "Mariam", "235.00 AED")
    assert moment.endswith("+04:00")
    assert states == ["open", "pending", "unfulfilled"]


def test_a_pipe_says_the_same_in_every_language(shop: Call) -> None:
    assert shop("order", "list", "demo", language="ar").out == shop("order", "list", "demo").out


def test_programs_get_whole_orders_as_json(shop: Call) -> None:
    (order,) = json.loads(shop("order", "list", "demo", "--json").out)
    assert (order["number"], order["total_minor"], order["currency"]) == (1, 23_500, "AED")
    assert json.loads(shop("order", "list", "demo", "--paid", "refunded", "--json").out) == []
    assert json.loads(shop("order", "show", "demo", "1001", "--json").out)["order"] == order


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("--search", "mariam"), 1),
        (("--search", "1001"), 1),
        (("--search", "nobody@nowhere"), 0),
        (("--paid", "unpaid"), 1),
        (("--paid", "paid"), 0),
        (("--status", "open", "--sent", "unsent", "--search", "mariam"), 1),
        (("--after", "1001"), 0),
    ],
)
def test_orders_are_found_by_state_and_by_words(shop: Call, words: tuple[str, ...], found: int) -> None:
    assert len(shop("order", "list", "demo", *words).out.splitlines()) == found


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("show", "demo", "1002"), "orders.no_such_order", 1),
        (("show", "demo", "first"), "usage.bad_order", 2),
        (("list", "demo", "--paid", "maybe"), "usage.bad_choice", 2),
        (("list", "demo", "--most", "-5"), "usage.bad_count", 2),
        (("list", "demos"), "shop.no_such_shop", 1),
        (("capture", "demo", "1001"), "orders.not_authorized", 1),
        (("capture", "demo", "1001", "--amount", "-5"), "orders.not_authorized", 1),
        (("mark-paid", "demo", "1001", "--amount", "-5"), "orders.bad_amount", 2),
        (("mark-paid", "demo", "1001", "--amount", "5.555"), "money.bad_amount", 2),
        (("refund", "demo", "1001", "--delivery", "-5"), "orders.bad_amount", 2),
        (("fulfil", "demo", "1001", "--line", "7"), "usage.bad_line", 2),
        (("track", "demo", "1001", "--tracking", "AX1"), "orders.no_such_fulfilment", 1),
        (("fulfil", "demo", "1001", "--line", "1:0"), "usage.bad_line", 2),
        (("cancel", "demo", "1001", "--reason", "mood"), "usage.bad_choice", 2),
        (("resend", "demo", "1001", "--letter", "sent"), "usage.nothing_to_tell", 1),
        (("resend", "demo", "1001", "--letter", "love"), "usage.bad_choice", 2),
    ],
)
def test_what_cannot_be_done_is_one_line_with_a_code(
    shop: Call, words: tuple[str, ...], code: str, exit_code: int
) -> None:
    done = shop("order", *words)
    assert (done.code, done.out, done.err.count("\n")) == (exit_code, "", 1)
    assert done.err.startswith(f"matjar: {code}: ")


def test_a_letter_is_sent_again_and_seen_among_what_happened(shop: Call) -> None:
    said = shop("order", "resend", "demo", "1001").out
    assert said.startswith("#1001: the letter leaves within seconds, to ")
    assert "letter order_confirmed waits" in shop("order", "show", "demo", "1001").out
