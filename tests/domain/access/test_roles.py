"""What each built-in role includes, and when somebody counts as still there."""

import pytest

from matjar.core.clock import MINUTE
from matjar.domain.access import BUILT_IN, Class, Method, Proof, Role, actions, holds, is_present

ROLES = {role.id: role for role in BUILT_IN}
NOW = 1_795_000_000_000


def held(role_id: str) -> set[str]:
    return {action.name for action in actions.ALL if action.permission and holds(ROLES[role_id], action)}


def test_an_owner_may_everything() -> None:
    assert held("owner") == {action.name for action in actions.ALL if action.permission}


@pytest.mark.parametrize("role_id", ["manager", "fulfilment", "cashier"])
def test_nobody_but_an_owner_and_a_developer_holds_power(role_id: str) -> None:
    power = {action.name for action in actions.ALL if action.class_ is Class.C4}
    assert not held(role_id) & power
    assert held("developer") & power == {"tokens.write"}


def test_who_packs_sees_orders_and_refunds_none() -> None:
    assert {"orders.read", "orders.fulfil", "stock.write"} <= held("fulfilment")
    assert not {"orders.refund", "orders.cancel", "prices.write"} & held("fulfilment")


def test_a_cashier_works_at_the_till_alone() -> None:
    assert all(name.startswith("till.") for name in held("cashier"))


def test_every_permission_of_a_role_opens_something() -> None:
    asked = {action.permission for action in actions.ALL} | {"approve"}
    assert {permission for role in BUILT_IN for permission in role.permissions} <= asked


def test_a_role_of_the_owner_s_own_includes_what_it_says() -> None:
    counting = Role("r7", "Counting", ("write_inventory",))
    assert holds(counting, actions.STOCK_WRITE)
    assert not holds(counting, actions.STOCK_READ)
    assert holds(counting, actions.HOME_READ)


@pytest.mark.parametrize(
    ("seen", "began", "passkey", "present"),
    [
        (0, 30, None, True),
        (0, 31, None, False),
        (30, 600, None, True),
        (31, 600, None, False),
        (31, 600, 30, True),
        (-3, 600, None, False),
        (-3, 600, 0, True),
    ],
)
def test_somebody_unseen_for_half_an_hour_may_be_another(
    seen: int, began: int, passkey: int | None, present: bool
) -> None:
    proof = Proof(Method.PASSKEY, NOW - began * MINUTE, 0, 0 if passkey is None else NOW - passkey * MINUTE)
    last_seen = 0 if seen == 0 else NOW - seen * MINUTE
    assert is_present(last_seen, proof, NOW) is present
