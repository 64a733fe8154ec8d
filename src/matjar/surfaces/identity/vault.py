"""The vault: secrets of one-time codes as they lie in the database, which is of no use without a key that lies beside.

AES-256-GCM (NIST SP 800-38D), with a random nonce for each, bound to its person: what is moved to another's row does
not open. What lies there from before is in the clear, and is sealed when its person next uses it.
"""

import base64
import binascii
from hashlib import sha256

import structlog
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from matjar.core.ids import hash_token, mint_token
from matjar.core.refusal import Kind, declare

UNREADABLE = declare(
    "identity.code_unreadable", Kind.CONFLICT,
    "Codes from your app cannot be checked at the moment. Use a passkey or one of your recovery codes.",
)  # fmt: skip

_NONCE_BYTES = 12
_MARK = "sealed"
"""What a sealed secret begins with. One in the clear is base32, which knows no colon."""

_log = structlog.get_logger("matjar.identity")


class Vault:
    """Seals and opens. ``secret`` is from a file of its own, which is kept beside a backup of the database."""

    def __init__(self, secret: bytes) -> None:
        key = sha256(b"matjar one-time codes:" + secret).digest()
        self._cipher = AESGCM(key)
        self._name = sha256(key).hexdigest()[:8]
        """By which a secret says whose it is, so that a lost key can be told from a changed row."""

    def seal(self, secret: str, person_id: int) -> str:
        """A person's secret, as it is stored."""
        nonce = hash_token(mint_token())[:_NONCE_BYTES]
        content = nonce + self._cipher.encrypt(nonce, secret.encode(), _bound_to(person_id))
        return f"{_MARK}:{self._name}:{base64.b64encode(content).decode()}"

    def open(self, stored: str, person_id: int) -> str:
        """The secret itself; refuses ``identity.code_unreadable`` without the key that sealed it."""
        if not self.is_sealed(stored):
            return stored
        name, _, content = stored.removeprefix(f"{_MARK}:").partition(":")
        try:
            whole = base64.b64decode(content)
            return self._cipher.decrypt(whole[:_NONCE_BYTES], whole[_NONCE_BYTES:], _bound_to(person_id)).decode()
        except (InvalidTag, binascii.Error, ValueError):
            _log.error("one_time_secret_unreadable", person=person_id, sealed_by=name, key_here=self._name)
            raise UNREADABLE() from None

    @staticmethod
    def is_sealed(stored: str) -> bool:
        """Whether it is sealed already."""
        return stored.startswith(f"{_MARK}:")


def _bound_to(person_id: int) -> bytes:
    return b"person:%d" % person_id
