"""A letter as the world's mail servers read it (RFC 5322, MIME)."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import formatdate, parseaddr

from matjar.domain.notices.ports import UNDELIVERABLE, Message


def seal(message: Message, sender: str, at: int) -> EmailMessage:
    """The letter, as text and as HTML, from ``Name <address>``, written at a moment in milliseconds.

    Refuses ``notices.undeliverable`` for an address that is none.
    """
    name, address = parseaddr(sender)
    if "\n" in message.address or "\r" in message.address or message.address.count("@") != 1:
        raise UNDELIVERABLE(reason="not an address")
    letter = EmailMessage(SMTP if message.address.isascii() else SMTPUTF8)
    letter["From"] = Address(_in_line(message.sender_name) or name, addr_spec=address)
    letter["To"] = message.address
    if message.reply_to:
        letter["Reply-To"] = _in_line(message.reply_to)
    letter["Subject"] = _in_line(message.subject)
    letter["Date"] = formatdate(at / 1000)
    letter["Message-ID"] = f"<{message.key}@{address.rpartition('@')[2]}>"
    # Nobody's holiday answers it (RFC 3834, 5).
    letter["Auto-Submitted"] = "auto-generated"
    if message.unsubscribe_url:
        letter["List-Unsubscribe"] = f"<{_in_line(message.unsubscribe_url)}>"
        # One click, by a request that the mail program sends itself (RFC 8058, 3.1).
        letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    letter.set_content(message.text, cte="quoted-printable")
    letter.add_alternative(message.html, subtype="html", cte="quoted-printable")
    letter["Content-Language"] = message.language
    return letter


def _in_line(text: str) -> str:
    """A header is one line, whatever somebody typed."""
    return " ".join(text.split())
