"""The demo's pictures, drawn by the project itself: pure functions from a plan to SVG."""

from matjar.compose.demo.pictures.brand import draw_logo, draw_symbol
from matjar.compose.demo.pictures.heroes import draw_hero
from matjar.compose.demo.pictures.studio import draw

__all__ = ["draw", "draw_hero", "draw_logo", "draw_symbol"]
