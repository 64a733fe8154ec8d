"""Waiting: who wants to be told when something that sold out is back.

Promise: one letter, as soon as it can be bought again, and then the address is forgotten; whoever got tired of waiting
takes themselves off every list by one link.
"""

from matjar.domain.waiting.model import NOT_SOLD_OUT, TOO_MANY, Wish
from matjar.domain.waiting.operations import call, forget, leave, sweep, wait_for
from matjar.domain.waiting.queries import list_wanted

COMMANDS = (wait_for, call, leave, sweep)

__all__ = [
    "COMMANDS",
    "NOT_SOLD_OUT",
    "TOO_MANY",
    "Wish",
    "call",
    "forget",
    "leave",
    "list_wanted",
    "sweep",
    "wait_for",
]
