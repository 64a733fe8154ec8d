"""Customers prove who they are, and tell of themselves."""

import pytest
from msgspec.structs import replace

from matjar.core.address import Address
from matjar.core.clock import HOUR, MINUTE
from matjar.core.refusal import Refusal
from matjar.domain import customers, notices
from matjar.storage.tx import ShopTx

DUBAI = Address(name="Layla Haddad", line1="Marina Walk 4", city="Dubai", country="AE")
EMAIL, CODE, BROWSER, LINK = "layla@example.com", "314159", "b" * 22, "l" * 22


def ask(tx: ShopTx, *, email: str = EMAIL, browser: str = BROWSER, link: str = LINK, address: str = "10.0.0.1") -> str:
    """Somebody asks for a code."""
    return customers.ask_for_code(
        tx, email=email, language="en", browser=browser, code=CODE, link=link, link_begins="http://shop/enter/",
        address=address,
    )  # fmt: skip


def enter(tx: ShopTx, *, code: str = CODE, browser: str = BROWSER) -> int:
    """The code, typed."""
    return customers.enter_by_code(tx, browser=browser, code=code, address="10.0.0.1")


def opened(tx: ShopTx) -> int:
    """A customer with an account."""
    ask(tx)
    return enter(tx)


def try_wrong(tx: ShopTx) -> str:
    """A wrong code, and what is left of the try; its refusal's code."""
    with pytest.raises(Refusal) as no:
        enter(tx, code="000000")
    for trace in no.value.afterwards:
        trace(tx)
    return no.value.code


def test_whoever_reads_the_mail_is_the_customer_of_that_address(tx: ShopTx) -> None:
    bought = customers.upsert(tx, email=EMAIL, name="Layla")
    assert ask(tx, email=" Layla@Example.com") == EMAIL
    (letter,) = notices.due(tx)
    assert (letter.address, letter.facts) == (EMAIL, {"code": CODE, "link": f"http://shop/enter/{LINK}"})
    assert enter(tx) == bought
    assert customers.load_account(tx, customer_id=bought).customer.opened_at == tx.now


def test_a_stranger_is_answered_as_a_customer_is(tx: ShopTx) -> None:
    known = customers.upsert(tx, email=EMAIL)
    assert ask(tx) == EMAIL
    assert ask(tx, email="nobody@example.com", browser="n" * 22, link="m" * 22) == "nobody@example.com"
    assert [letter.letter for letter in notices.due(tx)] == ["sign_in", "sign_in"]
    assert enter(tx, browser="n" * 22) != known


def test_the_digits_are_good_in_the_browser_that_asked_alone_and_once(tx: ShopTx) -> None:
    ask(tx)
    with pytest.raises(Refusal, match=r"customers\.wrong_code"):
        enter(tx, browser="x" * 22)
    enter(tx)
    with pytest.raises(Refusal, match=r"customers\.wrong_code"):
        enter(tx)


def test_the_link_is_good_anywhere_and_once(tx: ShopTx) -> None:
    ask(tx)
    id_ = customers.enter_by_link(tx, link=LINK)
    assert customers.load(tx, customer_id=id_).email == EMAIL
    with pytest.raises(Refusal, match=r"customers\.bad_link"):
        customers.enter_by_link(tx, link=LINK)
    with pytest.raises(Refusal, match=r"customers\.wrong_code"):
        enter(tx)


def test_after_ten_minutes_neither_is_good(tx: ShopTx) -> None:
    ask(tx)
    tx.now += 10 * MINUTE
    with pytest.raises(Refusal, match=r"customers\.wrong_code"):
        enter(tx)
    with pytest.raises(Refusal, match=r"customers\.bad_link"):
        customers.enter_by_link(tx, link=LINK)
    assert customers.sweep(tx) == 0
    tx.now += 1
    assert customers.sweep(tx) == 1


def test_ten_wrong_codes_in_an_hour_are_enough_but_the_link_stays_good(tx: ShopTx) -> None:
    ask(tx)
    assert {try_wrong(tx) for _ in range(10)} == {"customers.wrong_code"}
    assert try_wrong(tx) == "attempts.too_many"
    with pytest.raises(Refusal, match=r"attempts\.too_many"):
        enter(tx)
    customers.enter_by_link(tx, link=LINK)


def test_a_stranger_at_one_address_cannot_use_up_the_letters_of_the_person_at_home(tx: ShopTx) -> None:
    for number in range(6):
        ask(tx, browser=f"{number:022}", link=f"{number:022}", address="10.6.6.6")
    with pytest.raises(Refusal, match=r"attempts\.too_many"):
        ask(tx, address="10.6.6.6")
    ask(tx)
    tx.now += HOUR + MINUTE
    ask(tx, address="10.6.6.6")


def test_signing_out_everywhere_leaves_a_moment_that_sessions_are_held_against(tx: ShopTx) -> None:
    id_ = opened(tx)
    assert customers.load_account(tx, customer_id=id_).signed_out_at == 0
    customers.sign_out_everywhere(tx, customer_id=id_)
    assert customers.load_account(tx, customer_id=id_).signed_out_at == tx.now


