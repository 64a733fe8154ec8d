"""Runs the suites one after another, each a folder of tests/, and says how long each took: `make test`.

``python tools/test.py`` runs all of them; ``python tools/test.py check domain`` those two.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
BUDGET_SECONDS = 20 * 60

CHECK = (
    [BIN / "ruff", "check", "--quiet"],
    [BIN / "mypy", "--no-error-summary"],
    [BIN / "lint-imports", "--no-logo"],
)
ORDER = ("check", "core", "storage", "domain", "contracts", "surfaces", "stories", "browser", "tidy")
"""The first to fail is the cheapest to look at; a folder that is not named here runs before ``stories``."""
ALONE = frozenset({"browser", "stories", "tidy"})
"""Suites that start processes or browsers, or are done before a second worker has started: one worker."""
NOTHING_COLLECTED = 5


def list_suites() -> list[str]:
    """``check`` and every folder below tests/ that holds tests, in the order in which they run."""
    found = {path.relative_to(ROOT / "tests").parts[0] for path in (ROOT / "tests").glob("*/**/test_*.py")}
    others = sorted(found - set(ORDER))
    known = [name for name in ORDER if name in found or name == "check"]
    place = next((at for at, name in enumerate(known) if name in {"stories", "browser", "tidy"}), len(known))
    return known[:place] + others + known[place:]


def run_suite(name: str) -> bool:
    """Run one suite with its output on the terminal; True: nothing failed."""
    if name == "check":
        codes = [subprocess.call([str(part) for part in command], cwd=ROOT) for command in CHECK]
        return not any(codes)
    if name == "browser" and subprocess.call([str(ROOT / "tools" / "chromium")]) != 0:
        return False
    workers = [] if name in ALONE else ["-n", str(min(os.cpu_count() or 1, 4))]
    command = [str(BIN / "pytest"), "-q", f"tests/{name}", *workers]
    return subprocess.call(command, cwd=ROOT) in (0, NOTHING_COLLECTED)


def main(asked: list[str]) -> int:
    """Run what is asked for, or everything; the exit code is the number of suites that failed."""
    unknown = set(asked) - set(list_suites())
    if unknown:
        print(f"No such suite: {', '.join(sorted(unknown))}. There are: {', '.join(list_suites())}.")
        return 2
    rows: list[tuple[str, float, bool]] = []
    for name in asked or list_suites():
        print(f"\n── {name} " + "─" * (100 - len(name)), flush=True)
        began = time.monotonic()
        passed = run_suite(name)
        rows.append((name, time.monotonic() - began, passed))
    print()
    for name, seconds, passed in rows:
        print(f"{name:<12}{seconds:>8.1f} s   {'passed' if passed else 'FAILED'}")
    total = sum(seconds for _, seconds, _ in rows)
    print(f"{'total':<12}{total:>8.1f} s   of {BUDGET_SECONDS} s at most")
    return sum(not passed for _, _, passed in rows) + (total > BUDGET_SECONDS)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
