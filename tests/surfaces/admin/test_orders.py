"""Orders in the back office: found, sent, paid, refunded, cancelled, printed; each deed in the book."""

import re
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from tests.platform import Platform
from tests.surfaces.admin.office import Person, sell


def test_an_order_is_found_by_number_name_and_mail(owner: Person, platform: Platform) -> None:
    number = sell(platform)
    for words in (number, f"%23{number}", "sara", "SARA@example.com", "marina", "soap-0", "SOAP-0"):
        assert f"/bench/orders/{number}" in owner.get(f"/orders?view=all&q={words}").body, words
    assert "Nothing was found" in owner.get("/orders?view=all&q=nobody").words


def test_views_hold_what_they_say(owner: Person, platform: Platform) -> None:
    owing, paid = sell(platform, gateway="bank_transfer"), sell(platform)
    owner.post(f"/orders/{paid}/send")
    unpaid, unsent = owner.get("/orders?view=unpaid").body, owner.get("/orders?view=unfulfilled").body
    assert [f"orders/{each}" in unpaid for each in (owing, paid)] == [True, False]
    assert [f"orders/{each}" in unsent for each in (owing, paid)] == [True, False]


def test_the_list_begins_with_the_newest_or_with_the_oldest(owner: Person, platform: Platform) -> None:
    one, two = sell(platform), sell(platform)
    newest, oldest = owner.get("/orders?view=all").body, owner.get("/orders?view=all&sort=oldest").body
    assert newest.index(f"/orders/{two}") < newest.index(f"/orders/{one}")
    assert oldest.index("/orders/1001") < oldest.index("/orders/1002")


def test_all_of_an_order_is_sent_with_its_tracking(owner: Person, platform: Platform) -> None:
    number = sell(platform, quantity=2)
    page = owner.post(f"/orders/{number}/send", company="Aramex", number="AX 1", url="https://example.org/AX1")
    assert f"#{number} is on its way." in page.words
    assert "Parcel 1" in page.words
    assert '<a href="https://example.org/AX1"' in page.body
    assert "A parcel left." in page.words
    assert "Olfat" in page.words


def test_a_part_leaves_and_the_rest_waits(owner: Person, platform: Platform) -> None:
    number = sell(platform, quantity=3)
    form = owner.get(f"/orders/{number}/send").forms[f"/bench/orders/{number}/send"]
    pieces = next(name for name in form if name.startswith("pieces-"))
    page = owner.send(f"/orders/{number}/send", form | {pieces: "1"})
    assert "A part of" in page.words
    assert "2 to send" in page.words


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(owner: Person, platform: Platform) -> None:
    number = sell(platform)
    page = owner.post(f"/orders/{number}/send", company="Aramex", url="http://example.org")
    assert page.status == 422
    assert 'value="Aramex"' in page.body
    assert "An address begins with https://." in page.words
    nothing = owner.get(f"/orders/{number}/send").forms[f"/bench/orders/{number}/send"]
    none = {name: "0" if name.startswith("pieces-") else value for name, value in nothing.items()}
    assert "Say how many of what leave." in owner.send(f"/orders/{number}/send", none).words


def test_sending_a_form_twice_does_it_once(owner: Person, platform: Platform) -> None:
    number = sell(platform, quantity=2)
    form = owner.get(f"/orders/{number}/send").forms[f"/bench/orders/{number}/send"]
    pieces = next(name for name in form if name.startswith("pieces-"))
    first = owner.send(f"/orders/{number}/send", form | {pieces: "1"})
    again = owner.send(f"/orders/{number}/send", form | {pieces: "1"})
    assert (first.status, again.status) == (200, 200)
    assert "One to send" in again.words


def test_several_orders_leave_at_once_and_what_cannot_is_said(owner: Person, platform: Platform) -> None:
    one, two = sell(platform), sell(platform)
    owner.post(f"/orders/{one}/send")
    listed = owner.get("/orders?view=all").forms["/bench/orders/send"]
    fields = [("csrf", listed["csrf"]), ("key", listed["key"]), ("order", one), ("order", two)]
    page = owner.send("/orders/send", fields)
    assert "One order could not be sent:" in page.words
    assert f"#{one} Nothing of this order is left to be sent." in page.words
    assert f"On their way: \u2068#{two}\u2069." in page.words
    assert "Sent" in owner.get(f"/orders/{two}").words


