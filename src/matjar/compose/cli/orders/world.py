"""The gateways, for commands that give money back or take it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from matjar.compose.settings import read
from matjar.compose.wiring import gateway_names, open_gateway
from matjar.edge.refunding import Gateways


@asynccontextmanager
async def gateways() -> AsyncIterator[Gateways]:
    """Every gateway that this platform can reach, for as long as one command takes."""
    settings = read()
    reachable = {name: open_gateway(settings, name) for name in gateway_names(settings)}
    try:
        yield reachable
    finally:
        for gateway in reachable.values():
            await gateway.close()
