"""What can ail signing in, each made for real, with what the table of rights leaves people meanwhile; and mended."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple

import msgspec

from benchmarks.shop import SHOP_ID
from matjar.core.clock import DAY, HOUR, now_ms
from matjar.domain.access import BUILT_IN, OWNER, Access, Member, Passkey
from matjar.edge.keyring import Keyring, list_public, load_root
from matjar.resilience.bundles import (
    ACCESS,
    IDENTITY,
    KEYS,
    PLATFORM,
    REVOCATIONS,
    Keys,
    Revocations,
    Shelf,
    SigningKey,
)
from matjar.resilience.bundles.publishing import publish
from tests.edge.authenticator import Authenticator
from tests.platform import ROOT
from tests.resilience.bundles.makers import pem
from tests.stories.continuity.household import HANDLES, PARTNER, Colleague, Household

INTRUDER = Authenticator(number=666)
"""Somebody's security key who is nobody."""
FORGED = SigningKey(pem("a stranger's"), IDENTITY, now_ms(), now_ms() + 90 * DAY)
"""A key that nobody ever said was identity's."""
LOST = SigningKey(pem("nobody's"), IDENTITY, now_ms(), now_ms() + 90 * DAY)
"""A key that the root says is identity's, and that nobody has."""


class Fault(NamedTuple):
    """``lasts_ms``: how long it has lasted when people come to work; the rest is what the table says then."""

    name: str
    happens: Callable[[Household], AbstractContextManager[None]]
    lasts_ms: int = 0
    is_news_old: bool = True
    """Whether the heartbeat is older than five minutes: then nothing that holds power is changed."""
    can_write: bool = True
    """Not, once it is older than a day."""
    alarm: str = ""
    """What the back office counts meanwhile."""


@contextmanager
def killed(house: Household) -> Iterator[None]:
    """It is gone."""
    house.platform.kill("identity")
    try:
        yield
    finally:
        house.platform.start("identity")


@contextmanager
def hanging(house: Household) -> Iterator[None]:
    """Connections open, nothing answers."""
    house.platform.pause("identity")
    try:
        yield
    finally:
        house.platform.resume("identity")


class _Broken(BaseHTTPRequestHandler):
    """Answers everything alike."""

    def do_GET(self) -> None:
        self.send_error(500)

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@contextmanager
def answering_500(house: Household) -> Iterator[None]:
    """Something stands in its place, and fails at all."""
    house.platform.kill("identity")
    with ThreadingHTTPServer(("127.0.0.1", house.platform.settings.port_identity), _Broken) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield
        finally:
            server.shutdown()
            server.server_close()
            house.platform.start("identity")


@contextmanager
def refusing(house: Household) -> Iterator[None]:
    """It lives, its heart beats, and it refuses every valid sign-in."""
    house.platform.kill("identity")
    command = [sys.executable, "-m", "tests.stories.continuity.refusing", "identity"]
    with (house.platform.settings.log_folder / "refusing.log").open("ab") as log:
        broken = subprocess.Popen(command, env=house.platform.environ, stdout=log, stderr=log, cwd=ROOT)
    try:
        house.wait_until(lambda: house.is_there("identity"))
        assert house.try_identity(Colleague(house, PARTNER)).status == 403
        yield
    finally:
        broken.kill()
        broken.wait()
        house.platform.start("identity")


@contextmanager
def key_rotated_badly(house: Household) -> Iterator[None]:
    """The root says that nobody's key counts but one that nobody has; identity begins anew with keys of its own."""
    secrets, root = house.home / "secrets", load_root(house.home)
    house.platform.kill("identity")
    kept = (secrets / "root.pem").rename(secrets / "root.kept")
    for path in (*secrets.glob("identity*.pem"), *(house.home / "keys").glob("identity-*.json")):
        path.unlink()
    publish(house.shelf, root, KEYS, PLATFORM, Keys((LOST.public,)), now_ms=house.clocks.now)
    house.platform.start("identity")
    house.wait_until(lambda: LOST.public.kid.encode() in house.heard(KEYS))
    house.restart_admin()
    try:
        yield
    finally:
        kept.rename(secrets / "root.pem")


@contextmanager
def shelf_spoilt(spoil: Callable[[Household], None], house: Household) -> Iterator[None]:
    """Identity dies, and what it leaves behind is not what it was."""
    house.platform.kill("identity")
    spoil(house)
    try:
        yield
    finally:
        house.platform.start("identity")


