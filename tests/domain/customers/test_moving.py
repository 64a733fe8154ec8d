"""Customers move to another e-mail address, and keep what is theirs."""

from collections.abc import Callable

import pytest

from matjar.core.clock import MINUTE
from matjar.core.limits import CODE_TRIES, LETTERS_PER_PERSON
from matjar.core.refusal import Refusal
from matjar.domain import customers, notices
from matjar.storage.tx import ShopTx
from tests.domain.customers.test_signing_in import ask, enter, opened

OLD, NEW, CODE = "layla@example.com", "layla.haddad@example.org", "271828"
SESSION, OTHER = "s" * 22, "t" * 22


def ask_to_move(tx: ShopTx, customer_id: int, *, email: str = NEW, session: str = SESSION) -> None:
    """The customer types another address."""
    customers.ask_for_move(
        tx, customer_id=customer_id, email=email, language="en", session=session, code=CODE, address="10.0.0.1"
    )


def move(tx: ShopTx, customer_id: int, *, code: str = CODE, session: str = SESSION) -> None:
    """And the code."""
    customers.move(tx, customer_id=customer_id, session=session, code=code, address="10.0.0.1")


def wrong(tx: ShopTx, customer_id: int, *, code: str = CODE, session: str = SESSION) -> None:
    """The code is refused, and stays so."""
    assert give_up(tx, lambda: move(tx, customer_id, code=code, session=session)) == "customers.wrong_code"


def give_up(tx: ShopTx, trial: Callable[[], None]) -> str:
    """A try that is refused, and what is left of it; the refusal's code."""
    with pytest.raises(Refusal) as no:
        trial()
    for trace in no.value.afterwards:
        trace(tx)
    return no.value.code


def letters(tx: ShopTx) -> list[tuple[str, str]]:
    """Which letters wait, and for whom."""
    return [(letter.letter, letter.address) for letter in notices.due(tx)]


def test_who_moves_is_the_same_customer_at_the_new_address_alone(tx: ShopTx) -> None:
    id_ = opened(tx)
    ask_to_move(tx, id_, email=" Layla.Haddad@Example.org ")
    assert customers.load(tx, customer_id=id_).email == OLD
    move(tx, id_)
    assert customers.load(tx, customer_id=id_).email == NEW
    assert letters(tx)[1:] == [("moving", NEW), ("moved", OLD)]
    ask(tx, email=NEW, browser="n" * 22, link="m" * 22)
    assert enter(tx, browser="n" * 22) == id_
    ask(tx, email=OLD, browser="o" * 22, link="p" * 22)
    assert enter(tx, browser="o" * 22) != id_


def test_a_code_that_waited_at_the_old_address_opens_nothing_after_the_move(tx: ShopTx) -> None:
    id_ = opened(tx)
    ask(tx, browser="w" * 22, link="v" * 22)
    ask_to_move(tx, id_)
    move(tx, id_)
    with pytest.raises(Refusal, match=r"customers\.wrong_code"):
        enter(tx, browser="w" * 22)
    with pytest.raises(Refusal, match=r"customers\.bad_link"):
        customers.enter_by_link(tx, link="v" * 22)


def test_the_code_is_good_once_and_in_the_session_that_asked_alone(tx: ShopTx) -> None:
    id_ = opened(tx)
    ask_to_move(tx, id_)
    wrong(tx, id_, session=OTHER)
    wrong(tx, id_, code="000000")
    move(tx, id_)
    wrong(tx, id_)


def test_the_code_is_good_for_ten_minutes(tx: ShopTx) -> None:
    id_ = opened(tx)
    ask_to_move(tx, id_)
    assert customers.find_asked_move(tx, customer_id=id_, session=SESSION) == NEW
    tx.now += 10 * MINUTE
    assert customers.find_asked_move(tx, customer_id=id_, session=SESSION) is None
    wrong(tx, id_)


def test_somebodys_address_looks_the_same_here_and_only_its_reader_is_told(tx: ShopTx) -> None:
    id_, guest = opened(tx), customers.upsert(tx, email="guest@example.com")
    ask_to_move(tx, id_, email="guest@example.com")
    assert customers.find_asked_move(tx, customer_id=id_, session=SESSION) == "guest@example.com"
    assert letters(tx)[1:] == [("address_taken", "guest@example.com")]
    wrong(tx, id_)
    assert customers.load(tx, customer_id=guest).email == "guest@example.com"


def test_an_address_that_is_taken_meanwhile_is_a_wrong_code(tx: ShopTx) -> None:
    id_ = opened(tx)
    ask_to_move(tx, id_)
    customers.upsert(tx, email=NEW)
    wrong(tx, id_)
    assert customers.load(tx, customer_id=id_).email == OLD


def test_codes_to_move_are_no_codes_to_sign_in(tx: ShopTx) -> None:
    id_ = opened(tx)
    ask_to_move(tx, id_)
    assert customers.find_asked(tx, browser=SESSION) is None
    with pytest.raises(Refusal, match=r"customers\.wrong_code"):
        enter(tx, code=CODE, browser=SESSION)
    with pytest.raises(Refusal, match=r"customers\.bad_link"):
        customers.enter_by_link(tx, link=f"move\n{id_}\n{SESSION}")


@pytest.mark.parametrize(("email", "code"), [(OLD.upper(), "customers.same_email"), ("layla", "customers.bad_email")])
def test_ones_own_address_and_none_at_all_are_refused_at_the_field(tx: ShopTx, email: str, code: str) -> None:
    id_ = opened(tx)
    with pytest.raises(Refusal, match=code) as no:
        ask_to_move(tx, id_, email=email)
    assert no.value.field == "email"


def test_guesses_and_letters_have_an_end(tx: ShopTx) -> None:
    id_ = opened(tx)
    ask_to_move(tx, id_)
    guesses = [give_up(tx, lambda: move(tx, id_, code="000000")) for _ in range(CODE_TRIES + 1)]
    assert guesses == ["customers.wrong_code"] * CODE_TRIES + ["attempts.too_many"]
    for _ in range(LETTERS_PER_PERSON - 1):
        ask_to_move(tx, id_)
    assert give_up(tx, lambda: ask_to_move(tx, id_)) == "attempts.too_many"


def test_a_guest_has_no_account_to_move(tx: ShopTx) -> None:
    guest = customers.upsert(tx, email=OLD)
    with pytest.raises(Refusal, match=r"customers\.not_found"):
        ask_to_move(tx, guest)
