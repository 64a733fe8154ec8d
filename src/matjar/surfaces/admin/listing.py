"""Lists of orders: which view, which words, which order, which page; and what a row says."""

from urllib.parse import urlencode

import msgspec

from matjar.core.tx import Reading
from matjar.domain import orders
from matjar.domain.orders import FIRST_NUMBER, Filter, FinancialStatus, FulfilmentStatus, Order, Status
from matjar.edge.languages import sentence

ROWS = 50
"""Orders of one page: what a person looks through."""

VIEWS = {
    "all": Filter(),
    "open": Filter(status="open"),
    "unfulfilled": Filter(status="open", fulfilment_status="unsent"),
    "unpaid": Filter(status="open", financial_status="unpaid"),
    "closed": Filter(status="closed"),
    "cancelled": Filter(status="cancelled"),
}
NAMES = {
    "all": sentence("All"),
    "open": sentence("Open"),
    "unfulfilled": sentence("To send"),
    "unpaid": sentence("To be paid"),
    "closed": sentence("Put away"),
    "cancelled": sentence("Cancelled"),
}
SORTS = {"newest": sentence("Newest first"), "oldest": sentence("Oldest first")}

MONEY = {
    FinancialStatus.PENDING: (sentence("Payment awaited"), "warn"),
    FinancialStatus.AUTHORIZED: (sentence("Money held"), "calm"),
    FinancialStatus.PAID: (sentence("Paid"), "plain"),
    FinancialStatus.PARTIALLY_PAID: (sentence("Partly paid"), "warn"),
    FinancialStatus.PARTIALLY_REFUNDED: (sentence("Partly refunded"), "plain"),
    FinancialStatus.REFUNDED: (sentence("Refunded"), "plain"),
    FinancialStatus.VOIDED: (sentence("Nothing to pay"), "plain"),
}
GOODS = {
    FulfilmentStatus.UNFULFILLED: (sentence("To send"), "warn"),
    FulfilmentStatus.PARTIAL: (sentence("Partly sent"), "warn"),
    FulfilmentStatus.FULFILLED: (sentence("Sent"), "good"),
    FulfilmentStatus.RESTOCKED: (sentence("Nothing to send"), "plain"),
}
STATUS = {
    Status.OPEN: ("", ""),
    Status.CLOSED: (sentence("Put away"), "plain"),
    Status.CANCELLED: (sentence("Cancelled"), "bad"),
}


class Wanted(msgspec.Struct, frozen=True):
    """What a person asks the list for. ``before`` and ``after`` are ids of orders: the page begins beside that one."""

    view: str = "open"
    words: str = ""
    sort: str = "newest"
    before: int = 0
    after: int = 0

    @classmethod
    def of(cls, view: str, words: str, sort: str, before: int, after: int) -> "Wanted":
        """What an address says; what it says wrongly is as if it said nothing."""
        return cls(
            view if view in VIEWS else "open", words.strip()[:100], sort if sort in SORTS else "newest", before, after
        )

    def query(self, **changed: str | int) -> str:
        """The address of the same list, but for what is changed; a page is turned from the beginning."""
        turned = msgspec.structs.replace(self, before=0, after=0)
        facts = msgspec.structs.asdict(msgspec.structs.replace(turned, **changed))
        named = {"q" if name == "words" else name: value for name, value in facts.items()}
        usual = {"view": "open", "sort": "newest", "q": "", "before": 0, "after": 0}
        return urlencode({name: value for name, value in named.items() if value != usual[name]})


class Page(msgspec.Struct, frozen=True):
    """One page of orders; ``earlier`` and ``later`` say whether there are more before and after it, as they stand."""

    orders: tuple[Order, ...]
    earlier: bool = False
    later: bool = False


def load(view: Reading, wanted: Wanted) -> Page:
    """The page that is asked for."""
    matching = msgspec.structs.replace(VIEWS[wanted.view], words=wanted.words)
    found = _by_number(view, wanted.words)
    if found is not None:
        return Page((found,))
    newest_first = wanted.sort == "newest"
    # A page back is the same list read from its other end.
    backward = wanted.after != 0
    if newest_first != backward:
        before_id = (wanted.after if backward else wanted.before) or 1 << 62
        rows = orders.list_latest(view, matching=matching, before_id=before_id, most=ROWS + 1)
    else:
        since_id = wanted.after if backward else wanted.before
        rows = orders.list_orders(view, matching=matching, since_id=since_id, most=ROWS + 1)
    more, rows = len(rows) > ROWS, rows[:ROWS]
    if backward:
        return Page(tuple(reversed(rows)), earlier=more, later=True)
    return Page(tuple(rows), earlier=wanted.before != 0, later=more)


def _by_number(view: Reading, words: str) -> Order | None:
    digits = words.removeprefix("#")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 16):
        return None
    return orders.find_by_number(view, number=int(digits) - FIRST_NUMBER + 1)


def pieces_of(order: Order) -> int:
    """How many pieces the order is of."""
    return sum(line.quantity - line.cancelled for line in order.lines)


def buyer_of(order: Order) -> str:
    """What to call the buyer by."""
    contact = order.contact
    return contact.shipping.name or contact.billing.name or contact.email or contact.phone
