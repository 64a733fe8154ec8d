"""A surface's book, given to the surfaces of the shops' people and to nobody else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from matjar.core.clock import MINUTE
from matjar.edge.audit import Audit
from matjar.edge.books import Elsewhere, book_routes
from matjar.edge.fetching import Surface
from matjar.edge.following import Away, Folder
from matjar.resilience.bundles import Moment
from tests.edge.crew import SHOP, Crew
from tests.edge.listening import listening
from tests.edge.logs import entry

pytestmark = pytest.mark.anyio


@pytest.fixture
def crew(tmp_path: Path) -> Crew:
    """A house with nobody in it yet."""
    return Crew(tmp_path)


@pytest.fixture
def book(crew: Crew) -> Audit:
    """Identity's book, with two entries."""
    made = Audit(crew.home / "identity" / "audit.sqlite")
    for at in (1, 2):
        made.write(SHOP, entry(at))
    return made


@asynccontextmanager
async def given_to(crew: Crew, surface: str, book: Audit, fast_ms: int = 0) -> AsyncIterator[Elsewhere]:
    """The book at identity, as another surface asks for it, whose clock is so far ahead."""
    identity, asking = crew.surface("identity"), crew.surface(surface)
    crew.publish_keys()
    for each in (identity, asking):
        await crew.follower(each).catch_up(Folder(crew.shelf))
    asking.clock = lambda: Moment(crew.clock().wall + fast_ms, crew.clock().monotonic)
    async with listening(book_routes(identity, book)) as url:
        line = Surface(url, asking)
        try:
            yield Elsewhere("identity", line)
        finally:
            await line.close()


async def test_the_back_office_reads_identity_s_book(crew: Crew, book: Audit) -> None:
    async with given_to(crew, "admin", book) as there:
        assert (await there.heads(), there.name) == ({SHOP: 2}, book.name)
        assert await there.entries_after(SHOP, 0) == book.entries_after(SHOP, 0, 9)
        assert [each.number for each in await there.entries_after(SHOP, 1)] == [2]


async def test_a_surface_with_a_wrong_clock_is_told_the_time_and_believed_at_its_next_try(
    crew: Crew, book: Audit
) -> None:
    async with given_to(crew, "admin", book, fast_ms=5 * MINUTE) as there:
        with pytest.raises(Away, match="401"):
            await there.heads()
        assert await there.heads() == {SHOP: 2}


async def test_a_surface_where_nobody_of_a_shop_works_is_given_nothing(crew: Crew, book: Audit) -> None:
    async with given_to(crew, "storefront", book) as there:
        with pytest.raises(Away):
            await there.heads()
        with pytest.raises(Away):
            await there.entries_after(SHOP, 0)
