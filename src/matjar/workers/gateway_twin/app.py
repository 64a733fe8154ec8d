"""The twin's HTTP application, plain ASGI: which request is whose, the faults around it, and the answer's way out."""

from collections.abc import Awaitable, Callable

import msgspec

from matjar.core.refusal import Kind, Refusal, declare
from matjar.workers.gateway_twin import pages
from matjar.workers.gateway_twin.book import Book
from matjar.workers.gateway_twin.buyer import BuyerDoor
from matjar.workers.gateway_twin.faults import Dropped, Faults, Mischief
from matjar.workers.gateway_twin.mailbox import MailboxDoor
from matjar.workers.gateway_twin.shop import ShopDoor
from matjar.workers.gateway_twin.webhooks import Courier
from matjar.workers.gateway_twin.wire import (
    UNKNOWN,
    Answer,
    Call,
    Receive,
    Scope,
    Send,
    give,
    read_body,
    say_no,
    transport_of,
)

MALFORMED = declare("twin.malformed", Kind.INVALID, "The request cannot be read: {reason}")

_PAGES = frozenset(("pay", "card-form", "mailbox"))
"""Where people come; everything else is for programs."""

_OUT_OF_REACH_OF_FAULTS = frozenset(("faults", "book", "health", "mailbox"))
_encode = msgspec.json.Encoder().encode
_read_faults = msgspec.json.Decoder(Faults).decode


class Twin:
    """The application. ``*`` in a route is a charge's key."""

    def __init__(
        self,
        book: Book,
        courier: Courier,
        secret: str,
        allowed_hosts: frozenset[str],
        slow_seconds: float,
        mailbox: MailboxDoor,
    ) -> None:
        self._book = book
        self._courier = courier
        self._mischief = Mischief()
        shop = ShopDoor(book, courier, secret, allowed_hosts, slow_seconds)
        buyer = BuyerDoor(book, courier, secret, allowed_hosts)
        self._routes: dict[tuple[str, ...], Callable[[Call], Awaitable[Answer]]] = {
            ("POST", "charges"): shop.charge,
            ("GET", "charges", "*"): shop.show,
            ("POST", "charges", "*", "capture"): shop.capture,
            ("POST", "charges", "*", "void"): shop.void,
            ("POST", "charges", "*", "refunds"): shop.refund,
            ("POST", "charges", "*", "announce"): shop.announce,
            ("GET", "pay", "*"): buyer.ask_to_approve,
            ("POST", "pay", "*"): buyer.hear,
            ("GET", "card-form"): buyer.ask_for_card,
            ("POST", "card-form"): buyer.take_card_form,
            ("POST", "tokens"): buyer.take_card,
            ("GET", "mailbox"): mailbox.show_all,
            ("GET", "mailbox", "*"): mailbox.show_one,
            ("GET", "mailbox", "*", "html"): mailbox.show_html,
            ("POST", "faults"): self._set_faults,
            ("GET", "book"): self._show_book,
            ("GET", "health"): self._show_health,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or break its connection; what the shop was not told so goes out as a webhook."""
        call = Call(scope)
        answer = None
        try:
            call.body = await read_body(receive)
            answer = await self._answer(call)
        except Refusal as refusal:
            answer = pages.say_no(refusal, call) if call.path[0] in _PAGES else say_no(refusal)
        except Dropped:
            transport_of(scope).abort()
        if answer and not call.has_left():
            await give(send, answer)
            return
        if call.charge:
            self._courier.tell(call.charge)
        await receive()  # until uvicorn has noticed: it would take the missing answer for a crash

    async def _answer(self, call: Call) -> Answer:
        route = self._routes.get(call.route)
        if route is None:
            raise UNKNOWN()
        try:
            if call.path[0] in _OUT_OF_REACH_OF_FAULTS:
                return await route(call)
            self._mischief.asked += 1
            if call.route == ("POST", "charges"):
                await self._mischief.hold(self._mischief.asked)
            await self._mischief.strike_before()
            answer = await route(call)
        except msgspec.DecodeError as error:
            raise MALFORMED(reason=str(error)) from error
        if call.charge and call.method == "POST":
            self._mischief.strike_after()
        return answer

    async def _set_faults(self, call: Call) -> Answer:
        self._mischief.turn_to(_read_faults(call.body))
        return Answer(_encode(self._mischief.faults))

    async def _show_book(self, call: Call) -> Answer:
        start = call.query.get("start", "")
        lines, following = self._book.read(int(start) if start.isdecimal() else 0)
        return Answer(lines, headers=((b"content-type", b"application/x-ndjson"), (b"next-start", b"%d" % following)))

    async def _show_health(self, _call: Call) -> Answer:
        mischief = self._mischief
        return Answer(_encode({"charges": len(self._book.charges), "asked": mischief.asked, "faults": mischief.faults}))
