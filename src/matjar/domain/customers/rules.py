"""How e-mail addresses are compared."""

import re

from matjar.core.limits import TEXT
from matjar.domain.customers import model

_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\]+\.[^\s@<>()\[\],;:\"\\.]{2,}")


def fold_email(email: str) -> str:
    """An address as it is stored and compared; refuses ``customers.bad_email`` for what no letter could reach."""
    folded = email.strip().lower()
    if len(folded) > TEXT or not _EMAIL.fullmatch(folded):
        raise model.BAD_EMAIL(email=email[:50]).at("email")
    return folded
