"""A visit: one request as the surfaces see it, once the door has found out who is asking, where, in which language."""

import ipaddress
import re
from collections.abc import Sequence

import msgspec

from matjar.core.tx import Actor
from matjar.domain.shops import Shop

Headers = Sequence[tuple[bytes, bytes]]

_WITH_PORT = re.compile(r"\[([0-9A-Fa-f:.]+)\](?::\d+)?|([0-9.]+):\d+")


class Visit(msgspec.Struct, frozen=True):
    """One request. ``address`` is the client's own, behind the proxies that the operator trusts.

    With IPv6 it is their network of 64 bits: one connection has all addresses of it, and who tries hard tries them all.
    """

    shop: Shop
    language: str
    address: str
    request_id: str
    origin: str
    """Scheme and host as the client wrote them: what absolute links begin with."""

    @property
    def buyer(self) -> Actor:
        """Who acts in this visit's commands."""
        return Actor("buyer", 0, self.address)


class Proxies:
    """The networks whose word on the client's address is taken (``X-Forwarded-For``)."""

    def __init__(self, trusted: Sequence[str]) -> None:
        self._networks = [ipaddress.ip_network(network) for network in trusted]
        self._known: dict[str, bool] = {}

    def client(self, peer: str, forwarded_for: str) -> str:
        """Whose request it is; see ``Visit``."""
        return _network_of(self._outermost(peer, forwarded_for))

    def _outermost(self, peer: str, forwarded_for: str) -> str:
        """The right-most address that is not a trusted proxy's: what stands left of it, anyone may have written."""
        if not forwarded_for or not self._trusts(peer):
            return peer
        for hop in reversed(forwarded_for[-500:].split(",")):
            address = _without_port(hop.strip())
            if not self._trusts(address):
                return address[:45] or peer
        return peer

    def _trusts(self, address: str) -> bool:
        known = self._known.get(address)
        if known is None:
            try:
                parsed = ipaddress.ip_address(address)
                known = any(parsed in network for network in self._networks)
            except ValueError:
                known = False
            if len(self._known) > 10_000:
                self._known.clear()
            self._known[address] = known
        return known


def _without_port(hop: str) -> str:
    """Some proxies write the port beside the address, and it is another one each time: ``[2001:db8::1]:4711``."""
    found = _WITH_PORT.fullmatch(hop)
    return (found[1] or found[2]) if found else hop


def _network_of(address: str) -> str:
    if ":" not in address:
        return address
    try:
        parsed = ipaddress.IPv6Address(address)
    except ValueError:
        return address
    return str(parsed.ipv4_mapped or ipaddress.IPv6Network((parsed, 64), strict=False))
