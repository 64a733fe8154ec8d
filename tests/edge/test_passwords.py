"""What is taken as a password, and how it is kept."""

import asyncio
import time
from typing import Literal

import pytest
from argon2 import PasswordHasher, extract_parameters

from matjar.core.refusal import Refusal
from matjar.edge import passwords
from matjar.edge.passwords import Passwords, check

QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "short"),
        ("x" * 257, "long"),
        ("qwertyuiop", "known"),
        ("QWERTYuiop", "known"),
        ("password123", "known"),
        ("1q2w3e4r5t6y", "known"),
        ("aaaaaaaaaaaaaa", "known"),
        ("abcabcabcabc", "known"),
        ("passwordpassword", "known"),
        ("0987654321", "known"),
        ("zyxwvutsrqponm", "known"),
        ("layla.haddad1", "personal"),
        ("Haddad2026!", "personal"),
    ],
)
def test_what_is_tried_first_is_not_taken(password: str, code: str) -> None:
    with pytest.raises(Refusal, match=f"passwords.{code}"):
        check(password, "Layla Haddad", "layla.haddad@example.com")


@pytest.mark.parametrize("password", ["kettle orbit maple", "قهوة بالهيل صباحا", "u7#kPw2m!qZ", "x" * 9 + "yzquartz"])
def test_what_only_its_owner_would_think_of_is_taken(password: str) -> None:
    assert check(password, "Layla Haddad", "layla.haddad@example.com") == password


def test_the_same_keys_make_the_same_password_on_every_keyboard() -> None:
    assert check("ﬁve cups of tea") == check("five cups of tea")


def test_nearly_no_good_password_is_on_the_list_by_chance() -> None:
    refused = 0
    for number in range(20_000):
        try:
            check(f"kettle {number:x} orbit {number * 7919:x}")
        except Refusal:
            refused += 1
    assert refused <= 5


def test_a_password_is_verified_and_no_other() -> None:
    async def told() -> tuple[bool, bool, bool, bool]:
        mine = Passwords(QUICK)
        stored = await mine.hash("kettle orbit maple")
        return (
            await mine.verify(stored, "kettle orbit maple"),
            await mine.verify(stored, "kettle orbit marble"),
            await mine.verify(None, "kettle orbit maple"),
            await mine.verify("not a hash", "kettle orbit maple"),
        )

    assert asyncio.run(told()) == (True, False, False, False)


def test_nobody_s_password_is_not_the_one_that_stands_in_for_it() -> None:
    assert not asyncio.run(Passwords(QUICK).verify(None, "nobody has this password"))


def test_hashes_are_made_as_rfc_9106_recommends_and_older_ones_are_known() -> None:
    async def made() -> tuple[str, bool, bool]:
        ours = Passwords()
        stored = await ours.hash("kettle orbit maple")
        return stored, ours.is_old(stored), ours.is_old(QUICK.hash("kettle orbit maple"))

    stored, is_old, older = asyncio.run(made())
    parameters = extract_parameters(stored)
    assert (parameters.memory_cost, parameters.time_cost, parameters.parallelism) == (65_536, 3, 4)
    assert stored.startswith("$argon2id$")
    assert not is_old
    assert older


def test_a_name_that_nobody_has_takes_as_long_as_one_that_somebody_has() -> None:
    async def measured() -> tuple[float, float]:
        ours = Passwords()
        stored = await ours.hash("kettle orbit maple")
        took = []
        for known in (stored, None):
            tries = []
            for _ in range(4):
                began = time.process_time()
                await ours.verify(known, "a wrong password")
                tries.append(time.process_time() - began)
            took.append(min(tries))
        return took[0], took[1]

    known, unknown = asyncio.run(measured())
    assert abs(known - unknown) < 0.5 * known


def test_few_hashes_are_under_way_at_a_time() -> None:
    inside = most = 0

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - argon2's own name
            nonlocal inside, most
            inside += 1
            most = max(most, inside)
            time.sleep(0.01)
            inside -= 1
            return True

    async def crowd() -> None:
        ours = Passwords(Counting(time_cost=1, memory_cost=64, parallelism=1))
        await asyncio.gather(*(ours.verify("x", "y") for _ in range(12)))

    asyncio.run(crowd())
    assert most == passwords.AT_A_TIME
