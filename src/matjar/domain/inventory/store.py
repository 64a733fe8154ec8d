"""The inventory's SQL."""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice, product
from string import ascii_lowercase

import msgspec

from matjar.core.address import Address
from matjar.core.limits import CART_LINES
from matjar.core.tx import Reading, Row, Tx
from matjar.domain.inventory.model import LOCATIONS, Change, Goods, Level, Location, Movement, Share, Shelf

_SURVEY = """
    SELECT i.id, l.location_id, l.on_hand, l.committed, l.reserved,
        CASE WHEN l.reserved > 0 THEN CAST(COALESCE((
            SELECT SUM(h.quantity) FROM holds h
            WHERE h.shop_id = :shop_id AND h.inventory_item_id = l.inventory_item_id AND h.location_id = l.location_id
                AND h.in_flight = 0 AND h.lapses_at <= :now AND h.checkout_id <> :checkout_id
        ), 0) AS BIGINT) ELSE 0 END,
        i.tracked, p.priority, p.active,
        (SELECT COUNT(*) FROM holds o WHERE o.shop_id = :shop_id AND o.checkout_id = :checkout_id)
    FROM inventory_items i
    LEFT JOIN inventory_levels l ON l.shop_id = :shop_id AND l.inventory_item_id = i.id
    LEFT JOIN locations p ON p.shop_id = :shop_id AND p.id = l.location_id
    WHERE i.shop_id = :shop_id AND i.id IN ([asked])
"""
_LAPSED = """
    SELECT CAST(COALESCE(SUM(h.quantity), 0) AS BIGINT) FROM holds h
    WHERE h.shop_id = :shop_id AND h.inventory_item_id = l.inventory_item_id AND h.location_id = l.location_id
        AND h.in_flight = 0 AND h.lapses_at <= :now
"""
_LEVEL = f"SELECT l.inventory_item_id, l.location_id, l.on_hand, l.committed, l.reserved - ({_LAPSED}), l.updated_at"
_FIND_LEVEL = f"""
    {_LEVEL} FROM inventory_levels l
    WHERE l.shop_id = :shop_id AND l.inventory_item_id = :inventory_item_id AND l.location_id = :location_id
"""
_LEVELS_OF = f"""
    {_LEVEL} FROM inventory_levels l WHERE l.shop_id = :shop_id AND l.inventory_item_id = :inventory_item_id
    ORDER BY l.location_id LIMIT 250
"""
_LEVELS_AT = f"""
    {_LEVEL} FROM inventory_levels l
    WHERE l.shop_id = :shop_id AND l.location_id = :location_id AND l.inventory_item_id > :after_id
    ORDER BY l.inventory_item_id LIMIT :most
"""
_GOODS = """
    SELECT v.product_id, p.title, v.id, v.title, v.sku, v.inventory_item_id, i.tracked,
        COALESCE(l.location_id, :location_id), COALESCE(l.on_hand, 0), COALESCE(l.committed, 0),
        COALESCE(l.reserved - ([lapsed]), 0), COALESCE(l.updated_at, 0)
    FROM variants v JOIN products p ON p.shop_id = :shop_id AND p.id = v.product_id
    JOIN inventory_items i ON i.shop_id = :shop_id AND i.id = v.inventory_item_id
    LEFT JOIN inventory_levels l ON l.shop_id = :shop_id AND l.inventory_item_id = i.id[at]
    WHERE v.shop_id = :shop_id AND v.id > :after_id AND p.status <> 'archived'
        AND (:words = '' OR LOWER(p.title || ' ' || v.title || ' ' || v.sku) LIKE :words ESCAPE '!'
            OR v.barcode = :exactly OR EXISTS (
            SELECT 1 FROM translations t WHERE t.shop_id = :shop_id AND t.owner_type = 'product' AND t.owner_id = p.id
                AND t.field = 'title' AND LOWER(t.value) LIKE :words ESCAPE '!'))
        AND (i.tracked = 1 AND COALESCE(l.on_hand - l.committed - l.reserved, 0) <= :at_most OR :at_most < 0) [used]
    ORDER BY v.id, l.location_id LIMIT :most
""".replace("[lapsed]", _LAPSED)
_USED = "AND EXISTS (SELECT 1 FROM locations s WHERE s.shop_id = :shop_id AND s.id = l.location_id AND s.active = 1)"
_GOODS_AT = _GOODS.replace("[at]", " AND l.location_id = :location_id").replace("[used]", "")
_GOODS_WHEREVER = _GOODS.replace("[at]", "").replace("[used]", _USED)
_COUNT_SCARCE = """
    SELECT COUNT(DISTINCT v.id) FROM inventory_levels l
    JOIN inventory_items i ON i.shop_id = :shop_id AND i.id = l.inventory_item_id AND i.tracked = 1
    JOIN variants v ON v.shop_id = :shop_id AND v.inventory_item_id = l.inventory_item_id
    JOIN products p ON p.shop_id = :shop_id AND p.id = v.product_id
    WHERE l.shop_id = :shop_id AND l.on_hand - l.committed - l.reserved <= :at_most AND p.status <> 'archived' [used]
""".replace("[used]", _USED)
_CHANGE = """
    INSERT INTO inventory_levels (shop_id, inventory_item_id, location_id, on_hand, committed, reserved, updated_at)
    VALUES (:shop_id, :inventory_item_id, :location_id, :on_hand, :committed, :reserved, :now)
    ON CONFLICT (shop_id, inventory_item_id, location_id) DO UPDATE SET
        on_hand = inventory_levels.on_hand + excluded.on_hand,
        committed = inventory_levels.committed + excluded.committed,
        reserved = inventory_levels.reserved + excluded.reserved,
        updated_at = excluded.updated_at
"""
_DISCONNECT = """
    DELETE FROM inventory_levels
    WHERE shop_id = :shop_id AND inventory_item_id = :inventory_item_id AND location_id = :location_id
"""
_MOVED = """
    INSERT INTO inventory_movements (
        shop_id, id, inventory_item_id, location_id, kind, on_hand_delta, committed_delta, subject_id, reason, at
    ) VALUES (
        :shop_id, :id, :inventory_item_id, :location_id, :kind, :on_hand_delta, :committed_delta, :subject_id,
        :reason, :at)
"""
_MOVEMENTS = """
    SELECT id, inventory_item_id, location_id, kind, on_hand_delta, committed_delta, subject_id, reason, at
    FROM inventory_movements
    WHERE shop_id = :shop_id AND inventory_item_id = :inventory_item_id AND id < :before_id
    ORDER BY id DESC LIMIT :most
"""
_HOLD = """
    INSERT INTO holds (shop_id, checkout_id, inventory_item_id, location_id, quantity, in_flight, lapses_at)
    VALUES (:shop_id, :checkout_id, :inventory_item_id, :location_id, :quantity, :in_flight, :lapses_at)
"""
_HOLDS_OF = """
    SELECT inventory_item_id, location_id, quantity FROM holds WHERE shop_id = :shop_id AND checkout_id = :checkout_id
    ORDER BY inventory_item_id, location_id LIMIT 10000
"""
_END_HOLDS = "DELETE FROM holds WHERE shop_id = :shop_id AND checkout_id = :checkout_id"
_END_LAPSED = """
    DELETE FROM holds WHERE shop_id = :shop_id AND inventory_item_id = :inventory_item_id
        AND location_id = :location_id AND in_flight = 0 AND lapses_at <= :now
"""
_LIST_LAPSED = """
    SELECT checkout_id, inventory_item_id, location_id, quantity FROM holds
    WHERE shop_id = :shop_id AND in_flight = 0 AND lapses_at <= :now
    ORDER BY checkout_id, inventory_item_id, location_id LIMIT :most
"""
_END_HOLD = """
    DELETE FROM holds WHERE shop_id = :shop_id AND checkout_id = :checkout_id
        AND inventory_item_id = :inventory_item_id AND location_id = :location_id
"""
_LOCATION = "SELECT id, name, address, priority, pickup, active FROM locations WHERE shop_id = :shop_id"
_LIST_LOCATIONS = f"{_LOCATION} ORDER BY active DESC, priority, id LIMIT {LOCATIONS}"
_FIND_LOCATION = f"{_LOCATION} AND id = :id"
_KEEP_LOCATION = """
    INSERT INTO locations (shop_id, id, name, address, priority, pickup, active)
    VALUES (:shop_id, :id, :name, :address, :priority, :pickup, :active)
    ON CONFLICT (shop_id, id) DO UPDATE SET name = excluded.name, address = excluded.address,
        priority = excluded.priority, pickup = excluded.pickup, active = excluded.active
"""
_TRACKED = "SELECT tracked FROM inventory_items WHERE shop_id = :shop_id AND id = :id"

