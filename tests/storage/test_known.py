"""What a writer knows without asking: never what a refused command wrote, nor what another writer has changed."""

from matjar.core.limits import KNOWN_ANSWERS, KNOWN_SHOPS
from matjar.storage.known import Known, Memory


def never() -> str:
    raise AssertionError("this was known")


def test_what_is_known_is_not_asked_again_until_it_is_forgotten() -> None:
    known = Known()
    assert known.once("colour", 1, lambda: "red") == "red"
    assert known.once("colour", 1, never) == "red"
    known.know("colour", 1, "green")
    assert known.once("colour", 1, never) == "green"
    known.forget("colour", 2)
    assert known.once("colour", 1, never) == "green"
    known.forget("colour")
    assert known.once("colour", 1, lambda: "blue") == "blue"


def test_that_there_is_nothing_is_asked_each_time() -> None:
    known = Known()
    assert known.once("colour", 1, lambda: None) is None
    assert known.once("colour", 1, lambda: "red") == "red"


def test_of_several_only_the_missing_are_asked_for_and_together() -> None:
    known, asked = Known(), []

    def answer(details: list[int]) -> dict[int, str]:
        asked.append(details)
        return {detail: str(detail) for detail in details if detail != 3}

    known.know("name", 1, "one")
    assert known.once_each("name", [1, 2, 3], answer) == {1: "one", 2: "2"}
    assert known.once_each("name", [1, 2], answer) == {1: "one", 2: "2"}
    assert asked == [[2, 3]]


def test_a_refused_command_takes_back_what_it_learned_and_nothing_else() -> None:
    known = Known()
    known.know("colour", 1, "red")
    known.begin()
    known.know("colour", 2, "green")
    known.know("colour", 1, "black")
    known.take_back()
    assert known.once("colour", 1, lambda: "asked") == "asked"
    assert known.once("colour", 2, lambda: "asked") == "asked"


def test_the_oldest_answers_of_a_topic_go_first() -> None:
    known = Known()
    for number in range(KNOWN_ANSWERS + 1):
        known.know("number", number, number)
    assert known.once("number", 0, lambda: -1) == -1
    assert known.once("number", KNOWN_ANSWERS, lambda: -1) == KNOWN_ANSWERS


def test_a_head_that_somebody_moved_makes_all_unknown() -> None:
    memory, known = Memory(), Known()
    known.know("colour", 1, "red")
    memory.keep(7, (1, 100), known)
    assert memory.recall(7, (1, 100)) is known
    assert memory.recall(7, (1, 100)) is not known, "a group that fails leaves nothing behind"
    memory.keep(7, (1, 100), known)
    assert memory.recall(7, (1, 101)) is not known


def test_shops_that_were_not_heard_of_for_long_are_forgotten() -> None:
    memory, known = Memory(), Known()
    memory.keep(0, 1, known)
    for shop_id in range(1, KNOWN_SHOPS + 1):
        memory.keep(shop_id, 1, Known())
    assert memory.recall(0, 1) is not known
