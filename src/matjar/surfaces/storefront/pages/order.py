"""An order, for whoever has its link: how it stands, what is in it, what is still to be paid and how."""

import msgspec
from litestar import Response, get

from matjar.core.ids import hash_token
from matjar.core.tx import Reading
from matjar.domain import orders
from matjar.domain.orders import Dossier, LineItem, Order
from matjar.edge.catalogue import Picture
from matjar.edge.framework import Ask, visit_of
from matjar.edge.pages import own
from matjar.edge.tokens import BAD_LINK
from matjar.surfaces.storefront.pages.frame import Frame, routes
from matjar.surfaces.storefront.pages.standing import standing_of
from matjar.surfaces.storefront.parts import Parts


class OrderRow(msgspec.Struct, frozen=True):
    """A line of the order: in the reader's words and with its picture where the article is still sold."""

    line: LineItem
    title: str
    choice: str
    picture: Picture | None


class TaxRow(msgspec.Struct, frozen=True):
    """A tax over the whole order."""

    name: str
    rate_ppm: int
    amount: int


@get(routes("/orders/{token:str}"))
async def show(request: Ask, frame: Frame, parts: Parts, token: str, thanks: str = "") -> Response[bytes]:
    """The order's page; refuses ``link.invalid``."""
    dossier = await parts.desk(visit_of(request)).read(
        lambda view: orders.load_dossier(view, order_id=load_order(view, token).id)
    )
    order = dossier.order
    return own(
        frame.render(
            "order.html",
            order=order,
            dossier=dossier,
            rows=rows_of(frame, parts, order),
            taxes=_taxes(dossier),
            thanks=bool(thanks),
            papers=[
                (each, frame.url(f"/papers/{parts.tokens.of_paper(frame.shop.id, each.name)}"))
                for each in dossier.invoices
            ],
            standing=standing_of(order),
        )
    )


def load_order(view: Reading, token: str) -> Order:
    """The order that a link leads to; refuses ``link.invalid``."""
    order = orders.find_by_token(view, token_hash=hash_token(token))
    if order is None:
        raise BAD_LINK()
    return order


def rows_of(frame: Frame, parts: Parts, order: Order) -> tuple[OrderRow, ...]:
    """Its lines."""
    shelf = parts.catalogue.shelf(frame.shop.id)
    rows = []
    for line in order.lines:
        goods = shelf.said(line.variant_id, frame.language) or (line.title, line.variant_title, None)
        rows.append(OrderRow(line, *goods))
    return tuple(rows)


def _taxes(dossier: Dossier) -> tuple[TaxRow, ...]:
    """Each tax at each rate, over lines and delivery."""
    sums: dict[tuple[str, int], int] = {}
    order = dossier.order
    for due in (*(line.taxes for line in order.lines), order.particulars.delivery_taxes):
        for tax in due:
            sums[tax.name, tax.rate_ppm] = sums.get((tax.name, tax.rate_ppm), 0) + tax.amount_minor
    return tuple(TaxRow(name, rate, amount) for (name, rate), amount in sums.items())
