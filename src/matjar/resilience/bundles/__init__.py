"""Bundles: signed, numbered snapshots that a surface keeps on its own disk, so that it can decide and serve alone.

Promise: what is damaged, unsigned or older than what we have is refused, and the last good copy stays; a key is known
until its own end, whatever a newer bundle leaves out; and how old the news is can only be overstated.
"""

from matjar.resilience.bundles.heartbeat import Heartbeat, Moment
from matjar.resilience.bundles.kept import Kept
from matjar.resilience.bundles.keys import IDENTITY, PUBLISHER, ROOT, Jwk, Keys, PublicKey, SigningKey
from matjar.resilience.bundles.manifest import (
    ACCESS,
    DAMAGED,
    KEYS,
    OLDER,
    PLATFORM,
    REVOCATIONS,
    UNSIGNED,
    Bundle,
    Manifest,
    next_number,
)
from matjar.resilience.bundles.revocations import Revocations, Revoked, RevokedDevice, RevokedPerson
from matjar.resilience.bundles.ring import Ring
from matjar.resilience.bundles.shelf import Shelf
from matjar.resilience.bundles.signing import Forged, Use, read_signed

__all__ = [
    "ACCESS",
    "DAMAGED",
    "IDENTITY",
    "KEYS",
    "OLDER",
    "PLATFORM",
    "PUBLISHER",
    "REVOCATIONS",
    "ROOT",
    "UNSIGNED",
    "Bundle",
    "Forged",
    "Heartbeat",
    "Jwk",
    "Kept",
    "Keys",
    "Manifest",
    "Moment",
    "PublicKey",
    "Revocations",
    "Revoked",
    "RevokedDevice",
    "RevokedPerson",
    "Ring",
    "Shelf",
    "SigningKey",
    "Use",
    "next_number",
    "read_signed",
]
