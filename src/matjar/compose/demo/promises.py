"""What the demo's shops promise: the same few pages for all of them, each in its own name."""

from collections.abc import Iterator
from html import escape
from importlib.resources import files

from matjar.compose.demo.model import ShopGoods
from matjar.domain.shops import PolicyKind


def policies_of(goods: ShopGoods) -> Iterator[tuple[PolicyKind, str, str]]:
    """Each policy in each of the shop's languages, as HTML."""
    for language in goods.languages:
        facts = {
            "shop": escape(goods.name.by_language()[language]),
            "legal_name": escape(goods.settings.legal_name),
            "email": escape(goods.settings.email),
        }
        for kind in PolicyKind:
            text = files("matjar.compose.demo").joinpath("policies", f"{kind}.{language}.html").read_text("utf-8")
            yield kind, language, text.format_map(facts)
