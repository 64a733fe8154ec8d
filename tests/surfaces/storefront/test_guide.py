"""The guide for developers is true: what it says to paste into a shell works, from top to bottom."""

import asyncio
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from matjar.compose import wiring
from matjar.compose.demo.open_shops import open_demo_shops
from tests.platform import ROOT, Platform

GUIDE = (ROOT / "docs" / "guide-developers.md").read_text()
STATUSES = """curl() { command curl -w '%{stderr}HTTP %{http_code}\\n' "$@"; }"""
"""Each call of curl also says its status, where the guide does not look."""


@pytest.fixture
def demo() -> Iterator[Platform]:
    """A platform with the demo's shops."""
    made = Platform()

    async def open_shops() -> None:
        async with wiring.storage_of_command_line(made.settings) as storage:
            await open_demo_shops(storage, made.settings.media_folder)

    try:
        asyncio.run(open_shops())
        made.start(*made.names)
        made.wait_until_well()
        yield made
    finally:
        made.stop()


def test_what_the_guide_says_to_paste_works_from_top_to_bottom(demo: Platform, tmp_path: Path) -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    script = "\n".join(["set -euo pipefail", STATUSES, *blocks])
    for port, ours in ((8000, demo.settings.port_storefront), (8010, demo.settings.port_gateway_twin)):
        script = script.replace(f":{port}", f":{ours}")
    environ = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environ, capture_output=True, text=True, timeout=50, check=False
    )
    assert done.returncode == 0, done.stderr
    statuses = re.findall(r"^HTTP (\d+)$", done.stderr, re.MULTILINE)
    assert len(statuses) == len(re.findall(r"\bcurl -s", script)) + 1  # one of them is called twice
    assert [status for status in statuses if not status.startswith("2")] == ["402"]
    assert done.stdout.count("#1001\n") == 2
    assert all(said in done.stdout for said in ('"content":"Choose a delivery."', '"decline_code":"generic_decline"'))
