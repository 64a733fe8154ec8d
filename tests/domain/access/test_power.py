"""Whatever people try, in whatever order: a shop keeps an owner, and nobody makes themselves more than they were."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from matjar.core.refusal import Refusal
from matjar.domain import access
from matjar.storage.schema import IDENTITY, migrate
from matjar.storage.sqlite import SqliteEngine, connect
from tests.domain.access.house import SHOP, House

PEOPLE = 5
TRIES = (access.give_role, access.suspend, access.resume, access.remove, access.hand_over, access.leave)
ROLES = (access.OWNER, "manager", "cashier", "keeper")

person = some.integers(0, PEOPLE - 1)
tries = some.lists(some.tuples(some.sampled_from(TRIES), person, person, some.sampled_from(ROLES)), max_size=25)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteEngine]:
    """One file for all examples, each of which is taken back."""
    path: Path = tmp_path_factory.mktemp("power") / "identity.sqlite"
    made = SqliteEngine(connect(path))
    migrate(made, IDENTITY)
    yield made
    made.close()


def staffed(house: House) -> tuple[list[int], str]:
    """An owner, a second one, two people who look after the staff, a cashier; and the role of those two."""
    owner = house.open_shop(SHOP)
    keeper = access.make_role(house.at(SHOP, owner), name="Keeper", permissions=("write_users", "sell")).id
    roles = (access.OWNER, keeper, keeper, "cashier")
    return [owner, *(house.employ(SHOP, owner, role_id) for role_id in roles)], keeper


def attempt(house: House, verb: object, actor: int, target: int, role_id: str) -> None:
    """Try it, as a command does: what is refused leaves nothing."""
    given = {} if verb is access.leave else {"person_id": target}
    given |= {"role_id": role_id} if verb is access.give_role else {}  # type: ignore[dict-item]
    house.engine.savepoint()
    try:
        verb(house.at(SHOP, actor), **given)  # type: ignore[operator]
    except Refusal:
        house.engine.rollback_to_savepoint()
    else:
        house.engine.release_savepoint()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tries)
def test_a_shop_keeps_an_owner_who_is_there_and_only_owners_make_owners(
    engine: SqliteEngine, steps: list[tuple[object, int, int, str]]
) -> None:
    engine.begin()
    try:
        house = House(engine)
        people, keeper = staffed(house)
        for verb, by, whom, role in steps:
            before = owners(house)
            attempt(house, verb, people[by], people[whom], keeper if role == "keeper" else role)
            after = owners(house)
            assert any(not suspended for suspended in after.values()), "a shop without an owner"
            if after != before and verb is not access.leave:
                assert people[by] in before and not before[people[by]], "made, or unmade, by somebody who is none"
    finally:
        engine.rollback()


def owners(house: House) -> dict[int, bool]:
    """The shop's owners, and whether each is suspended."""
    colleagues = access.list_colleagues(house.at(SHOP))
    return {each.person_id: each.suspended_at is not None for each in colleagues if each.role_id == access.OWNER}