def truncate(house: Household) -> None:
    """Half of every manifest."""
    for path in house.shelf.folder.glob("*/*/*.jws"):
        half = path.read_bytes()[: path.stat().st_size // 2]
        path.unlink()
        path.write_bytes(half)


def forge(house: Household) -> None:
    """Newer ones of every kind, by a stranger who makes himself the owner."""
    later = house.clocks.now + DAY
    publish_all(house.shelf, FORGED, FORGED, later, Keys((FORGED.public,)), intruders())


def roll_back(house: Household) -> None:
    """Yesterday's, rightly signed, from before anybody had come in."""
    identity = Keyring(house.home, IDENTITY).signing(house.clocks.now)
    shutil.rmtree(house.shelf.folder)
    yesterday = house.clocks.now - DAY
    publish_all(house.shelf, load_root(house.home), identity, yesterday, Keys((identity.public,)), intruders())


@contextmanager
def a_week_old(house: Household) -> Iterator[None]:
    """The back office was put up from what an operator had at hand: who works there, and last week's heartbeat."""
    access = [msgspec.json.decode(house.published(ACCESS, shop_id), type=Access) for shop_id in HANDLES]
    house.platform.kill("identity")
    house.platform.kill("admin")
    for folder in (house.shelf.folder, house.own_shelf.folder):
        shutil.rmtree(folder)
    identity, now = Keyring(house.home, IDENTITY).signing(house.clocks.now), house.clocks.now
    publish(house.shelf, load_root(house.home), KEYS, PLATFORM, Keys(tuple(list_public(house.home))), now_ms=now)
    for each in access:
        publish(house.shelf, identity, ACCESS, each.shop_id, each, now_ms=now)
    publish(house.shelf, identity, REVOCATIONS, PLATFORM, Revocations(), now_ms=now - 7 * DAY)
    house.platform.start("admin")
    house.wait_until(lambda: house.knows_everybody() and bool(house.heard(REVOCATIONS)))
    try:
        yield
    finally:
        house.platform.start("identity")


@contextmanager
def clock_wrong(ms: int, house: Household) -> Iterator[None]:
    """The back office's wall clock is off; identity is well, and was just heard."""
    house.clocks.set_wrong("admin", ms)
    house.wait_for_heartbeat()
    try:
        yield
    finally:
        house.clocks.set_wrong("admin", 0)


@contextmanager
def database_lost(house: Household) -> Iterator[None]:
    """Identity's file is gone; it begins anew, and is told of the shop as at every start."""
    house.platform.kill("identity")
    kept = house.home / "kept"
    kept.mkdir(exist_ok=True)
    for path in house.home.glob("identity.sqlite*"):
        path.rename(kept / path.name)
    house.platform.start("identity")
    house.invite_owner()
    house.wait_for_heartbeat()
    try:
        yield
    finally:
        house.platform.kill("identity")
        for path in house.home.glob("identity.sqlite*"):
            path.unlink()
        for path in kept.iterdir():
            path.rename(house.home / path.name)
        house.platform.start("identity")


def intruders() -> Access:
    """A shop as its thief would have it."""
    passkey = Passkey(INTRUDER.id, INTRUDER._cose(), "Phone", 0, True, 0)
    return Access(SHOP_ID, BUILT_IN, (Member(666, "Intruder", "", OWNER, (passkey,)),))


def publish_all(shelf: Shelf, root: SigningKey, identity: SigningKey, at: int, keys: Keys, access: Access) -> None:
    """A bundle of every kind."""
    publish(shelf, root, KEYS, PLATFORM, keys, now_ms=at)
    publish(shelf, identity, ACCESS, SHOP_ID, access, now_ms=at)
    publish(shelf, identity, REVOCATIONS, PLATFORM, Revocations(), now_ms=at)


REFUSED = 'matjar_bundles_refused_total{{code="bundles.{}"}}'
FAULTS = (
    Fault("killed", killed, 2 * HOUR),
    Fault("hanging", hanging, 2 * HOUR),
    Fault("answering 500", answering_500, 2 * HOUR),
    Fault("refusing everybody", refusing, 2 * HOUR, is_news_old=False),
    Fault("key rotated badly", key_rotated_badly, 2 * HOUR, alarm=REFUSED.format("unsigned")),
    Fault("manifests cut off", partial(shelf_spoilt, truncate), 2 * HOUR, alarm=REFUSED.format("damaged")),
    Fault("manifests forged", partial(shelf_spoilt, forge), 2 * HOUR, alarm=REFUSED.format("unsigned")),
    Fault("manifests rolled back", partial(shelf_spoilt, roll_back), 2 * HOUR, alarm=REFUSED.format("older")),
    Fault("heartbeat a week old", a_week_old, can_write=False),
    Fault("clock an hour ahead", partial(clock_wrong, HOUR)),
    Fault("clock an hour behind", partial(clock_wrong, -HOUR), is_news_old=False, alarm="matjar_bundle_ahead_seconds"),
    Fault("database lost", database_lost, 2 * HOUR, is_news_old=False),
)
