"""The demo's shops: three made-up brands with their goods, texts in two languages, and pictures.

Nothing here knows the database: ``load`` reads and validates a shop's goods, ``draw`` makes a picture of them.
"""

from matjar.compose.demo.goods import SHOPS, load
from matjar.compose.demo.model import ShopGoods
from matjar.compose.demo.pictures import draw, draw_hero, draw_logo, draw_symbol

__all__ = ["SHOPS", "ShopGoods", "draw", "draw_hero", "draw_logo", "draw_symbol", "load"]
