"""`matjar task`: what waits for a person, and is done."""

from tests.compose.cli.conftest import Call


def oversell(shop: Call) -> str:
    """Count fewer pieces than were sold: a task tells; gives its id."""
    shop("stock", "set", "demo", "R-1", "1")
    return shop("task", "list", "demo").out.split("\t")[0]


def test_a_task_waits_until_it_is_done_and_can_be_opened_again(shop: Call) -> None:
    assert shop("task", "list", "demo").out == ""
    task_id = oversell(shop)
    (line,) = shop("task", "list", "demo").out.splitlines()
    assert line.split("\t")[2:] == ["oversold", "1 × Rose soap – Large"]
    assert task_id in shop("task", "done", "demo", task_id[-5:]).out
    assert shop("task", "list", "demo").out == ""
    assert shop("task", "open", "demo", task_id).code == 0
    assert shop("task", "list", "demo").out.startswith(task_id)


def test_a_task_that_is_not_there_or_not_the_only_one_is_refused(shop: Call) -> None:
    oversell(shop)
    shop("stock", "set", "demo", "R-1", "0")
    shared = shop("task", "list", "demo").out[:1]
    assert shop("task", "done", "demo", "123456789").err.startswith("matjar: tasks.not_found")
    assert shop("task", "done", "demo", "none").err.startswith("matjar: usage.which_task")
    ends = [line.split("\t")[0] for line in shop("task", "list", "demo").out.splitlines()]
    assert len(ends) == 2
    assert shared
