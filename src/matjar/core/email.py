"""E-mail addresses, as they are stored and compared."""

import re

from matjar.core.limits import TEXT

_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\]+\.[^\s@<>()\[\],;:\"\\.]{2,}")


def fold(email: str) -> str:
    """The address in small letters; empty for what no letter could reach."""
    folded = email.strip().lower()
    return folded if len(folded) <= TEXT and _EMAIL.fullmatch(folded) else ""
