"""What a browser keeps for us opens as what it was, for as long as it was meant, and as nothing else."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matjar.edge import browsers
from matjar.surfaces.identity.entering import HOME, own_path
from matjar.surfaces.identity.seals import Abroad, Errand, Half, Seals

NOW = 1_800_000_000_000
SEALS = Seals(b"s" * 32)


def test_what_was_sealed_opens_until_its_time_is_over() -> None:
    half = Half(42, has_totp=True, hint="s…@example.com")
    text = SEALS.seal(half, NOW)
    assert SEALS.open(text, Half, NOW) == half
    assert SEALS.open(text, Half, NOW + 1) is None


@pytest.mark.parametrize("kind", [Errand, Abroad])
def test_what_was_sealed_opens_as_nothing_else(kind: type[msgspec.Struct]) -> None:
    assert SEALS.open(SEALS.seal(Half(42, has_totp=True, hint=""), NOW), kind, NOW) is None
    assert Seals(b"x" * 32).open(SEALS.seal(Errand(), NOW), Errand, NOW) is None


@given(st.text())
def test_what_we_did_not_seal_opens_as_nothing(text: str) -> None:
    assert SEALS.open(text, Half, NOW) is None


@pytest.mark.parametrize("path", ["/account", "/shops/rose/people?done=saved", "/prove?then=%2Faccount"])
def test_a_path_of_ours_is_gone_on_to(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize(
    "path", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", "", "/a\nb", "/" + "a" * 400]
)
def test_what_leads_elsewhere_leads_home(path: str) -> None:
    assert own_path(path) == HOME


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML) Chrome/140.0 Mobile Safari/537.36",
         "Chrome · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge · Windows"),
        ("", "Browser"),
    ],
)  # fmt: skip
def test_a_browser_is_called_as_its_owner_knows_it(user_agent: str, name: str) -> None:
    assert browsers.name_of(user_agent) == name
