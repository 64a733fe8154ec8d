"""Refunding and cancelling at a gateway that answers, refuses, or is away."""

from pathlib import Path

import pytest

from matjar.core.refusal import Refusal
from matjar.domain import inventory, orders, payments, tasks
from matjar.domain.orders import Restock, Return
from matjar.domain.payments import GATEWAY_AWAY, RefundState, State
from matjar.edge.refunding import cancel, finish_refund, refund
from tests.edge.till import Scripted, open_shop

pytestmark = pytest.mark.anyio


async def test_a_returned_piece_is_refunded_and_back_on_the_shelf(tmp_path: Path) -> None:
    gateway = Scripted()
    async with open_shop(tmp_path, State.CAPTURED) as (desk, order):
        await desk.submit(orders.fulfil)(order_id=order.id)
        returned = (Return(order.lines[0].id, 1, Restock.RETURN),)
        begun = await refund(desk, {"twin": gateway}, order_id=order.id, lines=returned, reason="Too dry")
        assert begun.refund is not None
        assert (begun.refund.state, begun.refund.amount_minor) == (RefundState.REFUNDED, 10_500)
        assert (begun.order.financial_status, begun.order.due_minor) == ("partially_refunded", 0)
        assert gateway.moved == {payments.key_of(1, begun.refund.id): 10_500}
        dossier = await desk.read(lambda view: orders.load_dossier(view, order_id=order.id))
        assert [paper.name for paper in dossier.invoices] == ["INV-000001", "CN-000001"]
        assert dossier.invoices[1].body.reason == "Too dry"
        assert await desk.read(lambda view: inventory.available(view, [11])) == {11: 99}


async def test_a_refund_whose_answer_is_lost_is_finished_under_the_same_key(tmp_path: Path) -> None:
    gateway = Scripted()
    gateway.away = True
    async with open_shop(tmp_path, State.CAPTURED) as (desk, order):
        begun = await refund(desk, {"twin": gateway}, order_id=order.id, amount_minor=1_000)
        waiting = begun.refund
        assert waiting is not None
        assert waiting.state is RefundState.REFUNDING
        with pytest.raises(Refusal, match=GATEWAY_AWAY.code):
            await finish_refund(desk, {"twin": gateway}, waiting)
        gateway.away = False
        ended = await finish_refund(desk, {"twin": gateway}, waiting)
        assert ended.state is RefundState.REFUNDED
        assert gateway.moved == {payments.key_of(1, waiting.id): 1_000}
        after = await desk.read(lambda view: orders.load(view, order_id=order.id))
        assert after.refunded_minor == 1_000


async def test_what_the_gateway_will_not_give_is_a_task_and_can_be_tried_again(tmp_path: Path) -> None:
    gateway = Scripted()
    gateway.gives = False
    async with open_shop(tmp_path, State.CAPTURED) as (desk, order):
        begun = await refund(desk, {"twin": gateway}, order_id=order.id, amount_minor=1_000)
        assert begun.refund is not None
        assert begun.refund.state is RefundState.FAILED
        assert begun.order.due_minor == -1_000
        (task,) = await desk.read(tasks.list_open)
        assert (task.kind, task.subject_id) == ("refund_failed", order.id)
        gateway.gives = True
        again = await refund(desk, {"twin": gateway}, order_id=order.id)
        assert again.order.due_minor == 0
        with pytest.raises(Refusal, match="nothing_to_refund"):
            await refund(desk, {"twin": gateway}, order_id=order.id)


async def test_the_same_key_refunds_once(tmp_path: Path) -> None:
    gateway = Scripted()
    async with open_shop(tmp_path, State.CAPTURED) as (desk, order):
        for _ in range(2):
            begun = await refund(desk, {"twin": gateway}, order_id=order.id, amount_minor=1_000, key="once")
        assert begun.order.refunded_minor == 1_000
        assert len(gateway.moved) == 1


async def test_a_cancelled_order_gives_back_money_and_stock(tmp_path: Path) -> None:
    gateway = Scripted()
    async with open_shop(tmp_path, State.CAPTURED) as (desk, order):
        begun = await cancel(desk, {"twin": gateway}, order_id=order.id, reason=orders.CancelReason.CUSTOMER)
        assert (begun.order.status, begun.order.financial_status) == ("cancelled", "refunded")
        assert begun.order.refunded_minor == order.total_minor
        assert await desk.read(lambda view: inventory.available(view, [11])) == {11: 100}


async def test_cancelling_lets_go_of_money_that_is_only_held(tmp_path: Path) -> None:
    gateway = Scripted()
    gateway.state = State.VOIDED
    async with open_shop(tmp_path, State.AUTHORIZED) as (desk, order):
        begun = await cancel(desk, {"twin": gateway}, order_id=order.id)
        assert begun.transaction is not None
        assert (begun.transaction.kind, begun.transaction.status) == ("void", "success")
        assert begun.order.financial_status == "voided"


async def test_a_gateway_that_is_not_here_has_given_nothing(tmp_path: Path) -> None:
    async with open_shop(tmp_path, State.CAPTURED) as (desk, order):
        begun = await refund(desk, {}, order_id=order.id, amount_minor=1_000)
        assert begun.refund is not None
        assert begun.refund.state is RefundState.FAILED
