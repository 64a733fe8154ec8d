"""How much each process carries: independence of surfaces is a number of modules, with a cap."""

import subprocess
import sys

import pytest

PROCESSES: tuple[tuple[str, int], ...] = ()
"""The module that a process starts from, and how many modules of ours it may load. Caps only go down."""

COUNT = "import sys, {0}; print(sum(name.partition('.')[0] == 'matjar' for name in sys.modules))"


def loaded(entrance: str) -> int:
    """How many of our modules a fresh interpreter has loaded once it imported this one."""
    done = subprocess.run([sys.executable, "-c", COUNT.format(entrance)], capture_output=True, text=True, check=True)
    return int(done.stdout)


@pytest.mark.parametrize(("entrance", "cap"), PROCESSES)
def test_a_process_loads_no_more_than_it_needs(entrance: str, cap: int) -> None:
    assert loaded(entrance) <= cap


def test_modules_are_counted_with_what_they_drag_in() -> None:
    assert loaded("matjar.core.clock") == 3
