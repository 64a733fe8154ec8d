"""How e-mail addresses are compared, what an address needs, and how often somebody may guess."""

import re
from hmac import compare_digest

from matjar.core import email as addresses
from matjar.core.address import Address
from matjar.core.clock import HOUR
from matjar.core.ids import hash_token
from matjar.core.limits import (
    CODE_TRIES,
    CODES_PER_ADDRESS,
    LETTERS_PER_ADDRESS,
    LETTERS_PER_PERSON,
    LETTERS_TO_ADDRESS,
    TEXT,
)
from matjar.domain.attempts import Limit
from matjar.domain.customers import model
from matjar.domain.customers.model import Code

_COUNTRY = re.compile(r"[A-Z]{2}")
_NEEDED = ("name", "line1", "city")


def fold_email(email: str) -> str:
    """An address as it is stored and compared; refuses ``customers.bad_email`` for what no letter could reach."""
    folded = addresses.fold(email)
    if not folded:
        raise model.BAD_EMAIL(email=email[:50]).at("email")
    return folded


def check_address(address: Address) -> None:
    """Refuse, at its field, what no parcel could reach and what is too long."""
    if not _COUNTRY.fullmatch(address.country):
        raise model.BAD_COUNTRY().at("country")
    for name in _NEEDED:
        if not getattr(address, name):
            raise model.MISSING().at(name)
    for name in address.__struct_fields__:
        check_length(name, getattr(address, name))


def check_length(field: str, text: str) -> None:
    """Refuse ``customers.too_long`` at a field."""
    if len(text) > TEXT:
        raise model.TOO_LONG(most=TEXT).at(field)


def code_hash(browser: str, code: str) -> bytes:
    """What is stored of a code: without the browser's own token it cannot even be guessed."""
    return hash_token(f"{browser}:{code}")


def is_right(asked: Code | None, browser: str, code: str, now: int) -> bool:
    """Whether it is the code that was mailed at this browser's asking, and still good."""
    return asked is not None and now < asked.expires_at and compare_digest(asked.code_hash, code_hash(browser, code))


def asking_to_move(customer_id: int, session: str) -> str:
    """Who asks to move to another address, in the place of a browser's token; no cookie of a browser can hold it."""
    return f"move\n{customer_id}\n{session}"


def no_link(asking: str) -> bytes:
    """In the place of a link's hash, where none is mailed: too long to be one, so that nothing opens it."""
    return hash_token(asking) + b"no link"


def letter_limits(email: str, address: str) -> tuple[Limit, ...]:
    """How many letters somebody may order: a stranger at one address cannot use up what the person themselves needs."""
    reader = hash_token(email).hex()
    return (
        Limit("customer-letter", f"both:{reader}:{address}", LETTERS_PER_PERSON, HOUR),
        Limit("customer-letter", f"reader:{reader}", LETTERS_TO_ADDRESS, HOUR),
        Limit("customer-letter", f"address:{address}", LETTERS_PER_ADDRESS, HOUR),
    )


def guess_limits(email: str, address: str) -> tuple[Limit, ...]:
    """How many wrong codes are too many. The link in the letter cannot be guessed, and is not slowed down."""
    return (
        Limit("customer-code", f"reader:{hash_token(email).hex()}", CODE_TRIES, HOUR),
        Limit("customer-code", f"address:{address}", CODES_PER_ADDRESS, HOUR),
    )
