"""The command line: what it says, how it ends, with and without a writer running."""

from pathlib import Path

import pytest

from matjar.compose import cli
from matjar.compose.cli.demo import open_where_nobody_sells
from matjar.compose.demo.goods import SHOPS
from matjar.compose.settings import read
from matjar.compose.wiring import all_operations
from matjar.storage.sqlite import WriterLock, connect
from matjar.workers import writer
from tests.compose.cli.conftest import Call
from tests.compose.supervised import Supervised


@pytest.fixture
def home(call: Call, tmp_path: Path) -> Path:
    """The home folder that the commands of this test take."""
    return tmp_path / "var"


def test_a_shop_is_opened_and_listed_with_no_writer_running(call: Call, home: Path) -> None:
    opened = call("shop", "create", "demo", "--name", "Demo", "--language", "ar", "--language", "en")
    assert (opened.code, opened.out) == (0, "Shop demo is open, as number 1.\n")
    listed = call("shop", "list").out
    assert all(word in listed for word in ("demo", "Demo", "AED", "ar en"))
    lock = WriterLock(home / "shops.sqlite")
    assert lock.take(), "the lock was not given back"
    lock.release()


def test_a_shop_is_opened_through_the_writer_that_runs(platform: Supervised) -> None:
    platform.run()
    assert platform.matjar("shop", "create", "demo").returncode == 0
    assert "demo" in platform.matjar("shop", "list").stdout
    assert "database.in_use" in platform.matjar("migrate").stderr


@pytest.mark.parametrize(
    ("words", "environ", "code", "exit_code"),
    [
        (("shop", "create", "!"), {}, "shops.bad_handle", 2),
        (("shop", "create", "tea", "--country", "England"), {}, "shops.bad_country", 2),
        (("shop", "create", "tea", "--currency", "pounds"), {}, "money.bad_currency", 2),
        (("shop", "create", "tea", "--time-zone", "London"), {}, "shops.bad_time_zone", 2),
        (("shop", "list"), {"MATJAR_PORT_API": "many"}, "settings.bad_value", 2),
        (("shop", "list"), {"MATJAR_DATABASE": "postgresql:///shops?host=/nowhere"}, "storage.away", 75),
        (("migrate",), {"MATJAR_DATABASE": "postgresql:///shops?host=/nowhere"}, "storage.away", 75),
        (("backup", "/nowhere/copy"), {}, "database.none_yet", 1),
    ],
)
def test_a_refusal_is_one_line_and_an_exit_code(
    platform: Supervised, words: tuple[str, ...], environ: dict[str, str], code: str, exit_code: int
) -> None:
    done = platform.matjar(*words, **environ)
    assert done.returncode == exit_code
    assert done.stderr.startswith(f"matjar: {code}: ")
    assert done.stderr.count("\n") == 1


def test_a_backup_is_whole_and_never_writes_over_another(call: Call, home: Path) -> None:
    call("shop", "create", "demo")
    assert call("backup", str(home / "copy")).code == 0
    assert call("backup", str(home / "copy")).code == 1
    copy = connect(home / "copy", read_only=True)
    assert copy.pragma("integrity_check") == "ok"
    assert copy.execute("SELECT handle FROM shops").fetchall() == [("demo",)]
    copy.close()
    assert not (home / "copy.part").exists()


def test_a_restore_brings_back_the_copy_and_begins_another_epoch(call: Call, home: Path) -> None:
    call("shop", "create", "demo")
    call("backup", str(home / "copy"))
    call("shop", "create", "later")
    restored = call("restore", str(home / "copy"))
    assert restored.code == 0, restored.err
    listed = call("shop", "list").out
    assert "demo" in listed
    assert "later" not in listed
    database = connect(home / "shops.sqlite", read_only=True)
    begun = "SELECT COUNT(*) FROM heads JOIN shops ON id = shop_id WHERE epoch > created_at"
    later = database.execute(begun).fetchall()
    assert later == [(1,)], "a consumer that followed the old feed must notice"
    database.close()
    (aside,) = home.glob("shops-*.sqlite")
    kept = connect(aside, read_only=True)
    assert len(kept.execute("SELECT id FROM shops").fetchall()) == 2
    kept.close()


def test_nothing_is_restored_under_a_running_writer(call: Call, home: Path) -> None:
    call("shop", "create", "demo")
    call("backup", str(home / "copy"))
    lock = WriterLock(home / "shops.sqlite")
    assert lock.take()
    assert call("restore", str(home / "copy")).code == 1
    lock.release()


def test_migrating_tells_how_much_there_was_to_do(call: Call, home: Path) -> None:
    assert call("migrate").out != "0 migrations taken\n"
    assert call("migrate").out == "0 migrations taken\n"
    assert (home / "shops.sqlite").exists()


def test_every_command_is_loaded_by_its_own_name(call: Call) -> None:
    for part, commands in cli.PARTS.items():
        for command in commands:
            assert call(command, "--help").code == 0, f"{part} has no {command}"
    assert cli.PARTS.keys() >= {"platform", "database", "shop"}


def test_the_writer_runs_every_room_s_commands() -> None:
    names = {name.partition(".")[0] for name in all_operations()}
    assert names >= {"shops", "catalog", "inventory", "carts", "checkout", "orders", "tax", "shipping", "discounts"}
    assert writer.HELD.code == "writer.held"


def test_the_first_run_opens_the_demo_s_shops(call: Call, home: Path) -> None:
    open_where_nobody_sells(read())
    assert all(handle in call("shop", "list").out for handle in SHOPS)
    assert read().demo_marker.exists()
    assert any((home / "media").rglob("*.svg"))


def test_the_demo_stays_away_from_a_platform_that_is_somebody_s(call: Call, home: Path) -> None:
    call("shop", "create", "mine")
    open_where_nobody_sells(read())
    assert not any(handle in call("shop", "list").out for handle in SHOPS)
    assert (home / "demo.opened").exists()
