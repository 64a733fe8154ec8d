"""Passkeys: asked for and verified at the surface itself, against a public key that it has on its own disk.

A challenge needs no memory: it is random bytes with a seal of this surface over what it is good for. It holds on one
origin, for one shop, one purpose and one person, for some minutes, and once. Whoever asks must be verified by their
device (finger, face, PIN), so that a passkey alone is two factors. WebAuthn Level 3; the checks are `webauthn`'s.
"""

import hashlib
import hmac
import struct
from collections.abc import Sequence

import msgspec
import structlog
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from matjar.core.clock import MINUTE
from matjar.core.ids import hash_token, mint_token
from matjar.core.refusal import Kind, declare
from matjar.edge.local import Local

UNREADABLE = declare("passkeys.unreadable", Kind.INVALID, "The answer of your device could not be read.")
EXPIRED = declare("passkeys.expired", Kind.INVALID, "That took too long. Please try again.")
SPENT = declare("passkeys.spent", Kind.CONFLICT, "This sign-in was used already. Please try again.")
WRONG = declare("passkeys.wrong", Kind.FORBIDDEN, "This passkey could not be verified.")

CHALLENGE_MS = 5 * MINUTE
"""How long somebody may look for their key: the browser's own dialog gives up after this too."""
ANSWER_BYTES = 16_384
"""An answer of a device: those with an attestation are some 5 kB."""

