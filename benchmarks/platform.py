"""The platform that is measured: its real processes, in a folder of their own, on SQLite or on PostgreSQL."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from socket import socket

import msgspec

from benchmarks.client import connect, request
from benchmarks.shop import HOST, open_shop
from matjar.compose import settings as settings_of
from matjar.compose.cli.database import bring_up_to_date
from matjar.compose.processes import wanted
from matjar.compose.settings import Settings
from matjar.compose.wiring import open_storage, storage_of_command_line
from matjar.storage.desk import Storage
from tests import postgres

ENGINES = ("SQLite", "PostgreSQL")
READY_SECONDS = 30.0
STOP_SECONDS = 5.0


class Platform:
    """The processes of one home folder, and its shop."""

    def __init__(self, environ: dict[str, str]) -> None:
        self.environ = environ
        self.settings: Settings = settings_of.read(environ)
        self.host = HOST
        self.port = self.settings.port_storefront
        self.variant_ids: list[int] = []
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    async def open(self, products: int, stock: int) -> None:
        """Make the database and the shop, start every process, and wait until the storefront shows every product."""
        if self.settings.postgres_url:
            bring_up_to_date(self.settings)
        async with storage_of_command_line(self.settings) as storage:
            self.variant_ids = await open_shop(storage, products=products, stock=stock)
        for process in wanted(self.settings):
            self.start(process.name)
        deadline = time.monotonic() + READY_SECONDS
        while await self._products_shown() < products:
            assert time.monotonic() < deadline, f"the storefront did not get ready; see {self.settings.log_folder}"
            await asyncio.sleep(0.05)

    def start(self, name: str) -> None:
        """Start a process, without the supervisor: nothing may come back by itself while it is measured."""
        self.processes[name] = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "matjar.compose.processes", name],
            env=os.environ | self.environ, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def storage(self) -> Storage:
        """The platform's storage, as another process of it would open it."""
        return open_storage(self.settings)

    def stop(self) -> None:
        """End every process, the writer last."""
        for process in reversed(self.processes.values()):
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    async def _products_shown(self) -> int:
        try:
            connection = await connect(self.port)
            answer = await connection.ask(request("GET", "/products.json?limit=1", self.host))
        except OSError:
            return 0
        connection.close()
        shown: int = msgspec.json.decode(answer.body).get("total", 0) if answer.status == 200 else 0
        return shown


@asynccontextmanager
async def running(engine: str, *, products: int = 200, stock: int = 1_000_000) -> AsyncIterator[Platform]:
    """A platform with one shop, ready to sell; nothing is left of it afterwards."""
    home = Path(tempfile.mkdtemp(prefix="matjar-bench-"))
    server = postgres.make_folder() if engine == "PostgreSQL" else None
    environ = {
        "MATJAR_HOME": str(home), "MATJAR_PORT_STOREFRONT": str(_free_port()),
        "MATJAR_PORT_GATEWAY_TWIN": str(_free_port()), "MATJAR_TRUSTED_PROXIES": "127.0.0.1",
        "MATJAR_DATABASE": postgres.start(server) if server else "",
    }  # fmt: skip
    platform = Platform(environ)
    try:
        await platform.open(products, stock)
        yield platform
    finally:
        platform.stop()
        if server:
            postgres.stop(server)
        shutil.rmtree(home)


def _free_port() -> int:
    with closing(socket()) as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port
