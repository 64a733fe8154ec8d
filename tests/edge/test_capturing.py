"""Taking held money, and letting it go."""

from pathlib import Path

import pytest

from matjar.domain import orders, payments, tasks
from matjar.domain.payments import State, Status
from matjar.edge.capturing import capture, finish_transaction, void
from tests.edge.till import Scripted, open_shop

pytestmark = pytest.mark.anyio


async def test_held_money_is_taken_and_the_invoice_issued(tmp_path: Path) -> None:
    async with open_shop(tmp_path, State.AUTHORIZED) as (desk, order):
        assert order.financial_status == "authorized"
        begun = await capture(desk, {"twin": Scripted()}, order_id=order.id)
        assert (begun.order.financial_status, begun.order.paid_minor) == ("paid", order.total_minor)
        dossier = await desk.read(lambda view: orders.load_dossier(view, order_id=order.id))
        assert [paper.total_minor for paper in dossier.invoices] == [order.total_minor]


async def test_a_part_can_be_taken_and_the_rest_is_owed(tmp_path: Path) -> None:
    async with open_shop(tmp_path, State.AUTHORIZED) as (desk, order):
        begun = await capture(desk, {"twin": Scripted()}, order_id=order.id, amount_minor=10_000)
        assert (begun.order.financial_status, begun.order.due_minor) == ("partially_paid", order.total_minor - 10_000)


async def test_a_capture_whose_answer_is_lost_is_finished_once(tmp_path: Path) -> None:
    gateway = Scripted()
    gateway.away = True
    async with open_shop(tmp_path, State.AUTHORIZED) as (desk, order):
        begun = await capture(desk, {"twin": gateway}, order_id=order.id)
        assert begun.transaction is not None
        assert begun.transaction.status is Status.PENDING
        gateway.away = False
        for _ in range(2):
            ended = await finish_transaction(desk, {"twin": gateway}, begun.transaction)
            assert ended.status is Status.SUCCESS
        after = await desk.read(lambda view: orders.load(view, order_id=order.id))
        assert after.paid_minor == order.total_minor
        assert gateway.moved == {payments.key_of(1, begun.transaction.id): order.total_minor}


async def test_a_capture_that_fails_is_a_task_and_the_money_is_still_held(tmp_path: Path) -> None:
    gateway = Scripted()
    gateway.state = State.AUTHORIZED
    async with open_shop(tmp_path, State.AUTHORIZED) as (desk, order):
        begun = await capture(desk, {"twin": gateway}, order_id=order.id)
        assert begun.order.financial_status == "authorized"
        (task,) = await desk.read(tasks.list_open)
        assert task.kind == "capture_failed"


async def test_held_money_that_is_let_go_is_still_owed(tmp_path: Path) -> None:
    gateway = Scripted()
    gateway.state = State.VOIDED
    async with open_shop(tmp_path, State.AUTHORIZED) as (desk, order):
        begun = await void(desk, {"twin": gateway}, order_id=order.id)
        assert (begun.order.financial_status, begun.order.due_minor) == ("pending", order.total_minor)


async def test_money_that_came_although_it_was_let_go_is_taken_down(tmp_path: Path) -> None:
    async with open_shop(tmp_path, State.AUTHORIZED) as (desk, order):
        begun = await void(desk, {"twin": Scripted()}, order_id=order.id)
        assert (begun.order.financial_status, begun.order.paid_minor) == ("paid", order.total_minor)
