"""What a surface leans on: each has a list of these in its own ``needs.py``; docs and drills are made from them."""

from typing import NamedTuple


class Need(NamedTuple):
    """A part, what it is needed for, and what happens without it."""

    part: str
    wanted_for: str
    without_it: str
