"""Tokens that the public holds, derived from the platform's secret where the same one must be found again."""

import base64
import hashlib
import hmac

from matjar.core.ids import hash_token
from matjar.core.refusal import Kind, declare

BAD_LINK = declare("link.invalid", Kind.NOT_FOUND, "This link is not valid.")


class Tokens:
    """Derives 128-bit tokens by purpose: HMAC-SHA256 (RFC 2104), cut to half, as RFC 2104 section 5 allows."""

    def __init__(self, secret: str) -> None:
        assert len(secret) >= 22, "the platform's secret has less than 128 bits"
        self._secret = hashlib.sha256(secret.encode()).digest()

    def of_key(self, shop_id: int, purpose: str, key: str) -> str:
        """The token of what a client makes under its idempotency key: a retry finds the same."""
        return self._derive(f"{purpose}:{shop_id}:{key}")

    def of_order(self, shop_id: int, checkout_id: int) -> str:
        """The token that opens the page of the order that came of a checkout."""
        return self._derive(f"order:{shop_id}:{checkout_id}")

    def order_hash(self, shop_id: int, checkout_id: int) -> bytes:
        """What is stored of that token."""
        return hash_token(self.of_order(shop_id, checkout_id))

    def of_return(self, shop_id: int, checkout_id: int) -> str:
        """The token by which a buyer comes back from the gateway's page, in whatever browser."""
        return self._signed("return", shop_id, str(checkout_id))

    def open_return(self, shop_id: int, token: str) -> int:
        """The checkout that a return token is of; refuses ``link.invalid``."""
        return int(self._open("return", shop_id, token))

    def of_paper(self, shop_id: int, name: str) -> str:
        """The token that opens an invoice or a credit note, by its name: a bookkeeper needs no more of the order."""
        return self._signed("paper", shop_id, name)

    def open_paper(self, shop_id: int, token: str) -> str:
        """The name of the paper that a token opens; refuses ``link.invalid``."""
        return self._open("paper", shop_id, token)

    def of_news(self, shop_id: int, customer_id: int) -> str:
        """The token by which a customer says that they want no more news, and nothing else."""
        return self._signed("news", shop_id, str(customer_id))

    def open_news(self, shop_id: int, token: str) -> int:
        """The customer that such a token is of; refuses ``link.invalid``."""
        return int(self._open("news", shop_id, token))

    def _signed(self, purpose: str, shop_id: int, subject: str) -> str:
        return f"{subject}.{self._derive(f'{purpose}:{shop_id}:{subject}')}"

    def _open(self, purpose: str, shop_id: int, token: str) -> str:
        """What a token of this purpose is about, where it is ours; refuses ``link.invalid``."""
        subject, _, _ = token.partition(".")
        if not hmac.compare_digest(token.encode(), self._signed(purpose, shop_id, subject).encode()):
            raise BAD_LINK()
        return subject

    def _derive(self, text: str) -> str:
        digest = hmac.digest(self._secret, text.encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")
