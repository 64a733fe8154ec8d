"""What a surface keeps: its own last good copy of every bundle that it was given."""

from collections.abc import Iterator, Mapping

import msgspec

from matjar.core.refusal import Refusal
from matjar.resilience.bundles import manifest as manifests
from matjar.resilience.bundles.heartbeat import Heartbeat, Moment
from matjar.resilience.bundles.keys import IDENTITY, PUBLISHER, ROOT, Keys
from matjar.resilience.bundles.manifest import ACCESS, DAMAGED, KEYS, OLDER, REVOCATIONS, UNSIGNED, Bundle, Manifest
from matjar.resilience.bundles.revocations import Revocations, Revoked
from matjar.resilience.bundles.ring import Ring
from matjar.resilience.bundles.shelf import Shelf
from matjar.resilience.bundles.signing import Forged, Use, read_signed

_MAKERS = {KEYS: ROOT, ACCESS: IDENTITY, REVOCATIONS: IDENTITY}
"""Whose key signs bundles of a kind; all others are the publisher's."""

_MOST_EARLIER = 16
"""Earlier bundles of one kind that are kept because they tell what newer ones do not: there should be none."""

Told = Keys | Revocations | None

_manifest = msgspec.json.Decoder(Manifest).decode
_keys = msgspec.json.Decoder(Keys).decode
_revocations = msgspec.json.Decoder(Revocations).decode


class Kept:
    """The bundles that one surface serves from. Keys and revocations are taken in here; other contents are given out.

    One process keeps one shelf.
    """

    def __init__(self, shelf: Shelf, ring: Ring) -> None:
        self._shelf = shelf
        self._newest: dict[tuple[str, int], Bundle] = {}
        self._earlier: dict[tuple[str, int], list[Bundle]] = {}
        self.ring = ring
        self.revoked = Revoked()
        self.heartbeat = Heartbeat()

    def find(self, kind: str, shop_id: int) -> Bundle | None:
        """The newest good bundle of a kind."""
        return self._newest.get((kind, shop_id))

    def wants(self, kind: str, shop_id: int, number: int) -> bool:
        """Whether a bundle of that number would be news.

        What a key signed that was revoked since gives way to any other: its number may be a thief's.
        """
        newest = self.find(kind, shop_id)
        return newest is None or number > newest.manifest.number or self.ring.is_revoked(newest.kid)

    def list_newest(self) -> Iterator[Bundle]:
        """The newest good bundle of every kind and shop."""
        return iter(list(self._newest.values()))

    def wall(self, now: Moment) -> int:
        """The time of day, never earlier than what has been issued, milliseconds UTC."""
        return self.heartbeat.wall(now)

    def age_ms(self, now: Moment) -> int | None:
        """A: how old the newest revocations are; None: never heard."""
        return self.heartbeat.age_ms(now)

    # Taking in ------------------------------------------------------------------------------------------------------

    def load(self, now: Moment) -> list[Refusal]:
        """Take in what lies on the surface's own shelf, keys first; what is not good any more is told, and left out.

        A key that has ended since still counts for what was good when it was kept.
        """
        problems = []
        order = {KEYS: 0, REVOCATIONS: 1}
        for kind, shop_id in sorted(self._shelf.list_places(), key=lambda place: order.get(place[0], 2)):
            for number in self._shelf.numbers(kind, shop_id):
                found = self._shelf.find(kind, shop_id, number)
                try:
                    if found is None:
                        raise DAMAGED(kind=kind)
                    self._take(*self._verify(kind, shop_id, found.token, found.files, at=0), now)
                except Refusal as refusal:
                    problems.append(refusal)
        return problems

    def offer(self, kind: str, shop_id: int, token: str, files: Mapping[str, bytes], now: Moment) -> bool:
        """Take in a bundle from anywhere, and keep it; False: it is the one that is here already.

        Refuses ``bundles.unsigned``, ``bundles.damaged`` and ``bundles.older``; then what was here stays.
        """
        before = self._newest.get((kind, shop_id))
        if before is not None and before.token == token:
            return False
        bundle, told = self._verify(kind, shop_id, token, files, at=self.wall(now))
        if not self.wants(kind, shop_id, bundle.manifest.number):
            raise OLDER(kind=kind, number=bundle.manifest.number)
        self._shelf.put(bundle.manifest, token, files)
        self._take(bundle, told, now)
        self._tidy(kind, shop_id, now)
        return True

    def _verify(
        self, kind: str, shop_id: int, token: str, files: Mapping[str, bytes], *, at: int
    ) -> tuple[Bundle, Told]:
        try:
            payload, key = read_signed(token, Use.BUNDLE, lambda kid: self.ring.find(kid, at))
        except Forged:
            raise UNSIGNED(kind=kind) from None
        try:
            manifest = _manifest(payload)
            if key.owner != _MAKERS.get(kind, PUBLISHER) or (manifest.kind, manifest.shop_id) != (kind, shop_id):
                raise UNSIGNED(kind=kind)
            if not manifests.holds(manifest, files):
                raise DAMAGED(kind=kind)
            bundle = Bundle(manifest, token, dict(files), key.kid)
            return bundle, _told(bundle)
        except (KeyError, msgspec.MsgspecError):
            raise DAMAGED(kind=kind) from None

    def _take(self, bundle: Bundle, told: Told, now: Moment) -> None:
        """Keys and revocations count at once, whatever came before them."""
        place = (bundle.manifest.kind, bundle.manifest.shop_id)
        self.heartbeat.saw(bundle.manifest.issued_at, now)
        if isinstance(told, Keys):
            self.ring.learn(told)
        elif isinstance(told, Revocations):
            self.heartbeat.heard(bundle.manifest.issued_at, now)
            self.revoked.hear(told, self.wall(now))
            for kid in told.keys:
                self.ring.revoke(kid)
        before = self._newest.get(place)
        if before is not None:
            self._earlier.setdefault(place, []).append(before)
        self._newest[place] = bundle

    def _tidy(self, kind: str, shop_id: int, now: Moment) -> None:
        """Let go of earlier bundles, but for those that still tell what no newer one does."""
        place = (kind, shop_id)
        newest = self._newest[place]
        told = set(_entries(newest))
        still: list[Bundle] = []
        for earlier in reversed(self._earlier.pop(place, [])):
            only_here = {entry for entry, until in _entries(earlier).items() if until > self.wall(now)} - told
            if only_here and len(still) < _MOST_EARLIER:
                still.append(earlier)
                told |= only_here
        if still:
            self._earlier[place] = still[::-1]
        self._shelf.keep_only(kind, shop_id, {each.manifest.number for each in (newest, *still)})


def _told(bundle: Bundle) -> Told:
    """What a bundle tells of keys and revocations; raises KeyError and MsgspecError where it cannot be read."""
    if bundle.manifest.kind == KEYS:
        return _keys(bundle.content())
    return _revocations(bundle.content()) if bundle.manifest.kind == REVOCATIONS else None


def _entries(bundle: Bundle) -> dict[tuple[object, ...], int]:
    """The single things that it tells, each with its own end."""
    told = _told(bundle)
    return {} if told is None else told.entries()
