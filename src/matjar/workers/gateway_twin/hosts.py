"""Where the twin sends buyers and webhooks: this machine and hosts named at start, lest it be turned on others."""

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

from matjar.core.refusal import Kind, declare

BAD_ADDRESS = declare("twin.bad_address", Kind.INVALID, "The twin does not send anyone to {address}.")


def check_address(address: str, allowed_hosts: Collection[str]) -> None:
    """Refuse ``twin.bad_address`` unless it is an http address of loopback, ``*.localhost`` or an allowed host."""
    if not _is_ours(address, allowed_hosts):
        raise BAD_ADDRESS(address=address[:200])


def _is_ours(address: str, allowed_hosts: Collection[str]) -> bool:
    if not (address.isascii() and address.isprintable()) or "\\" in address:
        return False  # browsers and parsers disagree about these, and a line break would split the header
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removesuffix(".")
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or "@" in parts.netloc:
        return False
    return host in allowed_hosts or host == "localhost" or host.endswith(".localhost") or _is_loopback(host)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
