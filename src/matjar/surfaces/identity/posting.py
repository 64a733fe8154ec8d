"""The letter carrier: takes the letters that are due, one after another, and says what became of each."""

import asyncio

import structlog

from matjar.core.refusal import Kind, Refusal
from matjar.domain import access
from matjar.domain.access.model.mails import Mail
from matjar.domain.notices import UNDELIVERABLE, Post
from matjar.storage.desk import Storage
from matjar.surfaces.identity.letters import Writer
from matjar.surfaces.identity.parts import HOUSE

PAUSE_SECONDS = 1.0
"""Between looks into the box: who waits for a code looks at their telephone by then."""
DEADLINE_SECONDS = 60.0
"""One letter; a mail server that takes longer gets it later."""

_log = structlog.get_logger("matjar.identity")


class Carrier:
    """Carries letters from the database to whoever carries them on."""

    def __init__(self, storage: Storage, post: Post, writer: Writer) -> None:
        self._storage = storage
        self._post = post
        self._writer = writer
        self.ailment = ""
        """Why the last letter did not go; empty: it did."""

    async def run(self) -> None:
        """Carry letters, for as long as the process lives."""
        while True:
            try:
                await self.round()
            except Refusal as refusal:
                self.ailment = refusal.code
            await asyncio.sleep(PAUSE_SECONDS)

    async def round(self) -> int:
        """Everything that is due now; tells how many letters went."""
        due = await self._storage.read(HOUSE, access.due_mails)
        return sum([await self._carry(mail) for mail in due])

    async def _carry(self, mail: Mail) -> bool:
        desk = self._storage.desk(mail.shop_id)
        try:
            async with asyncio.timeout(DEADLINE_SECONDS):
                await self._post.send(self._writer.write(mail))
        except TimeoutError:
            return await self._failed(mail, "timeout")
        except Refusal as refusal:
            if refusal.code == UNDELIVERABLE.code:
                _log.warning("letter_undeliverable", mail=mail.id, template=str(mail.template))
                await desk.submit(access.mail_undeliverable)(mail_id=mail.id)
                return False
            if refusal.kind is not Kind.AWAY:
                raise
            return await self._failed(mail, refusal.code)
        self.ailment = ""
        await desk.submit(access.mail_sent)(mail_id=mail.id)
        return True

    async def _failed(self, mail: Mail, why: str) -> bool:
        self.ailment = why
        _log.warning("letter_waits", mail=mail.id, template=str(mail.template), why=why)
        await self._storage.desk(mail.shop_id).submit(access.mail_failed)(mail_id=mail.id)
        return False
