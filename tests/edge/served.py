"""Hardly a surface, but served as those are, with room for three: `python -m tests.edge.served <port>`."""

import asyncio
import sys

from matjar.edge.answers import Send
from matjar.edge.bodies import Receive
from matjar.edge.connections import Connections
from matjar.edge.door import Scope
from matjar.edge.serving import serve

ROOM = 3
REQUEST_SECONDS = 1.5
UNREAD_SECONDS = 1.5
LONG_BYTES = 32 << 20
"""More than the buffers of a connection hold on this machine."""


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with what was sent; ``/long`` at length, ``/slow`` after three times as long as a request may take."""
    if scope["type"] != "http":
        await live(receive, send)
        return
    body, message = b"", await receive()
    while message.get("more_body"):
        body += message["body"]
        message = await receive()
    content = b"x" * LONG_BYTES if scope["path"] == "/long" else body + message.get("body", b"") or b"well"
    length = (b"content-length", str(len(content)).encode())
    await send({"type": "http.response.start", "status": 200, "headers": [length]})
    if scope["path"] == "/slow":
        await asyncio.sleep(3 * REQUEST_SECONDS)
    await send({"type": "http.response.body", "body": content})


async def live(receive: Receive, send: Send) -> None:
    """Start and stop as the server asks for it, with nothing to do at either."""
    await receive()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})


if __name__ == "__main__":
    serve(app, "127.0.0.1", int(sys.argv[1]), connections=Connections(ROOM, REQUEST_SECONDS, UNREAD_SECONDS))
