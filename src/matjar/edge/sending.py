"""Files as surfaces send them: static ones under hashed names, and pictures below the media folder."""

from email.utils import formatdate
from pathlib import Path

from litestar import Response

from matjar.edge.framework import NOT_HERE, Ask
from matjar.edge.pages import FOREVER, StaticFiles

MEDIA_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
A_DAY = "public, max-age=86400, stale-while-revalidate=604800"
_HARMLESS = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""A picture that is opened by itself may be an SVG with a script in it; it runs nowhere."""


def static_file(request: Ask, files: StaticFiles, name: str) -> Response[bytes]:
    """A stylesheet or script under its hashed name, packed for who can unpack it."""
    found = files.find(name)
    if found is None:
        raise NOT_HERE()
    if "gzip" in request.headers.get("accept-encoding", ""):
        return kept(found.packed, found.media_type, {"content-encoding": "gzip"})
    return kept(found.content, found.media_type)


def picture(request: Ask, path: str, media_folder: str) -> Response[bytes]:
    """A picture below the media folder; whatever is not one, or lies elsewhere, is not there."""
    media_type = MEDIA_TYPES.get(Path(path).suffix.lower())
    folder = Path(media_folder).resolve()
    file = (folder / path.lstrip("/")).resolve() if "\x00" not in path else folder
    if media_type is None or not file.is_relative_to(folder) or not file.is_file():
        raise NOT_HERE()
    facts = file.stat()
    etag = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"'
    headers = {
        "etag": etag,
        "last-modified": formatdate(facts.st_mtime, usegmt=True),
        "cache-control": A_DAY,
        "content-security-policy": _HARMLESS,
        "x-content-type-options": "nosniff",
    }
    if request.headers.get("if-none-match") == etag:
        return Response(b"", status_code=304, headers=headers)
    return Response(file.read_bytes(), media_type=media_type, headers=headers)


def kept(content: bytes, media_type: str, more: dict[str, str] | None = None) -> Response[bytes]:
    """A file that never changes under its name."""
    headers = {"cache-control": FOREVER, "vary": "accept-encoding", "x-content-type-options": "nosniff"} | (more or {})
    return Response(content, media_type=media_type, headers=headers)
