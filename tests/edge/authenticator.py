"""A security key in software: makes passkeys and signs with them, as honestly or not as a test wants (WebAuthn, 6)."""

import hashlib
import struct
from typing import Any

import cbor2
import msgspec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

PRESENT, VERIFIED, BACKUP_ELIGIBLE, BACKED_UP, ATTESTED = 0x01, 0x04, 0x08, 0x10, 0x40


class Authenticator:
    """One passkey. ``flags`` are what the device says of its person and of itself; ``counts`` goes up with each use."""

    def __init__(self, *, flags: int = PRESENT | VERIFIED, counts: int = 1, number: int = 1) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = hashlib.sha256(str(number).encode()).digest()
        self.flags = flags
        self.count = 0
        self._counts = counts

    def create(self, options: str, page: str, **instead: Any) -> str:
        """Answer ``navigator.credentials.create``; ``instead`` says what to put into the client's data."""
        told = msgspec.json.decode(options)
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + self._cose()
        data = self._data(told["rp"]["id"], ATTESTED) + attested
        response = {
            "clientDataJSON": _client_data("webauthn.create", told["challenge"], page, instead),
            "attestationObject": bytes_to_base64url(cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})),
        }
        return self._answer(response)

    def get(self, options: str, page: str, **instead: Any) -> str:
        """Answer ``navigator.credentials.get``."""
        told = msgspec.json.decode(options)
        data = self._data(told["rpId"], 0)
        client_data = _client_data("webauthn.get", told["challenge"], page, instead)
        content = data + hashlib.sha256(base64url_to_bytes(client_data)).digest()
        signature = self.key.sign(content, ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": client_data,
            "authenticatorData": bytes_to_base64url(data),
            "signature": bytes_to_base64url(signature),
        }
        return self._answer(response)

    def _data(self, rp_id: str, more: int) -> bytes:
        self.count += self._counts
        return hashlib.sha256(rp_id.encode()).digest() + struct.pack(">BI", self.flags | more, self.count)

    def _cose(self) -> bytes:
        """The public key for ES256 (RFC 9053, 7.1.1)."""
        point = self.key.public_key().public_numbers()
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")})

    def _answer(self, response: dict[str, str]) -> str:
        encoded = bytes_to_base64url(self.id)
        whole = {"id": encoded, "rawId": encoded, "type": "public-key", "response": response}
        return msgspec.json.encode(whole).decode()


def _client_data(kind: str, challenge: str, origin: str, instead: dict[str, Any]) -> str:
    told = {"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": False} | instead
    return bytes_to_base64url(msgspec.json.encode(told))
