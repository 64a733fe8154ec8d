"""Exceptions are few, and each says why."""

import pytest

from tests.tidy import tree
from tests.tidy.tree import Finding, exceptions, hold

MOST = 40


def test_every_exception_has_a_reason() -> None:
    reasons = [reason for law in exceptions().values() for reason in law.values()]
    assert all(len(reason.split()) >= 5 and reason.endswith(".") for reason in reasons)
    assert len(reasons) <= MOST


def test_an_exception_excuses_its_own_place_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "exceptions", lambda: {"law": {"a.py": "It must be so for a reason."}})
    hold("law", [Finding("a.py", "broken")])
    with pytest.raises(AssertionError, match=r"b\.py: broken"):
        hold("law", [Finding("a.py", "broken"), Finding("b.py", "broken")])


def test_an_exception_that_is_not_needed_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "exceptions", lambda: {"law": {"a.py": "It must be so for a reason."}})
    with pytest.raises(AssertionError, match=r"excuses a\.py"):
        hold("law", [])