_NAMES = tuple(f"item_{one}{two}" for one, two in islice(product(ascii_lowercase, repeat=2), 2 * CART_LINES))

_encode = msgspec.json.Encoder().encode
_address = msgspec.json.Decoder(Address).decode


@cache
def _survey(count: int) -> str:
    """The survey for so many items: a family of statements as large as a cart, each of them fixed."""
    return _SURVEY.replace("[asked]", ", ".join(f":{name}" for name in _NAMES[:count]))


def survey(view: Reading, checkout_id: int, item_ids: Iterable[int]) -> tuple[list[Shelf], set[int]]:
    """The shelves of these items and of what the checkout holds, the first to be asked first; and what is untracked.

    One question, since a checkout that wants something seldom holds anything yet.
    """
    rows = _survey_rows(view, checkout_id, item_ids)
    own: dict[tuple[int, int], int] = {}
    if rows and rows[0][9]:
        own = {(share.inventory_item_id, share.location_id): share.quantity for share in holds_of(view, checkout_id)}
        rows = _survey_rows(view, checkout_id, [*item_ids, *(item_id for item_id, _ in own)])
    shelves = [
        Shelf(item, at, on_hand, committed, reserved, lapsed, own.get((item, at), 0), bool(tracked), rank, bool(active))
        for item, at, on_hand, committed, reserved, lapsed, tracked, rank, active, _ in rows
        if at is not None
    ]
    shelves.sort(key=lambda shelf: (shelf.priority, shelf.location_id, shelf.inventory_item_id))
    return shelves, {row[0] for row in rows if not row[6]}


