"""Buckets: how often something may be done, at once and in the long run, by each of many who do it.

In the memory of one process, and not among the counted tries in the database: what is bounded here is asked before
anything else is done, for each buyer, on the hottest way that there is. A try that is counted there is a row; whoever
fills the tables would fill that one too. A surface is one process, so that its memory knows them all, and one that
starts anew has forgotten them, which harms nobody.
"""


class Buckets:
    """A bucket for each subject: full at first, refilled with one every so often. Times are monotonic seconds."""

    def __init__(self, holds: int, one_every_seconds: float, most: int) -> None:
        """Of ``most`` subjects; with one more, those are forgotten whose bucket is full, or else fullest."""
        self._every_seconds = one_every_seconds
        self._to_fill_seconds = holds * one_every_seconds
        self._most = most
        self._full_at: dict[str, float] = {}

    def take(self, subject: str, now: float) -> float:
        """Take one out, and answer 0; or the seconds until there is one again."""
        full_at = max(self._full_at.get(subject, now), now) + self._every_seconds
        wait_seconds = full_at - now - self._to_fill_seconds
        if wait_seconds > 0:
            return wait_seconds
        self._full_at[subject] = full_at
        if len(self._full_at) > self._most:
            self._forget(now)
        return 0.0

    def _forget(self, now: float) -> None:
        """Keep half of them, so that this is seldom done."""
        emptiest = sorted(self._full_at.items(), key=lambda each: each[1], reverse=True)[: self._most // 2]
        self._full_at = {subject: full_at for subject, full_at in emptiest if full_at > now}
