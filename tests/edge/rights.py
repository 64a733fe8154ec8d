"""Route x role x age, as a table made by asking: what each route of a surface answers to whom, on which day.

A surface's tests make theirs with ``table(app)`` and look at the cells that matter to them.
"""

from collections.abc import Iterator
from typing import NamedTuple

from litestar import Litestar

from matjar.core.clock import DAY, HOUR, MINUTE
from matjar.domain.access import (
    BUILT_IN,
    Action,
    Allowed,
    Class,
    Method,
    NeedsProof,
    Proof,
    Role,
    holds,
    may,
)
from matjar.edge.declaring import declared_actions

NOW = 1_795_000_000_000
AGES: dict[str, int | None] = {
    "now": 0,
    "5 min": 5 * MINUTE,
    "an hour": HOUR,
    "more than an hour": HOUR + 1,
    "a day": DAY,
    "more than a day": DAY + 1,
    "never": None,
}
PROOFS = {
    "passkey now": Proof(Method.PASSKEY, NOW, 2 * HOUR, passkey_at=NOW, approved_at=NOW),
    "since before": Proof(Method.PASSWORD, NOW - 3 * HOUR, 0),
    "since within": Proof(Method.PASSWORD, NOW - 3 * HOUR, 2 * HOUR),
    "printed code": Proof(Method.BREAK_GLASS, NOW, 2 * HOUR),
}
"""Sessions: begun by a passkey just now, before the trouble, amid it, and with a break-glass code."""

OK, PROVE, FORBIDDEN, AWAY, SIGN_IN = "ok", "prove", "forbidden", "away", "sign in"


class Cell(NamedTuple):
    """What a route answers to one role, at one age, after one kind of proof."""

    method: str
    path: str
    action: str
    role: str
    age: str
    proof: str
    answer: str


def table(app: Litestar, roles: tuple[Role, ...] = BUILT_IN) -> Iterator[Cell]:
    """Every cell of a surface; raises Undeclared where a route does not say what it is for."""
    for method, path, action in declared_actions(app):
        for role in roles:
            for age_name, age in AGES.items():
                for proof_name, proof in PROOFS.items():
                    answer = answer_of(action, role, age, proof)
                    yield Cell(method, path, action.name, role.id, age_name, proof_name, answer)


def answer_of(action: Action, role: Role, age_ms: int | None, proof: Proof) -> str:
    """One cell; a till's lease is as old as the heartbeat."""
    if action.class_ is Class.C0:
        return OK
    if not holds(role, action):
        return FORBIDDEN
    verdict = may(action, age_ms=age_ms, lease_age_ms=age_ms, proof=proof, now=NOW)
    if isinstance(verdict, Allowed):
        return OK
    return PROVE if isinstance(verdict, NeedsProof) else AWAY