def test_money_in_hand_is_taken_down_in_parts(owner: Person, platform: Platform) -> None:
    number = sell(platform, gateway="bank_transfer")
    too_much = owner.post(f"/orders/{number}/paid", amount="1000000")
    assert (too_much.status, "is still to be paid" in too_much.words) == (422, True)
    part = owner.post(f"/orders/{number}/paid", amount="١٠٫٠٠", reference="FT 7")
    assert "10.00 were taken down" in part.words.replace("\xa0", " ")
    assert "Partly paid" in part.words
    assert f"#{number} is paid." in owner.post(f"/orders/{number}/paid").words


@pytest.mark.parametrize("amount", ["1,250", "12.345", "ten", "-5", ""])
def test_an_amount_that_could_be_meant_two_ways_is_asked_again(owner: Person, platform: Platform, amount: str) -> None:
    number = sell(platform, gateway="bank_transfer")
    assert owner.post(f"/orders/{number}/paid", amount=amount or " ").status == 422


def test_a_refund_is_worked_out_first_and_goes_back(owner: Person, platform: Platform) -> None:
    number = sell(platform, quantity=2)
    path = f"/orders/{number}/refund"
    form = owner.get(path).forms[f"/bench{path}"]
    pieces = next(name for name in form if name.startswith("unsent-"))
    worked_out = owner.send(path, form | {pieces: "1", "do": "work_out"})
    assert "To the buyer" in worked_out.words
    assert "Not sent: will not be" in worked_out.words
    given = owner.send(path, form | {pieces: "1", "do": "refund"})
    assert f"were given back for #{number}." in given.words
    assert "Partly refunded" in given.words
    assert "One taken off" in given.words


def test_all_that_is_wrong_with_a_refund_is_said_at_once_beside_its_field(owner: Person, platform: Platform) -> None:
    number = sell(platform, quantity=2)
    path = f"/orders/{number}/refund"
    form = owner.get(path).forms[f"/bench{path}"]
    pieces = next(name for name in form if name.startswith("unsent-"))
    page = owner.send(path, form | {pieces: "7", "delivery": "5000", "amount": "x", "reason": "Late", "do": "refund"})
    assert page.status == 422
    assert page.body.count('aria-invalid="true"') == 3
    assert "A whole number from 0 to 2." in page.words
    assert "x is not an amount of AED." in page.words
    for kept in ('value="7"', 'value="5000"', 'value="x"', 'value="Late"'):
        assert kept in page.body, kept
    first = page.body.index("autofocus")
    assert page.body.rindex("<input", 0, first) == page.body.rindex(f'name="{pieces}"', 0, first) - len(
        '<input class="small-field count" '
    )


def test_a_refund_names_what_is_left_beside_what_is_chosen(owner: Person, platform: Platform) -> None:
    number = sell(platform)
    path = f"/orders/{number}/refund"
    form = owner.get(f"{path}?everything=1").forms[f"/bench{path}"]
    page = owner.send(path, form | {"amount": "5", "do": "refund"})
    assert "Beside what is chosen, at most AED 0.00." in page.words.replace("\xa0", " ")
    assert 'name="amount" value="5"' in page.body
    nothing = owner.send(path, owner.get(path).forms[f"/bench{path}"] | {"do": "refund"})
    assert (nothing.status, "Choose what is to be given back." in nothing.words) == (422, True)


def test_everything_can_be_given_back_at_once(owner: Person, platform: Platform) -> None:
    number = sell(platform)
    path = f"/orders/{number}/refund"
    form = owner.get(f"{path}?everything=1").forms[f"/bench{path}"]
    page = owner.send(path, form | {"do": "refund"})
    assert "Refunded" in page.words
    assert "Nothing to send" in page.words


def test_what_was_given_back_before_it_left_waits_nowhere_to_be_sent(owner: Person, platform: Platform) -> None:
    waits, gone = sell(platform), sell(platform)
    path = f"/orders/{gone}/refund"
    owner.send(path, owner.get(f"{path}?everything=1").forms[f"/bench{path}"] | {"do": "refund"})
    listed = owner.get("/orders?view=unfulfilled").words
    assert (f"#{waits}" in listed, f"#{gone}" in listed) == (True, False)
    assert "For one order" in owner.get(f"/orders/pick?order={waits}&order={gone}").words
    assert "Nothing is left to send" in owner.get(f"/orders/{gone}/send").words
    assert "For 0 orders" not in owner.get(f"/orders/pick?order={gone}").words


