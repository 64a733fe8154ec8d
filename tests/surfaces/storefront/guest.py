"""A guest at the storefront's JSON routes, one request after another."""

import itertools
from typing import Any

from tests.platform import Platform, ask

Answer = tuple[int, dict[str, Any]]

ADDRESS = {"name": "Sara Haddad", "line1": "12 Marina Walk", "city": "Dubai", "country": "AE"}
TOLD: dict[str, Any] = {
    "buyer": {"email": "sara@example.com"}, "shipping_address": ADDRESS, "delivery": "courier"
}  # fmt: skip
CARD = {"gateway": "twin", "token": "tok-1-approved-1"}

_numbers = itertools.count(1)


class Guest:
    """Comes from one address."""

    def __init__(self, platform: Platform, address: str) -> None:
        self.platform = platform
        self.headers = {"x-forwarded-for": address}

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """One request; ``idempotency_key="…"`` becomes a header."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return ask(self.platform.url + path, body, method=method, headers=self.headers | named)

    def fill(self, *, quantity: int = 1, article: int = 0, **told: object) -> str:
        """A checkout that is ready to be paid: its path."""
        path = self.begin(quantity=quantity, article=article)
        status, ready = self.ask("PUT", path, TOLD | told)
        assert status == 200, ready
        return path

    def begin(self, *, quantity: int = 1, article: int = 0) -> str:
        """A checkout with one line: its path."""
        item = {"id": str(self.platform.variant_ids[article])}
        status, made = self.ask("POST", "/checkout-sessions", {"line_items": [{"item": item, "quantity": quantity}]})
        assert status == 201, made
        return f"/checkout-sessions/{made['id']}"

    def pay(self, path: str, card: str = "approved", *, key: str = "", fingerprint: str = "") -> Answer:
        """Pay with a test card of one's own, or with a given one."""
        number = next(_numbers)
        payment = {"gateway": "twin", "token": f"tok-{fingerprint or f'{number:016x}'}-{card}-{number}"}
        return self.complete(path, payment, key=key)

    def complete(self, path: str, payment: dict[str, str], *, key: str = "") -> Answer:
        """The buyer's last word, under a key of its own where none is given."""
        return self.ask(
            "POST", f"{path}/complete", {"payment": payment}, idempotency_key=key or f"guest-{next(_numbers):012d}"
        )


def code(answer: Answer) -> tuple[int, str]:
    """The status and the code of a no."""
    return answer[0], answer[1].get("code", "")