def _survey_rows(view: Reading, checkout_id: int, item_ids: Iterable[int]) -> list[Row]:
    asked = dict.fromkeys(item_ids)
    assert 0 < len(asked) <= len(_NAMES)
    items = dict(zip(_NAMES, asked, strict=False))
    return view.all(_survey(len(asked)), checkout_id=checkout_id, now=view.now, **items)


def find_level(view: Reading, inventory_item_id: int, location_id: int) -> Level | None:
    """One level."""
    row = view.one(_FIND_LEVEL, inventory_item_id=inventory_item_id, location_id=location_id, now=view.now)
    return Level(*row) if row else None


def levels_of(view: Reading, inventory_item_id: int) -> list[Level]:
    """An item's levels at all locations."""
    return [Level(*row) for row in view.all(_LEVELS_OF, inventory_item_id=inventory_item_id, now=view.now)]


def levels_at(view: Reading, location_id: int, after_id: int, most: int) -> list[Level]:
    """A location's levels, by item."""
    rows = view.all(_LEVELS_AT, location_id=location_id, after_id=after_id, most=most, now=view.now)
    return [Level(*row) for row in rows]


def goods(view: Reading, words: str, **wanted: int) -> list[Goods]:
    """Goods that are sold, as one location counts them, or with location 0 as each does where any lie."""
    escaped = words.replace("!", "!!").replace("%", "!%").replace("_", "!_").lower()
    asked = _GOODS_AT if wanted["location_id"] else _GOODS_WHEREVER
    rows = view.all(asked, words=f"%{escaped}%" if words else "", exactly=words, now=view.now, **wanted)
    return [_goods(row) for row in rows]


def _goods(row: Row) -> Goods:
    product_id, title, variant_id, variant_title, sku, item_id, tracked, *level = row
    return Goods(product_id, title, variant_id, variant_title, sku, item_id, bool(tracked), Level(item_id, *level))


def count_scarce(view: Reading, at_most: int) -> int:
    """How many goods have so few left somewhere."""
    return int((view.one(_COUNT_SCARCE, at_most=at_most) or (0,))[0])


