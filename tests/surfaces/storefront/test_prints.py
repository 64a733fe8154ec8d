"""Long lists for machines: made once, kept for a while, never by two at a time."""

import asyncio
import gzip
from collections.abc import Iterator

import pytest

from matjar.surfaces.storefront.pages.found.codes import is_gtin
from matjar.surfaces.storefront.prints import PRINTS_SECONDS, Prints


class Press:
    """Counts how often it was asked to print."""

    def __init__(self) -> None:
        self.now = 0.0
        self.made = 0

    def make(self) -> Iterator[str]:
        self.made += 1
        yield from ("one ", "two ", f"{self.made}")


def test_whoever_asks_at_once_gets_the_same_print() -> None:
    async def story() -> None:
        press = Press()
        prints = Prints(clock=lambda: press.now)
        found = await asyncio.gather(*(prints.take((1, "a"), 7, press.make) for _ in range(5)))
        assert {gzip.decompress(each.packed) for each in found} == {b"one two 1"}

    asyncio.run(story())


def test_a_print_is_made_anew_of_a_changed_shelf_but_not_more_than_once_a_minute() -> None:
    async def story() -> None:
        press = Press()
        prints = Prints(clock=lambda: press.now)
        await prints.take((1, "a"), 7, press.make)
        assert (await prints.take((1, "a"), 8, press.make)).version == 7
        press.now += PRINTS_SECONDS
        assert (await prints.take((1, "a"), 8, press.make)).version == 8
        press.now += PRINTS_SECONDS
        await prints.take((1, "a"), 8, press.make)
        assert press.made == 2

    asyncio.run(story())


def test_prints_that_nobody_asked_for_longest_make_room() -> None:
    async def story() -> None:
        press = Press()
        prints = Prints(most_bytes=60, clock=lambda: press.now)
        for name in ("a", "b", "a", "c", "a"):
            await prints.take((1, name), 7, press.make)
        assert press.made == 3
        await prints.take((1, "b"), 7, press.make)
        assert press.made == 4

    asyncio.run(story())


def test_who_goes_away_does_not_take_the_print_from_the_others() -> None:
    async def story() -> None:
        press = Press()
        prints = Prints(clock=lambda: press.now)
        first = asyncio.create_task(prints.take((1, "a"), 7, press.make))
        await asyncio.sleep(0)
        second = asyncio.create_task(prints.take((1, "a"), 7, press.make))
        await asyncio.sleep(0)
        first.cancel()
        assert gzip.decompress((await second).packed) == b"one two 1"

    asyncio.run(story())


@pytest.mark.parametrize("barcode", ["4006381333931", "96385074", "036000291452", "00012345600012"])
def test_a_number_in_trade_checks_itself(barcode: str) -> None:
    assert is_gtin(barcode)


@pytest.mark.parametrize(
    "barcode", ["", "4006381333932", "2001000000015", "0000000000000", "400638133393", "٤٠٠٦٣٨١٣٣٣٩٣١", "LAY-VML"]
)
def test_what_is_no_number_in_trade_is_not_told_as_one(barcode: str) -> None:
    assert not is_gtin(barcode)
