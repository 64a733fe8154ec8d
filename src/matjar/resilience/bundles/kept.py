"""What a surface keeps: its own last good copy of every bundle that it was given.

What it knows of keys and revocations follows from the copies that it keeps, and from nothing else, so that a restart
changes nothing. An earlier copy stays while it tells what no newer one does.
"""

from collections.abc import Callable, Iterator, Mapping

import msgspec

from matjar.core.refusal import Refusal
from matjar.resilience.bundles import manifest as manifests
from matjar.resilience.bundles.heartbeat import Heartbeat, Moment
from matjar.resilience.bundles.keys import IDENTITY, PUBLISHER, ROOT, Keys, PublicKey
from matjar.resilience.bundles.manifest import ACCESS, DAMAGED, KEYS, OLDER, REVOCATIONS, UNSIGNED, Bundle, Manifest
from matjar.resilience.bundles.revocations import Revocations, Revoked
from matjar.resilience.bundles.ring import Ring
from matjar.resilience.bundles.shelf import Shelf
from matjar.resilience.bundles.signing import Forged, Use, read_signed

_MAKERS = {KEYS: ROOT, ACCESS: IDENTITY, REVOCATIONS: IDENTITY}
"""Whose key signs bundles of a kind; all others are the publisher's, whose clock moves ours nowhere."""

_MOST_EARLIER = 32
"""Earlier copies of one kind: in a well-kept house there is none."""

Place = tuple[str, int]
"""A kind and a shop."""


class Copy(msgspec.Struct, frozen=True):
    """A bundle that was verified, and what it tells, if it is of keys or revocations."""

    bundle: Bundle
    told: Keys | Revocations | None

    @property
    def number(self) -> int:
        return self.bundle.manifest.number


