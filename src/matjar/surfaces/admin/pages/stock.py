"""Stock, at one location or wherever it lies: searched, narrowed to what is scarce, counted in place; a count can be
taken back.
"""

from functools import partial
from urllib.parse import urlencode

import msgspec
from litestar import Response, get, post

from matjar.core.limits import TEXT
from matjar.core.refusal import Refusal
from matjar.core.tx import Reading
from matjar.domain import catalog, inventory
from matjar.domain.access import actions
from matjar.domain.catalog import Product
from matjar.domain.inventory import PIECES, Goods, Level
from matjar.edge.catalogue import Said, Shelf
from matjar.edge.forms import Form, in_latin, number_of
from matjar.edge.framework import Ask, visit_of
from matjar.edge.guarding import Session
from matjar.edge.pages import go
from matjar.storage.desk import Desk
from matjar.surfaces.admin.pages import cookies
from matjar.surfaces.admin.pages.auditing import note
from matjar.surfaces.admin.pages.cookies import Done
from matjar.surfaces.admin.pages.frame import Frame, form_of
from matjar.surfaces.admin.pages.naming import Article, name_articles, name_locations, title_of
from matjar.surfaces.admin.parts import Parts
from matjar.surfaces.admin.tallies import SCARCE

ROWS = 50
EVERY = "all"
NEVER = 0
"""When a level was changed last that is none yet."""
_LIST = ("at", "q", "scarce", "after")
"""What a form carries along of the list that it stands in."""


class Asked(msgspec.Struct, frozen=True):
    """Which list is asked for: at which location, of what; only what is scarce; from where on."""

    at: str = ""
    """A location's id, or ``all``; empty: all for what is scarce, as it is counted at home, else the first."""
    words: str = ""
    scarce: bool = False
    after: int = 0

    def query(self, **changed: object) -> str:
        """The address of the same list, but for what is changed."""
        facts = {"at": self.at, "q": self.words, "scarce": self.scarce, "after": self.after} | changed
        return urlencode({name: "1" if value is True else value for name, value in facts.items() if value})


class Shown(msgspec.Struct, frozen=True):
    """One page of the list; location 0: all that are in use."""

    places: dict[int, str]
    location_id: int = 0
    goods: tuple[Goods, ...] = ()
    names: dict[int, Said] = {}
    more: bool = False


@get("/stock", action=actions.STOCK_READ)
async def show(
    request: Ask, frame: Frame, parts: Parts, session: Session, at: str = "", q: str = "", scarce: str = "",
    after: int = 0,
) -> Response[bytes]:  # fmt: skip
    """The list."""
    return await _page(request, frame, parts, session, Asked(at, in_latin(q).strip()[:100], bool(scarce), after))


@post("/stock", action=actions.STOCK_WRITE)
async def count(request: Ask, frame: Frame, parts: Parts, session: Session) -> Response[bytes]:
    """Somebody counted: ``12`` lie there, ``+3`` came, ``-2`` went."""
    form = await form_of(request, parts)
    item_id, at = number_of(form.text("row")), number_of(form.text("place"))
    desk = parts.desk(visit_of(request), session)
    before = await desk.read(lambda view: _level(view, item_id, at))
    try:
        before, level = await _write(desk, form, before)
    except Refusal as refusal:
        wrong = Wrong(item_id, at, form.text("count"), frame.beside(refusal))
        return await _page(request, frame, parts, session, _asked(form), wrong)
    counts = {"on_hand": str(before.on_hand)}, {"on_hand": str(level.on_hand)}
    note(request, parts, subject=f"item:{item_id} location:{at}", before=counts[0], after=counts[1])
    parts.tallying.forget(frame.shop.id)
    done = await desk.read(lambda view: _done(view, parts, frame, form, before, level))
    return cookies.keep(go(frame.url(f"/stock?{_asked(form).query()}")), cookies.DONE, done)


async def _write(desk: Desk, form: Form, before: Level) -> tuple[Level, Level]:
    """Have it counted: how it was, and how it is now. What came or went is added to what lies there by then."""
    number, sign = _counted(form.text("count"))
    where = {"inventory_item_id": before.inventory_item_id, "location_id": before.location_id}
    reason = form.text("reason")[:TEXT]
    if not sign or before.updated_at == NEVER:
        on_hand = _left(before, sign * number) if sign else number
        return before, await desk.submit(inventory.set_stock)(**where, on_hand=on_hand, reason=reason)
    _left(before, sign * number)
    level = await desk.submit(inventory.adjust)(**where, delta=sign * number, reason=reason)
    return msgspec.structs.replace(level, on_hand=level.on_hand - sign * number), level


