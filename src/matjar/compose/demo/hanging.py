"""Where the demo's pictures hang: below the media folder, in a folder of their shop's name."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from matjar.compose.demo.model import Picture, ShopGoods
from matjar.compose.demo.pictures import draw, draw_hero, draw_symbol


def path_of(goods: ShopGoods, picture: Picture) -> str:
    """A product's picture."""
    return f"{goods.handle}/{picture.file}"


def symbol_of(goods: ShopGoods) -> str:
    """The shop's sign."""
    return f"{goods.handle}/symbol.svg"


def hero_of(goods: ShopGoods, language: str) -> str:
    """The wide picture of the home page."""
    return f"{goods.handle}/hero-{language}.svg"


def hang_pictures(goods: ShopGoods, media_folder: Path) -> None:
    """Draw what does not hang there yet."""
    for path, drawing in _drawings(goods):
        file = media_folder / path
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(drawing(), encoding="utf-8")


def _drawings(goods: ShopGoods) -> Iterator[tuple[str, partial[str]]]:
    yield symbol_of(goods), partial(draw_symbol, goods.handle)
    for language in goods.languages:
        yield hero_of(goods, language), partial(draw_hero, goods.handle, language)
    for product in goods.products:
        for picture in product.pictures:
            yield path_of(goods, picture), partial(draw, picture.plan)
