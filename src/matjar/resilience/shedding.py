"""Shedding: under more load than can be served, say no at the door, at once, and finish what was begun.

A request that begins something (a new checkout) is turned away first; one that continues (its payment) only when
hardly anything gets through any more: a shop that is overrun should sell to those it has let in.
"""

from enum import IntEnum


class Weight(IntEnum):
    """How much it matters that a request gets through."""

    BEGINS = 0
    CONTINUES = 1
    VITAL = 2


class Door:
    """Counts who is inside. Bounds are numbers of requests at a time."""

    def __init__(self, beginning: int, continuing: int) -> None:
        assert 0 < beginning <= continuing
        self._bounds = {Weight.BEGINS: beginning, Weight.CONTINUES: continuing, Weight.VITAL: continuing * 2}
        self.inside = 0
        self.turned_away = 0

    def enter(self, weight: Weight) -> bool:
        """Let a request in, or turn it away."""
        if self.inside >= self._bounds[weight]:
            self.turned_away += 1
            return False
        self.inside += 1
        return True

    def leave(self) -> None:
        """A request is done."""
        self.inside -= 1
