"""How a collection is looked at: in which order, only what is there, only what comes in a colour, page by page."""

from collections.abc import Iterable
from urllib.parse import urlencode

import msgspec

from matjar.core.limits import PAGE_ROWS
from matjar.edge.catalogue import CollectionDocument, Page, ProductDocument, Shelf, VariantDocument, Wanted

PAGE_SIZE = 24
SORTS = ("newest", "price", "price_descending", "title")
FACETS = 3
"""Options that one can narrow by at once: more is a form, not a shelf."""


class Narrowing(msgspec.Struct, frozen=True):
    """What was chosen. ``options`` are ``name=value`` in the shop's own words; ``words`` are what is searched for."""

    sort: str = ""
    available: bool = False
    page: int = 1
    options: tuple[str, ...] = ()
    words: str = ""

    def query(self, page: int) -> str:
        """The same look at another page."""
        given = [("q", self.words), ("sort", self.sort), ("available", "1" if self.available else "")]
        given += [("option", option) for option in self.options]
        given.append(("page", str(page) if page > 1 else ""))
        return urlencode([(name, text) for name, text in given if text])


class Facet(msgspec.Struct, frozen=True):
    """An option that several goods share, and its values: as they are sent, and as they are read."""

    name: str
    values: tuple[tuple[str, str], ...]


class Paging(msgspec.Struct, frozen=True):
    """Where one is in a long list; addresses are empty at its ends."""

    page: int
    pages: int
    before: str
    after: str


def looked_at(shelf: Shelf, collection: CollectionDocument, narrowing: Narrowing) -> Page:
    """The goods to show. By options only as many are looked through as one page of any list has."""
    wanted = Wanted(collection.id, narrowing.sort or collection.sort.value, on_sale=narrowing.available)
    if not narrowing.options:
        return shelf.products(wanted, page=narrowing.page, size=PAGE_SIZE)
    found = [each for each in shelf.products(wanted, size=PAGE_ROWS).products if answers(each, narrowing)]
    start = (narrowing.page - 1) * PAGE_SIZE
    return Page(tuple(found[start : start + PAGE_SIZE]), len(found))


def facets_of(products: Iterable[ProductDocument], language: str) -> tuple[Facet, ...]:
    """The options by which these goods can be told apart, those that most of them have first."""
    names: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    for product in products:
        said = product.in_language(language).options
        for option in product.options if len(product.variants) > 1 else ():
            names[option.name] = said.get(option.name, option.name)
            values.setdefault(option.name, {}).update(
                {f"{option.name}={value}": said.get(value, value) for value in option.values}
            )
    several = sorted((each for each in values if len(values[each]) > 1), key=lambda each: -len(values[each]))
    return tuple(Facet(names[each], tuple(values[each].items())) for each in several[:FACETS])


def paging(path: str, narrowing: Narrowing, total: int) -> Paging:
    """The pages beside this one."""
    pages, page = max(-(-total // PAGE_SIZE), 1), narrowing.page
    before = f"{path}?{narrowing.query(page - 1)}".rstrip("?") if page > 1 else ""
    after = f"{path}?{narrowing.query(page + 1)}" if page < pages else ""
    return Paging(page, pages, before, after)


def answers(product: ProductDocument, narrowing: Narrowing) -> bool:
    """Whether one variant has all that was chosen, and can be bought if that was asked."""
    return any(
        _has(product, variant, narrowing.options) and (variant.on_sale or not narrowing.available)
        for variant in product.variants
    )


def _has(product: ProductDocument, variant: VariantDocument, options: tuple[str, ...]) -> bool:
    pairs = zip(product.options, variant.choices, strict=False)
    return set(options) <= {f"{option.name}={choice}" for option, choice in pairs}
