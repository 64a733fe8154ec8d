"""The scribe: copies what identity's database says of who did what into identity's book, shop by shop.

There each entry is chained as at any other surface, and waits for one that reaches the shops' logs. What a person did
to their own ways in is every shop's business that they work in.
"""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import structlog

from matjar.core.refusal import Refusal
from matjar.core.tx import Reading
from matjar.domain import access
from matjar.domain.audit import Entry
from matjar.edge.audit import Audit
from matjar.storage import feed
from matjar.storage.desk import Storage
from matjar.surfaces.identity.parts import HOUSE

LOOK_SECONDS = 1.0
"""Between looks for deeds that are not in the book yet."""

_log = structlog.get_logger("matjar.identity")


class Deed(NamedTuple):
    """How a deed stands in the book: its action, what it was done to, and what it has before and after."""

    action: str
    subject: str = "person"
    before: str = "before"
    after: str = "after"


DEEDS = {
    "owner_invited": Deed("staff.owner_invited", "invitation"),
    "member_invited": Deed("staff.member_invited", "invitation", after="role"),
    "invitation_withdrawn": Deed("staff.invitation_withdrawn", "invitation"),
    "member_joined": Deed("staff.member_joined", before="invitation", after="role"),
    "role_given": Deed("staff.role_given", before="role", after="role"),
    "member_suspended": Deed("staff.member_suspended", before="role"),
    "member_resumed": Deed("staff.member_resumed", before="role"),
    "member_removed": Deed("staff.member_removed", before="role"),
    "member_left": Deed("staff.member_left", before="role"),
    "member_signed_out": Deed("staff.member_signed_out"),
    "shop_handed_over": Deed("staff.shop_handed_over", "shop", "person", "person"),
    "role_made": Deed("staff.role_made", "role", after="permissions"),
    "role_changed": Deed("staff.role_changed", "role", "permissions", "permissions"),
    "role_removed": Deed("staff.role_removed", "role", "permissions"),
    "codes_printed": Deed("keys.codes_printed"),
    "token_made": Deed("keys.token_made", "token", after="permissions"),
    "token_withdrawn": Deed("keys.token_withdrawn", "token"),
    "device_enrolled": Deed("keys.device_enrolled", "device"),
    "device_withdrawn": Deed("keys.device_withdrawn", "device"),
    "signed_in": Deed("self.signed_in", after="surface"),
}
"""Of a shop, in other words than identity's own. What stands in no line is about a person: ``self.totp_set``."""

PRIVATE = frozenset({"person_described", "signed_out", "account_opened", "key_revoked"})
"""What the house notes of people, and of itself, that no shop need know."""

TOLD = frozenset({"code_spent"})
"""What stands in the shop's log already, by the book of the surface where it was done."""


class Scribe:
    """One platform's; ``run`` it beside identity's pages."""

    def __init__(self, storage: Storage, audit: Audit) -> None:
        self._storage = storage
        self._audit = audit
        self._seen: dict[int, int] = {}

    async def run(self) -> None:
        """Copy for ever. What fails is looked at again, and is in the database meanwhile."""
        while True:
            try:
                await self.look()
            except Refusal as refusal:
                _log.warning("scribe_waits", code=refusal.code)
            except Exception:  # noqa: BLE001 - a full disk or a bug: the log says why entries wait
                _log.exception("entries_not_copied")
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Copy what has come since the last look; refuses ``storage.away``."""
        newest = await self._storage.read(HOUSE, feed.newest_ids)
        for shop_id, id_ in newest.items():
            if self._seen.get(shop_id) != id_:
                await self._copy(shop_id)
                self._seen[shop_id] = id_

    async def _copy(self, source: int) -> None:
        while page := await self._storage.read(source, self._fresh(source)):
            entries = [(shop_id, entry_of(noted)) for noted in page for shop_id in await self._shops_of(source, noted)]
            self._audit.take_over(source, page[-1].id, entries)

    def _fresh(self, source: int) -> Callable[[Reading], list[access.Entry]]:
        return partial(access.list_audit, after_id=self._audit.taken_to(source))

    async def _shops_of(self, source: int, noted: access.Entry) -> list[int]:
        """Whose business it is."""
        if source != HOUSE:
            return [] if noted.deed in TOLD else [source]
        if noted.deed == "signed_in":
            shop_id = int(noted.after.partition(":")[0])
            return [shop_id] if shop_id else []
        if noted.deed in PRIVATE or not noted.subject.isdecimal():
            return []
        person_id = int(noted.subject)
        employed = await self._storage.read(HOUSE, partial(access.list_shops_of, person_id=person_id))
        return [each.shop.id for each in employed]


def entry_of(noted: access.Entry) -> Entry:
    """The entry of the book. Identity decides by its own database, whose age is nothing."""
    deed = DEEDS.get(noted.deed, Deed(f"self.{noted.deed}"))
    after = noted.after.partition(":")[2] if noted.deed == "signed_in" else noted.after
    return Entry(
        noted.at, noted.person_id, "", deed.action, f"{deed.subject}:{noted.subject}", noted.proof, 0, noted.address,
        _fact(deed.before, noted.before), _fact(deed.after, after), age_ms=0,
    )  # fmt: skip


def _fact(name: str, value: str) -> dict[str, str]:
    return {name: value} if value else {}
