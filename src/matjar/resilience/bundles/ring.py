"""The ring: every key that was ever seen, until its own end or a revocation that names it.

A newer bundle that leaves a key out takes nothing away: a bad rotation locks nobody out.
"""

from collections.abc import Iterable

from matjar.resilience.bundles.keys import ROOT, Jwk, PublicKey

_FOREVER = 1 << 62


class Ring:
    """The keys that one surface knows. Without a pinned root it knows its own alone."""

    def __init__(self, root: Jwk | None = None) -> None:
        self._keys: dict[str, PublicKey] = {}
        self.revoked: frozenset[str] = frozenset()
        """Keys that count no more, by their ids."""
        self.root: PublicKey | None = None
        if root is not None:
            self.pin(root)

    def pin(self, root: Jwk) -> None:
        """From now on this key says which others there are."""
        self.root = PublicKey(root.thumbprint, ROOT, root, 0, _FOREVER)

    def learn(self, keys: Iterable[PublicKey]) -> None:
        """Know these: from a bundle that the root has signed, or one's own. A key under another's name is not one."""
        for key in keys:
            if key.kid == key.jwk.thumbprint and key.owner != ROOT:
                self._keys[key.kid] = key

    def is_revoked(self, kid: str) -> bool:
        """Whether the key was revoked."""
        return kid in self.revoked

    def find(self, kid: str, at: int) -> PublicKey | None:
        """The key that counts at that moment, milliseconds UTC. One that is to begin later counts already."""
        key = self.recall(kid)
        return None if key is None or at > key.not_after or kid in self.revoked else key

    def recall(self, kid: str) -> PublicKey | None:
        """The key, whether or not it still counts: for what was signed while it did."""
        return self.root if self.root is not None and kid == self.root.kid else self._keys.get(kid)
