"""What pictures are drawn with: marks as SVG text, and the ink that keeps a picture's gradients.

Every function is pure: the same arguments give the same characters. Lengths are units of the 800 x 800 view.
"""

from matjar.compose.demo.pictures.colour import clear, dark, light

BLACK = "#1b0f1f"
WHITE = "#ffffff"


class Ink:
    """The gradients and filters of one picture, each defined once and named in the order of asking."""

    def __init__(self, prefix: str = "i") -> None:
        self._prefix = prefix
        self._names: dict[str, str] = {}

    def down(self, *colours: str) -> str:
        """A gradient from top to bottom, its colours evenly apart."""
        return self._gradient('x2="0" y2="1"', _even(colours))

    def across(self, *colours: str) -> str:
        """A gradient from left to right, its colours evenly apart."""
        return self._gradient("", _even(colours))

    def slant(self, *colours: str) -> str:
        """A gradient from the upper left to the lower right, its colours evenly apart."""
        return self._gradient('x2="1" y2="1"', _even(colours))

    def tube(self, colour: str, gloss: float = 0.35) -> str:
        """An upright cylinder lit from the left; ``gloss`` (0 to 1) says how bright its highlight is."""
        return self._gradient(
            "",
            [
                (0, dark(colour, 0.3)),
                (10, dark(colour, 0.06)),
                (26, light(colour, gloss)),
                (40, light(colour, gloss * 0.25)),
                (68, dark(colour, 0.05)),
                (92, dark(colour, 0.3)),
                (100, dark(colour, 0.18)),
            ],
        )

    def metal(self, colour: str) -> str:
        """A polished cylinder: hard bands of bright and dark."""
        bright, deep = light(colour, 0.75), dark(colour, 0.42)
        stops = [(0, deep), (12, colour), (24, bright), (36, colour), (58, deep), (72, light(colour, 0.3))]
        return self._gradient("", [*stops, (88, colour), (100, deep)])

    def glow(self, *colours: str, x: float = 0.5, y: float = 0.5, reach: float = 0.5) -> str:
        """A gradient outwards from a point, given in shares of the shape's box."""
        return self._keep("radialGradient", f'cx="{number(x)}" cy="{number(y)}" r="{number(reach)}"', _even(colours))

    def ball(self, colour: str, gloss: float = 0.5) -> str:
        """A sphere lit from the upper left."""
        return self.glow(light(colour, gloss), colour, dark(colour, 0.32), x=0.34, y=0.28, reach=0.8)

    def blur(self, radius: float) -> str:
        """A filter that makes a mark soft."""
        spread = f'<feGaussianBlur stdDeviation="{number(radius)}"/>'
        return self._define("filter", 'x="-.5" y="-.5" width="2" height="2"', spread)

    def rough(self, grain: float, depth: float) -> str:
        """A filter that frays a mark's edges: ``grain`` is the fineness, ``depth`` how far they wander."""
        noise = f'<feTurbulence type="fractalNoise" baseFrequency="{number(grain)}" numOctaves="3" seed="4"/>'
        return self._define("filter", "", f'{noise}<feDisplacementMap in="SourceGraphic" scale="{number(depth)}"/>')

    def stamp(self, inner: str) -> str:
        """Keep marks that are shown several times; the answer is their name for ``stamped``."""
        return self._define("g", "", inner)[4:-1]

    def within(self, shape: str) -> str:
        """A clip that lets only what lies inside ``shape`` (a mark) be seen."""
        return self._define("clipPath", "", shape)

    def definitions(self) -> str:
        """Everything asked for, as one ``defs`` element."""
        return "<defs>" + "".join(text.replace("@", name, 1) for text, name in self._names.items()) + "</defs>"

    def _gradient(self, direction: str, stops: list[tuple[float, str]]) -> str:
        return self._keep("linearGradient", direction, stops)

    def _keep(self, element: str, place: str, stops: list[tuple[float, str]]) -> str:
        inner = "".join(f'<stop offset="{number(at)}%" stop-color="{colour}"/>' for at, colour in stops)
        return self._define(element, place, inner)

    def _define(self, element: str, attributes: str, inner: str) -> str:
        space = " " if attributes else ""
        text = f'<{element} id="@"{space}{attributes}>{inner}</{element}>'
        name = self._names.setdefault(text, f"{self._prefix}{len(self._names)}")
        return f"url(#{name})"


