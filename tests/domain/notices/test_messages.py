"""What people write to a shop."""

import msgspec
import pytest

from matjar.core.limits import MESSAGES_PER_ADDRESS
from matjar.core.refusal import Refusal
from matjar.core.tx import Tx
from matjar.domain import notices, shops
from matjar.domain.notices import Letter
from matjar.domain.notices.operations import MESSAGE_LENGTH


@pytest.fixture
def shop(tx: Tx) -> shops.Shop:
    """One that reads mail."""
    settings = msgspec.structs.replace(shops.load(tx).settings, email="hello@demo.example")
    return shops.configure(tx, settings=settings)


def write(tx: Tx, **told: str) -> None:
    given = {"name": "Sara", "email": "sara@example.com", "text": "Is it vegan?", "address": "192.0.2.7"} | told
    notices.write_to_shop(tx, **given)


def test_a_message_is_a_letter_to_the_shop_and_one_line_stays_one(tx: Tx, shop: shops.Shop) -> None:
    write(tx, name=" Sara\r\nBcc: everybody@example.com ", email="SARA@example.com")
    (letter,) = notices.due(tx)
    assert (letter.letter, letter.address, letter.language) == (Letter.MESSAGE, "hello@demo.example", "en")
    assert letter.facts == {
        "name": "Sara Bcc: everybody@example.com", "email": "sara@example.com", "text": "Is it vegan?",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("told", "code", "field"),
    [
        ({"email": "sara"}, "bad_email", "email"),
        ({"text": " \n"}, "no_text", "text"),
        ({"text": "x" * (MESSAGE_LENGTH + 1)}, "too_long", "text"),
        ({"name": "x" * 256}, "too_long", "name"),
    ],
)
def test_what_nobody_could_answer_is_refused_at_its_field(
    tx: Tx, shop: shops.Shop, told: dict[str, str], code: str, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        write(tx, **told)
    assert (refused.value.code, refused.value.field) == (f"notices.{code}", field)


def test_a_shop_without_an_address_is_not_written_to(tx: Tx) -> None:
    with pytest.raises(Refusal, match=r"notices\.no_address"):
        write(tx)


def test_one_address_writes_a_few_times_an_hour(tx: Tx, shop: shops.Shop) -> None:
    for _ in range(MESSAGES_PER_ADDRESS):
        write(tx)
    with pytest.raises(Refusal, match=r"attempts\.too_many"):
        write(tx)
    write(tx, address="192.0.2.8")
