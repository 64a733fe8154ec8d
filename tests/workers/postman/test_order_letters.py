"""Letters about orders: what stands in them, in whose language, where they lead, and what strangers cannot put in."""

from collections.abc import Awaitable, Callable

import msgspec
import pytest

from matjar.core.clock import DAY, MINUTE
from matjar.core.tx import Reading
from matjar.domain import checkout, customers, notices, orders, tasks
from matjar.domain.notices import UNDELIVERABLE, Letter
from matjar.domain.orders import Order, Piece, Return, Tracking
from matjar.domain.payments import State
from matjar.edge.pages import isolated
from tests.workers.postman.buyers import BANK, OFFICE, House, one, told

Story = Callable[[House], Awaitable[None]]


def bare(text: str) -> str:
    """Without the marks that keep directions apart."""
    return text.translate(dict.fromkeys(map(ord, "\u2068\u2069\u200e\u200f"))).replace("\u00a0", " ")


def test_an_order_is_confirmed_with_its_goods_its_sums_and_where_it_goes(house: House) -> None:
    async def story(house: House) -> None:
        order = await house.buy(billing=OFFICE)
        letter = one(await house.rounds())
        assert (letter.address, letter.language, letter.sender_name) == ("layla@example.com", "en", "Bench")
        assert letter.reply_to == "hello@bench.example"
        assert letter.subject == "Thank you for your order #1001 at Bench"
        for body in map(bare, (letter.text, letter.html)):
            for said in ("Rose soap No. 0", "Oud soap", "Large", "AED 49.00", "AED 100.00", "AED 164.00", "AED 7.80",
                         "Courier", "12 Marina Walk", "Dubai, United Arab Emirates", "Bench Trading LLC",
                         "100123456700003"):  # fmt: skip
                assert said in body
            assert f"https://bench.example/orders/{house.tokens.of_order(1, order.checkout_id)}" in body
            assert f"https://bench.example/papers/{house.tokens.of_paper(1, 'INV-000001')}" in body
        assert "Haddad & Sons LLC" in letter.text
        assert "Haddad &amp; Sons LLC" in letter.html
        assert not letter.unsubscribe_url

    told(house, story)


def test_who_buys_in_arabic_reads_arabic_from_right_to_left(house: House) -> None:
    async def story(house: House) -> None:
        order = await house.buy("bank_transfer", "ar")
        letter = one(await house.rounds())
        assert (letter.language, letter.sender_name) == ("ar", "المتجر")
        assert '<html lang="ar" dir="rtl">' in letter.html
        assert '<div lang="ar" dir="rtl"' in letter.html, "some mail programs throw the html element away"
        for body in (letter.text, letter.html):
            assert "صابون العود" in body
            assert "كبير" in body
            assert f"https://bench.example/ar/orders/{house.tokens.of_order(1, order.checkout_id)}" in body
        assert "Thank you" not in letter.text + letter.html

    told(house, story)


def test_a_bank_transfer_is_told_how_and_confirmed_when_it_has_come(house: House) -> None:
    async def story(house: House) -> None:
        order = await house.buy("bank_transfer")
        letter = one(await house.rounds())
        for line in (*BANK.splitlines(), "Please transfer AED 164.00", "Name the order #1001 with the transfer."):
            assert line in bare(letter.text)
            assert line in bare(letter.html)
        assert "INV-" not in letter.text, "there is no invoice before there is money or a parcel"
        await house.desk.submit(orders.mark_paid)(order_id=order.id)
        letter = one(await house.rounds())
        assert letter.subject == "Your payment for order #1001 has arrived"
        assert "We have received AED 164.00." in bare(letter.text)
        assert "Marsa National" not in letter.text
        assert "INV-000001" in letter.text

    told(house, story)


