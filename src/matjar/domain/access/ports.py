"""What access asks of the world: another provider's word for who somebody is, at signing in only."""

from typing import Protocol

from matjar.core.refusal import Kind, declare
from matjar.domain.access.model.accounts import OutsideAccount

PROVIDER_AWAY = declare("access.provider_away", Kind.AWAY, "{name} does not answer. Please sign in another way.")
PROVIDER_SAYS_NO = declare("access.provider_says_no", Kind.FORBIDDEN, "{name} did not confirm who you are.")


class Provider(Protocol):
    """An OpenID Connect provider, by the authorization code flow with PKCE (RFC 7636)."""

    name: str
    """What people call it."""

    async def leave_url(self, *, state: str, nonce: str, verifier: str, back: str) -> str:
        """Where to send a browser, which then comes to ``back``. Refuses ``access.provider_away``."""

    async def confirm(self, *, code: str, nonce: str, verifier: str, back: str) -> OutsideAccount:
        """Who they are, by the code that their browser brought back.

        Refuses ``access.provider_away`` and ``access.provider_says_no``.
        """
