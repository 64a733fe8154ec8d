"""Notices: what a shop tells people outside its pages. Up to now letters by mail.

Promise: a letter is put into the box in the transaction that it tells of, and goes out later, by the postman; one
that cannot be sent now is told from one that never can be; and what it opened is forgotten as soon as it is sent.
"""

from matjar.domain.notices.model import Letter, Notice
from matjar.domain.notices.operations import failed, forget, post, sent, sweep, undeliverable
from matjar.domain.notices.ports import POST_AWAY, UNDELIVERABLE, Message, Post
from matjar.domain.notices.queries import due

COMMANDS = (sent, failed, undeliverable, sweep)

__all__ = [
    "COMMANDS",
    "POST_AWAY",
    "UNDELIVERABLE",
    "Letter",
    "Message",
    "Notice",
    "Post",
    "due",
    "failed",
    "forget",
    "post",
    "sent",
    "sweep",
    "undeliverable",
]
