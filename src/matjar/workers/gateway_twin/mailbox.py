"""The demo's mailbox: letters that lie in a folder because no mail server is named, to be read in a browser.

It stands here because this process plays the world outside of the shops, and runs on somebody's own machine only. The
letters open doors, so nobody is answered who came by another name than this machine's.
"""

import email
import email.policy
from email.message import EmailMessage
from html import escape
from pathlib import Path
from string import Template

from matjar.workers.gateway_twin.hosts import check_address
from matjar.workers.gateway_twin.pages import HTML_HEADERS, load, page
from matjar.workers.gateway_twin.wire import UNKNOWN, Answer, Call

_LIST, _LETTER = Template(load("mailbox.html")), Template(load("letter.html"))
_SHOWN = 100
_LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
)
"""A letter's page runs no script and loads nothing; its links lead on."""


class MailboxDoor:
    """The folder's newest letters. Without a folder, there is no mailbox."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    async def show_all(self, call: Call) -> Answer:
        """Who was written what, the newest first; refuses ``twin.unknown`` where a mail server takes the letters."""
        rows = "".join(_row(name, _read(path)) for name, path in self._letters(call).items())
        return page(_LIST, call, {}, rows=rows)

    async def show_one(self, call: Call) -> Answer:
        """One letter, with what stands around it; refuses ``twin.unknown``."""
        name = call.path[1]
        letter = _read(self._find(call, name))
        facts = {
            "subject": str(letter["subject"]), "from": str(letter["from"]), "to": str(letter["to"]),
            "text": _part(letter, "plain"), "src": f"/mailbox/{name}/html",
        }  # fmt: skip
        return page(_LETTER, call, facts, wide=True)

    async def show_html(self, call: Call) -> Answer:
        """The letter itself, as a mail program would show it; refuses ``twin.unknown``."""
        html = _part(_read(self._find(call, call.path[1])), "html").replace("<head>", '<head><base target="_top">', 1)
        headers = tuple(each for each in HTML_HEADERS if each[0] != b"content-security-policy")
        return Answer(html.encode(), headers=(*headers, (b"content-security-policy", _LETTER_POLICY.encode())))

    def _find(self, call: Call, name: str) -> Path:
        path = self._letters(call).get(name)
        if path is None:
            raise UNKNOWN()
        return path

    def _letters(self, call: Call) -> dict[str, Path]:
        """The letters by their names; refuses ``twin.unknown`` where there is no folder to look into."""
        check_address(f"http://{call.header(b'host')}", ())
        if self._folder is None:
            raise UNKNOWN()
        return {path.stem: path for path in sorted(self._folder.glob("*.eml"), reverse=True)[:_SHOWN]}


def _read(path: Path) -> EmailMessage:
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)


def _part(letter: EmailMessage, kind: str) -> str:
    part = letter.get_body((kind,))
    return str(part.get_content()) if part else ""


def _row(name: str, letter: EmailMessage) -> str:
    subject, sender, to = (escape(str(letter[header])) for header in ("subject", "from", "to"))
    who = f"<small><bdi>{sender}</bdi> → <bdi>{to}</bdi></small>"
    return f'<li><a href="/mailbox/{name}"><bdi>{subject}</bdi></a><br>{who}'
