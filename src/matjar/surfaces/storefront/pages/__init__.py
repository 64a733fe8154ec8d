"""The storefront's pages: a person's way through the shop, whole without JavaScript, better with it."""

from litestar import Router
from litestar.di import Provide

from matjar.surfaces.storefront.pages import (
    account,
    cart,
    checkout,
    collections,
    contact,
    found,
    home,
    invoice,
    lookup,
    order,
    paying,
    policies,
    product,
    returning,
    search,
    sendback,
    static,
    waiting,
)
from matjar.surfaces.storefront.pages.frame import frame_of
from matjar.surfaces.storefront.pages.refusing import ANSWERS
from matjar.surfaces.storefront.pages.visitor import visitor_of

PAGES = [
    Router(
        "/",
        route_handlers=[
            home.show, collections.show_all, collections.show, product.show, search.show, policies.show,
            waiting.wait_for, waiting.ask_to_leave, waiting.leave, contact.show, contact.send,
            cart.show, cart.add, cart.change,
            checkout.begin, checkout.show, checkout.change,
            paying.ask_for_card, paying.take_card, paying.show_bank, paying.turn_back,
            returning.show, order.show, invoice.show,
            lookup.show, lookup.find, sendback.show, sendback.ask, *account.ROUTES,
        ],
        dependencies={"frame": Provide(frame_of, sync_to_thread=False), "visitor": Provide(visitor_of)},
    ),
    Router("/", route_handlers=[static.static_file, static.picture, *found.ROUTES]),
]  # fmt: skip
"""The routes that ``app`` puts beside those of programs."""

__all__ = ["ANSWERS", "PAGES"]
