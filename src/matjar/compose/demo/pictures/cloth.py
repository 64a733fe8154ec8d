"""How cloth is drawn: an outline with light on it, folds that stay inside it, seams, and the maker's mark."""

from matjar.compose.demo.pictures.canvas import WHITE, Ink, group, line, path
from matjar.compose.demo.pictures.colour import clear, dark, is_dark, light


def cloth(ink: Ink, outline: str, colour: str, deep: str = "", bright: str = "") -> str:
    """A piece of cloth; along ``deep`` it falls into shadow, along ``bright`` it catches the light."""
    lit = light(colour, 0.24) if is_dark(colour) else light(colour, 0.3)
    base = path(outline, ink.slant(lit, colour, dark(colour, 0.2)))
    folds = line(deep, clear(dark(colour, 0.75), 0.3), 14, filter=ink.blur(9)) if deep else ""
    folds += line(bright, clear(WHITE, 0.22), 14, filter=ink.blur(8)) if bright else ""
    return base + group(folds, clip_path=ink.within(path(outline, WHITE))) if folds else base


def inside(ink: Ink, outline: str, colour: str) -> str:
    """The far side of a garment, seen through its opening."""
    return path(outline, ink.down(dark(colour, 0.62), dark(colour, 0.4)))


def seam(d: str, colour: str, width: float = 2.5) -> str:
    """Where two pieces meet."""
    return line(d, clear(dark(colour, 0.7), 0.38), width)


def stitches(d: str, colour: str) -> str:
    """A line of topstitching."""
    tone = light(colour, 0.4) if is_dark(colour) else dark(colour, 0.35)
    return line(d, clear(tone, 0.6), 2.2, stroke_dasharray="7 6")


def rib(d: str, colour: str, width: float) -> str:
    """A knitted edge: a band along ``d``, ribbed across."""
    ribs = line(d, clear(dark(colour, 0.6), 0.3), width, stroke_dasharray="2 7", stroke_linecap="butt")
    return line(d, dark(colour, 0.08), width, stroke_linecap="butt") + ribs


def band(ink: Ink, outline: str, colour: str) -> str:
    """A knitted band that fills an outline."""
    base = path(outline, ink.across(dark(colour, 0.22), light(colour, 0.1), dark(colour, 0.28)))
    ribs = line("M200 140H600", clear(dark(colour, 0.6), 0.3), 300, stroke_dasharray="2 7", stroke_linecap="butt")
    return base + group(ribs, clip_path=ink.within(path(outline, WHITE)))


def peaks(x: float, y: float, colour: str, scale: float = 1) -> str:
    """The maker's mark: one peak behind another."""
    mark = path("M-22 14L-4-16L14 14H4L-4 0L-12 14ZM8-2L12-9L28 14H18Z", colour)
    return group(mark, transform=f"translate({x:g} {y:g}) scale({scale:g})")


def on(colour: str) -> str:
    """The colour of a mark that shows on cloth of this colour."""
    return "#f7efe0" if is_dark(colour) else dark(colour, 0.72)
