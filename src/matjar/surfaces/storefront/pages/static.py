"""Static files, each shop's colour, and pictures: kept by browsers for as long as their names say."""

from litestar import Response, get

from matjar.edge import sending
from matjar.edge.colours import accent_css
from matjar.edge.framework import Ask
from matjar.surfaces.storefront.pages.frame import STATIC
from matjar.surfaces.storefront.parts import Parts


@get("/static/{name:str}")
async def static_file(request: Ask, name: str) -> Response[bytes]:
    """A stylesheet or script under its hashed name, or ``accent-rrggbb.css``."""
    if name.startswith("accent-") and name.endswith(".css") and len(name) == 17:
        return sending.kept(accent_css(name[7:13]).encode(), "text/css; charset=utf-8")
    return sending.static_file(request, STATIC, name)


@get("/media/{path:path}", sync_to_thread=False)
def picture(request: Ask, path: str, parts: Parts) -> Response[bytes]:
    """A picture below the media folder."""
    return sending.picture(request, path, parts.media_folder)
