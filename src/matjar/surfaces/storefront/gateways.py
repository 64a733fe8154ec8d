"""What gateways send us: webhooks, verified, and the same however often they come."""

import msgspec
from litestar import Response, post

from matjar.core.refusal import Kind, declare
from matjar.domain import payments
from matjar.edge.framework import BAD_REQUEST, PROBLEMS, Ask, visit_of
from matjar.surfaces.storefront.parts import Parts

NO_GATEWAY = declare("payments.no_gateway", Kind.NOT_FOUND, "There is no such gateway.")


@post("/webhooks/{gateway:str}", status_code=200, responses=PROBLEMS)
async def receive(request: Ask, gateway: str, parts: Parts) -> Response[None]:
    """Record what a gateway tells. A message that comes again changes nothing; one that is forged is refused."""
    known = parts.cashier.gateways.get(gateway)
    if known is None:
        raise NO_GATEWAY()
    try:
        message = known.read_message(dict(request.headers), await request.body())
    except msgspec.DecodeError as error:
        raise BAD_REQUEST(reason=str(error)) from None
    if message is None:
        return Response(None)
    shop_id, intent_id = payments.read_key(message.key)
    desk = parts.storage.desk(shop_id, request_id=visit_of(request).request_id)
    intent = await desk.read(lambda view: payments.load_intent(view, intent_id=intent_id))
    if intent.gateway != gateway:
        raise NO_GATEWAY()
    if await parts.cashier.settle(desk, intent_id, intent.checkout_id, message.outcome) is None:
        return Response(None, status_code=503, headers={"retry-after": "5"})
    return Response(None)
