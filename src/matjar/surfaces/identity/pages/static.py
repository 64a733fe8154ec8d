"""Stylesheet and script, kept by browsers for as long as their names say."""

from litestar import Response, get

from matjar.core.action import PUBLIC
from matjar.edge.framework import NOT_HERE, Ask
from matjar.edge.pages import FOREVER
from matjar.surfaces.identity.frame import STATIC


@get("/static/{name:str}", action=PUBLIC, sync_to_thread=False)
def static_file(request: Ask, name: str) -> Response[bytes]:
    """A file under its hashed name."""
    found = STATIC.find(name)
    if found is None:
        raise NOT_HERE()
    headers = {"cache-control": FOREVER, "vary": "accept-encoding", "x-content-type-options": "nosniff"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        return Response(found.packed, media_type=found.media_type, headers=headers)
    return Response(found.content, media_type=found.media_type, headers=headers)
