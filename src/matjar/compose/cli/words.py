"""What goods and places are called in the reader's language, where the shop speaks it besides its own."""

from collections.abc import Mapping
from typing import NamedTuple

from matjar.compose.cli.listing import to_people
from matjar.compose.settings import language
from matjar.core.tx import Reading
from matjar.domain import catalog


class Said(NamedTuple):
    """What is said, by owner and field. An owner of which nothing is said is called as the shop itself calls it."""

    texts: Mapping[int, Mapping[str, str]]

    def title(self, owner_id: int, own: str) -> str:
        """What an owner is called."""
        return self.texts.get(owner_id, {}).get("title") or own

    def variant(self, product_id: int, own: str) -> str:
        """What a variant of a product is called: choice by choice."""
        texts = self.texts.get(product_id, {})
        return " / ".join(texts.get(f"value:{choice}") or choice for choice in own.split(" / "))

    def full_title(self, product_id: int, own: str, variant: str) -> str:
        """Product and variant, as one."""
        title = self.title(product_id, own)
        return f"{title} – {self.variant(product_id, variant)}" if variant else title


def spoken() -> str:
    """The reader's language, whatever country it is spoken in."""
    return language().partition("-")[0]


def said_of(view: Reading, first: int, last: int = 0, *, owner_type: str = "product") -> Said:
    """What is said of the owners of a range of ids."""
    texts: dict[int, dict[str, str]] = {}
    for each in catalog.translations(view, owner_type=owner_type, first=first, last=last):
        if each.language.partition("-")[0] == spoken():
            texts.setdefault(each.owner_id, {})[each.field] = each.value
    return Said(texts)


def said_to_people(view: Reading, owner_ids: list[int], *, owner_type: str = "product") -> Said:
    """The same for a page of a list; a program is told the shop's own words."""
    if not owner_ids or not to_people():
        return Said({})
    return said_of(view, min(owner_ids), max(owner_ids), owner_type=owner_type)
