"""The door: what it lets into the log."""

import pytest

from matjar.edge.door import without_token


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/checkout-sessions/mDe7VKbx3AT0BUw47dbTrA/complete", "/checkout-sessions/…/complete"),
        ("/ar/orders/15U2FmNWA5P7ks2HU_8Www", "/ar/orders/…"),
        ("/carts/abc", "/carts/…"),
        ("/checkout/return/77.abc", "/checkout/return/…"),
        ("/products/rose-soap", "/products/rose-soap"),
    ],
)
def test_what_opens_a_cart_or_an_order_stays_out_of_the_log(path: str, logged: str) -> None:
    assert without_token(path) == logged
