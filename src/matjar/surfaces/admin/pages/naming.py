"""What goods and places are called in the reader's language, where the shop says it in that language too."""

from collections.abc import Iterable, Sequence

import msgspec

from matjar.core.tx import Reading
from matjar.domain import catalog, inventory
from matjar.domain.catalog import Product, Variant
from matjar.edge.catalogue import Said, Shelf


class Article(msgspec.Struct, frozen=True):
    """An article by its ids, and in the shop's own words."""

    variant_id: int
    product_id: int
    title: str
    choice: str = ""


def name_locations(view: Reading, language: str) -> dict[int, str]:
    """All locations, those in use first, by what they are called."""
    own = {location.id: location.name for location in inventory.list_locations(view)}
    return own | {at: texts["title"] for at, texts in _said(view, "location", list(own), language).items()}


def name_articles(view: Reading, shelf: Shelf, articles: Sequence[Article], language: str) -> dict[int, Said]:
    """Each variant: as the catalogue has it where it is on sale, else as the database does."""
    named = {each.variant_id: shelf.said(each.variant_id, language) for each in articles}
    others = [each for each in articles if named[each.variant_id] is None]
    said = _said(view, "product", [each.product_id for each in others], language)
    return {variant: name for variant, name in named.items() if name is not None} | {
        each.variant_id: _named(each, said.get(each.product_id, {})) for each in others
    }


def name_subjects(view: Reading, shelf: Shelf, subjects: Iterable[str], language: str) -> dict[str, str]:
    """What entries of the book were done to, goods with their SKU and places, by how the book has it: ``item:7``."""
    asked = {each for subject in subjects for each in subject.split()}
    found = catalog.labels(view, ids=sorted({id_ for subject in asked if (id_ := _id_of_goods(subject))}))
    articles = [Article(each.variant_id, each.product_id, each.product_title, each.variant_title) for each in found]
    said = name_articles(view, shelf, articles, language)
    names = {f"location:{at}": name for at, name in name_locations(view, language).items()}
    for each in found:
        title = full_title(said[each.variant_id])
        name = f"{title} ({each.sku})" if each.sku else title
        names |= {f"item:{each.inventory_item_id}": name, f"variant:{each.variant_id}": name}
    return {subject: names[subject] for subject in asked & names.keys()}


def article_of(product: Product, variant: Variant) -> Article:
    """A variant as an article; where it is the only one, nothing was chosen of it."""
    return Article(variant.id, product.id, product.title, variant.title if len(product.variants) > 1 else "")


def title_of(view: Reading, shelf: Shelf, product: Product, variant: Variant, language: str) -> str:
    """One variant, in one piece."""
    return full_title(name_articles(view, shelf, [article_of(product, variant)], language)[variant.id])


def full_title(said: Said) -> str:
    """An article in one piece: what it is, and what was chosen of it."""
    return f"{said.title} – {said.choice}" if said.choice else said.title


def _id_of_goods(subject: str) -> int:
    """Of an article; 0: it is something else, or no id of ours."""
    kind, _, id_ = subject.partition(":")
    return int(id_) if kind in ("item", "variant") and id_.isascii() and id_.isdecimal() and len(id_) < 17 else 0


def _named(article: Article, texts: dict[str, str]) -> Said:
    choices = article.choice.split(" / ") if article.choice else []
    choice = " · ".join(texts.get(f"value:{each}") or each for each in choices)
    return Said(texts.get("title") or article.title, choice, None)


def _said(view: Reading, owner_type: str, owner_ids: list[int], language: str) -> dict[int, dict[str, str]]:
    """What is said of these in a language, by field; without those of which nothing is said."""
    if not owner_ids:
        return {}
    texts: dict[int, dict[str, str]] = {}
    wanted = set(owner_ids)
    for each in catalog.translations(view, owner_type=owner_type, first=min(wanted), last=max(wanted)):
        if each.owner_id in wanted and each.language.partition("-")[0] == language and each.value:
            texts.setdefault(each.owner_id, {})[each.field] = each.value
    return texts
