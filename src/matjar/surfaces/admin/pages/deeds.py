"""What stands in the audit, in words: deeds, ways in, surfaces, what things were before and after."""

from collections.abc import Mapping
from functools import cache

import msgspec

from matjar.core.action import Class
from matjar.core.refusal import declared
from matjar.domain.access import Access, Method, actions
from matjar.domain.orders import FIRST_NUMBER, Status
from matjar.edge.languages import catalogue, sentence
from matjar.edge.pages import isolated
from matjar.surfaces.admin.pages.cancelling import REASONS
from matjar.surfaces.admin.pages.frame import Frame

KINDS = {
    "": sentence("Everything"),
    "orders.": sentence("Orders"),
    "stock.": sentence("Stock"),
    "prices.": sentence("Prices"),
    "tasks.": sentence("Tasks"),
    "payout.": sentence("Payout account"),
    "staff.": sentence("Staff and roles"),
    "keys.": sentence("Printed codes, tokens, devices"),
    "self.": sentence("Signing in and out"),
}
DEEDS = {
    "orders.fulfil": sentence("sent"),
    "orders.amend": sentence("changed"),
    "orders.cancel": sentence("cancelled"),
    "orders.charge": sentence("took in or let go money"),
    "orders.refund": sentence("refunded"),
    "stock.write": sentence("counted"),
    "prices.write": sentence("priced"),
    "tasks.write": sentence("closed or opened a task"),
    "payout.write": sentence("changed the payout account"),
    "staff.write": sentence("went to change staff"),
    "staff.owner_invited": sentence("invited the first owner"),
    "staff.member_invited": sentence("invited somebody"),
    "staff.invitation_withdrawn": sentence("withdrew an invitation"),
    "staff.member_joined": sentence("joined the shop"),
    "staff.role_given": sentence("gave a role"),
    "staff.member_suspended": sentence("suspended"),
    "staff.member_resumed": sentence("let in again"),
    "staff.member_removed": sentence("let go"),
    "staff.member_left": sentence("left the shop"),
    "staff.member_signed_out": sentence("signed somebody out"),
    "staff.shop_handed_over": sentence("handed the shop over"),
    "staff.role_made": sentence("made a role"),
    "staff.role_changed": sentence("changed a role"),
    "staff.role_removed": sentence("removed a role"),
    "keys.codes_printed": sentence("printed emergency codes"),
    "keys.code_spent": sentence("used a printed code"),
    "keys.token_made": sentence("made a token for a program"),
    "keys.token_withdrawn": sentence("withdrew a token"),
    "keys.device_enrolled": sentence("enrolled a till"),
    "keys.device_withdrawn": sentence("withdrew a till"),
    "self.sign_in": sentence("signed in"),
    "self.sign_out": sentence("signed out"),
    "self.signed_in": sentence("was let in by a password or otherwise"),
    "self.signed_out_everywhere": sentence("was signed out everywhere"),
    "self.password_changed": sentence("changed the password"),
    "self.password_reset": sentence("set a forgotten password anew"),
    "self.totp_set": sentence("set up an app for one-time codes"),
    "self.totp_dropped": sentence("took away the app for one-time codes"),
    "self.codes_made": sentence("made recovery codes"),
    "self.passkey_added": sentence("added a passkey"),
    "self.passkey_removed": sentence("removed a passkey"),
    "self.outside_linked": sentence("allowed signing in by another provider"),
    "self.outside_unlinked": sentence("ended signing in by another provider"),
    "self.email_change_asked": sentence("asked for another e-mail address"),
    "self.email_changed": sentence("changed the e-mail address"),
    "self.recovery_asked": sentence("said that every way in was lost"),
    "self.recovery_cancelled": sentence("said that nothing was lost"),
    "self.recovered": sentence("began anew after every way in was lost"),
}
METHODS = {
    Method.PASSKEY.value: sentence("by passkey"),
    Method.PASSWORD.value: sentence("by password and code"),
    Method.EMAIL_CODE.value: sentence("by e-mailed code"),
    Method.LINK.value: sentence("by the link of an invitation"),
    Method.BREAK_GLASS.value: sentence("by printed code"),
    Method.OUTSIDE.value: sentence("by another provider"),
}
SURFACES = {
    "admin": sentence("Back office"),
    "identity": sentence("Signing in"),
    "till": sentence("Till"),
    "api": sentence("API"),
}
CLASSES = {
    Class.C0: sentence("Signing in and out"),
    Class.C1: sentence("Routine at the till"),
    Class.C2: sentence("Money out at the till"),
    Class.C3: sentence("Daily work: orders, stock, prices, refunds"),
    Class.C4: sentence("Payout account, people, rights, keys"),
}
OFFICE = (Class.C3, Class.C4)
"""What is counted even where it is nothing: the rest only where a shop has it."""
FACTS = {
    "on_hand": sentence("on the shelf"),
    "pieces": sentence("pieces"),
    "price_minor": sentence("price"),
    "compare_at_minor": sentence("price before"),
    "refund_minor": sentence("back to the buyer"),
    "refunding_minor": sentence("on its way back to the buyer"),
    "owed_minor": sentence("still owed to the buyer"),
    "paid_minor": sentence("paid"),
    "captured_minor": sentence("taken"),
    "reason": sentence("reason"),
    "status": sentence("standing"),
    "account": sentence("account"),
    "role": sentence("role"),
    "person": sentence("owner"),
    "permissions": sentence("rights"),
    "surface": sentence("for use at"),
}
"""What an entry says of before and after, by the names that it is kept under; others are for programs."""
VALUES = {
    "status": {Status.OPEN.value: sentence("Open"), Status.CLOSED.value: sentence("Put away")},
    "reason": {each.value: words for each, words in REASONS.items()},
    "surface": SURFACES,
}
"""Facts that are one of few, by name and value."""
THINGS = {
    "item": sentence("article {id}"),
    "variant": sentence("article {id}"),
    "location": sentence("place {id}"),
    "task": sentence("task {id}"),
    "invitation": sentence("invitation {id}"),
    "token": sentence("token {id}"),
    "device": sentence("till {id}"),
}
"""What something was done to, where there is no better name for it."""

