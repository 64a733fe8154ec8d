"""`matjar policy`: what a shop promises."""

from pathlib import Path

from tests.compose.cli.conftest import Call


def test_a_policy_is_written_read_and_taken_back(shop: Call, tmp_path: Path) -> None:
    text = tmp_path / "returns.html"
    text.write_text("<p>Two\nweeks.</p>")
    written = shop("policy", "write", "demo", "refund", str(text))
    assert "/policies/refund (en)" in written.out
    assert shop("policy", "list", "demo").out == "refund\ten\t<p>Two weeks.</p>\n"
    text.write_text("")
    assert shop("policy", "write", "demo", "refund", str(text)).code == 0
    assert shop("policy", "list", "demo").out == ""


def test_what_cannot_be_a_policy_is_refused(shop: Call, tmp_path: Path) -> None:
    text = tmp_path / "terms.html"
    assert shop("policy", "write", "demo", "terms", str(text)).err.startswith("matjar: usage.unreadable_text")
    text.write_text("<p>Termes</p>")
    refused = shop("policy", "write", "demo", "terms", str(text), "--language", "fr")
    assert refused.err.startswith("matjar: shops.bad_language")
    assert shop("policy", "write", "demo", "secrets", str(text)).code == 2
