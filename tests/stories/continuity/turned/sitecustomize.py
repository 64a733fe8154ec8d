"""Every Python that starts with this folder on its path finds this, before anything else: its clocks can be turned.

How far they are off stands in a file that is named after the process, the last word of its command line, in the folder
``TURNED_CLOCKS``: two numbers, nanoseconds, of the wall clock and of the monotonic one. They are read at each look.
"""

import mmap
import os
import queue  # noqa: F401 - it keeps the clock that it finds, so that nobody's wait is cut short
import struct
import sys
import threading  # noqa: F401 - this too
import time
from pathlib import Path

_OFF = struct.Struct("<qq")


def _turn(path: Path) -> None:
    with path.open("r+b") as file:
        off = mmap.mmap(file.fileno(), _OFF.size)
    true_time_ns, true_monotonic = time.time_ns, time.monotonic

    def time_ns() -> int:
        return true_time_ns() + int(_OFF.unpack_from(off)[0])

    def monotonic() -> float:
        return true_monotonic() + float(_OFF.unpack_from(off)[1]) / 1e9

    time.time_ns, time.monotonic = time_ns, monotonic
    time.time = lambda: time_ns() / 1e9


_file = Path(os.environ["TURNED_CLOCKS"]) / sys.orig_argv[-1]
if _file.exists():
    _turn(_file)