class Wrong(msgspec.Struct, frozen=True):
    """A count that was typed, and cannot be."""

    item_id: int
    at: int
    typed: str
    trouble: str


async def _page(
    request: Ask, frame: Frame, parts: Parts, session: Session, asked: Asked, wrong: Wrong | None = None
) -> Response[bytes]:
    shelf = parts.catalogue.shelf(frame.shop.id)
    shown = await parts.desk(visit_of(request), session).read(lambda view: _load(view, shelf, asked, frame.language))
    return frame.page(
        "stock.html", 422 if wrong else 200, asked=asked, shown=shown, wrong=wrong, scarce_at=SCARCE, every=EVERY
    )


def _load(view: Reading, shelf: Shelf, asked: Asked, language: str) -> Shown:
    places = name_locations(view, language)
    first = 0 if asked.scarce else next(iter(places), 0)
    location_id = 0 if asked.at == EVERY else number_of(asked.at)
    location_id = location_id if location_id in places or asked.at == EVERY else first
    if not places:
        return Shown(places)
    at_one = partial(inventory.goods_at, location_id=location_id, most=ROWS + 1)
    found = (at_one if location_id else inventory.goods_wherever)(
        view, words=asked.words, at_most=SCARCE if asked.scarce else -1, after_id=asked.after
    )
    goods = _whole(found)
    articles = [Article(row.variant_id, row.product_id, row.product_title, row.variant_title) for row in goods]
    names = name_articles(view, shelf, articles, language)
    return Shown(places, location_id, goods, names, len(goods) < len(found))


def _whole(found: list[Goods]) -> tuple[Goods, ...]:
    """What one page holds: a page of rows, and never an article with half of its locations."""
    if len(found) <= ROWS:
        return tuple(found)
    cut = found[ROWS].variant_id
    return tuple(row for row in found[:ROWS] if row.variant_id != cut) or tuple(
        row for row in found if row.variant_id == cut
    )


def _level(view: Reading, item_id: int, at: int) -> Level:
    """How it is now; nothing where it never lay."""
    found = [level for level in inventory.levels_of(view, inventory_item_id=item_id) if level.location_id == at]
    return found[0] if found else Level(item_id, at, 0, 0, 0, NEVER)


def _counted(typed: str) -> tuple[int, int]:
    """The number that was typed, and its sign: 0 for what lies there, else what came or went.

    Refuses ``inventory.bad_count``.
    """
    text = in_latin(typed).replace("−", "-").strip()
    digits = text.lstrip("+-")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 10 or len(text) - len(digits) > 1:
        raise inventory.BAD_COUNT(least=0, most=PIECES)
    return int(digits), {"+": 1, "-": -1}.get(text[:1], 0)


def _left(before: Level, delta: int) -> int:
    """What a change leaves; refuses ``inventory.fewer_there``, also to take back what has been sent since."""
    if delta < 0 and before.on_hand + delta < 0:
        raise inventory.FEWER_THERE(on_hand=before.on_hand, pieces=-delta)
    return before.on_hand + delta


def _done(view: Reading, parts: Parts, frame: Frame, form: Form, before: Level, level: Level) -> Done:
    """What to say, with the way back, which is the difference: whatever is sold or sent meanwhile stays so."""
    product = catalog.find_product(view, inventory_item_id=level.inventory_item_id)
    facts = {
        "title": _title(view, parts, frame, product, level.inventory_item_id) if product else "",
        "location": name_locations(view, frame.language).get(level.location_id, ""),
        "count": frame.reader.number(level.on_hand),
    }  # fmt: skip
    difference = before.on_hand - level.on_hand
    back = {"row": str(level.inventory_item_id), "place": str(level.location_id), "count": f"{difference:+d}"}
    back |= {name: form.text(name) for name in _LIST if form.text(name)}
    return Done("counted", facts, "/stock" if difference else "", back)


def _title(view: Reading, parts: Parts, frame: Frame, product: Product, item_id: int) -> str:
    variant = next(each for each in product.variants if each.inventory_item_id == item_id)
    return title_of(view, parts.catalogue.shelf(frame.shop.id), product, variant, frame.language)


def _asked(form: Form) -> Asked:
    return Asked(form.text("at"), form.text("q")[:100], bool(form.text("scarce")), number_of(form.text("after")))
