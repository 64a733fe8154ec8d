"""The whole platform as real processes, in a home of its own: what stories are told on, and what breaks in them.

Any process can be killed by its name and started again; on PostgreSQL the server too, as ``postgres``.
"""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import msgspec

from benchmarks.shop import SHOP_ID, open_shop
from matjar.compose import wiring
from matjar.compose.cli.database import bring_up_to_date
from matjar.compose.processes import wanted
from matjar.compose.settings import Settings, read
from matjar.core.tx import Reading, Tx
from matjar.storage.desk import Storage
from tests import postgres
from tests.gateways import SECRET, Process, free_port, metrics

P = ParamSpec("P")
T = TypeVar("T")

ROOT = Path(__file__).parent.parent
PATIENCE_SECONDS = 60.0
STAFFED = frozenset(("admin", "identity"))
"""Where people of the shop work."""

_STOP_SECONDS = 3.0


class Platform:
    """One platform. ``environ`` are its settings beside those that keep it apart from every other."""

    def __init__(self, engine: str = "sqlite", *, staffed: bool = False, **environ: str) -> None:
        """``staffed``: with the surfaces that people of the shop work at, which most stories can do without."""
        self._folder = Path(tempfile.mkdtemp(prefix="matjar-", dir="/tmp"))  # a short path, for the writer's socket
        self._server = postgres.make_folder() if engine == "postgres" else None
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        ours = {
            "MATJAR_HOME": str(self._folder / "var"),
            "MATJAR_DATABASE": postgres.start(self._server) if self._server else "",
            "MATJAR_PORT_STOREFRONT": str(free_port()),
            "MATJAR_PORT_ADMIN": str(free_port()),
            "MATJAR_PORT_IDENTITY": str(free_port()),
            "MATJAR_PORT_GATEWAY_TWIN": str(free_port()),
            "MATJAR_TRUSTED_PROXIES": "127.0.0.1",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }
        theirs = {name: value for name, value in os.environ.items() if not name.startswith("MATJAR_")}
        self.environ = theirs | ours | environ
        self.settings: Settings = read(self.environ)
        self.url = f"http://127.0.0.1:{self.settings.port_storefront}"
        self.twin_url = f"http://127.0.0.1:{self.settings.port_gateway_twin}"
        self.variant_ids: list[int] = []
        self._left_out = frozenset() if staffed else STAFFED

    @property
    def names(self) -> tuple[str, ...]:
        """What can be killed, in the order in which it starts."""
        server = ("postgres",) if self._server else ()
        ours = (process.name for process in wanted(self.settings))
        return (*server, *(name for name in ours if name not in self._left_out))

    # Life and death --------------------------------------------------------------------------------------------------

    def open(self, *, products: int = 20, stock: int = 1_000_000) -> "Platform":
        """Open the shop that is measured, start every process, and wait until all is well."""
        self.furnish(products=products, stock=stock)
        self.start(*self.names)
        self.wait_until_well()
        return self

    def furnish(self, *, products: int = 20, stock: int = 1_000_000) -> None:
        """Open the shop, and start nothing yet."""
        self.variant_ids = asyncio.run(self._open_shop(products, stock))

    async def _open_shop(self, products: int, stock: int) -> list[int]:
        if self._server:
            bring_up_to_date(self.settings)
        async with wiring.storage_of_command_line(self.settings) as storage:
            return await open_shop(storage, products=products, stock=stock)

    def start(self, *names: str) -> None:
        """Start those that are not running."""
        for name in names:
            if name == "postgres" and self._server:
                postgres.start(self._server)
            elif name not in self._children:
                command = [*postgres.tie_to_us(), sys.executable, "-m", "matjar.compose.processes", name]
                with (self.settings.log_folder / f"{name}.log").open("ab") as log:
                    self._children[name] = subprocess.Popen(command, env=self.environ, stdout=log, stderr=log, cwd=ROOT)

    def kill(self, name: str) -> None:
        """End it at once, with no chance to tidy up: SIGKILL, or PostgreSQL's immediate shutdown."""
        if name == "postgres":
            assert self._server
            postgres.crash(self._server)
            return
        child = self._children.pop(name)
        child.kill()
        child.wait()

    def pause(self, name: str) -> None:
        """Stop it where it stands: connections open, nothing answers."""
        self._signal(name, signal.SIGSTOP)

    def resume(self, name: str) -> None:
        """Let it go on, if it still lives."""
        self._signal(name, signal.SIGCONT)

    def _signal(self, name: str, number: signal.Signals) -> None:
        if name == "postgres" and self._server:
            postgres.signal_all(self._server, number)
        elif name in self._children:
            self._children[name].send_signal(number)

    def stop(self) -> None:
        """End everything, and leave nothing behind."""
        for child in reversed(self._children.values()):
            child.send_signal(signal.SIGCONT)
            child.terminate()
        for child in self._children.values():
            try:
                child.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        if self._server:
            postgres.stop(self._server)
            shutil.rmtree(self._server, ignore_errors=True)
        shutil.rmtree(self._folder, ignore_errors=True)

    # What it says ----------------------------------------------------------------------------------------------------

    def wait_until_well(self) -> None:
        """Wait until the gateway answers, and the storefront finds nothing else ill."""
        self._wait(self.is_well)

    def wait_until_ready(self) -> None:
        """Wait until the storefront serves, whatever it misses."""
        self._wait(self.is_ready)

    def _wait(self, holds: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            assert time.monotonic() < deadline, f"not in time:\n{self.logs()}"
            time.sleep(0.05)

    def is_ready(self) -> bool:
        """Whether the storefront serves."""
        try:
            return ask(f"{self.url}/readyz")[0] == 200
        except OSError:
            return False

    def is_well(self) -> bool:
        """Whether the gateway answers, and the storefront finds nothing else ill that is there.

        What the storefront thinks of the gateway it only learns from the next payment.
        """
        try:
            ask(f"{self.twin_url}/health")
            parts = ask(f"{self.url}/healthz")[1]["parts"]
        except OSError:
            return False
        missing = self._left_out | {"gateways"}
        return all(part["status"] == "ok" for name, part in parts.items() if name not in missing)

    def paying(self) -> dict[str, int]:
        """How many payments are in each step: prepare, charge, settle."""
        counted = metrics(self.url).items()
        return {name.split('"')[1]: int(count) for name, count in counted if name.startswith("matjar_paying{")}

    def set_faults(self, **faults: object) -> None:
        """Break the gateway from now on, or with nothing given, mend it."""
        ask(f"{self.twin_url}/faults", faults)

    def twin_asked(self) -> int:
        """How many requests have reached the gateway since it started, answered or not."""
        asked: int = ask(f"{self.twin_url}/health")[1]["asked"]
        return asked

    def twin_book(self) -> list[dict[str, Any]]:
        """Every line that the gateway ever wrote in its own book, the oldest first."""
        book = self.settings.home / "gateway_twin.jsonl"
        return [msgspec.json.decode(line) for line in book.read_bytes().splitlines()] if book.exists() else []

    def storage(self) -> Storage:
        """The platform's storage, as one of its workers has it."""
        return wiring.open_storage(self.settings)

    def read(self, question: Callable[[Reading], T]) -> T:
        """Ask the shop's tables."""
        return asyncio.run(self._with_storage(lambda storage: storage.read(SHOP_ID, question)))

    def submit(self, verb: Callable[Concatenate[Tx, P], T], *nothing: P.args, **arguments: P.kwargs) -> T:
        """Do something in the shop, as its people would."""
        return asyncio.run(
            self._with_storage(lambda storage: storage.desk(SHOP_ID).submit(verb)(*nothing, **arguments))
        )

    async def _with_storage(self, work: Callable[[Storage], Awaitable[T]]) -> T:
        storage = self.storage()
        try:
            return await work(storage)
        finally:
            await storage.close()

    def logs(self) -> str:
        """The end of every log."""
        logs = sorted(self.settings.log_folder.glob("*.log"))
        return "\n".join(f"── {log.name}\n{log.read_text(errors='replace')[-2000:]}" for log in logs)


def taking_cards_by(stripe: Process) -> Platform:
    """A platform whose cards this Stripe takes."""
    return Platform(
        MATJAR_STRIPE_SECRET_KEY="sk_test_12345",
        MATJAR_STRIPE_WEBHOOK_SECRET=SECRET,
        MATJAR_STRIPE_API_URL=stripe.url,
    )


def ask(
    url: str, body: object = None, *, method: str = "", headers: dict[str, str] | None = None, timeout: float = 10
) -> tuple[int, dict[str, Any]]:
    """One request: the status and the JSON answer, whatever the status says. Raises OSError when nobody answers."""
    data = None if body is None else body if isinstance(body, bytes) else msgspec.json.encode(body)
    given = {"content-type": "application/json"} | (headers or {})
    request = Request(url, data, given, method=method or ("GET" if data is None else "POST"))
    try:
        with urlopen(request, timeout=timeout) as response:
            return response.status, msgspec.json.decode(response.read() or b"{}")
    except HTTPError as answer:
        with answer:
            return answer.code, msgspec.json.decode(answer.read() or b"{}")
    except URLError as error:
        raise ConnectionError(str(error.reason)) from error
