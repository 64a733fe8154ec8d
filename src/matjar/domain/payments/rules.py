"""What a gateway's word changes, and the keys that it knows us by."""

from matjar.core.limits import TEXT
from matjar.domain.payments.model import BAD_HOLDER, BAD_IBAN, BAD_KEY, Deed
from matjar.domain.payments.ports import State

_RANK = {
    State.CHARGING: 0,
    State.CHALLENGED: 1,
    State.ABANDONED: 2,
    State.DECLINED: 3,
    State.DEFERRED: 4,
    State.AUTHORIZED: 5,
    State.VOIDED: 6,
    State.CAPTURED: 7,
}


def move(stored: State, told: State) -> State:
    """The state after a gateway's word: the higher of the two, so that news in any order, and the same news twice, end
    in the same truth, and no list of messages that were read need be kept.

    Money that came absorbs everything; a charge that we had given up, and that succeeds after all, counts as it is.
    """
    return told if _RANK[told] > _RANK[stored] else stored


def is_done(kind: Deed, state: State) -> bool:
    """Whether a charge in this state was captured, or let go, as was asked; one that is not there holds nothing."""
    if kind is Deed.VOID:
        return state in (State.VOIDED, State.ABANDONED, State.DECLINED)
    return state is State.CAPTURED


def key_of(shop_id: int, subject_id: int) -> str:
    """The idempotency key under which a gateway knows an intent, a capture, a void or a refund."""
    return f"{shop_id}-{subject_id}"


def read_key(key: str) -> tuple[int, int]:
    """The shop and the subject again; refuses ``payments.bad_key``."""
    shop, _, subject = key.partition("-")
    if not (_is_id(shop) and _is_id(subject)):
        raise BAD_KEY(key=key[:40])
    return int(shop), int(subject)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len(str(1 << 53))


def check_holder(written: str) -> str:
    """An account holder's name without the spaces around it; refuses ``payments.bad_holder``."""
    holder = written.strip()
    if not 1 <= len(holder) <= TEXT:
        raise BAD_HOLDER(most=TEXT).at("holder")
    return holder


def check_iban(written: str) -> str:
    """An IBAN without its spaces, if its check digits are right (ISO 13616, MOD 97-10).

    Refuses ``payments.bad_iban``.
    """
    iban = "".join(written.split()).upper()
    right = iban.isascii() and iban.isalnum() and 15 <= len(iban) <= 34 and iban[:2].isalpha() and iban[2:4].isdigit()
    if not right or int("".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])) % 97 != 1:
        raise BAD_IBAN(iban=written[:40]).at("iban")
    return iban
