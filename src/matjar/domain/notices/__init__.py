"""Notices: what people are told outside the pages. Up to now letters by mail.

Promise: a letter that cannot be sent now is told from one that never can be.
"""

from matjar.domain.notices.ports import POST_AWAY, UNDELIVERABLE, Message, Post

__all__ = ["POST_AWAY", "UNDELIVERABLE", "Message", "Post"]
