"""What a surface remembers by itself: once is once, also after a crash, and nothing grows without end."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from matjar.core.clock import DAY, HOUR, MINUTE
from matjar.core.refusal import Refusal
from matjar.domain.attempts import Limit
from matjar.edge import local as module
from matjar.edge.local import Local

NOW = 1_800_000_000_000


@pytest.fixture
def local(tmp_path: Path) -> Iterator[Local]:
    made = Local(tmp_path / "admin" / "local.sqlite")
    yield made
    made.close()


def test_a_code_is_spent_once(local: Local) -> None:
    assert local.spend("break-glass", b"one", NOW + HOUR)
    assert not local.spend("break-glass", b"one", NOW + HOUR)
    assert local.spend("challenge", b"one", NOW + HOUR)


def test_of_many_workers_who_spend_the_same_code_one_succeeds(tmp_path: Path) -> None:
    path = tmp_path / "local.sqlite"
    workers = [Local(path) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        spent = list(pool.map(lambda worker: worker.spend("challenge", b"same", NOW), workers))
    assert sum(spent) == 1


def test_what_was_spent_stays_spent_in_the_next_process(tmp_path: Path) -> None:
    path = tmp_path / "local.sqlite"
    first = Local(path)
    first.spend("challenge", b"one", NOW)
    first.close()
    assert not Local(path).spend("challenge", b"one", NOW)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_session_that_signed_out_stays_out_though_it_is_seen_again(local: Local) -> None:
    assert not local.is_signed_out("sid")
    local.sign_out("sid", NOW + 12 * HOUR)
    local.see("sid", NOW, NOW + 12 * HOUR)
    assert local.is_signed_out("sid")
    assert not local.is_signed_out("another")


def test_a_session_is_seen_to_the_minute(local: Local) -> None:
    assert local.last_seen("sid") == 0
    local.see("sid", NOW, NOW + HOUR)
    local.see("sid", NOW + MINUTE - 1, NOW + HOUR)
    assert local.last_seen("sid") == NOW
    local.see("sid", NOW + MINUTE, NOW + HOUR)
    assert local.last_seen("sid") == NOW + MINUTE


def test_tries_are_limited_and_the_wait_is_told(local: Local) -> None:
    limits = (Limit("sign-in", "address:192.0.2.1", 3, HOUR), Limit("sign-in", "person:sara", 10, HOUR))
    for _ in range(3):
        local.check(limits, NOW)
        local.count(limits, NOW)
    with pytest.raises(Refusal, match="attempts.too_many") as caught:
        local.check(limits, NOW)
    assert 0 < caught.value.facts["retry_after"] <= 3610
    local.check(limits, NOW + HOUR + MINUTE)
    local.check(limits[1:], NOW)


def test_what_has_ended_is_swept_and_what_has_not_is_kept(local: Local) -> None:
    local.spend("challenge", b"old", NOW - 1)
    local.spend("challenge", b"new", NOW + 1)
    local.sign_out("old", NOW - 1)
    local.sign_out("new", NOW + 1)
    local.count((Limit("a", "old", 1, HOUR),), NOW - 2 * DAY)
    local.count((Limit("a", "new", 1, HOUR),), NOW)
    assert local.sweep(NOW) == 3
    assert local.sweep(NOW) == 0
    assert not local.spend("challenge", b"new", NOW + 1)
    assert local.is_signed_out("new")


def test_tries_never_fill_the_disk(local: Local, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TRIES_ROWS", 10)
    for number in range(30):
        local.count((Limit("a", f"address:{number}", 1, HOUR),), NOW + number * MINUTE)
    assert local.sweep(NOW + 30 * MINUTE) == 20
    with pytest.raises(Refusal):
        local.check((Limit("a", "address:29", 1, HOUR),), NOW + 30 * MINUTE)
