"""The contract of storage, over each engine and each way that a command travels."""

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from matjar.core.limits import COMMAND_BYTES, QUEUED_COMMANDS
from matjar.core.refusal import Refusal
from matjar.core.tx import Reading
from matjar.domain import shops
from matjar.storage import feed
from matjar.storage.carrier import Socket
from matjar.storage.desk import Desk
from tests.contracts import verbs
from tests.contracts.storages import Opener, code_of, found, open_postgres, open_sqlite, shop_in, writer_process


@pytest.fixture(params=["sqlite", "sqlite over a socket", pytest.param("postgres", marks=pytest.mark.postgres)])
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Opens a storage of each kind."""
    match request.param:
        case "sqlite":
            yield lambda: open_sqlite(tmp_path / "shops.sqlite")
        case "postgres":
            url: str = request.getfixturevalue("postgres_database")
            yield lambda: open_postgres(url)
        case _:
            with writer_process(tmp_path):
                yield lambda: open_sqlite(tmp_path / "shops.sqlite", Socket(str(tmp_path / "writer.sock")))


async def texts(desk: Desk) -> list[str]:
    """What is written down in the desk's shop."""
    return [text for _, text in await desk.read(verbs.notes)]


def test_what_was_answered_can_be_read(opener: Opener) -> None:
    async def story() -> None:
        async with shop_in(opener()) as desk:
            written = await desk.submit(verbs.note)(text="soap")
            assert (written.text, written.number) == ("soap", 1)
            assert await desk.read(verbs.notes) == [(written.id, "soap")]

    asyncio.run(story())


def test_in_a_group_what_is_refused_or_breaks_is_rolled_back_alone(opener: Opener) -> None:
    group = (verbs.note, verbs.refuse, verbs.note, verbs.stumble, verbs.note, verbs.refuse_leaving)

    async def story() -> None:
        async with shop_in(opener()) as desk:
            codes = await asyncio.gather(
                *[code_of(desk.submit(verb)(text=str(place))) for place, verb in enumerate(group)]
            )
            assert codes == ["", "contracts.no", "", "platform.fault", "", "contracts.no"]
            assert await texts(desk) == ["0", "2", "4", "trace of 5"]
            assert (await desk.submit(verbs.note)(text="last")).number == 4, "the series has a gap"

    asyncio.run(story())


def test_a_broken_constraint_spoils_nobody_else_s_command(opener: Opener) -> None:
    async def story() -> None:
        async with shop_in(opener()) as desk:
            group = (verbs.note, verbs.note, verbs.collide, verbs.note, verbs.refuse)
            codes = await asyncio.gather(
                *[code_of(desk.submit(verb)(text=str(place))) for place, verb in enumerate(group)]
            )
            assert codes == ["", "", "platform.fault", "", "contracts.no"]
            assert await texts(desk) == ["0", "1", "3"]
            assert (await desk.submit(verbs.note)(text="last")).number == 4

    asyncio.run(story())


def test_a_key_gets_its_first_answer_again_be_it_a_no(opener: Opener) -> None:
    async def story() -> None:
        async with shop_in(opener()) as desk:
            first = await desk.submit(verbs.note, key="yes")(text="soap")
            assert await desk.submit(verbs.note, key="yes")(text="soap") == first
            for _ in range(2):
                with pytest.raises(Refusal) as no:
                    await desk.submit(verbs.refuse_leaving, key="no")(text="oil")
                assert (no.value.code, no.value.facts) == ("contracts.no", {"reason": "oil"})
            assert await texts(desk) == ["soap", "trace of oil"]

    asyncio.run(story())


def test_a_key_used_for_something_else_is_refused(opener: Opener) -> None:
    async def story() -> None:
        async with shop_in(opener()) as desk:
            await desk.submit(verbs.note, key="once")(text="soap")
            assert await code_of(desk.submit(verbs.note, key="once")(text="oil")) == "idempotency.reused"
            assert await code_of(desk.submit(verbs.refuse, key="once")(text="soap")) == "idempotency.reused"
            assert await texts(desk) == ["soap"]

    asyncio.run(story())


def test_the_same_key_twice_in_one_group_is_done_once(opener: Opener) -> None:
    async def story() -> None:
        async with shop_in(opener()) as desk:
            both = await asyncio.gather(*[desk.submit(verbs.note, key="once")(text="soap") for _ in range(5)])
            assert len({each.id for each in both}) == 1
            assert await texts(desk) == ["soap"]

    asyncio.run(story())


@pytest.mark.parametrize(("verb", "code"), [(verbs.put_off, "contracts.not_now"), (verbs.stumble, "platform.fault")])
def test_what_the_next_try_may_overcome_is_not_kept(opener: Opener, verb: object, code: str) -> None:
    async def story() -> None:
        async with shop_in(opener()) as desk:
            assert await code_of(desk.submit(verb, key="again")(text="soap")) == code  # type: ignore[arg-type]
            await desk.submit(verbs.note, key="again")(text="soap")
            assert await texts(desk) == ["soap"]

    asyncio.run(story())