class Kept:
    """The bundles that one surface serves from. One process keeps one shelf."""

    def __init__(self, shelf: Shelf, ring: Ring) -> None:
        self._shelf = shelf
        self._copies: dict[Place, list[Copy]] = {}
        """By place, the newest last."""
        self.ring = ring
        self.revoked = Revoked()
        self.heartbeat = Heartbeat()

    def find(self, kind: str, shop_id: int) -> Bundle | None:
        """The newest good bundle of a kind."""
        copies = self._copies.get((kind, shop_id))
        return copies[-1].bundle if copies else None

    def wants(self, kind: str, shop_id: int, number: int) -> bool:
        """Whether a bundle of that number would be news.

        What a key signed that was revoked since gives way to any other: its number may be a thief's.
        """
        newest = self.find(kind, shop_id)
        return newest is None or number > newest.manifest.number or self.ring.is_revoked(newest.kid)

    def list_newest(self) -> Iterator[Bundle]:
        """The newest good bundle of every kind and shop."""
        return (copies[-1].bundle for copies in list(self._copies.values()))

    def wall(self, now: Moment) -> int:
        """The time of day, never earlier than what has been issued, milliseconds UTC."""
        return self.heartbeat.wall(now)

    def age_ms(self, now: Moment) -> int | None:
        """A: how old the newest revocations are; None: never heard."""
        return self.heartbeat.age_ms(now)

    # Taking in ------------------------------------------------------------------------------------------------------

    def load(self, now: Moment) -> list[Refusal]:
        """Take in what lies on the surface's own shelf; what is not good any more is told, and left out.

        It was good when it was put there: a key that has ended or was revoked since still speaks for it.
        """
        problems = []
        order = {KEYS: 0, REVOCATIONS: 1}
        for place in sorted(self._shelf.list_places(), key=lambda place: order.get(place[0], 2)):
            for number in self._shelf.numbers(*place):
                found = self._shelf.find(*place, number)
                try:
                    if found is None:
                        raise DAMAGED(kind=place[0])
                    copy = _verify(place, found.token, found.files, self.ring.recall)
                except Refusal as refusal:
                    problems.append(refusal)
                else:
                    self._take(place, copy, now)
        for copies in self._copies.values():
            copies.sort(key=self._rank)
        return problems

    def verify(self, kind: str, shop_id: int, token: str, files: Mapping[str, bytes]) -> Bundle:
        """What lies elsewhere, if whoever makes such bundles has signed it, though their key may have ended since.

        Refuses ``bundles.unsigned`` and ``bundles.damaged``.
        """
        return _verify((kind, shop_id), token, files, self.ring.recall).bundle

    def offer(self, kind: str, shop_id: int, token: str, files: Mapping[str, bytes], now: Moment) -> bool:
        """Take in a bundle from anywhere, and keep it; False: it is the one that is here already.

        Refuses ``bundles.unsigned``, ``bundles.damaged`` and ``bundles.older``; then what was here stays.
        """
        before, place, wall = self.find(kind, shop_id), (kind, shop_id), self.wall(now)
        if before is not None and before.token == token:
            return False
        copy = _verify(place, token, files, lambda kid: self.ring.find(kid, wall))
        if not self.wants(kind, shop_id, copy.number):
            raise OLDER(kind=kind, number=copy.number)
        self._shelf.put(copy.bundle.manifest, token, files)
        self._take(place, copy, now)
        self._tidy(place, copy, self.wall(now))
        return True

    def _take(self, place: Place, copy: Copy, now: Moment) -> None:
        self._copies.setdefault(place, []).append(copy)
        issued_at = copy.bundle.manifest.issued_at
        if isinstance(copy.told, Revocations):
            self.heartbeat.heard(issued_at, now)
        elif place[0] in _MAKERS:
            self.heartbeat.saw(issued_at, now)
        if copy.told is not None:
            self._count_anew(self.wall(now))

    def _count_anew(self, wall: int) -> None:
        """What is known of keys and revocations, from all copies together."""
        revoked, revoked_keys = Revoked(), set[str]()
        for copy in self._copies.get((KEYS, manifests.PLATFORM), ()):
            if isinstance(copy.told, Keys):
                self.ring.learn(copy.told.keys)
                revoked_keys |= copy.told.revoked.keys()
        for copy in self._copies.get((REVOCATIONS, manifests.PLATFORM), ()):
            if isinstance(copy.told, Revocations):
                revoked.hear(copy.told, wall)
                revoked_keys |= copy.told.keys.keys()
        self.ring.revoked = frozenset(revoked_keys)
        self.revoked = revoked

    def _tidy(self, place: Place, newest: Copy, wall: int) -> None:
        """Let go of earlier copies that tell nothing of their own any more, and of those that a revoked key signed."""
        told = set(newest.told.entries()) if newest.told else set()
        still: list[Copy] = []
        for copy in reversed(self._copies[place][:-1]):
            if copy.told is None or self.ring.is_revoked(copy.bundle.kid):
                continue
            only_here = {entry for entry, until in copy.told.entries().items() if until > wall or self._needs(entry)}
            if only_here - told and len(still) < _MOST_EARLIER:
                still.append(copy)
                told |= only_here
        self._copies[place] = [*reversed(still), newest]
        if newest.told is not None:
            self._count_anew(wall)
        self._shelf.keep_only(*place, {copy.number for copy in self._copies[place]})

    def _needs(self, entry: tuple[object, ...]) -> bool:
        """Whether this is a key that something kept was signed with, however long ago it ended."""
        return entry[0] == "key" and any(bundle.kid == entry[1] for bundle in self.list_newest())

    def _rank(self, copy: Copy) -> tuple[bool, int]:
        """Which of two copies is newer, whatever number a revoked key gave its own."""
        return not self.ring.is_revoked(copy.bundle.kid), copy.number


_manifest = msgspec.json.Decoder(Manifest).decode
_keys = msgspec.json.Decoder(Keys).decode
_revocations = msgspec.json.Decoder(Revocations).decode


def _verify(place: Place, token: str, files: Mapping[str, bytes], find: Callable[[str], PublicKey | None]) -> Copy:
    """A copy, if it is signed by whoever makes such bundles, for this very place, and whole."""
    kind = place[0]
    try:
        payload, key = read_signed(token, Use.BUNDLE, find)
        manifest = _manifest(payload)
        if key.owner != _MAKERS.get(kind, PUBLISHER) or (manifest.kind, manifest.shop_id) != place:
            raise UNSIGNED(kind=kind)
        if not manifests.holds(manifest, files):
            raise DAMAGED(kind=kind)
        bundle = Bundle(manifest, token, dict(files), key.kid)
        return Copy(bundle, _told(bundle))
    except Forged:
        raise UNSIGNED(kind=kind) from None
    except (KeyError, msgspec.MsgspecError):
        raise DAMAGED(kind=kind) from None


def _told(bundle: Bundle) -> Keys | Revocations | None:
    if bundle.manifest.kind == KEYS:
        return _keys(bundle.content())
    return _revocations(bundle.content()) if bundle.manifest.kind == REVOCATIONS else None
