"""Where surfaces are: names that each needs of the others, and no more than that."""

from collections.abc import Sequence

from matjar.compose.settings import Settings


def identity_address(settings: Settings) -> str:
    """Where people sign in."""
    return _address(settings, "identity", settings.port_identity)


def admin_address(settings: Settings) -> str:
    """Where the back office is."""
    return _address(settings, "admin", settings.port_admin)


def shop_address(settings: Settings, handle: str, hosts: Sequence[str]) -> str:
    """Where a shop's storefront is: at the first of its own hosts, else at the one that its handle makes."""
    if settings.development:
        return f"http://{handle}.localhost:{settings.port_storefront}"
    return f"https://{hosts[0] if hosts else f'{handle}.{settings.shops_domain}'}"


def _address(settings: Settings, surface: str, port: int) -> str:
    if settings.people_domain == "localhost":
        return f"http://localhost:{port}"
    return f"https://{surface}.{settings.people_domain}"
