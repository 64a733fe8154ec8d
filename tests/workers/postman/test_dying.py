"""Whatever stops the clerk or the postman: no letter is lost, and none goes twice as far as SMTP lets anybody say."""

import asyncio

import pytest

from matjar.core.refusal import Refusal
from matjar.domain import notices, orders
from matjar.domain.notices import POST_AWAY, Message
from matjar.storage import feed
from matjar.workers.postman import Clerk, Postman
from tests.workers.postman.buyers import House, told


class Died(BaseException):
    """The process is no more."""


class DyingBox:
    """A mail server that takes a letter, and whose client dies before it has written that down."""

    name = "box"

    def __init__(self) -> None:
        self.sent: list[Message] = []

    async def send(self, message: Message) -> None:
        """Take it, and let nobody know."""
        self.sent.append(message)
        raise Died


async def owed(house: House) -> int:
    """How many letters wait."""
    return len(await house.storage.read(0, notices.due))


def test_a_clerk_who_reads_the_same_again_owes_nothing_twice(house: House) -> None:
    async def story(house: House) -> None:
        for _ in range(3):
            await house.buy()
        for _ in range(3):
            await Clerk(house.storage).look()
        assert await owed(house) == 3

    told(house, story)


def test_two_clerks_at_once_owe_each_letter_once(house: House) -> None:
    async def story(house: House) -> None:
        for _ in range(5):
            await house.buy()
        await asyncio.gather(*(Clerk(house.storage).look() for _ in range(4)))
        assert await owed(house) == 5

    told(house, story)


def test_a_clerk_who_died_before_the_commit_reads_again_and_one_after_it_does_not(house: House) -> None:
    async def story(house: House) -> None:
        await house.buy()
        (position,) = await house.storage.read(0, feed.positions)
        await Clerk(house.storage).look()
        assert await house.desk.read(notices.read_up_to) == position.number
        await house.buy()
        assert await owed(house) == 1, "what was not read is not owed yet, and not lost either"
        await Clerk(house.storage).look()
        assert await owed(house) == 2

    told(house, story)


def test_a_postman_who_dies_after_the_server_s_yes_sends_the_same_letter_again_under_the_same_key(
    house: House,
) -> None:
    async def story(house: House) -> None:
        await house.buy()
        await Clerk(house.storage).look()
        dying = DyingBox()
        with pytest.raises(Died):
            await Postman(house.storage, dying, house.links()).look()
        await house.postman().look()
        await house.postman().look()
        (first,), (again,) = dying.sent, house.box.sent
        assert again == first, "so that whoever has it already sees that it is the same"

    told(house, story)


def test_what_was_sent_while_the_storage_takes_nothing_does_not_go_again(house: House) -> None:
    async def story(house: House) -> None:
        for _ in range(3):
            await house.buy()
        await Clerk(house.storage).look()
        postman = house.postman()
        house.way.closed = True
        for _ in range(4):
            with pytest.raises(Refusal, match=r"storage\.away"):
                await postman.look()
        house.way.closed = False
        assert len(house.box.sent) == 3
        await postman.look()
        assert len(house.box.sent) == 3
        assert await owed(house) == 0

    told(house, story)


def test_a_mail_server_that_is_away_holds_up_no_order_and_loses_no_letter(house: House) -> None:
    async def story(house: House) -> None:
        house.box.refuses = POST_AWAY(reason="busy")
        for _ in range(3):
            order = await house.buy()
            await house.desk.submit(orders.fulfil)(order_id=order.id)
            await house.rounds()
        house.box.refuses = None
        house.clock.ahead_ms += 60 * 60 * 1000
        assert len(await house.rounds()) == 6

    told(house, story)


def test_after_a_restore_the_clerk_goes_on_where_the_restored_books_stand(house: House) -> None:
    async def story(house: House) -> None:
        await house.buy()
        clerk = Clerk(house.storage)
        await clerk.look()
        house.begin_epoch()
        await house.buy()
        assert await clerk.look() == 1
        assert await owed(house) == 2

    told(house, story)


def test_a_shop_whose_feed_cannot_be_read_holds_up_no_other(house: House) -> None:
    async def story(house: House) -> None:
        await house.buy()
        house.run("UPDATE feed SET body = '[' WHERE shop_id = 1 AND type = 'order_placed'")
        assert await Clerk(house.storage).look() == 0
        assert await owed(house) == 0

    told(house, story)
