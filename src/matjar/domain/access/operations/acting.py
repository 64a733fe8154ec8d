"""Who acts, whether they may, and whom to tell."""

from matjar.core.action import Action
from matjar.core.clock import DAY
from matjar.core.tx import SYSTEM, Tx
from matjar.domain.access import events
from matjar.domain.access.model import accounts, rights
from matjar.domain.access.model.accounts import Person
from matjar.domain.access.model.mails import Mail, Template
from matjar.domain.access.model.people import BUILT_IN, OWNER, Role
from matjar.domain.access.model.staff import Colleague
from matjar.domain.access.queries.shop import load_colleague, load_role
from matjar.domain.access.rules.rights import holds
from matjar.domain.access.store import letters, people

HOUSE = 0
"""Whose rows people are, since they may work in several shops."""

_OWNER = next(role for role in BUILT_IN if role.id == OWNER)


def find_me(tx: Tx) -> Person:
    """The person who acts; refuses ``access.nobody``. Asked under the house."""
    return load_person(tx, tx.actor.person_id)


def load_person(tx: Tx, person_id: int) -> Person:
    """A person's row; refuses ``access.nobody``."""
    assert tx.shop_id == HOUSE, "people belong to the house"
    person = people.find(tx, person_id)
    if person is None:
        raise accounts.NOBODY()
    return person


def require(tx: Tx, action: Action) -> Role:
    """The role of whoever acts in this shop; refuses ``access.not_yours`` unless it includes the action."""
    assert tx.shop_id != HOUSE, "rights are a shop's"
    role = _OWNER if tx.actor.kind == SYSTEM.kind else _role_of_actor(tx)
    if not holds(role, action):
        raise rights.NOT_YOURS()
    return role


def _role_of_actor(tx: Tx) -> Role:
    me = load_colleague(tx, person_id=tx.actor.person_id)
    if me.suspended_at is not None:
        raise rights.NOT_YOURS()
    return load_role(tx, role_id=me.role_id)


def save(tx: Tx, person: Person) -> None:
    """Write a person, and let the bundles of their shops follow."""
    people.save(tx, person)
    tx.emit(events.PersonChanged(person.id))


def post(
    tx: Tx,
    template: Template,
    to: Person | Colleague,
    *,
    facts: dict[str, str] | None = None,
    token: str = "",
    good_ms: int = DAY,
) -> None:
    """Write somebody a letter."""
    person_id = to.id if isinstance(to, Person) else to.person_id
    post_to(tx, template, to.email or "", to.language, person_id, facts=facts, token=token, good_ms=good_ms)


def post_to(
    tx: Tx,
    template: Template,
    address: str,
    language: str,
    person_id: int = 0,
    *,
    facts: dict[str, str] | None = None,
    token: str = "",
    good_ms: int = DAY,
) -> None:
    """Write a letter to an address, worth sending for ``good_ms``; somebody without one gets none."""
    if address:
        expires_at = tx.now + good_ms
        mail = Mail(tx.shop_id, tx.new_id(), template, address, language, facts or {}, token, 0, expires_at)
        letters.post(tx, mail, person_id)
