"""Which keys sign, and that one of them counts no more, from the command line."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from matjar.compose import cli
from matjar.compose.settings import read
from matjar.core.refusal import Refusal
from matjar.edge.trust import Trust
from matjar.storage.sqlite import connect


def call(*words: str) -> Result:
    """Call a command in this process."""
    return CliRunner().invoke(cli.assemble(words[0]), list(words))


def test_a_key_is_listed_and_revoked_to_its_own_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATJAR_HOME", str(tmp_path / "var"))
    trust = Trust(read().home, "admin")
    trust.load()
    key = trust.keyring.signing(trust.now()).public
    assert call("key", "list").output.split("\t")[:2] == [key.kid, "admin"]
    assert call("key", "revoke", "--", key.kid).exit_code == 0
    connection = connect(tmp_path / "var" / "identity.sqlite", read_only=True)
    told = connection.execute("SELECT kind, subject, ends_at FROM revocations").fetchall()
    connection.close()
    assert told == [("key", key.kid, key.not_after)]
    refused = call("key", "revoke", "nobody-s")
    assert isinstance(refused.exception, Refusal) and refused.exception.code == "key.no_such_key"
