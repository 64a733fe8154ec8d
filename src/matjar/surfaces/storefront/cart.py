"""Carts by JSON."""

from litestar import get, post, put

from matjar.core.ids import hash_token, mint_token
from matjar.domain import carts
from matjar.domain.carts import Cart
from matjar.edge.framework import PROBLEMS, PROBLEMS_OF_READING
from matjar.edge.visit import Visit
from matjar.surfaces.storefront.checkout import lines_of
from matjar.surfaces.storefront.parts import Parts
from matjar.surfaces.storefront.shapes import CartView, NewCart
from matjar.surfaces.storefront.views import cart_view


@post("/carts", status_code=201, responses=PROBLEMS)
async def create(data: NewCart, visit: Visit, parts: Parts) -> CartView:
    """A new cart; the answer's id is the token that opens it from now on."""
    return await _put(mint_token(), data, visit, parts)


@get("/carts/{token:str}", responses=PROBLEMS_OF_READING)
async def show(token: str, visit: Visit, parts: Parts) -> CartView:
    """A cart at today's prices; one that is unknown or lapsed is empty."""
    found = await parts.desk(visit).read(lambda view: carts.find(view, token_hash=hash_token(token)))
    return cart_view(found or Cart(), token, parts.catalogue.shelf(visit.shop.id), visit.language)


@put("/carts/{token:str}", responses=PROBLEMS)
async def change(token: str, data: NewCart, visit: Visit, parts: Parts) -> CartView:
    """Put a cart's lines, whole."""
    return await _put(token, data, visit, parts)


async def _put(token: str, data: NewCart, visit: Visit, parts: Parts) -> CartView:
    parts.let_begin(visit)
    kept = await parts.desk(visit).submit(carts.put)(token_hash=hash_token(token), lines=lines_of(data.line_items))
    return cart_view(kept, token, parts.catalogue.shelf(visit.shop.id), visit.language)
