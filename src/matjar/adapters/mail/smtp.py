"""Letters through a mail server (RFC 5321, RFC 6409): always encrypted, unless it is on this very machine."""

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from matjar.adapters.mail.envelope import seal
from matjar.core.clock import now_ms
from matjar.core.refusal import Refusal
from matjar.core.tx import assert_outside
from matjar.domain.notices.ports import POST_AWAY, UNDELIVERABLE, Message

TIMEOUT_SECONDS = 15.0
"""For each step of the conversation: servers that greet slowly on purpose let one wait some seconds."""
AT_A_TIME = 4
"""Conversations under way, each in a thread of its own."""
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_PORTS = {"smtp": 587, "smtps": 465}


class Smtp:
    """One mail server: ``smtp://user:password@host:587``, which begins TLS by STARTTLS, or ``smtps://…:465``."""

    name = "smtp"

    def __init__(
        self, url: str, sender: str, *, context: ssl.SSLContext | None = None, timeout_seconds: float = TIMEOUT_SECONDS
    ) -> None:
        """``sender`` is ``Name <address>``; ``context`` says whose certificates are believed: the system's."""
        parts = urlsplit(url)
        assert parts.scheme in _PORTS, "smtp:// or smtps://"
        assert parts.hostname, "a mail server has a name"
        self._host, self._port = parts.hostname, parts.port or _PORTS[parts.scheme]
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._from_the_start = parts.scheme == "smtps"
        self._sender = sender
        self._context = context or ssl.create_default_context()
        self._timeout_seconds = timeout_seconds
        self._places = asyncio.Semaphore(AT_A_TIME)

    async def send(self, message: Message) -> None:
        """Hand over a letter; see ``Post.send``."""
        assert_outside()
        letter = seal(message, self._sender, now_ms())
        async with self._places:
            await asyncio.to_thread(self._deliver, letter)

    def _deliver(self, letter: EmailMessage) -> None:
        try:
            with self._connect() as server:
                _hand_over(server, letter)
        except (OSError, smtplib.SMTPException) as error:
            raise POST_AWAY(reason=type(error).__name__) from None

    def _connect(self) -> smtplib.SMTP:
        if self._from_the_start:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self._host, self._port, timeout=self._timeout_seconds, context=self._context
            )
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=self._timeout_seconds)
        try:
            self._secure(server)
            if self._user:
                server.login(self._user, self._password)
        except BaseException:
            server.close()
            raise
        return server

    def _secure(self, server: smtplib.SMTP) -> None:
        """Begin TLS. A server that cannot is not spoken to: the letter carries somebody's way in."""
        server.ehlo()
        if self._from_the_start:
            return
        if server.has_extn("starttls"):
            server.starttls(context=self._context)
            server.ehlo()
        elif self._host not in _LOCAL:
            raise smtplib.SMTPException("no STARTTLS")


def _hand_over(server: smtplib.SMTP, letter: EmailMessage) -> None:
    try:
        server.send_message(letter)
    except smtplib.SMTPRecipientsRefused as error:
        ((code, reason),) = error.recipients.values()
        raise _refusal(code, reason) from None
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        raise _refusal(error.smtp_code, error.smtp_error) from None
    except smtplib.SMTPNotSupportedError as error:
        raise UNDELIVERABLE(reason=str(error)) from None


def _refusal(code: int, reason: bytes | str) -> Refusal:
    """What the server says of this letter: 4yz is for now, 5yz for ever (RFC 5321, 4.2.1)."""
    said = f"{code} {reason.decode('utf-8', 'replace') if isinstance(reason, bytes) else reason}"[:200]
    return UNDELIVERABLE(reason=said) if code >= 500 else POST_AWAY(reason=said)
