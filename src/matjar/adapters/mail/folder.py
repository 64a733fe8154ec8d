"""Letters into a folder, one file each, which any mail program opens: for a machine without a mail server."""

import asyncio
from pathlib import Path

from matjar.adapters.mail.envelope import seal
from matjar.core.clock import now_ms
from matjar.core.tx import assert_outside
from matjar.domain.notices.ports import Message

KEPT = 200
"""Letters that stay in the folder; older ones go, since what they carry lets people in."""


class Folder:
    """A folder of letters, the newest ``KEPT`` of them."""

    name = "folder"

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    async def send(self, message: Message) -> None:
        """Write a letter down; see ``Post.send``."""
        assert_outside()
        await asyncio.to_thread(self._write, message)

    def _write(self, message: Message) -> None:
        at = now_ms()
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._folder / f"{at}-{message.key}.eml"
        path.touch(mode=0o600)
        path.write_bytes(seal(message, self._sender, at).as_bytes())
        for old in sorted(self._folder.glob("*.eml"))[:-KEPT]:
            old.unlink(missing_ok=True)
