"""Where the surfaces for the shops' people are: names that each needs of the others, and no more than that."""

from matjar.compose.settings import Settings


def identity_address(settings: Settings) -> str:
    """Where people sign in."""
    return _address(settings, "identity", settings.port_identity)


def admin_address(settings: Settings) -> str:
    """Where the back office is."""
    return _address(settings, "admin", settings.port_admin)


def _address(settings: Settings, surface: str, port: int) -> str:
    if settings.people_domain == "localhost":
        return f"http://localhost:{port}"
    return f"https://{surface}.{settings.people_domain}"
