"""What each route is for: ``@get("/orders", action=actions.ORDERS_READ)``, or ``action=PUBLIC``.

A route that declares nothing stops the process at its start: nobody forgets to guard a door.
"""

from litestar import Litestar
from litestar.routes import HTTPRoute

from matjar.core.action import Action


class Undeclared(Exception):
    """A route does not say what it is for."""


def declared_actions(app: Litestar) -> list[tuple[str, str, Action]]:
    """Every route of an application, its method and its action; raises Undeclared."""
    found = []
    for route in app.routes:
        for handler in route.route_handlers if isinstance(route, HTTPRoute) else ():
            # What Litestar itself answers to OPTIONS says which methods there are, and nothing more.
            if handler.http_methods == {"OPTIONS"} and handler.fn.__module__.startswith("litestar."):
                continue
            action = handler.opt.get("action")
            if not isinstance(action, Action):
                raise Undeclared(f"{route.path} ({handler.handler_name}) declares no action")
            found += [(method, route.path, action) for method in sorted(handler.http_methods - {"OPTIONS"})]
    return sorted(found, key=lambda each: (each[1], each[0]))
