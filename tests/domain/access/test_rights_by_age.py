"""The table "Rights by age", cell by cell, on both sides of every bound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matjar.core.clock import DAY, HOUR, MINUTE
from matjar.domain.access import (
    Action,
    Allowed,
    Class,
    Method,
    NeedsProof,
    Proof,
    Reason,
    Refused,
    Verdict,
    Way,
    actions,
    may,
)

NOW = 1_795_000_000_000
SILENT, TOLD, CAPPED = Allowed(), Allowed(silent=False), Allowed(silent=False, capped=True)
APPROVAL, PASSKEY, EITHER = NeedsProof((Way.APPROVAL,)), NeedsProof((Way.PASSKEY,)), NeedsProof(
    (Way.PASSKEY, Way.BREAK_GLASS)
)  # fmt: skip


def proof(
    *, passkey: int | None = None, approved: int | None = None, began_age_ms: int | None = 2 * HOUR,
    method: Method = Method.PASSKEY,
) -> Proof:  # fmt: skip
    """What somebody showed so many milliseconds ago; the session itself is three hours old, begun on old news."""
    return Proof(
        method, NOW - 3 * HOUR, began_age_ms,
        passkey_at=0 if passkey is None else NOW - passkey,
        approved_at=0 if approved is None else NOW - approved,
    )  # fmt: skip


def decide(action: Action, *, age: int | None = None, lease: int | None = None, proof: Proof | None) -> Verdict:
    return may(action, age_ms=age, lease_age_ms=lease, proof=proof, now=NOW)


@pytest.mark.parametrize("age", [0, DAY, 400 * DAY, None])
def test_what_is_open_is_open_to_anybody_at_any_age(age: int | None) -> None:
    assert decide(actions.PUBLIC, age=age, lease=age, proof=None) == SILENT


@pytest.mark.parametrize("action", [actions.TILL_SELL, actions.TILL_REFUND, actions.ORDERS_READ, actions.STAFF_WRITE])
def test_everything_else_takes_somebody(action: Action) -> None:
    assert decide(action, age=0, lease=0, proof=None) == EITHER


@pytest.mark.parametrize(
    ("lease", "approved", "verdict"),
    [
        (0, None, SILENT),
        (DAY, None, SILENT),
        (DAY + 1, None, TOLD),
        (3 * DAY, None, TOLD),
        (3 * DAY + 1, None, APPROVAL),
        (3 * DAY + 1, DAY, TOLD),
        (3 * DAY + 1, DAY + 1, APPROVAL),
        (7 * DAY, 0, TOLD),
        (7 * DAY, None, APPROVAL),
        (7 * DAY + 1, 0, Refused(Reason.EXPORT_ONLY)),
        (None, 0, Refused(Reason.EXPORT_ONLY)),
    ],
)
def test_routine_at_the_till(lease: int | None, approved: int | None, verdict: Verdict) -> None:
    assert decide(actions.TILL_SELL, lease=lease, proof=proof(approved=approved)) == verdict


@pytest.mark.parametrize("lease", [3 * DAY + 1, 7 * DAY + 1, None])
def test_a_till_prints_and_exports_however_long_it_was_alone(lease: int | None) -> None:
    assert decide(actions.TILL_REPRINT, lease=lease, proof=proof()) == TOLD
    assert decide(actions.TILL_EXPORT, lease=lease, proof=proof()) == TOLD


@pytest.mark.parametrize(
    ("lease", "approved", "verdict"),
    [
        (0, 0, SILENT),
        (HOUR, 5 * MINUTE, SILENT),
        (HOUR, 5 * MINUTE + 1, APPROVAL),
        (0, None, APPROVAL),
        (HOUR + 1, 5 * MINUTE, CAPPED),
        (HOUR + 1, 5 * MINUTE + 1, APPROVAL),
        (DAY, 0, CAPPED),
        (DAY, None, APPROVAL),
        (DAY + 1, 0, Refused(Reason.ON_REQUEST)),
        (None, 0, Refused(Reason.ON_REQUEST)),
    ],
)
def test_money_out_at_the_till(lease: int | None, approved: int | None, verdict: Verdict) -> None:
    assert decide(actions.TILL_REFUND, lease=lease, proof=proof(approved=approved, passkey=0)) == verdict


@pytest.mark.parametrize("action", [actions.ORDERS_READ, actions.ORDERS_REFUND])
@pytest.mark.parametrize(
    ("age", "shown", "verdict"),
    [
        (0, proof(), SILENT),
        (HOUR, proof(), SILENT),
        (HOUR + 1, proof(), EITHER),
        (HOUR + 1, proof(began_age_ms=HOUR), TOLD),
        (HOUR + 1, proof(began_age_ms=HOUR + 1), EITHER),
        (HOUR + 1, proof(began_age_ms=None), EITHER),
        (HOUR + 1, proof(passkey=HOUR), TOLD),
        (HOUR + 1, proof(passkey=HOUR + 1), EITHER),
        (HOUR + 1, proof(method=Method.BREAK_GLASS), TOLD),
        (DAY, proof(began_age_ms=0), TOLD),
        (DAY, proof(passkey=0), TOLD),
        (DAY, proof(method=Method.BREAK_GLASS), TOLD),
        (DAY, proof(), EITHER),
    ],
)
def test_the_back_office_within_a_day(action: Action, age: int, shown: Proof, verdict: Verdict) -> None:
    assert decide(action, age=age, proof=shown) == verdict


@pytest.mark.parametrize("age", [DAY + 1, 30 * DAY, None])
@pytest.mark.parametrize("shown", [proof(began_age_ms=0), proof(passkey=0), proof(method=Method.BREAK_GLASS)])
def test_the_back_office_is_read_only_after_a_day(age: int | None, shown: Proof) -> None:
    assert decide(actions.ORDERS_READ, age=age, proof=shown) == TOLD
    assert decide(actions.ORDERS_REFUND, age=age, proof=shown) == Refused(Reason.READ_ONLY)
    assert decide(actions.ORDERS_READ, age=age, proof=proof()) == EITHER


@pytest.mark.parametrize(
    ("age", "shown", "verdict"),
    [
        (0, proof(passkey=0), SILENT),
        (5 * MINUTE, proof(passkey=5 * MINUTE), SILENT),
        (5 * MINUTE, proof(passkey=5 * MINUTE + 1), PASSKEY),
        (0, proof(began_age_ms=0), PASSKEY),
        (0, proof(method=Method.BREAK_GLASS), PASSKEY),
        (0, proof(approved=0), PASSKEY),
        (5 * MINUTE + 1, proof(passkey=0), Refused(Reason.NOT_NOW)),
        (None, proof(passkey=0), Refused(Reason.NOT_NOW)),
    ],
)
def test_power_is_never_degraded(age: int | None, shown: Proof, verdict: Verdict) -> None:
    assert decide(actions.PAYOUT_WRITE, age=age, proof=shown) == verdict


def test_a_proof_of_the_future_is_none() -> None:
    assert decide(actions.PAYOUT_WRITE, age=0, proof=proof(passkey=-2 * MINUTE)) == SILENT
    assert decide(actions.PAYOUT_WRITE, age=0, proof=proof(passkey=-2 * MINUTE - 1)) == PASSKEY


def strength(verdict: Verdict) -> int:
    """How much a verdict lets somebody do."""
    match verdict:
        case Allowed(silent=silent, capped=capped):
            return 4 + silent - capped
        case NeedsProof():
            return 2
        case Refused():
            return 1


ages = st.none() | st.integers(0, 10 * DAY)
moments = st.none() | st.integers(-HOUR, 2 * DAY)
proofs = st.builds(proof, passkey=moments, approved=moments, began_age_ms=ages, method=st.sampled_from(Method))


@given(st.sampled_from(actions.ALL), proofs, ages, ages, st.data())
def test_ageing_only_takes_rights_away(
    action: Action, shown: Proof, age: int | None, lease: int | None, data: st.DataObject
) -> None:
    older = data.draw(st.none() if age is None else st.none() | st.integers(age, 20 * DAY))
    lease_older = data.draw(st.none() if lease is None else st.none() | st.integers(lease, 20 * DAY))
    young = decide(action, age=age, lease=lease, proof=shown)
    old = decide(action, age=older, lease=lease_older, proof=shown)
    assert strength(old) <= strength(young)


@given(st.sampled_from(actions.ALL), proofs, ages, ages)
def test_who_is_asked_for_proof_and_gives_it_goes_on(
    action: Action, shown: Proof, age: int | None, lease: int | None
) -> None:
    verdict = decide(action, age=age, lease=lease, proof=shown)
    if isinstance(verdict, NeedsProof):
        given_now = Proof(shown.method, shown.began_at, shown.began_age_ms, passkey_at=NOW, approved_at=NOW)
        assert isinstance(decide(action, age=age, lease=lease, proof=given_now), Allowed)


def test_every_class_of_action_has_some() -> None:
    assert {action.class_ for action in actions.ALL} == set(Class)
    assert len({action.name for action in actions.ALL}) == len(actions.ALL)
