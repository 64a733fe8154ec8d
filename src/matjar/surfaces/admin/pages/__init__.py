"""The back office's pages: whole without JavaScript, quicker with it; each route says what it is for."""

from litestar import Router
from litestar.di import Provide

from matjar.edge.guarding import session_of
from matjar.surfaces.admin.pages import (
    book,
    cancelling,
    home,
    money,
    order,
    orders,
    payout,
    prices,
    printing,
    proving,
    refunds,
    sending,
    signing,
    staff,
    static,
    stock,
    tasks,
)
from matjar.surfaces.admin.pages.frame import frame_of

PAGES = [
    Router(
        "/{handle:str}",
        route_handlers=[
            home.show, home.menu,
            orders.show, orders.send, printing.choose, printing.slips, printing.pick,
            order.show, order.put_away, order.take_out,
            sending.ask, sending.send, sending.track,
            money.ask_paid, money.mark_paid, money.ask_refunded, money.mark_refunded,
            money.ask_capture, money.capture, money.ask_void, money.void,
            refunds.ask, refunds.give, cancelling.ask, cancelling.cancel,
            stock.show, stock.count, prices.show, prices.change,
            tasks.show, tasks.close, tasks.reopen,
            staff.show, staff.change, payout.show, payout.ask, payout.change, book.show, book.table,
            proving.ask, proving.options, proving.prove, proving.add,
        ],
        dependencies={
            "frame": Provide(frame_of),
            "session": Provide(session_of, sync_to_thread=False),
        },
    ),
    Router(
        "/{handle:str}",
        route_handlers=[
            signing.ask, signing.options, signing.by_passkey, signing.by_code, signing.leave_for_identity,
            signing.arrive, signing.come_back, signing.leave, signing.speak,
        ],
    ),
    Router("/", route_handlers=[signing.choose, signing.speak, static.static_file, static.picture]),
]  # fmt: skip
"""The routes that ``app`` guards."""
