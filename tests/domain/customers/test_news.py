"""Who agreed to be told of news: when, to which words; and that a no is heard at once."""

from matjar.core.clock import MINUTE
from matjar.domain import customers, notices
from matjar.domain.customers import Consent
from matjar.domain.notices import Letter
from matjar.storage.tx import ShopTx

WORDS = "Tell me about news and offers by e-mail"


def consents(tx: ShopTx, customer_id: int) -> list[tuple[bool, str, str, int]]:
    """What was said, the latest first."""
    found: list[Consent] = customers.list_consents(tx, customer_id=customer_id)
    return [(each.given, each.words, each.source, each.at) for each in found]


def buy(tx: ShopTx, email: str = "layla@example.com", *, ticked: bool = True) -> int:
    """Somebody buys, and ticks the box or not."""
    words = WORDS if ticked else ""
    return customers.upsert(tx, email=email, language="en", accepts_marketing=ticked, agreed_to=words)


def test_a_tick_is_kept_with_its_words_and_its_moment_and_once(tx: ShopTx) -> None:
    customer_id, first_at = buy(tx), tx.now
    tx.now += MINUTE
    assert buy(tx) == customer_id
    assert consents(tx, customer_id) == [(True, WORDS, "checkout", first_at)]


def test_without_a_tick_nobody_agreed_to_anything(tx: ShopTx) -> None:
    assert consents(tx, buy(tx, ticked=False)) == []


def test_news_go_to_those_alone_who_agreed_and_read_the_language(tx: ShopTx) -> None:
    reader, _ = buy(tx), buy(tx, "sara@example.com", ticked=False)
    customers.upsert(tx, email="noura@example.com", language="ar", accepts_marketing=True)
    assert customers.tell_news(tx, subject="New", text="Soap", language="en") == 0
    (notice,) = notices.due(tx)
    assert (notice.letter, notice.address) == (Letter.NEWS, "layla@example.com")
    assert notice.facts == {"subject": "New", "text": "Soap", "customer": str(reader)}


def test_who_wants_no_more_news_is_told_nothing_and_may_say_so_twice(tx: ShopTx) -> None:
    customer_id = buy(tx)
    customers.stop_news(tx, customer_id=customer_id)
    customers.stop_news(tx, customer_id=customer_id)
    assert [each[:3] for each in consents(tx, customer_id)] == [(False, "", "letter"), (True, WORDS, "checkout")]
    assert customers.tell_news(tx, subject="New", text="Soap") == 0
    assert not notices.due(tx)


def test_who_is_forgotten_has_agreed_to_nothing(tx: ShopTx) -> None:
    customer_id = buy(tx)
    customers.erase(tx, customer_id=customer_id)
    assert consents(tx, customer_id) == []
