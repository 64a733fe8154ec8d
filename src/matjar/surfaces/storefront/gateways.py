"""What gateways send us: webhooks, verified, and the same however often they come."""

import msgspec
from litestar import Response, post
from litestar.openapi.datastructures import ResponseSpec

from matjar.core.refusal import Kind, declare
from matjar.domain import payments
from matjar.edge.answers import Problem
from matjar.edge.framework import BAD_REQUEST, PROBLEMS, Ask
from matjar.edge.visit import Visit
from matjar.storage import refusals
from matjar.surfaces.storefront.parts import Parts

NO_GATEWAY = declare("payments.no_gateway", Kind.NOT_FOUND, "There is no such gateway.")
_FORGED = {403: ResponseSpec(Problem, generate_examples=False, description="The signature is not the gateway's.")}


@post("/webhooks/{gateway:str}", status_code=200, responses=PROBLEMS | _FORGED)
async def receive(request: Ask, gateway: str, body: bytes, visit: Visit, parts: Parts) -> Response[None]:
    """Record what a gateway tells, in its own words. What comes again changes nothing; what is forged is refused."""
    known = parts.cashier.gateways.get(gateway)
    if known is None:
        raise NO_GATEWAY()
    try:
        message = known.read_message(dict(request.headers), body)
    except msgspec.DecodeError as error:
        raise BAD_REQUEST(reason=str(error)) from None
    if message is None:
        return Response(None)
    shop_id, intent_id = payments.read_key(message.key)
    desk = parts.storage.desk(shop_id, request_id=visit.request_id)
    intent = await desk.read(lambda view: payments.load_intent(view, intent_id=intent_id))
    if intent.gateway != gateway:
        raise NO_GATEWAY()
    if await parts.cashier.settle(desk, intent_id, intent.checkout_id, message.outcome) is None:
        raise refusals.AWAY()
    return Response(None)