def test_what_an_owner_told_is_not_overwritten_at_a_strangers_checkout(tx: ShopTx) -> None:
    id_ = opened(tx)
    customers.describe(tx, customer_id=id_, name="Layla", phone="", language="ar", accepts_marketing=False)
    customers.upsert(
        tx, email=EMAIL, name="Mallory", phone="+97150", language="en", address=DUBAI, accepts_marketing=True
    )
    layla = customers.load(tx, customer_id=id_)
    assert (layla.name, layla.phone, layla.language, layla.accepts_marketing) == ("Layla", "+97150", "ar", False)
    assert not customers.list_addresses(tx, customer_id=id_)


def test_addresses_are_kept_once_corrected_moved_up_and_removed(tx: ShopTx) -> None:
    id_ = opened(tx)
    home = customers.keep_address(tx, customer_id=id_, address=DUBAI)
    tx.now += 1
    office = customers.keep_address(tx, customer_id=id_, address=replace(DUBAI, line1="Office 9"))
    assert customers.keep_address(tx, customer_id=id_, address=replace(DUBAI, line1="Office 9")) == office
    customers.change_address(tx, customer_id=id_, address_id=home, address=replace(DUBAI, city="Sharjah"))
    tx.now += 1
    customers.put_first(tx, customer_id=id_, address_id=home)
    first, second = customers.list_addresses(tx, customer_id=id_)
    assert (first.id, first.address.city, second.id) == (home, "Sharjah", office)
    customers.remove_address(tx, customer_id=id_, address_id=home)
    with pytest.raises(Refusal, match=r"customers\.no_address"):
        customers.remove_address(tx, customer_id=id_, address_id=home)


@pytest.mark.parametrize(
    ("wrong", "field"), [({"city": ""}, "city"), ({"country": "Dubai"}, "country"), ({"line2": "x" * 256}, "line2")]
)
def test_an_address_that_no_parcel_could_reach_is_refused_at_its_field(
    tx: ShopTx, wrong: dict[str, str], field: str
) -> None:
    id_ = opened(tx)
    with pytest.raises(Refusal) as no:
        customers.keep_address(tx, customer_id=id_, address=replace(DUBAI, **wrong))
    assert no.value.field == field


def test_another_customers_addresses_and_passkeys_are_not_there(tx: ShopTx) -> None:
    layla = opened(tx)
    home = customers.keep_address(tx, customer_id=layla, address=DUBAI)
    add_passkey(tx, layla)
    ask(tx, email="omar@example.com")
    omar = enter(tx)
    for refused in (
        lambda: customers.load_address(tx, customer_id=omar, address_id=home),
        lambda: customers.remove_address(tx, customer_id=omar, address_id=home),
        lambda: customers.change_address(tx, customer_id=omar, address_id=home, address=DUBAI),
        lambda: customers.remove_passkey(tx, customer_id=omar, credential_id=b"key"),
        lambda: customers.rename_passkey(tx, customer_id=omar, credential_id=b"key", name="mine"),
    ):
        with pytest.raises(Refusal, match=r"customers\.no_(address|passkey)"):
            refused()


def add_passkey(tx: ShopTx, customer_id: int, credential_id: bytes = b"key") -> None:
    """A key on the shop's host."""
    customers.add_passkey(
        tx, customer_id=customer_id, credential_id=credential_id, host="demo.localhost", public_key=b"cose",
        name=" Telephone ", sign_count=0, backed_up=True,
    )  # fmt: skip


def test_a_passkey_is_good_on_its_host_and_its_owner_hears_of_it(tx: ShopTx) -> None:
    id_ = opened(tx)
    add_passkey(tx, id_)
    with pytest.raises(Refusal, match=r"customers\.known_passkey"):
        add_passkey(tx, id_)
    assert customers.load_passkey(tx, credential_id=b"key", host="demo.localhost").name == "Telephone"
    with pytest.raises(Refusal, match=r"customers\.no_passkey"):
        customers.load_passkey(tx, credential_id=b"key", host="elsewhere.example")
    assert customers.enter_by_passkey(tx, credential_id=b"key", sign_count=5, backed_up=False) == id_
    customers.rename_passkey(tx, customer_id=id_, credential_id=b"key", name="Laptop")
    (key,) = customers.list_passkeys(tx, customer_id=id_)
    assert (key.name, key.sign_count, key.backed_up) == ("Laptop", 5, False)
    customers.remove_passkey(tx, customer_id=id_, credential_id=b"key")
    assert [letter.letter for letter in notices.due(tx)] == ["sign_in", "passkey_added", "passkey_removed"]


def test_a_forgotten_customer_signs_in_as_somebody_new(tx: ShopTx) -> None:
    id_ = opened(tx)
    customers.keep_address(tx, customer_id=id_, address=DUBAI)
    add_passkey(tx, id_)
    customers.erase(tx, customer_id=id_)
    assert customers.find_account(tx, customer_id=id_) is None
    assert (customers.list_addresses(tx, customer_id=id_), customers.list_passkeys(tx, customer_id=id_)) == ([], [])
    (last,) = notices.due(tx)
    assert (last.letter, last.address) == ("forgotten", EMAIL)
    assert opened(tx) != id_
