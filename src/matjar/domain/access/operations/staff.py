"""A shop's people: invited, given roles, suspended, removed; and who owns the shop.

Nobody hands on, or takes away, more than their own role holds, and a shop always has an owner who is there.
"""

from matjar.core.clock import DAY
from matjar.core.ids import hash_token
from matjar.core.limits import INVITATION_MS, INVITATIONS_PER_SHOP
from matjar.core.tx import Tx
from matjar.domain import attempts
from matjar.domain.access import events
from matjar.domain.access.model import actions
from matjar.domain.access.model import staff as nouns
from matjar.domain.access.model.mails import Template
from matjar.domain.access.model.people import OWNER, Role
from matjar.domain.access.model.staff import Colleague, Invitation
from matjar.domain.access.operations.acting import post, post_to, require
from matjar.domain.access.operations.entering import facts_of_work
from matjar.domain.access.queries.shop import load_colleague, load_role
from matjar.domain.access.rules.people import fold_email, letter_limit, may_grant
from matjar.domain.access.store import audit, keys, staff

_AFTERWARDS = "manager"
"""What an owner is who has handed the shop over."""


def invite(tx: Tx, *, email: str, role_id: str, token: str, language: str) -> Invitation:
    """Mail somebody a link into the shop; an earlier one to the same address ends.

    Refuses ``access.beyond_yours``, ``access.already_member``, ``attempts.too_many``.
    """
    mine, role, email = require(tx, actions.STAFF_WRITE), load_role(tx, role_id=role_id), fold_email(email)
    _check_reach(mine, role)
    if any(colleague.email == email for colleague in staff.list_colleagues(tx)):
        raise nouns.ALREADY_MEMBER(email=email).at("email")
    if len(staff.list_invitations(tx, INVITATIONS_PER_SHOP)) >= INVITATIONS_PER_SHOP:
        raise nouns.TOO_MANY(most=INVITATIONS_PER_SHOP)
    limits = (letter_limit(email),)
    attempts.check_all(tx, limits=limits)
    attempts.count_all(tx, limits=limits)
    invitation = Invitation(tx.new_id(), email, role_id, tx.actor.person_id, tx.now, tx.now + INVITATION_MS)
    staff.invite(tx, invitation, hash_token(token))
    audit.note(tx, "member_invited", subject=invitation.id, after=role_id)
    facts = {**facts_of_work(tx, language, role), "by": _name_of_actor(tx)}
    post_to(tx, Template.INVITATION, email, language, facts=facts, token=token, good_ms=INVITATION_MS)
    return invitation


def withdraw_invitation(tx: Tx, *, invitation_id: int) -> None:
    """The link opens nothing any more. Refuses ``access.no_invitation``."""
    mine = require(tx, actions.STAFF_WRITE)
    invitations = {each.id: each for each in staff.list_invitations(tx, INVITATIONS_PER_SHOP)}
    if invitation_id not in invitations:
        raise nouns.NO_INVITATION()
    _check_reach(mine, load_role(tx, role_id=invitations[invitation_id].role_id))
    staff.end_invitation(tx, invitation_id)
    audit.note(tx, "invitation_withdrawn", subject=invitation_id)


def give_role(tx: Tx, *, person_id: int, role_id: str) -> None:
    """Give a member another role. Refuses ``access.beyond_yours``, ``access.last_owner``."""
    colleague = _find_within_reach(tx, person_id)
    _check_reach(require(tx, actions.STAFF_WRITE), load_role(tx, role_id=role_id))
    if role_id != OWNER:
        _check_owner_stays(tx, colleague)
    staff.set_role(tx, person_id, role_id)
    audit.note(tx, "role_given", subject=person_id, before=colleague.role_id, after=role_id)
    tx.emit(events.AccessChanged())


def suspend(tx: Tx, *, person_id: int) -> None:
    """Let a member in no more, until they are resumed. Refuses ``access.last_owner``."""
    colleague = _find_within_reach(tx, person_id)
    _check_owner_stays(tx, colleague)
    staff.suspend(tx, person_id)
    _tell(tx, colleague, "member_suspended", Template.MEMBER_LEFT)


def resume(tx: Tx, *, person_id: int) -> None:
    """Let a suspended member in again; sessions from before do not come back."""
    colleague = _find_within_reach(tx, person_id)
    staff.resume(tx, person_id)
    _tell(tx, colleague, "member_resumed", Template.WELCOME)


def remove(tx: Tx, *, person_id: int) -> None:
    """A member works here no more, and their printed codes open nothing. Refuses ``access.last_owner``."""
    _part_with(tx, _find_within_reach(tx, person_id), "member_removed")


def leave(tx: Tx) -> None:
    """Whoever acts works here no more. Refuses ``access.last_owner``."""
    _part_with(tx, load_colleague(tx, person_id=tx.actor.person_id), "member_left")


def sign_out_member(tx: Tx, *, person_id: int) -> None:
    """End a member's sessions in this shop; in others they go on."""
    colleague = _find_within_reach(tx, person_id)
    staff.end_sessions(tx, person_id)
    audit.note(tx, "member_signed_out", subject=colleague.person_id)
    tx.emit(events.AccessChanged())


def hand_over(tx: Tx, *, person_id: int) -> None:
    """The owner who acts makes a colleague the owner, and is a manager from then on."""
    require(tx, actions.SHOP_TRANSFER)
    heir, mine = load_colleague(tx, person_id=person_id), load_colleague(tx, person_id=tx.actor.person_id)
    if heir.person_id == mine.person_id or heir.suspended_at is not None:
        raise nouns.NOT_A_MEMBER()
    for colleague, role_id in ((heir, OWNER), (mine, _AFTERWARDS)):
        staff.set_role(tx, colleague.person_id, role_id)
        role = load_role(tx, role_id=role_id)
        post(tx, Template.WELCOME, colleague, facts=facts_of_work(tx, colleague.language, role))
    audit.note(tx, "shop_handed_over", subject=tx.shop_id, before=mine.person_id, after=heir.person_id)
    tx.emit(events.AccessChanged())


def _find_within_reach(tx: Tx, person_id: int) -> Colleague:
    """A colleague whom the actor may decide about."""
    mine = require(tx, actions.STAFF_WRITE)
    colleague = load_colleague(tx, person_id=person_id)
    _check_reach(mine, load_role(tx, role_id=colleague.role_id))
    return colleague


def _check_reach(mine: Role, role: Role) -> None:
    if not may_grant(mine, role):
        raise nouns.BEYOND_YOURS()


def _check_owner_stays(tx: Tx, leaving: Colleague) -> None:
    if leaving.role_id == OWNER and not staff.has_other_owner(tx, leaving.person_id):
        raise nouns.LAST_OWNER()


def _part_with(tx: Tx, colleague: Colleague, deed: str) -> None:
    _check_owner_stays(tx, colleague)
    staff.remove(tx, colleague.person_id)
    keys.end_codes(tx, colleague.person_id)
    _tell(tx, colleague, deed, Template.MEMBER_LEFT)


def _tell(tx: Tx, colleague: Colleague, deed: str, template: Template) -> None:
    role = load_role(tx, role_id=colleague.role_id)
    audit.note(tx, deed, subject=colleague.person_id, before=colleague.role_id)
    post(tx, template, colleague, facts=facts_of_work(tx, colleague.language, role), good_ms=7 * DAY)
    tx.emit(events.AccessChanged())


def _name_of_actor(tx: Tx) -> str:
    colleague = staff.find_colleague(tx, tx.actor.person_id)
    return colleague.name if colleague else ""
