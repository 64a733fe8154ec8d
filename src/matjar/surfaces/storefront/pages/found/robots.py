"""What robots are asked to leave alone: what is one person's, and endless ways to look at the same goods."""

from litestar import Response, get

from matjar.edge.framework import Ask, visit_of
from matjar.surfaces.storefront.pages.frame import in_language
from matjar.surfaces.storefront.parts import Parts

PERSONAL = ("/cart", "/checkout", "/account", "/orders", "/search")
LOOKS = ("sort=", "option=", "available=")


@get("/robots.txt")
async def show(request: Ask, parts: Parts) -> Response[str]:
    """The Robots Exclusion Protocol (RFC 9309), and where the sitemap is."""
    shelf = parts.catalogue.shelf(visit_of(request).shop.id)
    paths = [in_language(shelf.shop, language, path) for language in shelf.shop.languages for path in PERSONAL]
    lines = [f"Disallow: {path}" for path in [*paths, *(f"/*?*{look}" for look in LOOKS)]]
    text = "\n".join(["User-agent: *", *lines, "", f"Sitemap: {shelf.home}/sitemap.xml", ""])
    return Response(text, media_type="text/plain; charset=utf-8", headers={"cache-control": "public, max-age=3600"})
