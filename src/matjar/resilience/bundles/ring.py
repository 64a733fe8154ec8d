"""The ring: every key that was ever seen, until its own end or a revocation that names it.

A newer bundle that leaves a key out takes nothing away: a bad rotation locks nobody out.
"""

from matjar.resilience.bundles.keys import ROOT, Jwk, Keys, PublicKey

_FOREVER = 1 << 62


class Ring:
    """The keys that one surface knows. Without a pinned root it knows its own alone."""

    def __init__(self, root: Jwk | None = None) -> None:
        self._keys: dict[str, PublicKey] = {}
        self._revoked: set[str] = set()
        self.root: PublicKey | None = None
        if root is not None:
            self.pin(root)

    def pin(self, root: Jwk) -> None:
        """From now on this key says which others there are."""
        self.root = PublicKey(root.thumbprint, ROOT, root, 0, _FOREVER)

    def learn(self, keys: Keys) -> None:
        """Take in what the root has signed. A key under another's name is not one."""
        for key in keys.keys:
            if key.kid == key.jwk.thumbprint and key.owner != ROOT:
                self._keys[key.kid] = key
        for kid in keys.revoked:
            self.revoke(kid)

    def own(self, key: PublicKey) -> None:
        """Know one's own key, whether or not anybody has signed that it is."""
        self._keys[key.kid] = key

    def revoke(self, kid: str) -> None:
        """This key counts no more, for as long as this process remembers and the bundle that says so is kept."""
        self._revoked.add(kid)

    def is_revoked(self, kid: str) -> bool:
        """Whether the key was revoked."""
        return kid in self._revoked

    def find(self, kid: str, at: int) -> PublicKey | None:
        """The key that counts at that moment, milliseconds UTC. One that is to begin later counts already."""
        if self.root is not None and kid == self.root.kid:
            return self.root
        key = self._keys.get(kid)
        if key is None or at > key.not_after or kid in self._revoked:
            return None
        return key
