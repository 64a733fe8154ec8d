"""What notices ask of the world: somebody who carries letters, called between transactions, never within one."""

from typing import Protocol

import msgspec

from matjar.core.refusal import Kind, declare

POST_AWAY = declare("notices.post_away", Kind.AWAY, "The mail server does not take letters at the moment: {reason}.")
UNDELIVERABLE = declare("notices.undeliverable", Kind.INVALID, "The mail server does not take this letter: {reason}.")


class Message(msgspec.Struct, frozen=True):
    """A letter, written. ``key`` is its own for ever: one that is sent twice is seen to be the same.

    ``sender_name`` is in whose name it comes, and ``reply_to`` who reads an answer; empty: the platform, and nobody.
    """

    key: str
    address: str
    language: str
    subject: str
    text: str
    html: str
    sender_name: str = ""
    reply_to: str = ""
    unsubscribe_url: str = ""
    """Where the reader says that they want no more such letters: of news alone."""


class Post(Protocol):
    """Whoever carries letters."""

    name: str

    async def send(self, message: Message) -> None:
        """Hand over a letter.

        Refuses ``notices.post_away`` when it may go later, ``notices.undeliverable`` when it never will.
        """
