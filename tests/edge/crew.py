"""A small house for tests: identity's keys and shelf, a shop's people, and surfaces, on a clock that a test turns."""

import asyncio
import os
from pathlib import Path

from matjar.domain.access import BUILT_IN, Access, Member, Passkey
from matjar.edge.following import Folder, Follower
from matjar.edge.keyring import Keyring, list_public, load_root
from matjar.edge.sharing import OPEN_KINDS
from matjar.edge.trust import Trust
from matjar.resilience.bundles import ACCESS, KEYS, REVOCATIONS, Keys, Moment, Revocations, Shelf
from matjar.resilience.bundles.publishing import publish

NOW = 1_795_000_000_000
SHOP, OTHER_SHOP = 7, 8
OWNER, MANAGER, PACKER, CASHIER, NEWCOMER = 1, 2, 3, 4, 5
PASSKEY = Passkey(b"credential", b"cose", "Phone", 0, True, NOW)

MEMBERS = (
    Member(OWNER, "Olfat", "o…@example.com", "owner", (PASSKEY,)),
    Member(MANAGER, "Mona", "m…@example.com", "manager", (PASSKEY,)),
    Member(PACKER, "Faris", "f…@example.com", "fulfilment"),
    Member(CASHIER, "Kareem", "k…@example.com", "cashier"),
)


class Local:
    """What a surface remembers, in memory."""

    def __init__(self) -> None:
        self.out: set[str] = set()
        self.seen: dict[str, int] = {}

    def is_signed_out(self, sid: str) -> bool:
        return sid in self.out

    def last_seen(self, sid: str) -> int:
        return self.seen.get(sid, 0)

    def see(self, sid: str, now: int, until: int) -> None:
        assert now < until
        self.seen[sid] = now


class Crew:
    """The house. ``after_ms`` is how long it has stood; ``fast_ms`` how far this machine's wall clock is ahead."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.after_ms = 0
        self.fast_ms = 0
        self.shelf = Shelf(home / "bundles")
        self.root = load_root(home)
        self.identity = Keyring(home, "identity")
        self.publish_keys()
        self.publish_access()
        self.beat()

    def clock(self) -> Moment:
        return Moment(NOW + self.after_ms + self.fast_ms, 5_000_000 + self.after_ms)

    @property
    def true_time(self) -> int:
        return NOW + self.after_ms

    def publish_keys(self, revoked: dict[str, int] | None = None) -> None:
        """Every key whose public half lies in the home."""
        self.identity.signing(self.true_time)
        content = Keys(tuple(list_public(self.home)), revoked or {})
        publish(self.shelf, self.root, KEYS, 0, content, now_ms=self.true_time)

    def publish_access(self, members: tuple[Member, ...] = MEMBERS, shop_id: int = SHOP) -> None:
        key = self.identity.signing(self.true_time)
        publish(self.shelf, key, ACCESS, shop_id, Access(shop_id, BUILT_IN, members), now_ms=self.true_time)

    def beat(self, told: Revocations | None = None) -> None:
        """A heartbeat, with or without news."""
        key = self.identity.signing(self.true_time)
        publish(self.shelf, key, REVOCATIONS, 0, told or Revocations(), now_ms=self.true_time)

    def surface(self, name: str = "admin") -> Trust:
        """A surface right after its start: it has its own disk and nothing else."""
        trust = Trust(self.home, name, clock=self.clock)
        trust.load()
        return trust

    def follower(self, trust: Trust) -> Follower:
        return Follower(trust, [Folder(self.shelf)], OPEN_KINDS | {ACCESS})

    def bring(self, trust: Trust) -> Trust:
        """Let the surface follow, once. Folders tell what changed by time, and a test is faster than that."""
        for place in self.shelf.list_places():
            folder = self.home / "bundles" / place[0] / str(place[1])
            os.utime(folder, ns=(0, folder.stat().st_mtime_ns + 1))
        asyncio.run(self.follower(trust).catch_up(Folder(self.shelf)))
        return trust

    def working(self, name: str = "admin") -> Trust:
        """A surface that has everything."""
        return self.bring(self.surface(name))
