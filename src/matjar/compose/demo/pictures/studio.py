"""The studio: finds the drawing that a plan asks for, sets it before its backdrop, and hands over the SVG."""

from collections.abc import Callable

import msgspec

from matjar.compose.demo.model import Plan
from matjar.compose.demo.pictures import cosmetics, fragrance, nature, skincare, stage, textures
from matjar.compose.demo.pictures.brand import BRANDS, sheet
from matjar.compose.demo.pictures.canvas import Ink
from matjar.compose.demo.pictures.look import Look

Draw = Callable[[Ink, Look], str]


class Pose(msgspec.Struct, frozen=True):
    """How goods are shown: ``reach`` is half the width that touches the ground, 0 for goods that float."""

    draw: Draw
    reach: float = 0
    plinth: bool = False


POSES = {
    "lipstick": Pose(cosmetics.lipstick, 160),
    "gloss": Pose(cosmetics.gloss, 120),
    "pencil": Pose(cosmetics.pencil, 80),
    "mascara": Pose(cosmetics.mascara, 110),
    "palette": Pose(cosmetics.palette, 215),
    "compact": Pose(cosmetics.compact, 185, plinth=True),
    "foundation": Pose(cosmetics.foundation, 116, plinth=True),
    "brushes": Pose(cosmetics.brushes, 106),
    "dropper": Pose(skincare.dropper, 100, plinth=True),
    "mist": Pose(skincare.mist, 90),
    "jar": Pose(skincare.jar, 170),
    "pot": Pose(skincare.pot, 138, plinth=True),
    "tube": Pose(skincare.tube, 88),
    "pump": Pose(skincare.pump, 112, plinth=True),
    "soap": Pose(skincare.soap, 150, plinth=True),
    "flacon": Pose(fragrance.flacon, 148, plinth=True),
    "atomiser": Pose(fragrance.atomiser, 100, plinth=True),
    "candle": Pose(fragrance.candle, 142),
    "burner": Pose(fragrance.burner, 130, plinth=True),
}

VIEWS: dict[str, Draw] = {
    "swatches": textures.swatches,
    "drops": textures.drops,
    "strokes": textures.strokes,
    "powders": textures.powders,
    "cream": textures.cream,
    "petals": nature.petals,
    "leaves": nature.leaves,
    "citrus": nature.citrus,
    "smoke": nature.smoke,
}


def draw(plan: Plan) -> str:
    """The picture that the plan describes, as SVG of 800 x 800; the same plan gives the same characters."""
    brand = BRANDS[plan.brand]
    ink, look = Ink(), Look(plan.colours, brand.name, brand.trim)
    if plan.view != "pack":
        marks = stage.lying(ink, plan.backdrop, VIEWS[plan.view](ink, look))
    else:
        marks = pose(ink, plan, look)
    return sheet(ink, marks, 800, 800)


def pose(ink: Ink, plan: Plan, look: Look) -> str:
    """The goods themselves before their backdrop."""
    shown = POSES[plan.drawing]
    goods = shown.draw(ink, look)
    if shown.reach:
        return stage.standing(ink, plan.backdrop, goods, shown.reach, plinth=shown.plinth)
    return stage.floating(ink, plan.backdrop, goods)
