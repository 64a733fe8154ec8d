"""An OpenID Connect provider, by its discovery document (OIDC Discovery 1.0), with PKCE and a nonce (OIDC Core 1.0).

The provider is believed one thing: that this browser's person is the subject of an account there.
"""

import asyncio
import base64
import hashlib
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

import aiohttp
import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from matjar.core.clock import SECOND, monotonic_seconds, now_ms
from matjar.core.tx import assert_outside
from matjar.domain.access.model.accounts import OutsideAccount
from matjar.domain.access.ports import PROVIDER_AWAY, PROVIDER_SAYS_NO

TIMEOUT_SECONDS = 8.0
"""For each request: a person waits."""
KNOWN_SECONDS = 3_600.0
"""How long what a provider says of itself is kept; its keys are asked for anew when a token names another."""
ANSWER_BYTES = 256 * 1024
"""An answer of a provider: its document and its keys are a few kB."""
LEEWAY_SECONDS = 60
"""How far the provider's clock may be from ours."""
_ALGORITHMS = ["RS256", "ES256", "PS256", "EdDSA"]
_SAFE = frozenset({"localhost", "127.0.0.1"})

T = TypeVar("T")


class _Document(msgspec.Struct, frozen=True):
    """What a provider says of itself (Discovery, 3)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


class _Tokens(msgspec.Struct, frozen=True):
    id_token: str


class _Claims(msgspec.Struct, frozen=True):
    """What an ID token must tell (Core, 2)."""

    iss: str
    sub: str
    aud: str | list[str]
    exp: float
    iat: float
    nonce: str = ""
    azp: str = ""


class OpenId:
    """One provider, to which we are ``client_id``."""

    def __init__(self, issuer: str, client_id: str, client_secret: str, name: str) -> None:
        _check_address(issuer)
        self.name = name
        self._issuer = issuer
        self._client_id = client_id
        self._client_secret = client_secret
        self._document: tuple[float, _Document] | None = None
        self._keys: tuple[float, KeySet] | None = None

    async def leave_url(self, *, state: str, nonce: str, verifier: str, back: str) -> str:
        """Where to send a browser; see ``Provider.leave_url``."""
        document = await self._ask_document()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        asked = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": back,
            "scope": "openid",
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        separator = "&" if "?" in document.authorization_endpoint else "?"
        return f"{document.authorization_endpoint}{separator}{urlencode(asked)}"

    async def confirm(self, *, code: str, nonce: str, verifier: str, back: str) -> OutsideAccount:
        """Who they are; see ``Provider.confirm``."""
        document = await self._ask_document()
        told = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
        tokens = await self._ask(document.token_endpoint, _Tokens, told)
        claims = await self._read(document, tokens.id_token)
        self._check(claims, nonce)
        return OutsideAccount(claims.iss, claims.sub)

    async def _ask_document(self) -> _Document:
        known = self._document
        if known is not None and monotonic_seconds() - known[0] < KNOWN_SECONDS:
            return known[1]
        address = f"{self._issuer.rstrip('/')}/.well-known/openid-configuration"
        document = await self._ask(address, _Document)
        if document.issuer != self._issuer:
            raise PROVIDER_SAYS_NO(name=self.name)
        for endpoint in (document.authorization_endpoint, document.token_endpoint, document.jwks_uri):
            _check_address(endpoint)
        self._document = (monotonic_seconds(), document)
        return document

    async def _read(self, document: _Document, token: str) -> _Claims:
        """The token, verified by the provider's keys: those we know, else those that it has now."""
        for anew in (False, True):
            try:
                keys = await self._ask_keys(document, anew)
                return msgspec.convert(jwt.decode(token, keys, algorithms=_ALGORITHMS).claims, _Claims)
            except (JoseError, ValueError, KeyError, TypeError):
                continue
        raise PROVIDER_SAYS_NO(name=self.name)

    async def _ask_keys(self, document: _Document, anew: bool) -> KeySet:
        known = self._keys
        if known is not None and not anew and monotonic_seconds() - known[0] < KNOWN_SECONDS:
            return known[1]
        found = KeySet.import_key_set(await self._ask(document.jwks_uri, KeySetSerialization))
        self._keys = (monotonic_seconds(), found)
        return found

    def _check(self, claims: _Claims, nonce: str) -> None:
        """OIDC Core, 3.1.3.7."""
        audience = [claims.aud] if isinstance(claims.aud, str) else claims.aud
        now = now_ms() / SECOND
        right = (
            claims.iss == self._issuer
            and self._client_id in audience
            and (claims.azp == self._client_id if len(audience) > 1 or claims.azp else True)
            and claims.nonce == nonce
            and now - LEEWAY_SECONDS < claims.exp
            and claims.iat < now + LEEWAY_SECONDS
            and 0 < len(claims.sub) <= 255
        )
        if not right:
            raise PROVIDER_SAYS_NO(name=self.name)

    async def _ask(self, address: str, kind: type[T], form: dict[str, str] | None = None) -> T:
        """Ask the provider; whoever it sends us on to, we do not follow."""
        assert_outside()
        headers = {"accept": "application/json"}
        if form:
            headers["authorization"] = aiohttp.encode_basic_auth(self._client_id, self._client_secret)
        timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.request(
                    "POST" if form else "GET", address, data=form, allow_redirects=False,
                    headers=headers,
                ) as answer,
            ):  # fmt: skip
                content = await answer.content.read(ANSWER_BYTES)
                status = answer.status
        except (aiohttp.ClientError, TimeoutError, asyncio.IncompleteReadError):
            raise PROVIDER_AWAY(name=self.name) from None
        if status >= 500:
            raise PROVIDER_AWAY(name=self.name)
        try:
            return msgspec.json.decode(content, type=kind)
        except msgspec.DecodeError:
            raise PROVIDER_SAYS_NO(name=self.name) from None


def _check_address(address: str) -> None:
    """A provider is spoken to in secret, unless it is on this very machine."""
    parts = urlsplit(address)
    assert parts.scheme == "https" or parts.hostname in _SAFE, f"{address} is not https"
