"""Who runs: a name stands for one living process, never for a stranger."""

import os
import signal
import subprocess
from pathlib import Path

import msgspec
import pytest

from matjar.compose import running


def rewrite(folder: Path, **changes: object) -> None:
    """Change what is written down about this process."""
    file = folder / "me.pid"
    file.write_bytes(msgspec.json.encode(msgspec.json.decode(file.read_bytes()) | changes))


def test_a_process_that_lives_is_found(tmp_path: Path) -> None:
    running.record(tmp_path, "me")
    found = running.find(tmp_path, "me")
    assert found is not None
    assert found.pid == os.getpid()
    assert not found.wait(0)
    found.close()
    assert [path.name for path in tmp_path.iterdir()] == ["me.pid"]


@pytest.mark.parametrize("changes", [{"started": 1}, {"boot": "another"}, {"pid": 2**22 + 1}, {"pid": "many"}])
def test_whoever_has_only_its_number_is_not_it(tmp_path: Path, changes: dict[str, object]) -> None:
    running.record(tmp_path, "me")
    rewrite(tmp_path, **changes)
    assert running.find(tmp_path, "me") is None


def test_nobody_is_found_where_nothing_or_nonsense_is_written(tmp_path: Path) -> None:
    assert running.find(tmp_path, "me") is None
    (tmp_path / "me.pid").write_text("{")
    assert running.find(tmp_path, "me") is None


def test_one_that_has_ended_and_that_nobody_collected_is_gone(tmp_path: Path) -> None:
    child = subprocess.Popen(["sleep", "60"])
    watched = running.of(child.pid)
    assert running.vitals(child.pid) is not None
    watched.send(signal.SIGKILL)
    assert watched.wait(5)
    assert running.vitals(child.pid) is None
    watched.send(signal.SIGTERM)
    child.wait()
    watched.close()


def test_vitals_tell_memory_age_and_whether_it_was_stopped(tmp_path: Path) -> None:
    mine = running.vitals(os.getpid())
    assert mine is not None
    assert mine.memory_bytes > 5 << 20
    assert 0 <= mine.age_seconds < 3_600
    assert not mine.stopped
