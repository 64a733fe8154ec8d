"""How e-mail addresses are compared."""

from matjar.core import email as addresses
from matjar.domain.customers import model


def fold_email(email: str) -> str:
    """An address as it is stored and compared; refuses ``customers.bad_email`` for what no letter could reach."""
    folded = addresses.fold(email)
    if not folded:
        raise model.BAD_EMAIL(email=email[:50]).at("email")
    return folded