def change(tx: Tx, changes: Sequence[Change]) -> None:
    """Add to levels; one that is not there yet begins with nothing."""
    tx.run_many(_CHANGE, [{**msgspec.structs.asdict(each), "now": tx.now} for each in changes])


def disconnect(tx: Tx, level: Level) -> None:
    """Delete a level."""
    tx.run(_DISCONNECT, inventory_item_id=level.inventory_item_id, location_id=level.location_id)


def insert_movements(tx: Tx, movements: Sequence[Movement]) -> None:
    """Write history."""
    tx.run_many(_MOVED, [msgspec.structs.asdict(each) for each in movements])


def movements(view: Reading, inventory_item_id: int, before_id: int, most: int) -> list[Movement]:
    """An item's history, the newest first."""
    rows = view.all(_MOVEMENTS, inventory_item_id=inventory_item_id, before_id=before_id, most=most)
    return [Movement(*row) for row in rows]


def hold(tx: Tx, checkout_id: int, shares: Sequence[Share], lapses_at: int, *, in_flight: bool) -> None:
    """Write a checkout's holds."""
    terms = {"checkout_id": checkout_id, "lapses_at": lapses_at, "in_flight": int(in_flight)}
    tx.run_many(_HOLD, [{**msgspec.structs.asdict(share), **terms} for share in shares])
    tx.know("holds", checkout_id, sorted(shares, key=lambda share: (share.inventory_item_id, share.location_id)))


def holds_of(view: Reading, checkout_id: int) -> list[Share]:
    """What a checkout holds."""
    return view.once(
        "holds", checkout_id, lambda: [Share(*row) for row in view.all(_HOLDS_OF, checkout_id=checkout_id)]
    )


def end_holds(tx: Tx, checkout_id: int) -> None:
    """Delete a checkout's holds."""
    tx.run(_END_HOLDS, checkout_id=checkout_id)
    tx.forget("holds", checkout_id)


def end_lapsed(tx: Tx, shelves: Iterable[Shelf]) -> None:
    """Delete the holds on these shelves that have lapsed."""
    rows = [
        {"inventory_item_id": each.inventory_item_id, "location_id": each.location_id, "now": tx.now}
        for each in shelves
    ]
    tx.run_many(_END_LAPSED, rows)
    if rows:
        tx.forget("holds")


def list_lapsed(view: Reading, most: int) -> list[tuple[int, Share]]:
    """Holds that have lapsed, each with its checkout."""
    rows = view.all(_LIST_LAPSED, most=most, now=view.now)
    return [(checkout_id, Share(*share)) for checkout_id, *share in rows]


def end_each(tx: Tx, holds: Sequence[tuple[int, Share]]) -> None:
    """Delete single holds."""
    rows = [
        {"checkout_id": checkout_id, "inventory_item_id": share.inventory_item_id, "location_id": share.location_id}
        for checkout_id, share in holds
    ]
    tx.run_many(_END_HOLD, rows)
    tx.forget("holds", *(checkout_id for checkout_id, _ in holds))


def list_locations(view: Reading) -> list[Location]:
    """All locations: those in use first, then by priority."""
    return [_location(row) for row in view.all(_LIST_LOCATIONS)]


def find_location(view: Reading, location_id: int) -> Location | None:
    """One location."""
    row = view.one(_FIND_LOCATION, id=location_id)
    return _location(row) if row else None


def keep_location(tx: Tx, location: Location) -> None:
    """Write a location, new or changed."""
    tx.run(
        _KEEP_LOCATION, id=location.id, name=location.name, address=_encode(location.address).decode(),
        priority=location.priority, pickup=int(location.pickup), active=int(location.active),
    )  # fmt: skip


def is_tracked(view: Reading, inventory_item_id: int) -> bool | None:
    """Whether an item can be sold out; None: there is no such item."""
    row = view.one(_TRACKED, id=inventory_item_id)
    return bool(row[0]) if row else None


def _location(row: Row) -> Location:
    id_, name, address, priority, pickup, active = row
    return Location(id_, name, _address(address), priority, bool(pickup), bool(active))
