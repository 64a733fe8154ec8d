"""What may be done, by how much is at stake and by how old the news is: the table "Rights by age", and nothing else.

A is the age of the revocations' heartbeat at the surface, D that of the newest lease of a till; None: never heard.
Every bound counts as still within. Ageing only takes rights away: no cell allows what a younger one does not.
"""

from matjar.core.action import Action, Class
from matjar.core.clock import DAY, HOUR, MINUTE
from matjar.core.proof import Proof
from matjar.domain.access.model.people import OWNER, Role
from matjar.domain.access.model.rights import Allowed, NeedsProof, Reason, Refused, Verdict, Way

JUST_NOW_MS = 5 * MINUTE
"""A passkey, or a manager's word, that stands for what is done with it."""
PASSKEY_HOLDS_MS = HOUR
"""A passkey in the back office while news is old."""
DAILY_WORD_MS = DAY
"""A manager's word that a till which was left alone goes on for another day."""
UNSEEN_MS = 30 * MINUTE
"""Somebody who was away so long may not be who sits there now."""
CLOCKS_APART_MS = 2 * MINUTE
"""How far in the future a proof may lie: clocks of two surfaces differ, and one that was set back makes none last."""


def may(action: Action, *, age_ms: int | None, lease_age_ms: int | None, proof: Proof | None, now: int) -> Verdict:
    """The table: ``age_ms`` is A, ``lease_age_ms`` D. Whether the role includes the action is asked by ``holds``."""
    if action.class_ is Class.C0:
        return Allowed()
    if proof is None:
        return NeedsProof((Way.PASSKEY, Way.BREAK_GLASS))
    match action.class_:
        case Class.C1:
            return _routine_at_the_till(action, lease_age_ms, proof, now)
        case Class.C2:
            return _money_out_at_the_till(lease_age_ms, proof, now)
        case Class.C3:
            return _back_office(action, age_ms, proof, now)
        case Class.C4:
            return _power(age_ms, proof, now)


def _routine_at_the_till(action: Action, lease_age_ms: int | None, proof: Proof, now: int) -> Verdict:
    if _within(lease_age_ms, DAY):
        return Allowed()
    if _within(lease_age_ms, 3 * DAY) or action.reads:
        return Allowed(silent=False)
    if not _within(lease_age_ms, 7 * DAY):
        return Refused(Reason.EXPORT_ONLY)
    return Allowed(silent=False) if is_fresh(proof.approved_at, DAILY_WORD_MS, now) else NeedsProof((Way.APPROVAL,))


def _money_out_at_the_till(lease_age_ms: int | None, proof: Proof, now: int) -> Verdict:
    if not _within(lease_age_ms, DAY):
        return Refused(Reason.ON_REQUEST)
    if not is_fresh(proof.approved_at, JUST_NOW_MS, now):
        return NeedsProof((Way.APPROVAL,))
    return Allowed() if _within(lease_age_ms, HOUR) else Allowed(silent=False, capped=True)


def _back_office(action: Action, age_ms: int | None, proof: Proof, now: int) -> Verdict:
    if _within(age_ms, HOUR):
        return Allowed()
    if not _within(age_ms, DAY) and not action.reads:
        return Refused(Reason.READ_ONLY)
    if _within(proof.began_age_ms, HOUR) or proof.break_glass or is_fresh(proof.passkey_at, PASSKEY_HOLDS_MS, now):
        return Allowed(silent=False)
    return NeedsProof((Way.PASSKEY, Way.BREAK_GLASS))


def _power(age_ms: int | None, proof: Proof, now: int) -> Verdict:
    if not _within(age_ms, 5 * MINUTE):
        return Refused(Reason.NOT_NOW)
    return Allowed() if is_fresh(proof.passkey_at, JUST_NOW_MS, now) else NeedsProof((Way.PASSKEY,))


def _within(age_ms: int | None, most_ms: int) -> bool:
    return age_ms is not None and age_ms <= most_ms


def is_fresh(at: int, most_ms: int, now: int) -> bool:
    """Whether something was shown within the last so many milliseconds; what was never shown has ``at`` 0."""
    return at > 0 and -CLOCKS_APART_MS <= now - at <= most_ms


def is_present(last_seen: int, proof: Proof, now: int) -> bool:
    """Whether it is still the same sitting: seen, or proven, within the last half hour."""
    return any(is_fresh(at, UNSEEN_MS, now) for at in (last_seen, proof.began_at, proof.passkey_at))


def holds(role: Role, action: Action) -> bool:
    """Whether the role includes the action, however old the news."""
    return not action.permission or role.id == OWNER or action.permission in role.permissions
