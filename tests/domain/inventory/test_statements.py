"""How often a sale asks the database: what every order pays for."""

from typing import Any

import pytest

from matjar.domain import inventory
from matjar.storage.head import Engine
from matjar.storage.tx import ShopTx
from tests.domain.inventory.shelf import BALM, hold, open_location, want


class Listening:
    """An engine that takes down what it is told: the verb, and of many rows how many."""

    def __init__(self, engine: Engine, told: list[str]) -> None:
        self._engine = engine
        self._told = told

    def __getattr__(self, name: str) -> Any:
        def call(sql: str, parameters: Any) -> Any:
            self._told.append(f"{name} {len(parameters)}" if name == "run_many" else name)
            return getattr(self._engine, name)(sql, parameters)

        return call


@pytest.fixture
def calls(shop: ShopTx, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the engine is told from now on."""
    told: list[str] = []
    monkeypatch.setattr(shop, "_engine", Listening(shop._engine, told))
    return told


def test_a_line_is_reserved_with_one_question_and_two_writes(shop: ShopTx, calls: list[str]) -> None:
    open_location(shop, "Dubai", soap=5)
    calls.clear()
    hold(shop, 1, want(1))
    assert calls == ["all", "run_many 1", "run_many 1"]


def test_a_line_just_reserved_is_promised_with_three_writes_and_no_question(shop: ShopTx, calls: list[str]) -> None:
    open_location(shop, "Dubai", soap=5)
    hold(shop, 1, want(1))
    calls.clear()
    inventory.commit(shop, checkout_id=1, order_id=9)
    assert calls == ["run", "run_many 1", "run_many 1"]


def test_more_lines_ask_no_more_questions(shop: ShopTx, calls: list[str]) -> None:
    open_location(shop, "Dubai", soap=5, balm=5)
    calls.clear()
    hold(shop, 1, want(1), want(1, BALM))
    inventory.commit(shop, checkout_id=1, order_id=9)
    assert [call for call in calls if call in ("one", "all", "changed")] == ["all"]
