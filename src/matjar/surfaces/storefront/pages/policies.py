"""What the shop promises: its terms, and how it handles data, returns and delivery."""

from litestar import Response, get

from matjar.edge.framework import NOT_HERE
from matjar.edge.languages import catalogue
from matjar.surfaces.storefront.pages.found.faces import Face
from matjar.surfaces.storefront.pages.frame import POLICIES, Frame, browsed, routes
from matjar.surfaces.storefront.parts import Parts


@get(routes("/policies/{kind:str}"))
async def show(frame: Frame, parts: Parts, kind: str) -> Response[bytes]:
    """One policy; refuses ``request.not_found`` for one that the shop has not written."""
    policy = parts.catalogue.shelf(frame.shop.id).document.policy(kind, frame.language)
    if policy is None:
        raise NOT_HERE()
    title = catalogue(frame.language).gettext(POLICIES[kind])
    face = Face(f"/policies/{kind}", f"{title} | {frame.name}")
    return browsed(frame.render("policy.html", face=face, title=title, policy=policy))