def _even(colours: tuple[str, ...]) -> list[tuple[float, str]]:
    return [(100 * index / max(len(colours) - 1, 1), colour) for index, colour in enumerate(colours)]


def number(value: float) -> str:
    """The shortest way to write a length to two decimals."""
    return f"{round(value, 2):g}".replace("0.", ".", 1) if abs(value) < 1 else f"{round(value, 1):g}"


def mark(element: str, **attributes: str | float) -> str:
    """One element; underscores in names of attributes stand for dashes."""
    written = " ".join(
        f'{name.replace("_", "-")}="{value if isinstance(value, str) else number(value)}"'
        for name, value in attributes.items()
    )
    return f"<{element} {written}/>"


def rect(x: float, y: float, width: float, height: float, fill: str, r: float = 0, **more: str | float) -> str:
    """A rectangle by its upper left corner, with corners of radius ``r``."""
    corner: dict[str, str | float] = {"rx": r} if r else {}
    return mark("rect", x=x, y=y, width=width, height=height, **corner, fill=fill, **more)


def oval(x: float, y: float, rx: float, ry: float, fill: str, **more: str | float) -> str:
    """An ellipse by its centre."""
    return mark("ellipse", cx=x, cy=y, rx=rx, ry=ry, fill=fill, **more)


def disc(x: float, y: float, r: float, fill: str, **more: str | float) -> str:
    """A circle by its centre."""
    return mark("circle", cx=x, cy=y, r=r, fill=fill, **more)


def path(d: str, fill: str, **more: str | float) -> str:
    """A filled outline."""
    return mark("path", d=d, fill=fill, **more)


def line(d: str, stroke: str, width: float = 2, **more: str | float) -> str:
    """A stroke along an outline, with round ends unless told otherwise."""
    ends: dict[str, str | float] = {"stroke_linecap": "round", **more}
    return mark("path", d=d, fill="none", stroke=stroke, stroke_width=width, **ends)


def group(inner: str, **attributes: str) -> str:
    """Marks that share attributes."""
    written = " ".join(f'{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f"<g {written}>{inner}</g>"


def moved(inner: str, x: float = 0, y: float = 0, scale: float = 1, turn: float = 0) -> str:
    """Marks turned (degrees, clockwise) and scaled about the middle of the view, then shifted."""
    steps = f"translate({number(400 + x)} {number(400 + y)})"
    steps += f" rotate({number(turn)})" if turn else ""
    steps += f" scale({round(scale, 3):g})" if scale != 1 else ""
    return group(inner, transform=f"{steps} translate(-400 -400)")


def stamped(name: str, x: float, y: float, scale: float = 1, turn: float = 0) -> str:
    """Set down marks drawn about the origin and kept by ``Ink.stamp``."""
    steps = f"translate({number(x)} {number(y)})"
    steps += f" rotate({number(turn)})" if turn else ""
    steps += f" scale({number(scale)})" if scale != 1 else ""
    return f'<use href="{name}" transform="{steps}"/>'


def cylinder(ink: Ink, x: float, y: float, width: float, height: float, colour: str, lip: float = 12) -> str:
    """An upright solid with an elliptic top of half-height ``lip``; ``x`` is its middle, ``y`` its top."""
    half, bottom = width / 2, y + height
    side = f"M{number(x - half)} {number(y)}V{number(bottom)}A{number(half)} {number(lip)} 0 0 0 {number(x + half)}"
    side += f" {number(bottom)}V{number(y)}Z"
    top = oval(x, y, half, lip, ink.across(light(colour, 0.3), light(colour, 0.12)))
    return path(side, ink.tube(colour, 0.2)) + top


def shine(x: float, y: float, width: float, height: float, opacity: float = 0.4) -> str:
    """An upright streak of reflected light."""
    return rect(x, y, width, height, clear(WHITE, opacity), r=width / 2)
