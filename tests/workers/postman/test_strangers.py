"""What strangers type does not get into letters as anything but words."""

from matjar.core.address import Address
from matjar.domain import orders
from matjar.domain.orders import Tracking
from matjar.workers.postman.order_letters import harmless
from tests.workers.postman.buyers import House, one, told


def test_a_link_of_a_carrier_that_is_none_leads_nowhere(house: House) -> None:
    async def story(house: House) -> None:
        order = await house.buy()
        await house.rounds()
        tracking = Tracking("Aramex", "1", "javascript:alert(1)")
        await house.desk.submit(orders.fulfil)(order_id=order.id, tracking=tracking)
        letter = one(await house.rounds())
        assert "javascript" not in letter.html + letter.text

    told(house, story)


def test_nothing_that_a_buyer_types_becomes_html_or_a_link_in_somebody_s_letter(house: House) -> None:
    spam = Address(
        name='<img src=x onerror=alert(1)> "Win" https://evil.example/now', line1="www.evil.example\r\nBcc: a@b.c",
        city="evil.example", country="AE",
    )  # fmt: skip

    async def story(house: House) -> None:
        await house.buy(shipping=spam)
        letter = one(await house.rounds())
        assert "<img" not in letter.html
        for body in (letter.text, letter.html):
            assert "evil.example" not in body
            assert "https://evil" not in body
            assert "\nBcc" not in body
        assert "evil.\u200bexample" in letter.text, "a person still reads what was typed"

    told(house, story)


def test_what_was_typed_stays_readable() -> None:
    assert harmless("Flat 4, St. Mary’s   Rd.\n2") == "Flat 4, St. Mary’s Rd. 2"
