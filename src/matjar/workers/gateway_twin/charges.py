"""What can become of a charge: pure rules, from one charge to the next.

The gateway's own words; that they are the platform's too is the adapter's business, and the contract tests'.
"""

import re
from enum import StrEnum

import msgspec

from matjar.core.refusal import Kind, declare
from matjar.workers.gateway_twin.cards import Card, read_token
from matjar.workers.gateway_twin.limits import MAX_REFUNDS

KEY_REUSED = declare("twin.key_reused", Kind.CONFLICT, "This key was used for something else.")
NOT_AUTHORIZED = declare("twin.not_authorized", Kind.CONFLICT, "No money is held for this charge: it is {state}.")
TOO_MUCH = declare("twin.too_much", Kind.CONFLICT, "Only {available_minor} are left of this charge.")
BAD_CHARGE = declare("twin.bad_charge", Kind.INVALID, "A charge has a key, an amount above zero, and a currency.")
REFUND_REFUSED = declare("twin.refund_refused", Kind.CONFLICT, "The card's bank does not take the money back.")

_KEY = re.compile(r"[A-Za-z0-9_.:-]{1,100}")
_CURRENCY = re.compile(r"[A-Z]{3}")


class State(StrEnum):
    """What became of a charge."""

    CHALLENGED = "challenged"
    AUTHORIZED = "authorized"
    CAPTURED = "captured"
    DECLINED = "declined"
    VOIDED = "voided"


class Ask(msgspec.Struct, frozen=True):
    """A charge as the shop asks for it. ``key`` is its idempotency key and its name."""

    key: str
    amount_minor: int
    currency: str
    token: str
    capture: bool = True
    return_url: str = ""
    webhook_url: str = ""


class Step(msgspec.Struct, frozen=True, gc=False):
    """A capture or a refund, under its own key."""

    key: str
    amount_minor: int


class Charge(msgspec.Struct, frozen=True, omit_defaults=True):
    """A charge as it stands in the book."""

    ask: Ask
    state: State
    card_fingerprint: str = ""
    decline_code: str = ""
    taken: Step | None = None
    refunds: tuple[Step, ...] = ()

    @property
    def reference(self) -> str:
        """The twin's own name for the charge, unlike the shop's key so that nobody takes one for the other."""
        return f"ch_{self.ask.key}"

    @property
    def amount_minor(self) -> int:
        """What was taken; before that, what is held or would be; nothing where the charge came to nothing."""
        if self.state in (State.DECLINED, State.VOIDED):
            return 0
        return self.taken.amount_minor if self.taken else self.ask.amount_minor

    @property
    def card(self) -> Card | None:
        return read_token(self.ask.token)[0]


def begin(ask: Ask) -> Charge:
    """What the card says at once: approved, declined, or challenged. Refuses ``twin.bad_charge``."""
    if not _KEY.fullmatch(ask.key) or ask.amount_minor <= 0 or not _CURRENCY.fullmatch(ask.currency):
        raise BAD_CHARGE()
    card, fingerprint = read_token(ask.token)
    charge = Charge(ask, State.DECLINED, fingerprint, "invalid_token")
    if card is None:
        return charge
    if card.challenged:
        return msgspec.structs.replace(charge, state=State.CHALLENGED, decline_code="")
    return _ask_the_bank(charge, card)


def answer_challenge(charge: Charge, *, approved: bool) -> Charge:
    """Go on after the buyer approved, or not, on the gateway's page; a charge that is decided stays as it is."""
    if charge.state is not State.CHALLENGED:
        return charge
    if not approved:
        return msgspec.structs.replace(charge, state=State.DECLINED, decline_code="authentication_failed")
    assert charge.card is not None
    return _ask_the_bank(charge, charge.card)


def _ask_the_bank(charge: Charge, card: Card) -> Charge:
    if card.decline_code:
        return msgspec.structs.replace(charge, state=State.DECLINED, decline_code=card.decline_code)
    ask = charge.ask
    if not ask.capture:
        return msgspec.structs.replace(charge, state=State.AUTHORIZED, decline_code="")
    return msgspec.structs.replace(charge, state=State.CAPTURED, decline_code="", taken=Step(ask.key, ask.amount_minor))


def capture(charge: Charge, step: Step) -> Charge:
    """Take money that is held, once. Refuses ``twin.key_reused``, ``.not_authorized``, ``.too_much``."""
    if charge.taken and charge.taken.key == step.key:
        return _unchanged(charge, charge.taken, step)
    if charge.state is not State.AUTHORIZED:
        raise NOT_AUTHORIZED(state=charge.state)
    if not 0 < step.amount_minor <= charge.ask.amount_minor:
        raise TOO_MUCH(available_minor=charge.ask.amount_minor)
    return msgspec.structs.replace(charge, state=State.CAPTURED, taken=step)


def void(charge: Charge) -> Charge:
    """Let go of what is held or challenged; what is void already stays so. Refuses ``twin.not_authorized``."""
    if charge.state is State.VOIDED:
        return charge
    if charge.state not in (State.AUTHORIZED, State.CHALLENGED):
        raise NOT_AUTHORIZED(state=charge.state)
    return msgspec.structs.replace(charge, state=State.VOIDED)


def refund(charge: Charge, step: Step) -> Charge:
    """Give money back, once per key. Refuses ``twin.key_reused``, ``.too_much``, ``.refund_refused``."""
    for earlier in charge.refunds:
        if earlier.key == step.key:
            return _unchanged(charge, earlier, step)
    taken_minor = charge.taken.amount_minor if charge.taken else 0
    left_minor = taken_minor - sum(earlier.amount_minor for earlier in charge.refunds)
    if not 0 < step.amount_minor <= left_minor or len(charge.refunds) >= MAX_REFUNDS:
        raise TOO_MUCH(available_minor=left_minor)
    if charge.card and charge.card.refund_refused:
        raise REFUND_REFUSED()
    return msgspec.structs.replace(charge, refunds=(*charge.refunds, step))


def _unchanged(charge: Charge, earlier: Step, step: Step) -> Charge:
    if earlier != step:
        raise KEY_REUSED()
    return charge
