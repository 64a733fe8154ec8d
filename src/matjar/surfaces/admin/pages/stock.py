"""Stock by location: searched, narrowed to what is scarce, counted in place; a count can be taken back."""

from urllib.parse import urlencode

import msgspec
from litestar import Response, get, post

from matjar.core.limits import TEXT
from matjar.core.refusal import Kind, Refusal, translate
from matjar.core.tx import Reading
from matjar.domain import catalog, inventory
from matjar.domain.access import actions
from matjar.domain.inventory import PIECES, Goods, Level, Location
from matjar.edge.catalogue import Said
from matjar.edge.forms import Form, in_latin, number_of
from matjar.edge.framework import Ask, visit_of
from matjar.edge.guarding import Session
from matjar.edge.languages import catalogue
from matjar.edge.pages import go
from matjar.surfaces.admin.pages import cookies
from matjar.surfaces.admin.pages.auditing import note
from matjar.surfaces.admin.pages.cookies import Done
from matjar.surfaces.admin.pages.frame import Frame, form_of
from matjar.surfaces.admin.parts import Parts
from matjar.surfaces.admin.tallies import SCARCE

ROWS = 50


class Asked(msgspec.Struct, frozen=True):
    """Which list is asked for: at which location, of what; only what is scarce; from where on."""

    location_id: int = 0
    words: str = ""
    scarce: bool = False
    after: int = 0


class Shown(msgspec.Struct, frozen=True):
    """One page of the list."""

    locations: tuple[Location, ...]
    location: Location | None
    goods: tuple[Goods, ...] = ()
    more: bool = False


@get("/stock", action=actions.STOCK_READ)
async def show(
    request: Ask, frame: Frame, parts: Parts, session: Session, at: int = 0, q: str = "", scarce: str = "",
    after: int = 0,
) -> Response[bytes]:  # fmt: skip
    """The list at one location."""
    return await _page(request, frame, parts, session, Asked(at, in_latin(q).strip()[:100], bool(scarce), after), {})


@post("/stock", action=actions.STOCK_WRITE)
async def count(request: Ask, frame: Frame, parts: Parts, session: Session) -> Response[bytes]:
    """Somebody counted: ``12`` lie there, ``+3`` came, ``-2`` went."""
    form = await form_of(request, parts)
    item_id, at = number_of(form.text("row")), number_of(form.text("at"))
    desk = parts.desk(visit_of(request), session)
    before = await desk.read(lambda view: _level(view, item_id, at))
    try:
        on_hand = _counted(form.text("count"), before.on_hand)
        level = await desk.submit(inventory.set_stock)(
            inventory_item_id=item_id, location_id=at, on_hand=on_hand, reason=form.text("reason")[:TEXT]
        )
    except Refusal as refusal:
        if refusal.kind not in (Kind.INVALID, Kind.CONFLICT):
            raise
        wrong = {item_id: translate(refusal, catalogue(frame.language).gettext)}
        return await _page(request, frame, parts, session, _asked(form), wrong, form.text("count"))
    counts = {"on_hand": str(before.on_hand)}, {"on_hand": str(level.on_hand)}
    note(request, parts, subject=f"item:{item_id} location:{at}", before=counts[0], after=counts[1])
    parts.tallying.forget(frame.shop.id)
    done = await desk.read(lambda view: _done(view, frame, form, before, level))
    return cookies.keep(go(frame.url(f"/stock?{_query(form)}")), cookies.DONE, done)


async def _page(
    request: Ask, frame: Frame, parts: Parts, session: Session, asked: Asked, wrong: dict[int, str], typed: str = ""
) -> Response[bytes]:
    shown = await parts.desk(visit_of(request), session).read(lambda view: _load(view, asked))
    shelf = parts.catalogue.shelf(frame.shop.id)
    said = {
        row.variant_id: shelf.said(row.variant_id, frame.language) or Said(row.product_title, row.variant_title, None)
        for row in shown.goods
    }
    return frame.page(
        "stock.html", 422 if wrong else 200, asked=asked, shown=shown, said=said, wrong=wrong, typed=typed,
        scarce_at=SCARCE,
    )  # fmt: skip


def _load(view: Reading, asked: Asked) -> Shown:
    locations = tuple(inventory.list_locations(view))
    location = next((each for each in locations if each.id == asked.location_id), locations[0] if locations else None)
    if location is None:
        return Shown(locations, None)
    goods = inventory.goods_at(
        view, location_id=location.id, words=asked.words, at_most=SCARCE if asked.scarce else -1, after_id=asked.after,
        most=ROWS + 1,
    )  # fmt: skip
    return Shown(locations, location, tuple(goods[:ROWS]), len(goods) > ROWS)


def _level(view: Reading, item_id: int, at: int) -> Level:
    """How it is now; nothing where it never lay."""
    found = [level for level in inventory.levels_of(view, inventory_item_id=item_id) if level.location_id == at]
    return found[0] if found else Level(item_id, at, 0, 0, 0, view.now)


def _counted(typed: str, on_hand: int) -> int:
    """What lies there now, by what was typed; refuses ``inventory.bad_count``."""
    text = in_latin(typed).replace("−", "-").strip()
    digits = text.lstrip("+-")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 10 or len(text) - len(digits) > 1:
        raise inventory.BAD_COUNT(least=0, most=PIECES)
    number = int(digits)
    if text.startswith("+"):
        return on_hand + number
    return on_hand - number if text.startswith("-") else number


def _done(view: Reading, frame: Frame, form: Form, before: Level, level: Level) -> Done:
    """What to say, with the way back."""
    item_id = level.inventory_item_id
    product = catalog.find_product(view, inventory_item_id=item_id)
    location = inventory.load_location(view, location_id=level.location_id)
    facts = {
        "title": product.title if product else "", "location": location.name,
        "count": frame.reader.number(level.on_hand),
    }  # fmt: skip
    back = {"row": str(item_id), "at": str(level.location_id), "count": str(before.on_hand)}
    back |= {name: form.text(name) for name in ("q", "scarce", "after") if form.text(name)}
    return Done("counted", facts, "/stock" if before.on_hand >= 0 else "", back)


def _asked(form: Form) -> Asked:
    words, scarce = form.text("q")[:100], bool(form.text("scarce"))
    return Asked(number_of(form.text("at")), words, scarce, number_of(form.text("after")))


def _query(form: Form) -> str:
    return urlencode({name: form.text(name) for name in ("at", "q", "scarce", "after") if form.text(name)})
