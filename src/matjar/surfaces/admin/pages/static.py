"""Static files under their hashed names, and the pictures of goods."""

from litestar import Response, get

from matjar.domain.access import actions
from matjar.edge import sending
from matjar.edge.framework import Ask
from matjar.surfaces.admin.pages.frame import STATIC
from matjar.surfaces.admin.parts import Parts


@get("/-/{name:str}", action=actions.PUBLIC, sync_to_thread=False)
def static_file(request: Ask, name: str) -> Response[bytes]:
    """A stylesheet or script."""
    return sending.static_file(request, STATIC, name)


@get("/-/media/{path:path}", action=actions.PUBLIC, sync_to_thread=False)
def picture(request: Ask, path: str, parts: Parts) -> Response[bytes]:
    """A picture below the media folder."""
    return sending.picture(request, path, parts.media_folder)
