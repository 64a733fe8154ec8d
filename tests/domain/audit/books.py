"""Books of surfaces for tests: entries as they are written and chained."""

from matjar.domain import audit
from matjar.domain.audit import Entry, Written

AT = 1_795_000_000_000


def entry(
    at: int = AT, *, person_id: int = 1, action: str = "orders.refund", subject: str = "order:1", **more: object
) -> Entry:
    """A deed of somebody who signed in by passkey."""
    facts = {"after": {"refund_minor": "5"}, "age_ms": 0} | more
    return Entry(at, person_id, "sid", action, subject, "passkey", at, "192.0.2.1", **facts)  # type: ignore[arg-type]


def book(*entries: Entry) -> tuple[Written, ...]:
    """The entries, numbered and chained."""
    written: list[Written] = []
    for each in entries:
        content, before = audit.encode(each), written[-1].chain if written else audit.BEGINNING
        written.append(Written(len(written) + 1, content, audit.chained(before, content)))
    return tuple(written)
