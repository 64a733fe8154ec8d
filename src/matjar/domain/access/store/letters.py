"""Tokens that went out by mail, those who wait for a recovery, and the mails themselves."""

import msgspec

from matjar.core.tx import Reading, Row, Tx
from matjar.domain.access.model.accounts import Letter, Purpose
from matjar.domain.access.model.mails import Mail, Template

_ADD = """
    INSERT INTO letters (shop_id, hash, purpose, person_id, email, created_at, expires_at)
    VALUES (:shop_id, :hash, :purpose, :person_id, :email, :created_at, :expires_at)
"""
_FIND = """
    SELECT purpose, person_id, email, expires_at FROM letters
    WHERE shop_id = :shop_id AND hash = :hash AND expires_at > :now
"""
_FORGET_OF = "DELETE FROM letters WHERE shop_id = :shop_id AND person_id = :person_id AND purpose = :purpose"
_FORGET_ALL_OF = "DELETE FROM letters WHERE shop_id = :shop_id AND person_id = :person_id"
_ASK = """
    INSERT INTO recoveries (shop_id, person_id, asked_at, due_at) VALUES (:shop_id, :person_id, :now, :due_at)
"""
_DUE = "SELECT due_at FROM recoveries WHERE shop_id = :shop_id AND person_id = :person_id"
_FORGET_RECOVERY = "DELETE FROM recoveries WHERE shop_id = :shop_id AND person_id = :person_id"
_POST = """
    INSERT INTO mails (shop_id, id, template, person_id, address, language, facts, token, created_at, expires_at,
        tries, due_at)
    VALUES (:shop_id, :id, :template, :person_id, :address, :language, :facts, :token, :now, :expires_at, 0, :now)
"""
_DUE_MAILS = """
    SELECT shop_id, id, template, address, language, facts, token, tries, expires_at FROM mails
    WHERE shop_id >= :shop_id AND due_at IS NOT NULL AND due_at <= :now ORDER BY due_at, shop_id, id LIMIT :most
"""
_MAIL = """
    SELECT shop_id, id, template, address, language, facts, token, tries, expires_at FROM mails
    WHERE shop_id = :shop_id AND id = :id AND due_at IS NOT NULL
"""
_DEFER = "UPDATE mails SET tries = :tries, due_at = :due_at WHERE shop_id = :shop_id AND id = :id"
_END = """
    UPDATE mails SET tries = :tries, address = '', facts = '{}', token = '', due_at = NULL
    WHERE shop_id = :shop_id AND id = :id
"""

_encode = msgspec.json.Encoder().encode
_facts = msgspec.json.Decoder(dict[str, str]).decode


def add(tx: Tx, letter_hash: bytes, letter: Letter) -> None:
    """Remember what was mailed, in the place of what was mailed to the same end before."""
    tx.run(_FORGET_OF, person_id=letter.person_id, purpose=letter.purpose)
    tx.run(
        _ADD, hash=letter_hash, purpose=letter.purpose, person_id=letter.person_id, email=letter.email,
        created_at=tx.now, expires_at=letter.expires_at,
    )  # fmt: skip


def find(view: Reading, letter_hash: bytes) -> Letter | None:
    """What was mailed under this token, while it is good."""
    row = view.one(_FIND, hash=letter_hash, now=view.now)
    return Letter(Purpose(row[0]), *row[1:]) if row else None


def forget_purpose(tx: Tx, person_id: int, purpose: Purpose) -> None:
    """It was handed back."""
    tx.run(_FORGET_OF, person_id=person_id, purpose=purpose)


def forget_all(tx: Tx, person_id: int) -> None:
    """Nothing that was mailed to a person opens anything any more."""
    tx.run(_FORGET_ALL_OF, person_id=person_id)


def ask_recovery(tx: Tx, person_id: int, due_at: int) -> None:
    """Somebody begins to wait."""
    tx.run(_FORGET_RECOVERY, person_id=person_id)
    tx.run(_ASK, person_id=person_id, due_at=due_at, now=tx.now)


def recovery_due_at(view: Reading, person_id: int) -> int | None:
    """When the waiting is over; None: nobody waits."""
    row = view.one(_DUE, person_id=person_id)
    return row[0] if row else None


def forget_recovery(tx: Tx, person_id: int) -> bool:
    """The waiting is over, one way or the other; False: nobody waited."""
    return tx.changed(_FORGET_RECOVERY, person_id=person_id) > 0


def post(tx: Tx, mail: Mail, person_id: int) -> None:
    """Put a letter into the box."""
    tx.run(
        _POST, id=mail.id, template=mail.template, person_id=person_id, address=mail.address, language=mail.language,
        facts=_encode(mail.facts).decode(), token=mail.token, expires_at=mail.expires_at, now=tx.now,
    )  # fmt: skip


def due_mails(view: Reading, most: int) -> list[Mail]:
    """The letters of every shop that are due; asked under the house."""
    return [_mail(row) for row in view.all(_DUE_MAILS, now=view.now, most=most)]


def find_mail(view: Reading, mail_id: int) -> Mail | None:
    """A letter that was neither sent nor given up."""
    row = view.one(_MAIL, id=mail_id)
    return _mail(row) if row else None


def defer_mail(tx: Tx, mail_id: int, tries: int, due_at: int) -> None:
    """Try again later."""
    tx.run(_DEFER, id=mail_id, tries=tries, due_at=due_at)


def end_mail(tx: Tx, mail_id: int, tries: int) -> None:
    """Forget to whom it went and what it opened."""
    tx.run(_END, id=mail_id, tries=tries)


def _mail(row: Row) -> Mail:
    shop_id, id_, template, address, language, facts, token, tries, expires_at = row
    return Mail(shop_id, id_, Template(template), address, language, _facts(facts), token, tries, expires_at)
