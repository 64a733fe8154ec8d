"""The keyring: the keys that one owner signs with, on disk. It mints its own, and asks nobody.

The private half lies in ``secrets/<owner>.pem``, the next one in ``secrets/<owner>.next.pem``, readable by this user
alone; public halves in ``keys/``, where the maker of the keys bundle finds them.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from matjar.core.clock import DAY
from matjar.core.ids import mint_token
from matjar.resilience.bundles import ROOT, Jwk, PublicKey, Ring, SigningKey

LIFE_MS = 90 * DAY
AHEAD_MS = 7 * DAY
"""How long a next key is known before it signs: longer than any surface may be cut off and still write."""
TURN_MS = 21 * DAY
"""How long before its end a key gets a successor."""

_public_key = msgspec.json.Decoder(PublicKey).decode
_jwk = msgspec.json.Decoder(Jwk).decode


class Keyring:
    """One owner's keys; whoever holds the ring knows them from now on."""

    def __init__(self, home: Path, owner: str, ring: Ring | None = None) -> None:
        self._secrets, self._halves = home / "secrets", home / "keys"
        self._owner = owner
        self._ring = ring
        self._current: SigningKey | None = None
        for folder in (self._secrets, self._halves):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for public in list_public(home):
            if ring is not None and public.owner == owner:
                ring.learn([public])

    def signing(self, now: int) -> SigningKey:
        """The key to sign with: minted the first time, and turned when its time has come."""
        if self._current is None:
            self._current = self._load("pem", now) or self._mint("pem", now)
        if self._is_over(self._current.public, now):
            self._turn(now)
        return self._current

    def prepare(self, now: int) -> None:
        """See to it that a key which ends soon has a successor, and that everybody can know it in time."""
        key = self.signing(now)
        if now > key.public.not_after - TURN_MS and self._load("next.pem", now) is None:
            self._mint("next.pem", now + AHEAD_MS)
        following = self._load("next.pem", now)
        if following is not None and following.public.not_before <= now:
            self._turn(now)

    def _is_over(self, key: PublicKey, now: int) -> bool:
        return now > key.not_after or (self._ring is not None and self._ring.is_revoked(key.kid))

    def _turn(self, now: int) -> None:
        """The next key becomes the one; where there is none, or that is over too, a new one does at once."""
        following = self._load("next.pem", now)
        if following is None or self._is_over(following.public, now):
            self._path("next.pem").unlink(missing_ok=True)
            self._current = self._mint("pem", now)
        else:
            self._path("next.pem").replace(self._path("pem"))
            self._current = following

    def _path(self, suffix: str) -> Path:
        return self._secrets / f"{self._owner}.{suffix}"

    def _load(self, suffix: str, now: int) -> SigningKey | None:
        path = self._path(suffix)
        if not path.exists():
            return None
        pem = path.read_bytes()
        key = SigningKey(pem, self._owner, now, now + LIFE_MS)
        half = _find_public(self._half(key.public.kid))
        if half is None:
            self._tell(key.public)
            return key
        return SigningKey(pem, self._owner, half.not_before, half.not_after)

    def _mint(self, suffix: str, not_before: int) -> SigningKey:
        """Mint a key and lay it down; of two processes that do so at once, both get the first one's."""
        pem = ECKey.generate_key("P-256").as_pem(private=True)
        path = self._path(suffix)
        if suffix == "pem" and self._current is not None:
            _lay(path, pem)
        else:
            _lay_once(path, pem)
        key = SigningKey(path.read_bytes(), self._owner, not_before, not_before + LIFE_MS)
        self._tell(key.public)
        return key

    def _half(self, kid: str) -> Path:
        return self._halves / f"{self._owner}-{kid}.json"

    def _tell(self, public: PublicKey) -> None:
        _lay(self._half(public.kid), msgspec.json.encode(public))
        if self._ring is not None:
            self._ring.learn([public])


def list_public(home: Path) -> Iterator[PublicKey]:
    """Every public half that lies in ``keys/``; what is not one, or under a wrong name, is passed over."""
    for path in sorted((home / "keys").glob("*.json")):
        public = _find_public(path)
        if public is not None and path.name == f"{public.owner}-{public.kid}.json":
            yield public


def load_root(home: Path) -> SigningKey:
    """The root's key, minted the first time; its public half lies beside it, to be pinned. It never ends."""
    private, public = home / "secrets" / "root.pem", home / "secrets" / "root.pub"
    private.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _lay_once(private, ECKey.generate_key("P-256").as_pem(private=True))
    root = SigningKey(private.read_bytes(), ROOT, 0, 1 << 62)
    if find_root(home) != root.public.jwk:
        _lay(public, msgspec.json.encode(root.public.jwk))
    return root


def find_root(home: Path) -> Jwk | None:
    """The public half of the root as it lies in this home; None while there is none."""
    try:
        return _jwk((home / "secrets" / "root.pub").read_bytes())
    except (OSError, msgspec.MsgspecError):
        return None


def _find_public(path: Path) -> PublicKey | None:
    try:
        public = _public_key(path.read_bytes())
        return public if public.kid == public.jwk.thumbprint and public.owner != ROOT else None
    except (OSError, msgspec.MsgspecError, JoseError, ValueError):
        return None


def _lay(path: Path, content: bytes) -> None:
    """Write a file that is this user's alone, whole."""
    _under_way(path, content).replace(path)


def _lay_once(path: Path, content: bytes) -> None:
    """The same, where there is none yet: who comes second leaves the first one's."""
    if path.exists():
        return
    mine = _under_way(path, content)
    with contextlib.suppress(FileExistsError):
        path.hardlink_to(mine)
    mine.unlink()


def _under_way(path: Path, content: bytes) -> Path:
    mine = path.with_name(f".{path.name}.{mint_token()}")
    mine.touch(mode=0o600)
    mine.write_bytes(content)
    return mine
