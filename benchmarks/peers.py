"""The work of peers, by the measurement that it stands beside: published for these versions, not measured here."""

from typing import NamedTuple


class Peer(NamedTuple):
    """One peer's figure."""

    peer: str
    figure: str
    note: str = ""


WHERE = "Published for these versions, on two such cores with PostgreSQL; not measured in this run."

WHAT = {
    "checkout": "guest checkouts, best of 1, 8 and 32 buyers",
    "hot": "one article, 200 pieces, 1,000 buyers",
    "browsing": "as JSON, in answers a second",
}
"""What was measured there."""

PEERS = {
    "checkout": (
        Peer("Vendure 3.7", "8.6 orders/s", "7 calls; on SQLite it lost about half of them to “database is locked”"),
        Peer("django-oscar 4.2", "6.0 orders/s"),
        Peer("Medusa 2.21", "2.2 orders/s", "6 calls"),
        Peer("Saleor 3.23", "2.1 orders/s", "4 calls"),
    ),
    "hot": (
        Peer("Vendure 3.7", "978 sold of 200", "778 pieces that were not there"),
        Peer("django-oscar 4.2", "201 sold of 200", "one piece that was not there"),
        Peer("Medusa 2.21", "200 sold of 200", "at 1 order/s"),
    ),
    "browsing": (
        Peer("the best of them, a product", "268 answers/s"),
        Peer("the best of them, a list of 20", "492 answers/s"),
    ),
}