def test_a_cancelled_order_that_nobody_paid_has_nothing_to_pay(owner: Person, platform: Platform) -> None:
    number = sell(platform, gateway="cash_on_delivery")
    page = owner.post(f"/orders/{number}/cancel", reason="customer")
    assert "Nothing to pay Cancelled" in page.words


def test_a_refund_that_the_gateway_refuses_is_said_as_that_and_settled_by_hand(
    owner: Person, platform: Platform
) -> None:
    number = sell(platform, card="refund_refused")
    path = f"/orders/{number}/refund"
    form = owner.get(f"{path}?everything=1").forms[f"/bench{path}"]
    page = owner.send(path, form | {"do": "refund"})
    assert f"did not go back to the buyer of #{number}. Give it back by another way" in page.words
    assert 'class="notice notice-good"' not in page.body
    assert "Owed to the buyer" in page.words
    waiting = owner.get("/tasks")
    assert f"#{number}" in waiting.words
    closed = owner.send("/tasks/done", waiting.forms["/bench/tasks/done"])
    assert f"#{number} goes on owing the buyer until it is marked as given back." in closed.words
    assert f"#{number}" in owner.send("/tasks/open", closed.forms["/bench/tasks/open"]).words
    assert "still owed to the buyer" in owner.get(f"/audit?subject={number}").words
    too_much = owner.post(f"/orders/{number}/refunded", amount="100000")
    assert (too_much.status, "can still be refunded" in too_much.words) == (422, True)
    settled = owner.post(f"/orders/{number}/refunded", reference="transfer 88")
    assert f"were given back for #{number}." in settled.words
    assert "Owed to the buyer" not in settled.words
    assert f"#{number}" not in owner.get("/tasks").words


def test_what_nobody_paid_is_not_given_back_but_taken_off(owner: Person, platform: Platform) -> None:
    number = sell(platform, gateway="cash_on_delivery")
    path = f"/orders/{number}/refund"
    asked = owner.get(path).words
    assert ("Nothing is paid: what you choose comes off" in asked, "given back" in asked) == (True, False)
    assert "Take off AED" in owner.get(f"{path}?everything=1").words.replace("\xa0", " ")


def test_a_cancelled_order_gives_its_money_back(owner: Person, platform: Platform) -> None:
    number = sell(platform)
    page = owner.post(f"/orders/{number}/cancel", reason="inventory")
    assert f"were given back for #{number}." in page.words
    assert "Cancelled" in page.words
    assert owner.post(f"/orders/{number}/cancel", reason="other").status == 422


def test_an_order_is_put_away_and_taken_out_again(owner: Person, platform: Platform) -> None:
    number = sell(platform)
    sent = owner.post(f"/orders/{number}/send")
    away = owner.send(f"/orders/{number}/away", sent.forms[f"/bench/orders/{number}/away"])
    assert f"#{number} is put away." in away.words
    undone = owner.send(f"/orders/{number}/open", away.forms[f"/bench/orders/{number}/open"])
    assert f"#{number} is open again." in undone.words


def test_paper_says_what_goes_where(owner: Person, platform: Platform) -> None:
    number = sell(platform, quantity=2, gateway="cash_on_delivery")
    slip = owner.get(f"/orders/slips?order={number}").words
    assert "12 Marina Walk" in slip
    assert "to pay in cash" in slip
    picked = owner.get(f"/orders/pick?order={number}").words
    assert "Dubai" in picked
    assert "For one order" in picked


def test_papers_are_opened_in_the_shop_by_their_own_links(owner: Person, platform: Platform) -> None:
    number = sell(platform)
    page = owner.get(f"/orders/{number}")
    found = re.search(r'href="(http://bench\.localhost:\d+/papers/INV-[^"]+)"', page.body)
    assert found is not None
    address = urlsplit(found[1])
    assert address.port == platform.settings.port_storefront
    request = Request(f"{platform.url}{address.path}", headers={"accept": "text/html"})
    with urlopen(request) as paper:
        assert (paper.status, f"#{number}" in paper.read().decode()) == (200, True)
    assert f'href="{found[1].partition("/papers")[0]}/"' in page.body
    assert f'href="http://localhost:{platform.settings.port_identity}/account"' in page.body
