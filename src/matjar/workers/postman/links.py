"""Where a letter leads: the shop's own pages, each opened by a token of its own, in the reader's language."""

from collections.abc import Callable, Sequence

from matjar.domain.shops import Shop
from matjar.edge.tokens import Tokens


class Links:
    """The addresses of a platform's pages for those who buy."""

    def __init__(self, tokens: Tokens, origin_of: Callable[[str, Sequence[str]], str]) -> None:
        """``origin_of`` tells where the shop of a handle is, which has these hosts of its own."""
        self._tokens = tokens
        self._origin_of = origin_of

    def order(self, shop: Shop, hosts: Sequence[str], language: str, checkout_id: int) -> str:
        """The page that shows how an order stands."""
        return self._page(shop, hosts, language, f"/orders/{self._tokens.of_order(shop.id, checkout_id)}")

    def paper(self, shop: Shop, hosts: Sequence[str], language: str, name: str) -> str:
        """An invoice or a credit note."""
        return self._page(shop, hosts, language, f"/papers/{self._tokens.of_paper(shop.id, name)}")

    def unpaid(self, shop: Shop, hosts: Sequence[str], language: str, checkout_id: int) -> str:
        """What became of a checkout's payment."""
        return self._page(shop, hosts, language, f"/checkout/return/{self._tokens.of_return(shop.id, checkout_id)}")

    def no_more_news(self, shop: Shop, hosts: Sequence[str], language: str, customer_id: int) -> str:
        """Where somebody says that they want no more news; a mail program may say it for them (RFC 8058)."""
        return self._page(shop, hosts, language, f"/no-more-news/{self._tokens.of_news(shop.id, customer_id)}")

    def _page(self, shop: Shop, hosts: Sequence[str], language: str, path: str) -> str:
        prefix = "" if language == shop.languages[0] else f"/{language}"
        return f"{self._origin_of(shop.handle, hosts)}{prefix}{path}"
