"""The press: makes the three bundles of identity, each only where it would be another one, or is old."""

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import msgspec
import structlog

from matjar.core.clock import DAY
from matjar.core.refusal import Refusal
from matjar.domain.access import OWNER, Access, Revocation
from matjar.edge.keyring import list_public, load_root
from matjar.edge.trust import Trust
from matjar.resilience.bundles import (
    ACCESS,
    KEYS,
    PLATFORM,
    REVOCATIONS,
    Bundle,
    Forged,
    Keys,
    Revocations,
    Shelf,
    SigningKey,
    Use,
    read_signed,
)
from matjar.resilience.bundles.publishing import publish
from matjar.workers.publisher.contents import keys_of, revocations_of

LASTS_MS = 7 * DAY
"""A bundle that did not change is signed again after a week."""

T = TypeVar("T", bound=msgspec.Struct)

_log = structlog.get_logger("matjar.publisher")


class Press:
    """Publishes in the home's ``bundles/``, by identity's key; which keys there are, by the root's."""

    def __init__(self, trust: Trust, home: Path) -> None:
        self._trust = trust
        self._home = home
        self.shelf = Shelf(home / "bundles")

    def publish_keys(self) -> bool:
        """Every key that counts, if there is another or it is a week old; whether it was published.

        Where the root's private half is kept elsewhere, whoever holds it signs which keys there are.
        """
        root, now = self._find_root(), self._trust.now()
        if root is None:
            return False
        before = self._newest(KEYS, PLATFORM, Keys) or Keys()
        revoked = (self._newest(REVOCATIONS, PLATFORM, Revocations) or Revocations()).keys
        return self._publish_if_other(root, KEYS, PLATFORM, keys_of(list_public(self._home), before, revoked, now))

    def _find_root(self) -> SigningKey | None:
        pinned = self._trust.kept.ring.root
        if pinned is not None and not (self._home / "secrets" / "root.pem").exists():
            return None
        root = load_root(self._home)
        if pinned is not None and pinned.kid != root.public.kid:
            _log.error("root_is_another", pinned=pinned.kid, here=root.public.kid)
            return None
        self._trust.pin_root()
        return root

    def publish_revocations(self, listed: Iterable[Revocation]) -> None:
        """The heartbeat: published each time, also where nothing is revoked."""
        now = self._trust.now()
        before = self._newest(REVOCATIONS, PLATFORM, Revocations) or Revocations()
        self._publish(self._key(now), REVOCATIONS, PLATFORM, revocations_of(listed, before, now))

    def publish_access(self, content: Access) -> bool:
        """Who works in a shop, if that is another, or is a week old; whether it was published.

        Not, where it would lock out the owner of a shop that had one: no shop is ever without, so the database was
        lost, and what the surfaces have is better.
        """
        before = self._newest(ACCESS, content.shop_id, Access)
        if before is not None and _has_owner(before) and not _has_owner(content):
            _log.error("shop_lost_its_owner", shop=content.shop_id)
            return False
        return self._publish_if_other(self._key(self._trust.now()), ACCESS, content.shop_id, content)

    def list_shops(self) -> set[int]:
        """The shops that access bundles lie here of."""
        return {shop_id for _, shop_id in self.shelf.list_places((ACCESS,))}

    def _key(self, now: int) -> SigningKey:
        return self._trust.keyring.signing(now)

    def _publish_if_other(self, key: SigningKey, kind: str, shop_id: int, content: msgspec.Struct) -> bool:
        now = self._trust.now()
        if self._is_as_it_should(key, kind, shop_id, content, now):
            return False
        self._publish(key, kind, shop_id, content)
        return True

    def _publish(self, key: SigningKey, kind: str, shop_id: int, content: msgspec.Struct) -> None:
        """Publish above all that was ever heard, also where the shelf is yesterday's, and clear it of strangers'.

        A stranger's would hide ours: whoever comes by takes the highest number.
        """
        numbers = self.shelf.numbers(kind, shop_id)
        ours = [number for number in numbers if self._find(kind, shop_id, number)]
        if ours != numbers:
            self.shelf.keep_only(kind, shop_id, set(ours))
        kept = self._trust.kept.find(kind, shop_id)
        above = kept.manifest.number if kept else 0
        publish(self.shelf, key, kind, shop_id, content, now_ms=self._trust.now(), above=above)

    def _is_as_it_should(self, key: SigningKey, kind: str, shop_id: int, content: msgspec.Struct, now: int) -> bool:
        """Whether the newest bundle says this, is signed by this key, and is not old."""
        numbers = self.shelf.numbers(kind, shop_id)
        found = self.shelf.find(kind, shop_id, numbers[-1]) if numbers else None
        if found is None or numbers[-1] < now - LASTS_MS:
            return False
        try:
            read_signed(found.token, Use.BUNDLE, lambda kid: key.public if kid == key.public.kid else None)
        except Forged:
            return False
        return list(found.files.values()) == [msgspec.json.encode(content)]

    def _newest(self, kind: str, shop_id: int, content: type[T]) -> T | None:
        """What was told last, as the shelf has it, or as this surface has kept it; None: nothing was."""
        for number in reversed(self.shelf.numbers(kind, shop_id)):
            bundle = self._find(kind, shop_id, number)
            if bundle is not None:
                return msgspec.json.decode(bundle.content(), type=content)
        kept = self._trust.kept.find(kind, shop_id)
        return msgspec.json.decode(kept.content(), type=content) if kept else None

    def _find(self, kind: str, shop_id: int, number: int) -> Bundle | None:
        """What lies on the shelf, if it is ours. What a stranger laid there would else be told on, signed by us."""
        found = self.shelf.find(kind, shop_id, number)
        try:
            return self._trust.kept.verify(kind, shop_id, found.token, found.files) if found else None
        except Refusal as refusal:
            _log.error("bundle_strange", kind=kind, shop=shop_id, number=number, code=refusal.code)
            return None


def _has_owner(content: Access) -> bool:
    return any(member.role_id == OWNER and not member.suspended for member in content.members)
