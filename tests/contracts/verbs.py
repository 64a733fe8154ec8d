"""A room of its own for the tests of storage: verbs that write, refuse, break and break the rules."""

import msgspec

from matjar.core.refusal import Kind, declare
from matjar.core.tx import Reading, Tx
from matjar.domain import shops, tasks

NO = declare("contracts.no", Kind.CONFLICT, "No, because of {reason}.")
NOT_NOW = declare("contracts.not_now", Kind.BUSY, "Not now.")

_NOTES = "SELECT id, kind FROM tasks WHERE shop_id = :shop_id AND id > :after_id ORDER BY id LIMIT 100000"
_DUPLICATE = "INSERT INTO heads (shop_id, epoch, last_id, feed_number, orders, invoices, credit_notes) VALUES {row}"


class Note(msgspec.Struct, frozen=True):
    """What was written down, and its number in a gapless series."""

    id: int
    text: str
    number: int


def note(tx: Tx, *, text: str) -> Note:
    """Write something down, with the next number and an event."""
    number = tx.next_number("orders")
    return Note(tasks.open_task(tx, kind=text, subject_id=number, facts={}), text, number)


def refuse(tx: Tx, *, text: str) -> None:
    """Write it down, then say no."""
    note(tx, text=text)
    raise NO(reason=text)


def refuse_leaving(tx: Tx, *, text: str) -> None:
    """Write it down, then say no, and leave a trace."""
    note(tx, text=text)

    def leave(later: Tx) -> None:
        tasks.open_task(later, kind=f"trace of {text}", subject_id=0, facts={})

    raise NO(reason=text).leaving(leave)


def put_off(tx: Tx, *, text: str) -> None:
    """Say no in a way that the next try may overcome."""
    note(tx, text=text)
    raise NOT_NOW()


def stumble(tx: Tx, *, text: str) -> None:
    """Write it down, then fail as a bug does."""
    note(tx, text=text)
    raise ZeroDivisionError


def collide(tx: Tx, *, text: str) -> None:
    """Break a constraint of the database, which only a bug would do."""
    note(tx, text=text)
    tx.run(_DUPLICATE.replace("{row}", "(:shop_id, 1, 1, 1, 1, 1, 1)"))


def count_up(tx: Tx, *, text: str) -> int:
    """Write it down, and tell how many there are now, by what is known."""
    total = (tx.once("total", "", lambda: len(notes(tx)) or None) or 0) + 1
    note(tx, text=text)
    tx.know("total", "", total)
    return total


def count_in_vain(tx: Tx, *, text: str) -> None:
    """Count it, then say no."""
    count_up(tx, text=text)
    raise NO(reason=text)


def notes(view: Reading, after_id: int = 0) -> list[tuple[int, str]]:
    """What is written down, in order of id."""
    return [(row[0], row[1]) for row in view.all(_NOTES, after_id=after_id)]


COMMANDS = (shops.create, note, refuse, refuse_leaving, put_off, stumble, collide, count_up, count_in_vain)
