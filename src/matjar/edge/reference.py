"""A surface's OpenAPI document as it is given out: as JSON, as YAML, and as a page that asks nobody else."""

from collections.abc import Callable
from functools import cache

import msgspec
from litestar import Response, Router, get

from matjar.edge.documenting import Document
from matjar.edge.framework import NOT_HERE
from matjar.edge.pages import FOREVER, HTML, LOOK, StaticFiles, Templates, page_headers

AT = "/openapi"
_STYLE = StaticFiles(LOOK, {"reference.css": ("tokens.css", "base.css", "reference.css")}, at=AT)
_TEMPLATES = Templates(LOOK, static=_STYLE.url)
_BRIEFLY = "public, max-age=300"


def reference_routes(documented: Callable[[], Document]) -> Router:
    """``/openapi`` for people, ``/openapi/openapi.json`` and ``.yaml`` for programs; made when first asked for."""
    made = cache(documented)

    @get("/openapi.json")
    async def as_json() -> Response[bytes]:
        return _given(msgspec.json.encode(made()), "application/json")

    @get("/openapi.yaml")
    async def as_yaml() -> Response[bytes]:
        return _given(msgspec.yaml.encode(made()), "application/yaml")

    @get("/")
    async def as_page() -> Response[bytes]:
        content = _TEMPLATES.render("reference.html", "en", document=made())
        return Response(content, media_type=HTML, headers=page_headers(cache_control=_BRIEFLY))

    @get("/{name:str}")
    async def style(name: str) -> Response[bytes]:
        found = _STYLE.find(name)
        if found is None:
            raise NOT_HERE()
        return Response(found.content, media_type=found.media_type, headers={"cache-control": FOREVER})

    return Router(AT, route_handlers=[as_json, as_yaml, as_page, style])


def _given(content: bytes, media_type: str) -> Response[bytes]:
    return Response(content, media_type=media_type, headers={"cache-control": _BRIEFLY})
