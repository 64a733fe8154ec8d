"""A writer's process with the tests' own verbs: ``python -m tests.contracts.writer_process <database> <socket>``."""

import resource
import sys
from pathlib import Path

from matjar.core.clock import now_ms
from matjar.storage.operations import operations
from matjar.workers import writer
from tests.contracts import verbs

if __name__ == "__main__":
    database, door, *most_bytes = sys.argv[1:]
    if most_bytes:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(most_bytes[0]), resource.RLIM_INFINITY))
    writer.serve(Path(database), Path(door), operations([verbs.COMMANDS]), now_ms)
