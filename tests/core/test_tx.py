"""The world is called between transactions, never within one."""

from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest

from matjar.core.command import Command
from matjar.core.tx import SYSTEM, Tx, assert_outside, opened
from matjar.domain import shops
from matjar.storage.group import Executor
from matjar.storage.head import Engine
from matjar.storage.operations import operations

NOW = 1_800_000_000_000


def call_the_world(tx: Tx) -> None:
    """What every adapter does first."""
    assert_outside()


def test_outside_a_transaction_the_world_may_be_called() -> None:
    assert_outside()


def test_within_one_a_call_is_stopped_until_the_outermost_is_over() -> None:
    with opened():
        with opened(), pytest.raises(AssertionError, match="between transactions"):
            assert_outside()
        with pytest.raises(AssertionError, match="between transactions"):
            assert_outside()
    assert_outside()


def test_a_transaction_that_fails_is_over() -> None:
    with pytest.raises(ValueError, match="odd"), opened():
        raise ValueError("odd")
    assert_outside()


def test_another_thread_s_transaction_is_its_own() -> None:
    with ThreadPoolExecutor(1) as thread, opened():
        thread.submit(assert_outside).result()


def test_a_command_that_calls_the_world_fails_and_the_next_may_not_either(engine: Engine) -> None:
    known = operations([shops.COMMANDS, [call_the_world]])
    founding: dict[str, object] = {
        "handle": "demo",
        "name": "",
        "currency": "AED",
        "country": "AE",
        "time_zone": "Asia/Dubai",
    }
    calls = [_command("shops.create", founding), *[_command(f"{__name__.split('.')[0]}.call_the_world", {})] * 2]
    founded, *called = Executor(engine, known).answer(calls, NOW)
    assert founded.no is None
    assert [answer.no.code if answer.no else "" for answer in called] == ["platform.fault"] * 2
    assert_outside()


def _command(operation: str, arguments: dict[str, object]) -> Command:
    return Command(operation, 1, msgspec.Raw(msgspec.msgpack.encode(arguments)), SYSTEM, "", "test")
