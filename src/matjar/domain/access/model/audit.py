"""Who changed what, and how they had proved themselves."""

import msgspec


class Entry(msgspec.Struct, frozen=True):
    """One deed. ``subject``, ``before`` and ``after`` are ids and words of ours, never a person's data."""

    id: int
    at: int
    actor: str
    person_id: int
    proof: str
    address: str
    deed: str
    subject: str
    before: str
    after: str
    request_id: str
