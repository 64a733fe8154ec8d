"""A real Chromium: Debian's own, one for the session, with a fresh context for each test.

A test fails when the page logs an error or asks for anything outside this machine.
"""

import os
import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    Response,
    sync_playwright,
)

from tests.browser.buying import command
from tests.platform import Platform

ARGUMENTS = (
    "--host-resolver-rules=MAP *.localhost 127.0.0.1, MAP localhost 127.0.0.1",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--disable-dev-shm-usage",
)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright's driver."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The browser. Chromium refuses to sandbox as root, so root goes without."""
    path = shutil.which("chromium")
    assert path is not None, "tools/chromium installs the browser that these tests need"
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, *as_root])
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def demo() -> Iterator[Platform]:
    """The demo's shops on real processes, one platform for all tests here."""
    platform = Platform(MATJAR_GATEWAY_DEADLINE_SECONDS="1")
    try:
        command(platform, "demo")
        platform.start(*platform.names)
        platform.wait_until_well()
        yield platform
    finally:
        platform.stop()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A person's browser: a phone's width, no cookies, English. Tests that want others make their own."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="en-GB", timezone_id="Asia/Dubai")
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """One tab of that person, watched for what a healthy page never does."""
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(f"error in a script: {error}"))
    page.on("console", lambda said: troubles.extend(_complaint(said)))
    page.on("request", lambda request: troubles.extend(_stranger(request)))
    page.on("response", lambda response: troubles.extend(_missing(response)))
    yield page
    assert not troubles, "\n".join(troubles)


def _complaint(said: ConsoleMessage) -> list[str]:
    """What the console calls an error; an answer of 4xx is one to Chromium, though a refused form is none to us."""
    return [f"console: {said.text}"] if said.type == "error" and "Failed to load resource" not in said.text else []


def _missing(response: Response) -> list[str]:
    """A part of the page that is not there."""
    part = response.request.resource_type in {"font", "image", "manifest", "script", "stylesheet"}
    return [f"{response.status} for {response.url}"] if part and response.status >= 400 else []


def _stranger(request: Request) -> list[str]:
    """The request's address, if it leads off this machine."""
    address = urlsplit(request.url)
    host = address.hostname or ""
    at_home = address.scheme in {"data", "blob", "about"} or host in {"127.0.0.1", "localhost"}
    return [] if at_home or host.endswith(".localhost") else [f"asks for {request.url}"]
