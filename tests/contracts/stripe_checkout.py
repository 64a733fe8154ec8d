"""Stripe's own page for a payment, which localstripe lacks: Checkout Sessions, and a small page where a buyer pays.

As https://docs.stripe.com/api/checkout/sessions tells: a session is open until it is paid or expired, only an open one
can be expired, and it has a PaymentIntent once a card was tried. A card that is declined ends nothing.
"""

from collections.abc import Awaitable, Callable
from html import escape
from typing import Any

from aiohttp import web
from localstripe import resources, server
from localstripe.errors import UserError
from localstripe.webhooks import schedule_webhook

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

PATH = "/c/pay/"
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>{name}</title>
<main><h1>{name}</h1><p>{amount}</p>{content}<p><a id="back" href="{cancel_url}">Back</a></p></main></html>"""
_CARD = """<p role="alert">{trouble}</p>
<form method="post"><input id="number" name="number" aria-label="Card number"><button>Pay</button></form>"""
_BANK = """<form method="post"><button name="decision" value="approve">Approve</button>
<button name="decision" value="decline">Decline</button></form>"""


class Session(resources.StripeObject):  # type: ignore[misc]
    """A Checkout Session for one payment. Takes what we send, all of it, and nothing else."""

    object = "checkout.session"
    _id_prefix = "cs_test_"
    _origin = ""

    def __init__(
        self,
        *,
        mode: str,
        line_items: list[dict[str, Any]],
        allowed_payment_method_types: list[str],
        adaptive_pricing: dict[str, str],
        payment_intent_data: dict[str, Any],
        metadata: dict[str, str],
        success_url: str,
        cancel_url: str,
    ) -> None:
        assert (mode, allowed_payment_method_types, adaptive_pricing) == ("payment", ["card"], {"enabled": "false"})
        super().__init__()
        (item,) = line_items
        price = item["price_data"]
        self.mode = mode
        self.status, self.payment_status = "open", "unpaid"
        self.currency = price["currency"]
        self.amount_total = int(price["unit_amount"]) * int(item["quantity"])
        self.metadata = metadata
        self.payment_intent: str | None = None
        self.success_url, self.cancel_url = success_url, cancel_url
        self.url: str | None = f"{self._origin}{PATH}{self.id}#fidkdWxOYHwnPyd1blpxYHZxWjA0"
        self._name = price["product_data"]["name"]
        self._intent_data = payment_intent_data

    @property
    def _intent(self) -> Any:
        return resources.PaymentIntent._api_retrieve(self.payment_intent) if self.payment_intent else None

    @classmethod
    def _api_list_all(cls, url: str, **asked: Any) -> Any:
        """The newest first."""
        found = super()._api_list_all(url, **asked)
        found._list.reverse()
        return found

    @classmethod
    def _api_expire(cls, id: str) -> "Session":  # noqa: A002 - localstripe's own name for it
        session: Session = cls._api_retrieve(id)
        if session.status != "open":
            raise UserError(400, 'Only Checkout Sessions with a status in ["open"] can be expired.')
        session.status, session.url = "expired", None
        if session._intent:
            session._intent._canceled, session._intent.next_action = True, None
            schedule_webhook(resources.Event("payment_intent.canceled", session._intent))
        schedule_webhook(resources.Event("checkout.session.expired", session))
        return session

    def _pay(self, number: str) -> str:
        """Try a card; why it was not taken, or nothing."""
        card = {"number": number.replace(" ", ""), "exp_month": "12", "exp_year": "2034", "cvc": "123"}
        method = resources.PaymentMethod(type="card", card=card)
        if self._intent is None:
            money = {"amount": self.amount_total, "currency": self.currency}
            self.payment_intent = resources.PaymentIntent(**money, **self._intent_data).id
        intent = self._intent
        intent.payment_method, intent.latest_charge = method.id, None
        return self._confirm(lambda: intent._confirm(on_failure_now=intent._report_failure))

    def _answer(self, approved: bool) -> str:
        """What the bank says, once it has seen the buyer."""
        intent = self._intent
        secret = {"client_secret": intent.client_secret, "success": approved}
        return self._confirm(lambda: resources.PaymentIntent._api_authenticate(intent.id, **secret))

    def _confirm(self, confirm: Callable[[], Any]) -> str:
        try:
            confirm()
        except UserError:
            schedule_webhook(resources.Event("payment_intent.payment_failed", self._intent))
        if self._intent.status == "requires_payment_method":
            return "Your card was declined. Try another one."
        if self._intent.status in ("succeeded", "requires_capture"):
            self._complete()
        return ""

    def _complete(self) -> None:
        self.status, self.url = "complete", None
        if self._intent.status == "succeeded":
            self.payment_status = "paid"
        else:
            schedule_webhook(resources.Event("payment_intent.amount_capturable_updated", self._intent))
        schedule_webhook(resources.Event("checkout.session.completed", self))


@web.middleware
async def pages(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The page of each session, for whoever has its address."""
    if not request.path.startswith(PATH):
        return await handler(request)
    session: Session = Session._api_retrieve(request.path.removeprefix(PATH))
    trouble = ""
    if request.method == "POST" and session.status == "open":
        form = await request.post()
        decision = form.get("decision")
        trouble = session._answer(decision == "approve") if decision else session._pay(str(form["number"]))
        if session.status == "complete":
            raise web.HTTPSeeOther(session.success_url)
    page = _PAGE.format(
        name=escape(session._name),
        amount=f"{session.amount_total} {session.currency}",
        content=_content(session, trouble),
        cancel_url=escape(session.cancel_url),
    )
    return web.Response(text=page, content_type="text/html")


def _content(session: Session, trouble: str) -> str:
    if session.status != "open":
        return f"<p>This page is {session.status}.</p>"
    if session._intent and session._intent.next_action:
        return _BANK
    return _CARD.format(trouble=trouble)


def add_to(application: web.Application, origin: str) -> None:
    """Serve sessions and their pages, which are found at this origin."""
    Session._origin = origin
    url = "/v1/checkout/sessions"
    routes = application.router
    routes.add_route("POST", f"{url}/{{id}}/expire", server.api_extra(Session._api_expire, url))
    routes.add_route("GET", f"{url}/{{id}}", server.api_retrieve(Session, url))
    routes.add_route("POST", url, server.api_create(Session, url))
    routes.add_route("GET", url, server.api_list_all(Session, url))
    application.middlewares.insert(0, pages)
