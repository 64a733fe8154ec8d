"""Settings: read once, checked, and secrets that stay secret."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from matjar.compose.settings import Secret, keep_secret, read
from matjar.core.refusal import Refusal
from tools import settings as page


def refusal_of(environ: dict[str, str], home: Path) -> str:
    with pytest.raises(Refusal) as refused:
        read({"MATJAR_HOME": str(home)} | environ)
    return str(refused.value)


def test_nothing_given_is_a_platform_on_one_s_own_machine(tmp_path: Path) -> None:
    settings = read({"MATJAR_HOME": str(tmp_path / "var"), "HOME": "/root", "MATJAR_DATABASE": ""})
    assert settings.development
    assert settings.postgres_url == ""
    assert settings.port_storefront == 8000
    assert settings.sqlite_path == tmp_path / "var" / "shops.sqlite"


def test_each_kind_of_value_is_read(tmp_path: Path) -> None:
    settings = read(
        {
            "MATJAR_HOME": str(tmp_path),
            "MATJAR_DATABASE": "postgresql://shops@db/shops",
            "MATJAR_PORT_API": "9004",
            "MATJAR_SHOPS_DOMAIN": "example.com",
            "MATJAR_TRUSTED_PROXIES": "10.0.0.1, ::1",
            "MATJAR_GATEWAY_DEADLINE_SECONDS": "2.5",
            "MATJAR_LOG_LEVEL": "warning",
        }
    )
    assert settings.postgres_url == "postgresql://shops@db/shops"
    assert not settings.development
    assert settings.port_api == 9004
    assert settings.trusted_proxies == ("10.0.0.1", "::1")
    assert settings.gateway_deadline_seconds == 2.5
    assert settings.log_level == "warning"


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("MATJAR_PORT_API", "many", "settings.bad_value"),
        ("MATJAR_PORT_API", "70000", "settings.bad_value"),
        ("MATJAR_GATEWAY_DEADLINE_SECONDS", "0", "settings.bad_value"),
        ("MATJAR_LOG_LEVEL", "loud", "settings.bad_value"),
        ("MATJAR_DATABSE", "postgresql://slip", "settings.unknown"),
        ("MATJAR_HOME_FILE", "/etc/hostname", "settings.unknown"),
        ("MATJAR_STRIPE_SECRET_KEY_FILE", "/nowhere", "settings.unreadable"),
        ("MATJAR_HOME", "/nowhere/" + "long/" * 30, "settings.bad_value"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_name(tmp_path: Path, name: str, value: str, code: str) -> None:
    said = refusal_of({name: value}, tmp_path)
    assert said.startswith(code)
    assert name in said


def test_secrets_are_shown_nowhere(tmp_path: Path) -> None:
    (tmp_path / "stripe").write_text("sk_live_word\n")
    settings = read(
        {
            "MATJAR_HOME": str(tmp_path),
            "MATJAR_DATABASE": "postgresql://shops:password@db/shops",
            "MATJAR_STRIPE_SECRET_KEY_FILE": str(tmp_path / "stripe"),
        }
    )
    assert settings.stripe_secret_key.reveal() == "sk_live_word"
    shown = f"{settings} {settings!r} {settings.database} {msgspec.json.encode(settings, enc_hook=repr)!r}"
    assert "password" not in shown
    assert "sk_live_word" not in shown
    assert settings.webhook_secret.reveal() not in shown


def test_a_secret_that_is_not_given_is_minted_once_for_this_user_alone(tmp_path: Path) -> None:
    first, second = (read({"MATJAR_HOME": str(tmp_path / "var")}).webhook_secret.reveal() for _ in range(2))
    assert first == second
    assert len(first) >= 22
    assert read({"MATJAR_HOME": str(tmp_path / "other")}).webhook_secret.reveal() != first
    kept = tmp_path / "var" / "secrets"
    assert {path.name for path in kept.iterdir()} == {"webhook", "links"}
    assert {path.stat().st_mode & 0o777 for path in kept.iterdir()} == {0o600}
    assert kept.stat().st_mode & 0o777 == 0o700


def test_processes_that_ask_for_a_new_secret_at_once_get_the_same(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from matjar.compose.settings import keep_secret;"
        "sys.stdin.readline(); print(keep_secret(Path(sys.argv[1])).reveal())"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "secret")]
    askers = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    for asker in askers:
        assert asker.stdin is not None
        asker.stdin.write("now\n")
        asker.stdin.flush()
    answers = {asker.communicate()[0].strip() for asker in askers}
    assert answers == {keep_secret(tmp_path / "secret").reveal()}


def test_an_empty_secret_is_no_secret() -> None:
    assert not Secret("")
    assert Secret("word")


def test_the_page_of_settings_is_complete() -> None:
    assert page.PAGE.read_text() == page.render(), "run `make docs`"
