"""What each route is for: ``@get("/orders", action=actions.ORDERS_READ)``, or ``action=PUBLIC``.

A route that declares nothing stops the process at its start: nobody forgets to guard a door.
"""

from litestar import Litestar
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.routes import HTTPRoute

from matjar.core.action import PUBLIC, Action


class Undeclared(Exception):
    """A route does not say what it is for."""


def action_of(handler: BaseRouteHandler) -> Action:
    """What a route declares; raises Undeclared. Litestar's own answer to OPTIONS, the methods there are, is public."""
    action = handler.opt.get("action")
    if isinstance(action, Action):
        return action
    if _is_litestars_own(handler):
        return PUBLIC
    raise Undeclared(f"{', '.join(sorted(handler.paths))} ({handler.handler_name}) declares no action")


def declared_actions(app: Litestar) -> list[tuple[str, str, Action]]:
    """Every route of an application: its method, its path and its action; raises Undeclared."""
    found = []
    for route in app.routes:
        for handler in route.route_handlers if isinstance(route, HTTPRoute) else ():
            action = action_of(handler)
            found += [(method, route.path, action) for method in handler.http_methods - {"OPTIONS"}]
    return sorted(found, key=lambda each: (each[1], each[0]))


def _is_litestars_own(handler: BaseRouteHandler) -> bool:
    options = isinstance(handler, HTTPRouteHandler) and handler.http_methods == {"OPTIONS"}
    return options and handler.fn.__module__.startswith("litestar.")