_CLASSES = {action.name: action.class_ for action in actions.ALL}


@cache
def _sentences() -> dict[str, str]:
    return {each.code: each.message for each in declared()}


class Thing(msgspec.Struct, frozen=True):
    """What something was done to; ``path`` is its page, if it has one."""

    name: str
    path: str = ""


def class_of(action: str) -> Class:
    """How much is at stake; what identity does changes power, but for letting people in."""
    if action in _CLASSES:
        return _CLASSES[action]
    return Class.C0 if action.startswith("self.sign") else Class.C4


def by_class(counts: Mapping[str, int]) -> dict[Class, int]:
    """How often something of each class was done."""
    summed = dict.fromkeys(Class, 0)
    for action, count in counts.items():
        summed[class_of(action)] += count
    return summed


class Words:
    """Entries' words for one reader, who knows the shop's people and roles by name."""

    def __init__(self, frame: Frame, access: Access, names: Mapping[str, str]) -> None:
        """``names`` are those of goods and places, as ``naming.name_subjects`` has them."""
        self._frame = frame
        self._names = names
        self._say = catalogue(frame.language).gettext
        self._members = {member.person_id: member for member in access.members}
        self._roles = {role.id: role.name for role in access.roles}

    def person(self, person_id: int) -> str:
        """Who it was."""
        if person_id == 0:
            return self._say(sentence("The command line, or nobody known"))
        known = self._members.get(person_id)
        return known.name if known else self._say(sentence("Somebody of the shop"))

    def deed(self, action: str) -> str:
        """What was done."""
        return self._say(DEEDS[action]) if action in DEEDS else action

    def refused(self, code: str) -> str:
        """Why it came to nothing; the code itself where its sentence needs facts that nobody kept."""
        said = _sentences().get(code, "{")
        return code if "{" in said else self._say(said)

    def things(self, subject: str) -> list[Thing]:
        """What it was done to."""
        found = [self._thing(*each.partition(":")[::2]) for each in subject.split()]
        return [thing for thing in found if thing.name]

    def _thing(self, kind: str, id_: str) -> Thing:
        if name := self._names.get(f"{kind}:{id_}"):
            return Thing(name)
        if kind == "order" and id_.isdecimal():
            name = str(int(id_) + FIRST_NUMBER - 1)
            return Thing(f"#{name}", f"/orders/{name}")
        if kind == "person" and id_.isdecimal():
            return Thing(self.person(int(id_)))
        if kind == "role":
            return Thing(self._role(id_))
        return Thing(self._say(THINGS[kind]).format(id=id_) if kind in THINGS else "")

    def facts(self, facts: Mapping[str, str]) -> str:
        """Before, or after: amounts as amounts, people and roles by name."""
        told = ((name, self._value(name, value)) for name, value in facts.items() if name in FACTS and value)
        return " · ".join(f"{self._say(FACTS[name])} {isolated(value)}" for name, value in told)

    def _value(self, name: str, value: str) -> str:
        if value.isdecimal() and name.endswith("_minor"):
            return self._frame.reader.money(int(value))
        if name == "role":
            return self._role(value)
        if name == "person" and value.isdecimal():
            return self.person(int(value))
        said = VALUES.get(name, {}).get(value)
        return self._say(said) if said else value

    def _role(self, role_id: str) -> str:
        name = self._roles.get(role_id, role_id)
        return self._say(name) if name else role_id