def test_each_parcel_says_what_is_in_it_and_what_follows(house: House) -> None:
    async def story(house: House) -> None:
        order = await house.buy("cash_on_delivery")
        await house.rounds()
        soap, oud = order.lines
        tracking = Tracking("Aramex", "31402250", "https://track.example/31402250")
        await house.desk.submit(orders.fulfil)(order_id=order.id, lines=(Piece(oud.id, 1),), tracking=tracking)
        letter = one(await house.rounds())
        text = bare(letter.text)
        assert letter.subject == "A part of your order #1001 is on its way"
        assert "1 × Oud soap, Large\n" in text
        assert text.index("1 × Rose soap No. 0") > text.index("Still to come") > text.index("1 × Oud soap")
        assert text.count("1 × Oud soap, Large") == 2, "one is in the parcel, one is still to come"
        assert "You pay AED 164.00 in cash when your order arrives." in text
        assert 'href="https://track.example/31402250"' in letter.html
        await house.desk.submit(orders.fulfil)(order_id=order.id)
        letter = one(await house.rounds())
        assert letter.subject == "Your order #1001 is on its way"
        assert "Still to come" not in letter.text
        assert soap.title in letter.text

    told(house, story)


def test_a_parcel_that_can_be_followed_only_later_is_told_of_again_and_a_corrected_number_is_not(house: House) -> None:
    async def story(house: House) -> None:
        order = await house.buy()
        await house.rounds()
        (parcel,) = await house.desk.submit(orders.fulfil)(order_id=order.id)
        assert "Aramex" not in one(await house.rounds()).text
        for number in ("31402250", "31402251"):
            tracking = Tracking("Aramex", number)
            await house.desk.submit(orders.track)(order_id=order.id, fulfilment_id=parcel.id, tracking=tracking)
        letter = one(await house.rounds())
        assert letter.subject == "Your order #1001 is on its way"
        assert "Aramex 31402251" in letter.text, "as it stands when the letter is written"

    told(house, story)


@pytest.mark.parametrize(
    ("gateway", "says"), [("twin", "to the card that you paid with"), ("bank_transfer", "You paid outside our shop")]
)
def test_a_refund_says_how_much_for_what_and_where_it_goes(house: House, gateway: str, says: str) -> None:
    async def story(house: House) -> None:
        order = await house.buy(gateway)
        if gateway != "twin":
            await house.desk.submit(orders.mark_paid)(order_id=order.id)
        await house.rounds()
        lines = (Return(order.lines[1].id, 1),)
        begun = await house.desk.submit(orders.begin_refund)(order_id=order.id, lines=lines)
        assert await house.rounds() == [], "nothing went back yet"
        assert begun.refund is not None
        await house.desk.submit(orders.settle_refund)(refund_id=begun.refund.id, given=True)
        letter = one(await house.rounds())
        text = bare(letter.text)
        assert bare(letter.subject) == "You get AED 50.00 back for your order #1001"
        assert "1 × Oud soap, Large: AED 50.00" in text
        assert "Rose soap" not in text
        assert says in text
        assert house.tokens.of_paper(1, "CN-000001") in text

    told(house, story)


def test_a_refund_that_failed_is_no_letter_but_the_shop_s_task(house: House) -> None:
    async def story(house: House) -> None:
        order = await house.buy()
        await house.rounds()
        begun = await house.desk.submit(orders.begin_refund)(order_id=order.id, amount_minor=500)
        assert begun.refund is not None
        await house.desk.submit(orders.settle_refund)(refund_id=begun.refund.id, given=False)
        assert await house.rounds() == []

    told(house, story)


@pytest.mark.parametrize(
    ("gateway", "says"), [("twin", "comes back to you"), ("cash_on_delivery", "You owe nothing for it any more.")]
)
def test_a_cancelled_order_is_told_with_what_becomes_of_the_money(house: House, gateway: str, says: str) -> None:
    async def story(house: House) -> None:
        order = await house.buy(gateway)
        await house.rounds()
        await house.desk.submit(orders.begin_cancel)(order_id=order.id)
        letter = one(await house.rounds())
        assert letter.subject == "Your order #1001 was cancelled"
        assert says in letter.text
        assert "2 × Oud soap, Large" in letter.text

    told(house, story)


