"""The studio: finds the drawing that a plan asks for, sets it before its backdrop, and hands over the SVG."""

from collections.abc import Callable

import msgspec

from matjar.compose.demo.model import Plan
from matjar.compose.demo.pictures import (
    bottoms,
    cosmetics,
    fabrics,
    food,
    footwear,
    fragrance,
    gear,
    nature,
    pantry,
    skincare,
    stage,
    supplements,
    textures,
    tops,
)
from matjar.compose.demo.pictures.brand import BRANDS, sheet
from matjar.compose.demo.pictures.canvas import Ink, stamped
from matjar.compose.demo.pictures.look import Look

Draw = Callable[[Ink, Look], str]


class Pose(msgspec.Struct, frozen=True):
    """How goods are shown: ``reach`` is half the width that touches the ground, 0 for goods that float."""

    draw: Draw
    reach: float = 0
    plinth: bool = False
    flat: bool = False
    """Lying on the ground, seen from above."""


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
    "tee": Pose(tops.tee),
    "longsleeve": Pose(tops.longsleeve),
    "tank": Pose(tops.tank),
    "bra": Pose(tops.bra),
    "hoodie": Pose(tops.hoodie),
    "jacket": Pose(tops.jacket),
    "tunic": Pose(tops.tunic),
    "hijab": Pose(tops.hijab),
    "leggings": Pose(bottoms.leggings),
    "joggers": Pose(bottoms.joggers),
    "shorts": Pose(bottoms.shorts),
    "socks": Pose(bottoms.socks),
    "runner": Pose(footwear.runner, 270),
    "slides": Pose(footwear.slides, flat=True),
    "cap": Pose(gear.cap, 190),
    "duffel": Pose(gear.duffel, 215),
    "bottle": Pose(gear.bottle, 100, plinth=True),
    "mat": Pose(gear.mat, 250),
    "tub": Pose(supplements.tub, 156),
    "canister": Pose(supplements.canister, 110, plinth=True),
    "pouch": Pose(supplements.pouch, 172),
    "capsules": Pose(supplements.capsules, 130),
    "gummies": Pose(supplements.gummies, 132, plinth=True),
    "sachets": Pose(supplements.sachets, 200),
    "bar": Pose(food.bar, 190),
    "butter": Pose(food.butter, 150, plinth=True),
    "honey": Pose(food.honey, 140),
    "gel": Pose(food.gel, 220),
    "shot": Pose(food.shot, 150),
    "shaker": Pose(food.shaker, 98, plinth=True),
    "call": Pose(food.call, 112),
    "bands": Pose(gear.bands, 210),
    "dumbbells": Pose(gear.dumbbells, 220),
}

VIEWS: dict[str, Draw] = {
    "swatches": textures.swatches,
    "drops": textures.drops,
    "strokes": textures.strokes,
    "powders": textures.powders,
    "cream": textures.cream,
    "petals": nature.petals,
    "scoop": pantry.scoop,
    "pills": pantry.pills,
    "oats": pantry.oats,
    "cocoa": pantry.cocoa,
    "berries": pantry.berries,
    "nuts": pantry.nuts,
    "fabric": fabrics.fabric,
    "folded": fabrics.folded,
    "tread": fabrics.tread,
    "dew": fabrics.dew,
    "leaves": nature.leaves,
    "citrus": nature.citrus,
    "smoke": nature.smoke,
}


def draw(plan: Plan) -> str:
    """The picture that the plan describes, as SVG of 800 x 800; the same plan gives the same characters."""
    brand = BRANDS[plan.brand]
    ink, look = Ink(), Look(plan.colours, brand.name, brand.trim)
    return sheet(ink, _shown(ink, plan, look), 800, 800)


def _shown(ink: Ink, plan: Plan, look: Look) -> str:
    if plan.view in VIEWS:
        return stage.lying(ink, plan.backdrop, VIEWS[plan.view](ink, look))
    pose = POSES[plan.drawing]
    goods = pose.draw(ink, look)
    if plan.view == "sizes":
        return stage.room(ink, plan.backdrop) + _sizes(ink, goods, pose.reach)
    if pose.flat:
        return stage.lying(ink, plan.backdrop, goods)
    if pose.plinth:
        return stage.raised(ink, plan.backdrop, goods, pose.reach)
    if pose.reach:
        return stage.standing(ink, plan.backdrop, goods, pose.reach)
    return stage.floating(ink, plan.backdrop, goods)


def _sizes(ink: Ink, goods: str, reach: float) -> str:
    """The same goods three times, from small to large."""
    one = ink.stamp(goods)
    placed = ((170, 0.34), (356, 0.46), (600, 0.6))
    marks = (
        stage.contact(ink, x, reach * size) + stamped(one, x - 400 * size, stage.FLOOR * (1 - size), size)
        for x, size in placed
    )
    return "".join(marks)
