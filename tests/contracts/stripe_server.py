"""localstripe as a process on loopback, with what it lacks and the contract asks for.

localstripe 1.15.10 knows no idempotency keys, refuses ``return_url`` and so has no redirect for 3-D Secure, answers a
declined card without its PaymentIntent, refunds more than was paid, has no search and no page of its own to pay on
(``stripe_checkout``), listens on every address, and writes its store to a fixed file in /tmp. Each is mended here in
the way that Stripe documents. What it still lacks, and nothing here proves: ``amount_received`` after a capture of a
part, and webhooks about charges without a page but for success and failure.
"""

import re
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from localstripe import resources, server
from localstripe.errors import UserError

from tests.contracts import stripe_checkout

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_answers: dict[str, tuple[bytes, int, bytes]] = {}
_create_intent = resources.PaymentIntent._api_create
_create_refund = resources.Refund._api_create


@web.middleware
async def remember_keys(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The same key gets the same answer; with other content it is an error."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return await handler(request)
    content = request.path.encode() + b" " + await request.read()
    if key not in _answers:
        answer = await handler(request)
        assert isinstance(answer, web.Response)
        assert isinstance(answer.body, bytes)
        _answers[key] = (content, answer.status, answer.body)
    known, status, body = _answers[key]
    if known != content:
        error = {"type": "idempotency_error", "message": "Keys can only be used with the same parameters."}
        return web.json_response({"error": error}, status=400)
    return web.Response(body=body, status=status, content_type="application/json")


@web.middleware
async def search(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Search by one key of the metadata."""
    if request.path != "/v1/payment_intents/search":
        return await handler(request)
    found = re.fullmatch(r"metadata\['(\w+)'\]:'([^']*)'", request.query["query"])
    assert found is not None
    intents = resources.PaymentIntent._api_list_all("/v1/payment_intents")._list
    matching = [each._export() for each in intents if each.metadata.get(found[1]) == found[2]]
    return web.json_response({"object": "search_result", "data": matching, "has_more": False, "url": request.path})


def create_intent(_class: type, /, return_url: str | None = None, **data: Any) -> Any:
    """Send a buyer who must authenticate to a page, if there is an address to come back to."""
    intent = _create_intent(**data)
    if intent.next_action and return_url:
        redirect = {"url": f"https://hooks.stripe.com/redirect/{intent.id}", "return_url": return_url}
        intent.next_action = {"type": "redirect_to_url", "redirect_to_url": redirect}
    return intent


def create_refund(_class: type, /, **data: Any) -> Any:
    """Refuse to give back more than was paid."""
    charge = resources.PaymentIntent._api_retrieve(data["payment_intent"]).latest_charge
    if int(data["amount"]) > charge.amount - charge.amount_refunded:
        raise UserError(400, "Refund amount is greater than unrefunded amount on charge")
    return _create_refund(**data)


def report_failure(intent: Any) -> None:
    """Say which PaymentIntent it was that the card declined."""
    charge = intent.latest_charge
    error = {"code": charge.failure_code, "decline_code": "generic_decline", "payment_intent": intent._export()}
    raise UserError(402, charge.failure_message, error)


def main() -> None:
    """Serve on the port given."""
    resources.Store.dump_to_disk = lambda _: None
    resources.PaymentIntent._api_create = classmethod(create_intent)
    resources.PaymentIntent._report_failure = report_failure
    resources.Refund._api_create = classmethod(create_refund)
    port = int(sys.argv[1])
    stripe_checkout.add_to(server.app, f"http://127.0.0.1:{port}")
    server.app.middlewares.insert(0, search)
    server.app.middlewares.insert(0, remember_keys)
    web.run_app(server.app, host="127.0.0.1", port=port, print=None)


if __name__ == "__main__":
    main()
