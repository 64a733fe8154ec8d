"""Hardly a surface, but served as those are: `python -m tests.edge.turning <port>`. It answers with its loop's turn.

``/pause`` holds the loop up, so that who comes meanwhile is there at once when it goes on.
"""

import asyncio
import sys
import time

from matjar.edge.answers import Send
from matjar.edge.bodies import Receive
from matjar.edge.door import Scope
from matjar.edge.serving import serve
from tests.edge.served import live

PAUSE_SECONDS = 0.5

turn = 0


async def count_turns() -> None:
    """One more at each turn of the loop."""
    global turn
    while True:
        turn += 1
        await asyncio.sleep(0)


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the turn."""
    if scope["type"] != "http":
        await live(receive, send)
        return
    content = str(turn).encode()
    if scope["path"] == "/pause":
        time.sleep(PAUSE_SECONDS)  # noqa: ASYNC251 - to hold the loop up
    length = (b"content-length", str(len(content)).encode())
    await send({"type": "http.response.start", "status": 200, "headers": [length, (b"connection", b"close")]})
    await send({"type": "http.response.body", "body": content})


if __name__ == "__main__":
    serve(app, "127.0.0.1", int(sys.argv[1]), background=[count_turns])
