"""Makes the list of breached passwords from lists of them: ``python tools/breached.py list.txt …``, a password a line.

See ``edge/passwords.py`` for where the list in use came from.
"""

import sys
from pathlib import Path

from matjar.edge.passwords import LEAST, digest

TARGET = Path(__file__).resolve().parent.parent / "src" / "matjar" / "edge" / "breached.bin"


def main(lists: list[str]) -> int:
    """Write the list anew, and say how many passwords are on it."""
    words = {word.lower() for each in lists for word in Path(each).read_text(errors="ignore").splitlines()}
    known = sorted({digest(word) for word in words if len(word) >= LEAST})
    TARGET.write_bytes(b"".join(known))
    sys.stdout.write(f"{len(known)} passwords, {TARGET.stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
