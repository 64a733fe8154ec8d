"""How somebody comes into a shop: its first owner by a link that the command line prints, others by invitation."""

from matjar.core.ids import hash_token
from matjar.core.limits import INVITATION_MS, MEMBERS_PER_SHOP
from matjar.core.tx import Tx
from matjar.domain.access import events
from matjar.domain.access.model import accounts
from matjar.domain.access.model import staff as nouns
from matjar.domain.access.model.accounts import Person
from matjar.domain.access.model.mails import Template
from matjar.domain.access.model.people import OWNER, Role
from matjar.domain.access.model.staff import Invitation, Workplace
from matjar.domain.access.operations.acting import HOUSE, post_to
from matjar.domain.access.queries.shop import load_role
from matjar.domain.access.rules.people import clean_name, fold_email, hint_of
from matjar.domain.access.store import audit, people, staff

Names = dict[str, str]
_NO_NAMES: Names = {}


def begin_shop(
    tx: Tx, *, handle: str, name: str, language: str, token: str, names: Names = _NO_NAMES
) -> Invitation:  # fmt: skip
    """Take down a shop, and make the link by which its first owner comes in; an earlier link ends.

    Refuses ``access.shop_open`` once the shop has an owner.
    """
    if staff.has_other_owner(tx, HOUSE):
        raise nouns.SHOP_OPEN()
    describe_shop(tx, handle=handle, name=name, language=language, names=names)
    invitation = Invitation(tx.new_id(), "", OWNER, tx.actor.person_id, tx.now, tx.now + INVITATION_MS)
    staff.invite(tx, invitation, hash_token(token))
    audit.note(tx, "owner_invited", subject=invitation.id)
    return invitation


def describe_shop(tx: Tx, *, handle: str, name: str, language: str, names: Names = _NO_NAMES) -> None:
    """Take down what a shop is called now; ``names`` by language, where it is called otherwise there."""
    shop = Workplace(tx.shop_id, handle, name, language, names)
    if staff.find_shop(tx) is None:
        staff.found_shop(tx, shop)
    else:
        staff.rename_shop(tx, shop)


def open_account(
    tx: Tx, *, of_shop_id: int, token: str, email: str, name: str, language: str, password_hash: str = ""
) -> int:
    """Make a person of somebody who holds an invitation into a shop; tells their id. An account alone opens nothing.

    ``password_hash`` is argon2id's, made at the edge; empty: they will sign in by passkey. Refuses
    ``access.no_invitation``, ``access.not_for_you``, ``access.email_taken``.
    """
    invitation = staff.find_invitation_of(tx, of_shop_id, hash_token(token))
    if invitation is None:
        raise nouns.NO_INVITATION()
    email = fold_email(email)
    _check_addressee(invitation, email)
    if people.find_by_email(tx, email) is not None:
        raise accounts.EMAIL_TAKEN(email=email).at("email")
    confirmed_at = tx.now if invitation.email == email else None
    person = Person(
        tx.new_id(), email, confirmed_at, clean_name(name), language, password_hash or None, None, 0, 0, tx.now
    )
    people.save(tx, person)
    audit.note(tx, "account_opened", subject=person.id, after=invitation.id)
    return person.id


def accept(tx: Tx, *, token: str) -> str:
    """Whoever acts takes up an invitation into this shop; tells their role.

    Refuses ``access.no_invitation``; ``access.not_for_you`` where it went to another address than theirs.
    """
    invitation = staff.find_invitation(tx, hash_token(token))
    if invitation is None:
        raise nouns.NO_INVITATION()
    person_id = tx.actor.person_id
    email, language = _guest(tx, person_id)
    _check_addressee(invitation, email)
    if staff.find_colleague(tx, person_id) is not None:
        raise nouns.ALREADY_MEMBER(email=email)
    if staff.count_members(tx) >= MEMBERS_PER_SHOP:
        raise nouns.TOO_MANY(most=MEMBERS_PER_SHOP)
    role = load_role(tx, role_id=invitation.role_id)
    staff.join(tx, person_id, role.id)
    staff.end_invitation(tx, invitation.id)
    audit.note(tx, "member_joined", subject=person_id, before=invitation.id, after=role.id)
    tx.emit(events.AccessChanged())
    post_to(tx, Template.WELCOME, email, language, person_id, facts=facts_of_work(tx, language, role))
    return role.id


def _check_addressee(invitation: Invitation, email: str) -> None:
    if invitation.email not in {"", email}:
        raise nouns.NOT_FOR_YOU(email=hint_of(invitation.email)).at("email")


def _guest(tx: Tx, person_id: int) -> tuple[str, str]:
    guest = staff.find_guest(tx, person_id)
    if guest is None:
        raise accounts.NOBODY()
    return guest


def facts_of_work(tx: Tx, language: str, role: Role) -> dict[str, str]:
    """What a letter in a language says of the shop, and of what somebody is in it."""
    shop = staff.find_shop(tx)
    assert shop is not None, "a shop whose people write letters was begun"
    return {"shop": shop.name_in(language), "handle": shop.handle, "role_id": role.id, "role": role.name}
