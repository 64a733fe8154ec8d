"""What a gateway tells by webhook: believed when it is signed and fresh, and recorded once however often it comes."""

import time
from typing import Any
from urllib.request import urlopen

import msgspec
import pytest

from matjar.core.tx import Reading
from matjar.workers.gateway_twin.outcomes import sign
from tests.gateways import post_form
from tests.platform import Platform
from tests.surfaces.storefront.guest import Answer, Guest, code

PATIENCE_SECONDS = 10.0


class Gateway:
    """Somebody who sends us webhooks, with the gateway's own secret or with another."""

    def __init__(self, platform: Platform) -> None:
        self.secret = platform.settings.webhook_secret.reveal()
        self._guest = Guest(platform, "192.0.2.250")

    def tell(self, key: str, state: str, *, amount_minor: int = 6400, seconds_ago: int = 0) -> Answer:
        """Say how a charge stands."""
        outcome = {"state": state, "reference": f"ch_{key}", "amount_minor": amount_minor}
        return self.send({"message_id": f"msg_{key}_{state}", "key": key, "outcome": outcome}, seconds_ago=seconds_ago)

    def send(self, body: object, *, seconds_ago: int = 0) -> Answer:
        content = body if isinstance(body, bytes) else msgspec.json.encode(body)
        signature = sign(self.secret, content, int(time.time()) - seconds_ago)
        return self._guest.ask("POST", "/webhooks/twin", content, twin_signature=signature)


@pytest.fixture
def gateway(platform: Platform) -> Gateway:
    return Gateway(platform)


def _newest(platform: Platform) -> str:
    """What the gateway calls the newest charge in its book, for these tests run one by one."""
    return str(platform.twin_book()[-1]["charge"]["ask"]["key"])


def _orders(view: Reading) -> int:
    return len(view.all("SELECT id FROM orders WHERE shop_id = :shop_id"))


def _wait_for(guest: Guest, path: str, status: str) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (found := guest.ask("GET", path)[1])["status"] != status:
        assert time.monotonic() < deadline, found
        time.sleep(0.02)
    return found


# Who is believed -----------------------------------------------------------------------------------------------------


def test_a_forged_message_changes_nothing(guest: Guest, gateway: Gateway, platform: Platform) -> None:
    path = guest.fill()
    guest.pay(path, "challenged")
    gateway.secret = "somebody else's secret"
    assert code(gateway.tell(_newest(platform), "captured")) == (403, "payments.bad_signature")
    assert guest.ask("GET", path)[1]["status"] == "requires_escalation"


def test_a_recorded_message_is_not_believed_much_later(guest: Guest, gateway: Gateway, platform: Platform) -> None:
    path = guest.fill()
    guest.pay(path, "challenged")
    assert code(gateway.tell(_newest(platform), "captured", seconds_ago=301)) == (403, "payments.bad_signature")


@pytest.mark.parametrize(
    "signature", ["", "t=,v1=", "v1=00", "t=1", "t=²,v1=é", "t=99999999999999999999,v1=" + "0" * 64]
)
def test_what_is_no_signature_is_refused(guest: Guest, signature: str) -> None:
    answer = guest.ask("POST", "/webhooks/twin", b"{}", twin_signature=signature.encode("utf-8").decode("latin-1"))
    assert code(answer) == (403, "payments.bad_signature")


def test_only_gateways_that_send_messages_are_listened_to(guest: Guest) -> None:
    assert code(guest.ask("POST", "/webhooks/nobody", b"{}")) == (404, "payments.no_gateway")
    assert code(guest.ask("POST", "/webhooks/cash_on_delivery", b"{}")) == (403, "payments.bad_signature")


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("1-1", (404, "payments.no_such_intent")),
        ("999-1", (404, "payments.no_such_intent")),
        ("", (422, "payments.bad_key")),
        ("1-١", (422, "payments.bad_key")),
        ("1-" + "9" * 16, (404, "payments.no_such_intent")),
        ("1-" + "9" * 17, (422, "payments.bad_key")),
    ],
)
def test_news_of_a_charge_that_nobody_asked_for_is_refused(
    gateway: Gateway, key: str, expected: tuple[int, str]
) -> None:
    assert code(gateway.tell(key, "captured")) == expected


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"message_id": 1}', b"\xff\xfe", b'{"message_id":"a","key":"1-1"}']
)
def test_a_signed_message_that_cannot_be_read_is_no_fault_of_ours(gateway: Gateway, body: bytes) -> None:
    assert code(gateway.send(body)) == (400, "request.invalid")


# What it tells -------------------------------------------------------------------------------------------------------


def test_news_of_a_sale_makes_one_order_however_often_it_comes(
    guest: Guest, gateway: Gateway, platform: Platform
) -> None:
    path = guest.fill()
    guest.pay(path, "challenged")
    key, before = _newest(platform), platform.read(_orders)
    for _ in range(3):
        assert gateway.tell(key, "captured")[0] == 200
    assert platform.read(_orders) == before + 1
    order = guest.ask("GET", path)[1]["order"]
    assert gateway.tell(key, "challenged")[0] == 200
    assert gateway.tell(key, "declined")[0] == 200
    assert guest.ask("GET", path)[1]["order"] == order


def test_the_bank_s_page_leads_to_the_order_and_back_to_the_shop(guest: Guest, platform: Platform) -> None:
    path = guest.fill()
    status, challenged = guest.pay(path, "challenged")
    assert (status, challenged["status"]) == (200, "requires_escalation")
    status, back, _ = post_form(challenged["continue_url"], decision="approve")
    assert status in (302, 303)
    order = _wait_for(guest, path, "completed")["order"]
    page = _open_elsewhere(back)
    assert str(order["name"]) in page


def test_a_buyer_who_says_no_at_the_bank_may_pay_otherwise(guest: Guest) -> None:
    path = guest.fill()
    _, challenged = guest.pay(path, "challenged")
    post_form(challenged["continue_url"], decision="cancel")
    ready = _wait_for(guest, path, "ready_for_complete")
    assert ready["payment"] == {"gateway": "twin", "state": "declined", "decline_code": "authentication_failed"}
    assert guest.pay(path)[0] == 200


def test_who_cancelled_and_approves_all_the_same_gets_the_money_back(guest: Guest, platform: Platform) -> None:
    path = guest.fill()
    _, challenged = guest.pay(path, "challenged")
    key = _newest(platform)
    assert guest.ask("POST", f"{path}/cancel")[1]["status"] == "canceled"
    post_form(challenged["continue_url"], decision="approve")
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (charge := _last(platform, key)).get("refunds") and charge["state"] != "voided":
        assert time.monotonic() < deadline, charge
        time.sleep(0.05)
    assert guest.ask("GET", path)[1]["status"] == "canceled"


def _last(platform: Platform, key: str) -> dict[str, Any]:
    charges = [line["charge"] for line in platform.twin_book() if line["charge"]["ask"]["key"] == key]
    return dict(charges[-1])


def _open_elsewhere(url: str) -> str:
    """Follow an address in a browser that was never here."""
    with urlopen(url, timeout=10) as response:
        return str(response.read().decode())
