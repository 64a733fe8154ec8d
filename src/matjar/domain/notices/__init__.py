"""Notices: what a shop tells people outside its pages. Up to now letters by mail.

Promise: a letter goes into the box in the transaction that it tells of, or, about an order, once for its event on the
feed, however often that is read; it goes out later, by the postman. One that cannot be sent now is told from one that
never can be, of which the shop hears; and what it opened is forgotten as soon as it is sent.
"""

from matjar.domain.notices.model import ABOUT_ORDERS, Letter, Notice, Posted, Wanted
from matjar.domain.notices.operations import (
    failed,
    forget,
    post,
    send_again,
    sent,
    sweep,
    take_down,
    undeliverable,
    unwanted,
    write_to_shop,
)
from matjar.domain.notices.ports import POST_AWAY, UNDELIVERABLE, Message, Post
from matjar.domain.notices.queries import due, list_about, read_up_to

COMMANDS = (take_down, send_again, sent, failed, undeliverable, unwanted, sweep, write_to_shop)

__all__ = [
    "ABOUT_ORDERS",
    "COMMANDS",
    "POST_AWAY",
    "UNDELIVERABLE",
    "Letter",
    "Message",
    "Notice",
    "Post",
    "Posted",
    "Wanted",
    "due",
    "failed",
    "forget",
    "list_about",
    "post",
    "read_up_to",
    "send_again",
    "sent",
    "sweep",
    "take_down",
    "undeliverable",
    "unwanted",
    "write_to_shop",
]
