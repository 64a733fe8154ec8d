"""What waits for a writer: a bounded line for each who asks, served in turn, so that none can crowd out another."""

from collections import OrderedDict, deque
from typing import Generic, TypeVar

from matjar.core.limits import QUEUED_COMMANDS

T = TypeVar("T")


class Intake(Generic[T]):
    """Lines by name (a connection, a shop), and a turn that goes round them."""

    def __init__(self, most: int = QUEUED_COMMANDS) -> None:
        self._most = most
        self._lines: OrderedDict[object, deque[T]] = OrderedDict()
        self._waiting = 0

    def __len__(self) -> int:
        return self._waiting

    def put(self, line: object, item: T) -> bool:
        """Join a line; False when the writer has as much before it as it may promise."""
        if self._waiting >= self._most:
            return False
        self._lines.setdefault(line, deque()).append(item)
        self._waiting += 1
        return True

    def take_round(self, most: int) -> list[T]:
        """The next group, one from each line in turn."""
        group: list[T] = []
        while self._lines and len(group) < most:
            line, items = self._lines.popitem(last=False)
            group.append(items.popleft())
            if items:
                self._lines[line] = items
        self._waiting -= len(group)
        return group

    def take_line(self, most: int) -> list[T]:
        """The next group, all from the line whose turn it is."""
        if not self._lines:
            return []
        line, items = self._lines.popitem(last=False)
        group = [items.popleft() for _ in range(min(most, len(items)))]
        if items:
            self._lines[line] = items
        self._waiting -= len(group)
        return group
