"""Questions to the database, from a surface's event loop."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from matjar.core.tx import Reading

T = TypeVar("T")


class Reader(Protocol):
    """Answers questions from one consistent snapshot; refuses ``storage.away`` when there is no database."""

    async def read(self, shop_id: int, question: Callable[[Reading], T]) -> T:
        """Answer a question about one shop."""

    def close(self) -> None:
        """Let go of the database."""
