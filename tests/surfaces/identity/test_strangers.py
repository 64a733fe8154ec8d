"""What strangers can learn: whether a name is known here takes the same work to find out, and is answered alike."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from matjar.domain import access
from tests.surfaces.identity.house import PASSWORD, Browser, House


class Counting(PasswordHasher):
    """Counts what takes the time: one hash each."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=64, parallelism=1)
        self.hashes = 0

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        self.hashes += 1
        return super().hash(password, salt=salt)

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]  # noqa: A002
        self.hashes += 1
        return super().verify(hash, password)

    def taken(self) -> int:
        """How many since the last look."""
        taken, self.hashes = self.hashes, 0
        return taken


@pytest.fixture
def hasher() -> Counting:
    return Counting()


@pytest.fixture
def house(tmp_path: Path, hasher: Counting) -> Iterator[House]:
    made = House(tmp_path, hasher=hasher)
    yield made
    made.end()


def test_a_wrong_password_takes_one_hash_whoever_it_is_for(house: House, sara: Browser, hasher: Counting) -> None:
    stranger = Browser(house)
    hasher.taken()
    answers = []
    for email in ("sara@example.com", "nobody@example.com"):
        stranger.sign_in(email, "wrong password it is")
        answers.append((hasher.taken(), stranger.page.status_code, stranger.text.count("is not right")))
    assert answers == [(1, 403, 1)] * 2


def test_who_has_no_password_takes_as_long_as_who_has_one(house: House, sara: Browser, hasher: Counting) -> None:
    house.do(access.begin_shop, 8)(handle="oud", name="Oud", language="en", token="oud")
    house.do(access.open_account)(of_shop_id=8, token="oud", email="key@example.com", name="Key", language="en")
    stranger = Browser(house)
    hasher.taken()
    stranger.sign_in("key@example.com", "wrong password it is")
    assert (hasher.taken(), stranger.page.status_code) == (1, 403)


def test_joining_with_an_address_that_is_taken_takes_as_long_as_with_another(
    house: House, sara: Browser, hasher: Counting
) -> None:
    link = house.link(8, "oud")
    hashes = []
    for email in ("sara@example.com", "other@example.com"):
        hasher.taken()
        Browser(house).join(link, email)
        hashes.append(hasher.taken())
    assert hashes == [1, 1]


def test_a_reset_is_answered_before_anybody_is_looked_for(house: House, sara: Browser, hasher: Counting) -> None:
    stranger = Browser(house)
    hasher.taken()
    answers = []
    for email in ("sara@example.com", "nobody@example.com"):
        stranger.get("/forgotten")
        stranger.send("/forgotten", email=email)
        answers.append((stranger.page.status_code, "If somebody signs in" in stranger.text, hasher.taken()))
    assert answers == [(200, True, 0)] * 2


def test_a_password_that_was_hashed_weakly_is_hashed_anew_when_it_is_right(house: House, sara: Browser) -> None:
    def stored() -> str:
        tried = house.do(access.try_password)(email="sara@example.com", address="192.0.2.1")
        assert tried is not None
        return tried.password_hash

    weak = PasswordHasher(time_cost=1, memory_cost=32, parallelism=1).hash(PASSWORD)
    tried = house.do(access.try_password)(email="sara@example.com", address="192.0.2.1")
    assert tried is not None
    house.do(access.renew_hash)(person_id=tried.person_id, before=tried.password_hash, password_hash=weak)
    Browser(house).sign_in(password="not it, not it")
    assert stored() == weak
    Browser(house).sign_in()
    assert "m=64" in stored()
