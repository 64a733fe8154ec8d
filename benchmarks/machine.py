"""What processes take of the machine, read from /proc; and which core they may run on."""

import os
import time
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path
from typing import Self

_TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> float:
    """Processor time that a process has taken, and its children that have ended; 0 once it is gone itself."""
    return sum(map(int, _stat(pid)[11:15])) / _TICKS


def memory_mib(pid: int) -> float:
    """A process's share of memory (PSS): a page that several share is counted once over all of them."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def offspring(pid: int) -> list[int]:
    """The processes that this one started, theirs, and so on; not itself."""
    parents = {int(path.name): int(fields[1]) for path in Path("/proc").glob("[0-9]*") if (fields := _stat(path.name))}
    found = [pid]
    for parent in found:
        found += [child for child, of in parents.items() if of == parent]
    return found[1:]


def pin(pid: int, cores: AbstractSet[int]) -> None:
    """Let a process, with all its threads, run on these cores only; what it starts from now on stays there too."""
    for thread in list(Path(f"/proc/{pid}/task").iterdir()):
        with suppress(ProcessLookupError):
            os.sched_setaffinity(int(thread.name), cores)


class Meter:
    """Measures a stretch of time: how long it was, and who took how much of the machine meanwhile.

    Used as ``with``. Shares are of all cores: 0.5 on two cores is one core, busy all the time. What this process
    starts and waits for within the stretch is the generator; what lives longer is the platform. ``others`` are those
    who have nothing to do with it: where they took much, the figure says little.
    """

    seconds = generator = platform = others = 0.0
    platform_seconds = 0.0
    """Processor time that the platform took: what an answer costs, however busy the machine is."""

    def __enter__(self) -> Self:
        self._began = self._readings()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds, generator, self.platform_seconds, busy = (
            after - before for before, after in zip(self._began, self._readings(), strict=True)
        )
        whole = self.seconds * (os.cpu_count() or 1)
        self.generator, self.platform = generator / whole, self.platform_seconds / whole
        self.others = max(0.0, busy / whole - self.generator - self.platform)

    def shares(self) -> dict[str, float]:
        """Who took how much, by name."""
        return {"generator": self.generator, "platform": self.platform, "others": self.others}

    def _readings(self) -> tuple[float, float, float, float]:
        ours = sum(cpu_seconds(pid) for pid in offspring(os.getpid()))
        return time.perf_counter(), sum(os.times()[:4]), ours, _busy_seconds()


def _busy_seconds() -> float:
    """Processor time that anybody took, and that the host took from this machine (proc(5), ``/proc/stat``)."""
    user, nice, system, _idle, _waiting, *rest = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]
    return sum(map(int, (user, nice, system, *rest))) / _TICKS


def _stat(pid: int | str) -> list[bytes]:
    """The fields of ``/proc/<pid>/stat`` from the third on; nothing once the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b") ")[2].split()
    except OSError:
        return []
