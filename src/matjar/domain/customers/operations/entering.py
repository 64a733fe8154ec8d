"""Signing in: by a code or a link that is mailed, or by a passkey; out everywhere; and the move to another address.

Whoever reads the mail at an address is the customer of that address, so there is no password, no registration, and
nothing that tells a stranger whether somebody buys here: the first code opens the account.
"""

import msgspec

from matjar.core.ids import hash_token
from matjar.core.limits import MAILED_CODE_MS
from matjar.core.refusal import Refusal
from matjar.core.tx import Tx
from matjar.domain import attempts, notices
from matjar.domain.customers import events, model, queries, rules
from matjar.domain.customers.model import Code
from matjar.domain.customers.operations.buying import upsert
from matjar.domain.customers.store import codes, passkeys, people
from matjar.domain.notices import Letter

_NO_CODE = b""
"""What no code has for its hash."""


def ask_for_code(
    tx: Tx, *, email: str, language: str, browser: str, code: str, link: str, link_begins: str, address: str
) -> str:
    """Mail six digits, good in the browser that asked, and a link, good anywhere; returns the address as it is kept.

    ``browser`` and ``link`` are tokens of 128 bits; the letter's link is ``link_begins`` with ``link`` behind it.
    Refuses ``customers.bad_email`` and ``attempts.too_many``.
    """
    email = rules.fold_email(email)
    limits = rules.letter_limits(email, address)
    attempts.check_all(tx, limits=limits)
    attempts.count_all(tx, limits=limits)
    hashes = hash_token(browser), hash_token(link), rules.code_hash(browser, code)
    codes.put(tx, Code(*hashes, email, language, tx.now + MAILED_CODE_MS))
    facts = {"code": code, "link": link_begins + link}
    notices.post(tx, Letter.SIGN_IN, email, language, facts=facts, good_ms=MAILED_CODE_MS)
    return email


def enter_by_code(tx: Tx, *, browser: str, code: str, address: str) -> int:
    """Sign in with the digits, in the browser that asked for them; returns the customer's id.

    Refuses ``customers.wrong_code`` and ``attempts.too_many``.
    """
    asked, wrong = _guessed(tx, browser, code, address)
    if asked is None:
        raise wrong
    return _enter(tx, asked)


def enter_by_link(tx: Tx, *, link: str) -> int:
    """Sign in with the letter's link; returns the customer's id. Refuses ``customers.bad_link``."""
    asked = codes.find_by_link(tx, hash_token(link))
    if asked is None or tx.now >= asked.expires_at:
        raise model.BAD_LINK()
    return _enter(tx, asked)


def enter_by_passkey(tx: Tx, *, credential_id: bytes, sign_count: int, backed_up: bool) -> int:
    """Note that a key has proved itself just now; returns whose it is. Refuses ``customers.no_passkey``."""
    passkey = passkeys.find(tx, credential_id)
    if passkey is None:
        raise model.NO_PASSKEY()
    used = msgspec.structs.replace(passkey, sign_count=sign_count, backed_up=backed_up, used_at=tx.now)
    passkeys.save(tx, used)
    return passkey.customer_id


def sign_out_everywhere(tx: Tx, *, customer_id: int) -> None:
    """Every session up to now is over, on every device."""
    queries.load_account(tx, customer_id=customer_id)
    people.sign_out(tx, customer_id)


def ask_for_move(tx: Tx, *, customer_id: int, email: str, language: str, session: str, code: str, address: str) -> None:
    """Mail six digits to another address, good in the session (its id) that asked.

    Whose address that is already is told to its reader alone: here all looks the same, and no code is right. Refuses
    ``customers.bad_email``, ``customers.same_email`` and ``attempts.too_many``.
    """
    customer = queries.load_account(tx, customer_id=customer_id).customer
    email = rules.fold_email(email)
    if email == customer.email:
        raise model.SAME_EMAIL().at("email")
    limits = rules.letter_limits(email, address)
    attempts.check_all(tx, limits=limits)
    attempts.count_all(tx, limits=limits)
    asking = rules.asking_to_move(customer_id, session)
    free = people.find_by_email(tx, email) is None
    code_hash = rules.code_hash(asking, code) if free else _NO_CODE
    codes.put(tx, Code(hash_token(asking), rules.no_link(asking), code_hash, email, language, tx.now + MAILED_CODE_MS))
    if free:
        notices.post(tx, Letter.MOVING, email, language, facts={"code": code}, good_ms=MAILED_CODE_MS)
    else:
        notices.post(tx, Letter.ADDRESS_TAKEN, email, language, good_ms=MAILED_CODE_MS)


def move(tx: Tx, *, customer_id: int, session: str, code: str, address: str) -> None:
    """Be reached, and sign in, at the address that the code was mailed to. Orders, addresses and passkeys stay.

    Refuses ``customers.wrong_code``, also where somebody else has come to be at that address meanwhile, and
    ``attempts.too_many``.
    """
    customer = queries.load_account(tx, customer_id=customer_id).customer
    asked, wrong = _guessed(tx, rules.asking_to_move(customer_id, session), code, address)
    if asked is None or people.find_by_email(tx, asked.email) is not None:
        raise wrong
    for gone in filter(None, (asked.email, customer.email)):
        codes.forget_for(tx, gone)
    people.save(tx, msgspec.structs.replace(customer, email=asked.email, updated_at=tx.now))
    if customer.email:
        notices.post(tx, Letter.MOVED, customer.email, customer.language or asked.language)
    tx.emit(events.CustomerChanged(customer_id))


def _guessed(tx: Tx, browser: str, code: str, address: str) -> tuple[Code | None, Refusal]:
    """What was asked for with this code, if it is right; and how it is refused, counted as a guess, if it is not."""
    asked = codes.find_by_browser(tx, hash_token(browser))
    limits = rules.guess_limits(asked.email if asked else "", address)
    attempts.check_all(tx, limits=limits)
    wrong = model.WRONG_CODE().at("code").leaving(lambda after: attempts.count_all(after, limits=limits))
    return asked if rules.is_right(asked, browser, code, tx.now) else None, wrong


def _enter(tx: Tx, asked: Code) -> int:
    """Whoever has read the letter is the customer; what else was mailed there is used up with it."""
    codes.forget_for(tx, asked.email)
    customer_id = upsert(tx, email=asked.email, language=asked.language)
    if people.signed_out_at(tx, customer_id) is None:
        people.open_account(tx, customer_id)
    return customer_id
