"""`matjar status`: what really runs, and what ails it."""

import json
import os
import signal
from functools import partial
from typing import Any

from tests.compose.supervised import Supervised, until


def conditions(platform: Supervised, **environ: str) -> dict[str, Any]:
    """How each process is said to be."""
    return {each["process"]: each for each in json.loads(platform.matjar("status", "--json", **environ).stdout)}


def test_what_runs_is_shown_and_not_what_the_settings_say_by_now(platform: Supervised) -> None:
    platform.run()
    until(lambda: platform.matjar("status").returncode == 0)
    storefront = conditions(platform, MATJAR_PORT_STOREFRONT="1")["storefront"]
    assert storefront["pid"] == platform.pid("storefront")
    assert storefront["address"].endswith(f":{platform.environ['MATJAR_PORT_STOREFRONT']}")
    assert storefront["state"] == "well"


def test_who_is_ill_says_for_want_of_what(platform: Supervised) -> None:
    platform.run()
    assert platform.matjar("shop", "create", "demo").returncode == 0
    until(lambda: platform.matjar("status").returncode == 0)
    os.kill(platform.pid("writer"), signal.SIGSTOP)
    until(partial(_wants_the_writer, platform))
    assert conditions(platform)["writer"]["state"] == "stopped"
    assert platform.matjar("status").returncode == 1


def _wants_the_writer(platform: Supervised) -> bool:
    return [each["part"] for each in conditions(platform)["storefront"]["ailments"]] == ["writer"]
