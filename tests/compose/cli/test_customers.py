"""`matjar customer`: what is known of somebody, handed over or forgotten."""

import json

from matjar.compose.cli.desk import at_desk
from matjar.domain import customers
from matjar.storage.desk import Desk
from tests.compose.cli.conftest import Call


def note(desk: Desk) -> object:
    """Somebody bought."""
    return desk.submit(customers.upsert)(email="mona@example.org", name="Mona Haddad")


def test_what_is_known_is_handed_over_and_forgotten_for_good(shop: Call) -> None:
    at_desk("demo", note)  # type: ignore[arg-type]
    told = json.loads(shop("customer", "export", "demo", "Mona@example.org").out)
    assert (told["email"], told["name"], told["account_since"]) == ("mona@example.org", "Mona Haddad", None)
    assert shop("customer", "forget", "demo", "mona@example.org").err.startswith("matjar: customers.not_sure")
    assert shop("customer", "forget", "demo", "mona@example.org", "--yes").code == 0
    assert shop("customer", "export", "demo", "mona@example.org").err.startswith("matjar: customers.not_found")


def test_news_are_written_to_those_who_agreed_and_what_they_agreed_to_is_handed_over(shop: Call) -> None:
    def agree(desk: Desk) -> object:
        return desk.submit(customers.upsert)(email="mona@example.org", accepts_marketing=True, agreed_to="Tell me")

    at_desk("demo", agree)  # type: ignore[arg-type]
    told = json.loads(shop("customer", "export", "demo", "mona@example.org").out)
    (agreed,) = told["told_about_news"]
    assert (agreed["agreed"], agreed["to"], agreed["where"]) == (True, "Tell me", "checkout")
    assert shop("customer", "news", "demo", "--subject", "New", "--text", "It is here.").code == 0
    assert shop("customer", "news", "demo", "--subject", " ", "--text", "x").err.startswith("matjar: customers.missing")