def test_keys_belong_to_a_shop(opener: Opener) -> None:
    async def story() -> None:
        storage = opener()
        async with shop_in(storage) as desk:
            other = storage.desk(2)
            await found(other)
            await desk.submit(verbs.note, key="same")(text="soap")
            await other.submit(verbs.note, key="same")(text="oil")
            assert (await texts(desk), await texts(other)) == (["soap"], ["oil"])

    asyncio.run(story())


def test_what_does_not_fit_is_refused_and_named(opener: Opener) -> None:
    async def story() -> None:
        async with shop_in(opener()) as desk:
            assert await code_of(desk.submit(verbs.note)(text=7)) == "command.bad_arguments"  # type: ignore[arg-type]
            assert await code_of(desk.submit(shops.configure)(settings=shops.Settings())) == "command.unknown"
            big = "x" * COMMAND_BYTES
            codes = await asyncio.gather(*[code_of(desk.submit(verbs.note)(text=text)) for text in ("small", big)])
            assert codes == ["", "command.too_large"]

    asyncio.run(story())


def test_a_shop_that_is_not_there_is_refused_also_behind_a_failed_founding(opener: Opener) -> None:
    async def story() -> None:
        storage = opener()
        async with shop_in(storage):
            nowhere = storage.desk(9)
            founding = nowhere.submit(shops.create)(
                handle="!", name="", currency="AED", country="AE", time_zone="Asia/Dubai"
            )
            noting = nowhere.submit(verbs.note)(text="soap")
            codes = await asyncio.gather(*[code_of(each) for each in (founding, noting)])
            assert codes == ["shops.bad_handle", "storage.no_shop"]

    asyncio.run(story())


def test_more_than_the_writer_may_promise_is_busy_at_once(opener: Opener) -> None:
    most = 2 * QUEUED_COMMANDS

    async def story() -> None:
        async with shop_in(opener()) as desk:
            waiting = [asyncio.ensure_future(code_of(desk.submit(verbs.note)(text=str(n)))) for n in range(most)]
            done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            assert {await each for each in done} == {"storage.busy"}, "a place in the queue was answered first"
            codes = await asyncio.gather(*waiting)
            taken = codes.count("")
            assert set(codes) == {"", "storage.busy"}
            assert QUEUED_COMMANDS <= taken < most
            assert len(await texts(desk)) == taken

    asyncio.run(story())


def test_the_feed_tells_what_happened_in_order_and_nothing_else(opener: Opener) -> None:
    async def story() -> None:
        storage = opener()
        async with shop_in(storage) as desk:
            other = storage.desk(2)
            await found(other)
            group = (verbs.note, verbs.refuse, verbs.note, verbs.stumble)
            await asyncio.gather(*[code_of(desk.submit(verb)(text=verb.__name__)) for verb in group])
            assert [(at.shop_id, at.number) for at in await storage.read(0, feed.positions)] == [(1, 3), (2, 1)]

            def after_the_first(view: Reading) -> list[feed.Entry]:
                return feed.entries_after(view, 1)

            entries = await desk.read(after_the_first)
            assert [(entry.number, entry.type) for entry in entries] == [(2, "task_opened"), (3, "task_opened")]
            assert {entry.request_id for entry in entries} == {"test"}
            assert '"kind":"note"' in entries[0].body
            assert [entry.type for entry in await other.read(lambda view: feed.entries_after(view, 0))] == [
                "shop_created"
            ]

    asyncio.run(story())


def test_what_a_writer_knows_is_never_what_was_refused_nor_what_another_has_changed(opener: Opener) -> None:
    chance = random.Random(20251201)

    async def story() -> None:
        first, second = opener(), opener()
        async with shop_in(first) as desk:
            counted: list[int] = []
            for turn in range(40):
                doing = [
                    each.submit(chance.choice([verbs.count_up, verbs.count_up, verbs.count_in_vain]))(text=str(turn))
                    for each in (desk, second.desk(1))
                    for _ in range(chance.randrange(4))
                ]
                answers = await asyncio.gather(*doing, return_exceptions=True)
                counted += [answer for answer in answers if isinstance(answer, int)]
            assert sorted(counted) == list(range(1, len(await desk.read(verbs.notes)) + 1))
            assert len(counted) > 50
        await second.close()

    asyncio.run(story())


def test_a_question_sees_one_moment(opener: Opener) -> None:
    def ask_twice(view: Reading) -> tuple[int, int]:
        return len(verbs.notes(view)), len(verbs.notes(view))

    async def story() -> None:
        async with shop_in(opener()) as desk:
            writing = asyncio.gather(*[desk.submit(verbs.note)(text=str(n)) for n in range(100)])
            while not writing.done():
                before, after = await desk.read(ask_twice)
                assert before == after
                await asyncio.sleep(0)
            await writing

    asyncio.run(story())
