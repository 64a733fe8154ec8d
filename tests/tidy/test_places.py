"""What is committed knows nothing of the machine it was written on, nor from where packages came."""

import re
from collections.abc import Iterator

import pytest

from tests.tidy.tree import ROOT, Finding, files, hold

STRANGERS = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|unpkg\.com|jsdelivr|(?<!emit-)index-url|--find-links"
    r"|/root/|/home/[a-z]+/|/Users/[a-z]+/|/work/main|/work/shared"
)
OWN = "tests/tidy/test_places.py"


def strangers(path: str, text: str) -> Iterator[Finding]:
    """Names of registries, and paths of one machine."""
    for number, line in enumerate(text.splitlines(), 1):
        if found := STRANGERS.search(line):
            yield Finding(path, f"line {number} names {found[0]}")


def test_no_machine_and_no_registry_is_named() -> None:
    texts = {path.relative_to(ROOT).as_posix(): path.read_text(errors="ignore") for path in files()}
    hold("places", [finding for path, text in texts.items() if path != OWN for finding in strangers(path, text)])


@pytest.mark.parametrize("line", ["--index-url https://pypi.org/simple", "cd /home/ali/matjar", "/root/.cache"])
def test_a_place_is_found(line: str) -> None:
    assert list(strangers("Makefile", line))
    assert not list(strangers("Makefile", "cd src/matjar && python -m http.server"))
