"""How much each process carries: independence of surfaces is a number of modules, with a cap."""

import subprocess
import sys

import pytest

from matjar.compose import processes

PROCESSES: dict[str, tuple[str, int]] = {
    "writer": (
        "matjar.compose.processes, matjar.workers.writer, matjar.compose.wiring as wiring; wiring.all_operations()",
        190,
    ),
    "storefront": (
        "matjar.compose.processes, matjar.compose.storefront, matjar.edge.serving, matjar.surfaces.storefront.app",
        302,
    ),
    "finisher": (
        "matjar.compose.processes, matjar.compose.wiring, matjar.workers.finisher, matjar.workers.postman",
        201,
    ),
    "admin": (
        "matjar.compose.processes, matjar.compose.admin, matjar.edge.serving, matjar.surfaces.admin.app",
        317,
    ),
    "identity": (
        "matjar.compose.processes, matjar.compose.identity, matjar.edge.serving, matjar.surfaces.identity.app",
        200,
    ),
    "gateway_twin": ("matjar.compose.processes, matjar.workers.gateway_twin", 35),
}
"""By process: the modules that it starts from, and how many modules of ours they may load.

A cap rises with a page or a room that the platform did not have before, never to let something be dragged along.
"""

COUNT = "import sys, {0}; print(sum(name.partition('.')[0] == 'matjar' for name in sys.modules))"


def loaded(entrances: str) -> int:
    """How many of our modules a fresh interpreter has loaded once it imported these."""
    done = subprocess.run([sys.executable, "-c", COUNT.format(entrances)], capture_output=True, text=True, check=True)
    return int(done.stdout)


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_loads_no_more_than_it_needs(name: str) -> None:
    entrances, cap = PROCESSES[name]
    assert loaded(entrances) <= cap


def test_every_process_has_a_cap() -> None:
    assert set(PROCESSES) == {process.name for process in processes.PROCESSES}


def test_modules_are_counted_with_what_they_drag_in() -> None:
    assert loaded("matjar.core.clock") == 3
