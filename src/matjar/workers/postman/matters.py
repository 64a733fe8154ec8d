"""What a letter is about, as the shop's books have it when the letter is written; and where it leads."""

from collections.abc import Callable, Sequence

import msgspec

from matjar.core.tx import Reading
from matjar.domain import catalog, checkout, customers, orders, shops
from matjar.domain.checkout import Checkout, Status
from matjar.domain.notices import Notice
from matjar.domain.orders import Dossier, LineItem
from matjar.domain.payments import State
from matjar.domain.shops import Shop
from matjar.edge.tokens import Tokens

FAILED = (State.DECLINED, State.VOIDED, State.ABANDONED)


class Goods(msgspec.Struct, frozen=True):
    """What an article is called in the reader's language, as far as the shop has said it."""

    title: str
    choice: str


class Matter(msgspec.Struct, frozen=True):
    """An order, everything about it, and what its lines are called, by their ids."""

    dossier: Dossier
    goods: dict[int, Goods]
    hosts: Sequence[str]


class Unpaid(msgspec.Struct, frozen=True):
    """A checkout whose payment came to nothing, and the shop's hosts."""

    checkout: Checkout
    hosts: Sequence[str]


def load_order(view: Reading, notice: Notice) -> Matter | None:
    """The order that a letter is about; None where nobody is there to be written to any more."""
    dossier = orders.load_dossier(view, order_id=notice.subject_id or 0)
    order = dossier.order
    if not order.contact.email:
        return None
    own = order.language == shops.load(view).languages[0]
    goods = {line.id: _said(view, line, "" if own else order.language) for line in order.lines}
    return Matter(dossier, goods, shops.list_hosts(view))


def find_unpaid(view: Reading, notice: Notice) -> Unpaid | None:
    """The checkout whose payment failed; None where it was paid since, or given up."""
    found = checkout.find_by_id(view, checkout_id=notice.subject_id or 0)
    if found is None or found.payment is None or not found.details.email:
        return None
    if found.payment.state not in FAILED or found.status not in (Status.INCOMPLETE, Status.READY):
        return None
    return Unpaid(found, shops.list_hosts(view))


def still_wants_news(view: Reading, notice: Notice) -> Sequence[str] | None:
    """The shop's hosts; None where the reader has said meanwhile that they want no more."""
    customer = customers.load(view, customer_id=int(notice.facts["customer"]))
    return shops.list_hosts(view) if customer.accepts_marketing else None


class Links:
    """The shops' own pages, each opened by a token of its own, in the reader's language."""

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


def _said(view: Reading, line: LineItem, language: str) -> Goods:
    """A line's title and choices; without a language, as they were sold."""
    if not language:
        return Goods(line.title, line.variant_title)
    texts = {
        each.field: each.value
        for each in catalog.translations(view, owner_type="product", first=line.product_id)
        if each.language == language
    }
    choices = [texts.get(f"value:{choice}", choice) for choice in line.variant_title.split(" / ")]
    return Goods(texts.get("title", line.title), " / ".join(choices))
