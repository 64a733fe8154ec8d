"""The gateway twin, our own test gateway, over HTTP: one request per charge, on connections that stay open."""

import hashlib
import hmac

import aiohttp
import msgspec

from matjar.core.clock import SECOND, now_ms
from matjar.domain.payments.ports import BAD_SIGNATURE, GATEWAY_AWAY, Charge, Message, Outcome, State

MAX_ANSWER_BYTES = 16_384
SIGNATURE_AGE_SECONDS = 300
"""How old a webhook's signature may be, lest a recorded one be played back much later; Stripe's SDK has the same."""

_JSON = {"content-type": "application/json"}


class _Step(msgspec.Struct, frozen=True):
    key: str
    amount_minor: int


class _No(msgspec.Struct, frozen=True):
    error: str = ""


_encode = msgspec.json.Encoder().encode
_read_outcome = msgspec.json.Decoder(Outcome).decode
_read_message = msgspec.json.Decoder(Message).decode
_read_no = msgspec.json.Decoder(_No).decode


class Twin:
    """A gateway twin at an address. Belongs to one event loop; close it there."""

    def __init__(
        self, url: str, *, webhook_secret: str, timeout_seconds: float = 5.0, connections: int = 100, name: str = "twin"
    ) -> None:
        self.name = name
        self._url = url.rstrip("/")
        self._secret = webhook_secret.encode()
        self._timeout = aiohttp.ClientTimeout(total=timeout_seconds)
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    async def fingerprint(self, token: str) -> str:
        """Read from the token itself, which carries it: no call."""
        parts = token.split("-", 3)
        return parts[1] if len(parts) == 4 and parts[0] == "tok" else ""

    async def charge(self, charge: Charge) -> Outcome:
        """Charge, or find what an earlier call with this key did."""
        status, body = await self._call("POST", "/charges", _encode(charge))
        if status != 200:
            raise _bug(status, body)
        return self._read(body)

    async def find(self, key: str, reference: str) -> Outcome | None:
        """What became of the charge with this key, or with this reference where there is one."""
        status, body = await self._call("GET", f"/charges/{_key_of(reference) or key}")
        if status not in (200, 404):
            raise _bug(status, body)
        return self._read(body) if status == 200 else None

    async def capture(self, reference: str, amount_minor: int, key: str) -> Outcome:
        """Take money that was authorized; where none is held any more, say how the charge stands."""
        return await self._change(f"/charges/{_key_of(reference)}/capture", _encode(_Step(key, amount_minor)))

    async def void(self, reference: str, key: str) -> Outcome:
        """Let go of an authorization; where none is held any more, say how the charge stands."""
        return await self._change(f"/charges/{_key_of(reference)}/void", _encode(_Step(key, 0)))

    async def refund(self, reference: str, amount_minor: int, currency: str, key: str) -> bool:  # noqa: ARG002
        """Give money back, once per key. The currency is the charge's own."""
        path = f"/charges/{_key_of(reference)}/refunds"
        status, body = await self._call("POST", path, _encode(_Step(key, amount_minor)))
        if status == 409 and _read_no(body).error in ("twin.too_much", "twin.refund_refused"):
            return False
        if status != 200:
            raise _bug(status, body)
        return True

    def read_message(self, headers: dict[str, str], body: bytes) -> Message | None:
        """Verify the HMAC-SHA256 over time and body, and the time; header names are in lower case."""
        facts = dict(part.partition("=")[::2] for part in headers.get("twin-signature", "").split(","))
        time, signature = facts.get("t", ""), facts.get("v1", "")
        ours = hmac.new(self._secret, f"{time}.".encode() + body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(ours.encode(), signature.encode()) or not _is_recent(time):
            raise BAD_SIGNATURE(gateway=self.name)
        return _read_message(body)

    async def close(self) -> None:
        """Give the connections back."""
        if self._session is not None:
            await self._session.close()

    async def _change(self, path: str, body: bytes) -> Outcome:
        status, answer = await self._call("POST", path, body)
        if status == 404:
            return Outcome(State.ABANDONED)
        if status == 200 or (status == 409 and not _read_no(answer).error):
            return self._read(answer)
        raise _bug(status, answer)

    def _read(self, body: bytes) -> Outcome:
        try:
            return _read_outcome(body)
        except msgspec.DecodeError as error:
            raise self._away("garbled answer") from error

    async def _call(self, method: str, path: str, body: bytes | None = None) -> tuple[int, bytes]:
        """Ask the twin; whatever leaves the outcome in doubt is ``payments.gateway_away``."""
        session = self._session or self._open()
        try:
            async with session.request(method, self._url + path, data=body) as response:
                if (response.content_length or 0) > MAX_ANSWER_BYTES:
                    raise self._away("answer too long")
                answer = await response.read()
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise self._away(type(error).__name__) from error
        if response.status >= 500:
            raise self._away(f"status {response.status}")
        return response.status, answer

    def _open(self) -> aiohttp.ClientSession:
        """Made at the first call, because a session belongs to the loop that it was made in."""
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=self._connections),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=self._timeout,
            headers=_JSON,
            skip_auto_headers=("user-agent", "accept", "accept-encoding"),
        )
        return self._session

    def _away(self, reason: str) -> Exception:
        return GATEWAY_AWAY(gateway=self.name, reason=reason)


def _key_of(reference: str) -> str:
    return reference.removeprefix("ch_")


def _is_recent(time: str) -> bool:
    return time.isdecimal() and abs(now_ms() - int(time[:15]) * SECOND) <= SIGNATURE_AGE_SECONDS * SECOND


def _bug(status: int, body: bytes) -> Exception:
    """The twin did not understand us, or a key was used twice for different things: a bug of ours, so loud."""
    return RuntimeError(f"the twin answered {status}: {body[:500]!r}")