_log = structlog.get_logger("matjar.passkeys")
_NONCE_BYTES, _SEAL_BYTES = 16, 16
_UNREADABLE = (WebAuthnException, ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What `webauthn` raises on bytes that are none of a device's."""


class Ceremony(msgspec.Struct, frozen=True):
    """What a challenge is good for. ``origin`` is where the page is: ``http://localhost:8001``."""

    origin: str
    shop_id: int
    purpose: str
    """``sign-in``, ``proof`` or ``enrol``."""
    person_id: int = 0
    """Whose session asks; 0 where nobody is signed in yet."""


class Enrolled(msgspec.Struct, frozen=True):
    """A new passkey, as its device presented it."""

    id: bytes
    public_key: bytes
    """In COSE's form (RFC 9052)."""
    sign_count: int
    backed_up: bool
    """It lives in a cloud account, and comes along to the person's next telephone."""


class Used(msgspec.Struct, frozen=True):
    """A passkey that has proved itself."""

    sign_count: int
    backed_up: bool
    regressed: bool
    """Its counter went back, or stood still: perhaps there are two of it. That is to be noted, not refused: keys that
    are synchronised count in each device for themselves (WebAuthn, 6.1.1)."""


class Passkeys:
    """Challenges and checks of one surface. ``secret`` is its own, and seals its challenges."""

    def __init__(self, rp_id: str, surface: str, secret: bytes, local: Local, name: str = "Matjar") -> None:
        """``rp_id`` is the host that its keys are good on, ``name`` whose they are, as some devices show it."""
        self._rp_id = rp_id
        self._surface = surface
        self._secret = secret
        self._local = local
        self._name = name

    def to_sign_in(self, ceremony: Ceremony, now: int, known: Sequence[bytes] = ()) -> str:
        """What the page hands to ``navigator.credentials.get``, as JSON; ``known`` are the keys to choose from."""
        options = generate_authentication_options(
            rp_id=self._rp_id,
            challenge=self._challenge(ceremony, now),
            timeout=CHALLENGE_MS,
            allow_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
            user_verification=UserVerificationRequirement.REQUIRED,
        )
        return options_to_json(options)

    def to_enrol(self, ceremony: Ceremony, now: int, name: str, known: Sequence[bytes]) -> str:
        """What the page hands to ``navigator.credentials.create``; ``known`` are the person's keys up to now.

        A key of theirs shows ``name`` where they choose, and is found without anybody typing a name: discoverable.
        """
        options = generate_registration_options(
            rp_id=self._rp_id,
            rp_name=self._name,
            user_id=ceremony.person_id.to_bytes(8, "big"),
            user_name=name,
            challenge=self._challenge(ceremony, now),
            timeout=CHALLENGE_MS,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
        )
        return options_to_json(options)

    def check_enrolled(self, ceremony: Ceremony, answer: str, now: int) -> Enrolled:
        """The new key; refuses ``passkeys.unreadable``, ``.expired``, ``.wrong`` and ``.spent``."""
        challenge = self._open(ceremony, answer, now)
        try:
            found = verify_registration_response(
                credential=answer,
                expected_challenge=challenge,
                expected_rp_id=self._rp_id,
                expected_origin=ceremony.origin,
                require_user_verification=True,
            )
        except _UNREADABLE:
            raise WRONG() from None
        self._spend(challenge)
        return Enrolled(
            found.credential_id, found.credential_public_key, found.sign_count, found.credential_backed_up
        )

    def check_used(self, ceremony: Ceremony, answer: str, public_key: bytes, sign_count: int, now: int) -> Used:
        """The key has proved itself; ``public_key`` and ``sign_count`` are what we know of ``credential_id(answer)``.

        Refuses ``passkeys.unreadable``, ``.expired``, ``.wrong`` and ``.spent``.
        """
        challenge = self._open(ceremony, answer, now)
        try:
            found = verify_authentication_response(
                credential=answer,
                expected_challenge=challenge,
                expected_rp_id=self._rp_id,
                expected_origin=ceremony.origin,
                credential_public_key=public_key,
                credential_current_sign_count=0,
                require_user_verification=True,
            )
        except _UNREADABLE:
            raise WRONG() from None
        self._spend(challenge)
        return Used(found.new_sign_count, found.credential_backed_up, self._regresses(found, sign_count))

    def _regresses(self, found: VerifiedAuthentication, sign_count: int) -> bool:
        """Whether a key counts backwards, as far as this surface has seen it; loud, since it may have been copied."""
        count = found.new_sign_count
        before = max(sign_count, self._local.raise_counter(found.credential_id, count))
        regressed = count <= before and (count > 0 or before > 0)
        if regressed:
            _log.error("passkey_regressed", passkey=found.credential_id.hex()[:16], count=count, before=before)
        return regressed

    def _challenge(self, ceremony: Ceremony, now: int) -> bytes:
        begin = hash_token(mint_token())[:_NONCE_BYTES] + struct.pack(">Q", now + CHALLENGE_MS)
        return begin + self._seal(begin, ceremony)

    def _seal(self, begin: bytes, ceremony: Ceremony) -> bytes:
        content = begin + msgspec.json.encode((self._surface, self._rp_id, msgspec.structs.astuple(ceremony)))
        return hmac.digest(self._secret, content, hashlib.sha256)[:_SEAL_BYTES]

    def _open(self, ceremony: Ceremony, answer: str, now: int) -> bytes:
        """The challenge that was answered, if it is ours, for this, and still good."""
        challenge = _challenge_of(answer)
        begin, seal = challenge[:-_SEAL_BYTES], challenge[-_SEAL_BYTES:]
        if not hmac.compare_digest(seal, self._seal(begin, ceremony)) or len(begin) != _NONCE_BYTES + 8:
            raise WRONG()
        if now > _end_of(challenge):
            raise EXPIRED()
        return challenge

    def _spend(self, challenge: bytes) -> None:
        """Last of all, so that only who holds the key can make us remember anything."""
        if not self._local.spend("challenge", challenge[:_NONCE_BYTES], _end_of(challenge)):
            raise SPENT()


class _Response(msgspec.Struct, rename="camel"):
    client_data: str = msgspec.field(name="clientDataJSON")


class _Answer(msgspec.Struct, rename="camel"):
    raw_id: str
    response: _Response


class _ClientData(msgspec.Struct):
    challenge: str


def credential_id(answer: str) -> bytes:
    """Which key it is that answers; refuses ``passkeys.unreadable``."""
    return _bytes_of(_read(answer).raw_id)


def _challenge_of(answer: str) -> bytes:
    try:
        told = msgspec.json.decode(_bytes_of(_read(answer).response.client_data), type=_ClientData)
    except msgspec.DecodeError:
        raise UNREADABLE() from None
    return _bytes_of(told.challenge)


def _read(answer: str) -> _Answer:
    if len(answer) > ANSWER_BYTES:
        raise UNREADABLE()
    try:
        return msgspec.json.decode(answer, type=_Answer)
    except (msgspec.DecodeError, UnicodeEncodeError):
        raise UNREADABLE() from None


def _bytes_of(text: str) -> bytes:
    try:
        return base64url_to_bytes(text)
    except ValueError:
        raise UNREADABLE() from None


def _end_of(challenge: bytes) -> int:
    (until,) = struct.unpack(">Q", challenge[_NONCE_BYTES : _NONCE_BYTES + 8])
    return int(until)
