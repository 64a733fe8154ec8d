"""Retrying: what failed is tried again, ever later, for as long as it fails; what else is to be done goes on."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import NamedTuple


class _Failed(NamedTuple):
    due_at: float
    pause_seconds: float


class Retrying:
    """When each of many things may be tried again. Times are monotonic seconds.

    It waits no longer for a thing than it has failed already, and never longer than ``longest_seconds``. Of more than
    ``most`` failing things it forgets those that it has not heard of for the longest, which are tried at once.
    """

    def __init__(self, first_seconds: float, longest_seconds: float, most: int) -> None:
        self._first_seconds = first_seconds
        self._longest_seconds = longest_seconds
        self._most = most
        self._failed: OrderedDict[Hashable, _Failed] = OrderedDict()

    def __len__(self) -> int:
        """How many things are remembered to have failed."""
        return len(self._failed)

    def is_due(self, what: Hashable, now: float) -> bool:
        """Whether a thing may be tried now."""
        failed = self._failed.get(what)
        return failed is None or failed.due_at <= now

    def failed(self, what: Hashable, now: float) -> float:
        """It was tried and failed; seconds until it may be tried again."""
        before = self._failed.pop(what, None)
        pause_seconds = min(before.pause_seconds * 2, self._longest_seconds) if before else self._first_seconds
        self._failed[what] = _Failed(now + pause_seconds, pause_seconds)
        if len(self._failed) > self._most:
            self._failed.popitem(last=False)
        return pause_seconds

    def succeeded(self, what: Hashable) -> None:
        """It is done: should it ever fail again, that is the first time."""
        self._failed.pop(what, None)
