"""The OpenAPI document of a surface (3.1), made from its routes' signatures and from msgspec's own JSON Schemas.

The library that reads what is sent and writes what is answered describes both, so that nothing is documented that is
not served: see docs/decisions/0017-documented-by-what-serves.md.
"""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
from litestar import Response
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec

from matjar.edge.framework import KEY_PATTERN

_REF = "#/components/{kind}/{name}"
_RETRIED = frozenset((429, 503))
_PARAMETERS = {
    "language": {
        "name": "Accept-Language",
        "in": "header",
        "description": "The reader's languages. The answer is in the first that the shop speaks, else in its own.",
        "schema": {"type": "string"},
        "example": "ar, en;q=0.5",
    },
    "key": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "16 to 200 visible characters, minted at random and kept for the retry: what is sent again under"
        " the same key gets the same answer, and is done once.",
        "schema": {"type": "string", "pattern": KEY_PATTERN},
        "example": '"order-7f3a91c2e5d04b68"',
    },
}

Document = dict[str, Any]


class Route(msgspec.Struct, frozen=True):
    """A route as it is documented. ``call`` answers it, and its docstring is what is said of it.

    Its arguments are known by name: ``asked`` is the query, ``data`` the body, ``body`` one that is only passed on,
    ``key`` the Idempotency-Key. What stands in the path in braces is text.
    """

    method: str
    path: str
    call: Callable[..., Any]
    status: int = 200
    others: Mapping[int, ResponseSpec] = {}
    """What it may answer beside that."""

    @classmethod
    def of(cls, handler: HTTPRouteHandler) -> "Route":
        """The route of one of the framework's handlers."""
        (path,), (method,) = handler.paths, handler.http_methods
        path = re.sub(r":[a-z]+}", "}", path)
        return cls(method, path, handler.fn, handler.status_code or 200, handler.responses or {})

    @property
    def room(self) -> str:
        """The file that it stands in."""
        return self.call.__module__.rpartition(".")[2]

    @property
    def hints(self) -> dict[str, Any]:
        """The types of its arguments by name, and under ``return`` what it answers; None: nothing."""
        hints = get_type_hints(self.call, include_extras=True)
        if get_origin(hints["return"]) is Response:
            (hints["return"],) = get_args(hints["return"])
        return hints


def document(title: str, version: str, description: str, routes: Sequence[Route]) -> Document:
    """The whole document."""
    schemas, named = _schemas(routes)
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        at_path = paths.setdefault(route.path, {"parameters": [_ref("parameters", "language")]})
        at_path[route.method.lower()] = _operation(route, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version, "description": description},
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"parameters": _PARAMETERS, "schemas": named},
    }


def _schemas(routes: Sequence[Route]) -> tuple[dict[Any, Any], dict[str, Any]]:
    """By type, the schema of all that goes in and out as a body; and by name, those that these refer to."""
    types: dict[Any, None] = {}
    for route in routes:
        hints = route.hints
        types |= dict.fromkeys(hints[name] for name in ("data", "return") if name in hints)
        types |= dict.fromkeys(other.data_container for other in route.others.values())
    schemas, named = msgspec.json.schema_components(types, ref_template=_REF.format(kind="schemas", name="{name}"))
    for schema in named.values():
        schema["description"] = _said(schema.get("description"))
    return dict(zip(types, schemas, strict=True)), named


def _operation(route: Route, schemas: Mapping[Any, Any]) -> dict[str, Any]:
    hints, said = route.hints, _said(inspect.getdoc(route.call))
    good = "Done." if route.status != 201 else "Made."
    answers = {route.status: _answer(good, schemas[hints["return"]])}
    for status, other in route.others.items():
        answers[status] = _answer(other.description, schemas[other.data_container])
        if status in _RETRIED:
            answers[status]["headers"] = {"Retry-After": {"description": "In seconds.", "schema": {"type": "integer"}}}
    operation = {
        "operationId": f"{route.room}.{route.call.__name__}",
        "tags": [route.room],
        "summary": said.partition("\n")[0],
        "description": said,
        "parameters": list(_parameters(route.path, hints)),
        "responses": {str(status): answers[status] for status in sorted(answers)},
    }
    if "data" in hints or "body" in hints:
        operation["requestBody"] = {"required": True, "content": _json(schemas.get(hints.get("data"), {}))}
    return operation


def _parameters(path: str, hints: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name in re.findall(r"{(\w+)}", path):
        yield {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
    if "asked" in hints:
        _, named = msgspec.json.schema_components([hints["asked"]])
        (asked,) = named.values()
        for name, schema in asked["properties"].items():
            said = {"description": schema.pop("description", "")}
            yield {"name": name, "in": "query", "required": name in asked["required"], **said, "schema": schema}
    if "key" in hints:
        yield _ref("parameters", "key")


def _said(docstring: str | None) -> str:
    """A docstring in CommonMark, as OpenAPI has its descriptions."""
    return (docstring or "").replace("``", "`")


def _answer(description: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": description} | ({} if schema == {"type": "null"} else {"content": _json(schema)})


def _json(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _ref(kind: str, name: str) -> dict[str, str]:
    return {"$ref": _REF.format(kind=kind, name=name)}