def test_a_payment_that_failed_is_told_after_a_while_and_only_to_who_did_not_pay_since(house: House) -> None:
    async def story(house: House) -> None:
        lost, _ = await house.fill()
        found, _ = await house.fill()
        told_of = await house.pay(lost, "twin", State.DECLINED)
        await house.pay(found, "twin", State.DECLINED)
        assert await house.rounds() == []
        await house.pay(found, "twin", State.CAPTURED)
        assert [each.subject for each in await house.rounds()] == ["Thank you for your order #1001 at Bench"]
        house.clock.ahead_ms += 15 * MINUTE
        letter = one(await house.rounds())
        assert letter.subject == "Your payment at Bench did not go through"
        assert f"https://bench.example/checkout/return/{house.tokens.of_return(1, told_of.id)}" in letter.text
        assert await house.rounds() == []

    told(house, story)


def test_who_turns_back_from_the_bank_by_themselves_is_not_written_to(house: House) -> None:
    async def story(house: House) -> None:
        token, made = await house.fill()
        prepared = await house.pay(token, "twin", State.CHALLENGED)
        assert prepared.id == made.id
        house.clock.ahead_ms += DAY
        assert await house.rounds() == []
        assert prepared.status != checkout.Status.READY

    told(house, story)


def test_who_was_forgotten_meanwhile_is_not_written_to(house: House) -> None:
    async def story(house: House) -> None:
        order = await house.buy()
        await house.desk.submit(orders.forget)(order_id=order.id)
        assert await house.rounds() == []
        assert (await house.desk.read(lambda view: tasks.list_open(view))) == []

    told(house, story)


def test_of_an_address_that_nobody_has_the_shop_hears_and_sends_again_to_the_right_one(house: House) -> None:
    async def story(house: House) -> None:
        order = await house.buy()
        house.box.refuses = UNDELIVERABLE(reason="550 nobody of that name")
        assert await house.rounds() == []
        (task,) = await house.desk.read(lambda view: tasks.list_open(view))
        assert (task.kind, task.subject_id) == ("letter_undeliverable", order.id)
        (seen,) = await house.desk.read(lambda view: notices.list_about(view, order_id=order.id))
        assert (seen.letter, seen.sent_at, seen.reason) == (Letter.ORDER_CONFIRMED, None, "550 nobody of that name")
        house.box.refuses = None
        right = msgspec.structs.replace(order.contact, email="right@example.com")
        await house.desk.submit(orders.amend)(order_id=order.id, contact=right)
        await house.desk.submit(notices.send_again)(letter=Letter.ORDER_CONFIRMED, order_id=order.id)
        assert one(await house.rounds()).address == "right@example.com"

    told(house, story)


def test_news_carry_the_way_out_and_go_to_nobody_who_has_taken_it(house: House) -> None:
    async def story(house: House) -> None:
        await house.buy(accepts_marketing=True)
        await house.rounds()
        await house.desk.submit(customers.tell_news)(subject="New: <b>soap</b>", text="One.\nTwo.")
        letter = one(await house.rounds())
        customer = await house.desk.read(_first_customer)
        way_out = f"https://bench.example/no-more-news/{house.tokens.of_news(1, customer)}"
        assert letter.unsubscribe_url == way_out
        assert way_out in letter.text
        assert "&lt;b&gt;soap" in letter.html
        await house.desk.submit(customers.tell_news)(subject="Newer", text="Three.")
        await house.desk.submit(customers.stop_news)(customer_id=customer)
        assert await house.rounds() == []

    told(house, story)


def _first_customer(view: Reading) -> int:
    return customers.list_customers(view)[0].id


def test_every_letter_about_an_order_can_be_written_in_every_language(house: House) -> None:
    async def story(house: House) -> None:
        for language in ("en", "ar"):
            order = await house.buy(language=language)
            for letter in notices.ABOUT_ORDERS:
                await house.desk.submit(notices.send_again)(letter=letter, order_id=order.id)
        letters = []
        while sent := await house.rounds():
            letters += sent
        assert len(letters) == 2 * (1 + len(notices.ABOUT_ORDERS))
        assert not [each for each in letters if "{" in each.subject + each.text]

    told(house, story)


def test_an_order_of_another_language_than_the_shop_speaks_is_written_of_in_the_shop_s_own(house: House) -> None:
    async def story(house: House) -> None:
        order: Order = await house.buy(language="fr")
        assert order.language == "en"
        assert one(await house.rounds()).language == "en"
        assert isolated("x") not in one(house.box.sent).subject

    told(house, story)


