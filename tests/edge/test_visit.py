"""Who is asking: the client's address behind proxies that are trusted, and nobody else's word for it."""

import pytest

from matjar.edge.languages import choose, direction
from matjar.edge.visit import Proxies

OURS = Proxies(["127.0.0.1", "10.0.0.0/8"])


@pytest.mark.parametrize(("peer", "header", "client"), [
    ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
    ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
    ("127.0.0.1", "6.6.6.6, 198.51.100.1, 10.1.2.3", "198.51.100.1"),
    ("127.0.0.1", "", "127.0.0.1"),
    ("127.0.0.1", "10.1.1.1", "127.0.0.1"),
    ("127.0.0.1", "not an address", "not an address"),
    ("127.0.0.1", "6.6.6.6:1, 198.51.100.1:52311, 10.1.2.3:443", "198.51.100.1"),
    ("127.0.0.1", "[2001:db8:1:2:aaaa:bbbb:cccc:dddd]:52311", "2001:db8:1:2::/64"),
])  # fmt: skip
def test_the_right_most_address_that_is_no_proxy_s_counts(peer: str, header: str, client: str) -> None:
    assert OURS.client(peer, header) == client


@pytest.mark.parametrize(("asked", "language"), [
    ("", "ar"), ("en", "en"), ("en-GB,ar;q=0.9", "en"), ("fr, en;q=0.2", "en"), ("fr", "ar"),
    ("ar;q=0.1,en;q=0.9", "en"), (";q=x,,,=", "ar"), ("en;q=9" * 200, "ar"),
])  # fmt: skip
def test_the_reader_is_served_in_the_language_that_they_prefer(asked: str, language: str) -> None:
    assert choose(("ar", "en"), asked) == language


def test_arabic_runs_from_right_to_left() -> None:
    assert (direction("ar"), direction("en"), direction("ar-AE")) == ("rtl", "ltr", "rtl")


@pytest.mark.parametrize(
    ("peer", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("no:address", "no:address"),
    ],
)
def test_all_addresses_of_one_connection_are_one(peer: str, address: str) -> None:
    assert Proxies(["10.0.0.1"]).client(peer, "") == address
    assert Proxies(["10.0.0.1"]).client("10.0.0.1", peer) == address
