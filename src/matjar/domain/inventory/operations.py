"""What is done with stock: held for a checkout, promised to an order, sent; counted and moved by people.

    reserve ── commit ── send            the way of a sale
       └ release   └ uncommit   └ restock     and back from each step
"""

from collections.abc import Mapping, Sequence

import msgspec

from matjar.core.address import NOWHERE, Address
from matjar.core.limits import SWEEP_ROWS, TEXT
from matjar.core.tx import Tx
from matjar.domain import tasks
from matjar.domain.inventory import events, model, queries, rules, store
from matjar.domain.inventory.model import LOCATIONS, PIECES, Change, Level, Location, Movement, Share, Shelf, Want

# A sale ---------------------------------------------------------------------------------------------------------------


def reserve(
    tx: Tx, *, checkout_id: int, wants: Sequence[Want], lapses_at: int, in_flight: bool, location_id: int | None = None
) -> tuple[Share, ...]:
    """Hold what a checkout wants until ``lapses_at``; one in flight is held until it is committed or released.

    Replaces what the checkout held before. ``location_id``: only from there, because it is fetched there.
    Refuses ``inventory.sold_out`` and, where the shop has no location at all, ``inventory.no_location``.
    """
    wanted = rules.totals(wants)
    shelves, untracked = store.survey(tx, checkout_id, wanted)
    shares = rules.split(wanted, rules.at(location_id, shelves))
    if missing := rules.missing(wanted, shares):
        rules.check_endless(wants, wanted, missing, untracked)
        shares = _promise(tx, missing, rules.at(location_id, shelves), shares, location_id)
        if rules.missing(wanted, shares):
            raise model.NO_LOCATION()
    _end_holds(tx, checkout_id, shelves)
    store.hold(tx, checkout_id, shares, lapses_at, in_flight=in_flight)
    _change(tx, rules.reserving(shelves, shares))
    return tuple(shares)


def commit(
    tx: Tx, *, checkout_id: int, order_id: int, wants: Sequence[Want] | None = None, location_id: int | None = None
) -> tuple[Share, ...]:
    """Promise to an order what its checkout held. Never refused.

    ``wants`` says what the order is of, in case the hold is gone: then it is taken from what is free, and what no
    longer fits is promised all the same and opens the task ``oversold``. Without ``wants`` it is what is held.
    """
    held = store.holds_of(tx, checkout_id)
    if wants is None or rules.pieces(held) == rules.totals(wants):
        store.end_holds(tx, checkout_id)
        _change(tx, rules.moving(held, committed=1, reserved=-1), kind="sell", order_id=order_id)
        return tuple(held)
    return tuple(_commit_anew(tx, checkout_id, order_id, wants, location_id))


def release(tx: Tx, *, checkout_id: int) -> None:
    """Give back what a checkout holds, in flight or not."""
    held = store.holds_of(tx, checkout_id)
    if held:
        store.end_holds(tx, checkout_id)
        _change(tx, rules.moving(held, reserved=-1))


def send(tx: Tx, *, order_id: int, shares: Sequence[Share]) -> None:
    """Take from the shelf what leaves for the buyer."""
    _change(tx, rules.moving(shares, on_hand=-1, committed=-1), kind="send", order_id=order_id)


def uncommit(tx: Tx, *, order_id: int, shares: Sequence[Share]) -> None:
    """Free what was promised to an order and not sent."""
    _change(tx, rules.moving(shares, committed=-1), kind="cancel", order_id=order_id)


def restock(tx: Tx, *, order_id: int, shares: Sequence[Share]) -> None:
    """Put back on the shelf what came back."""
    _change(tx, rules.moving(shares, on_hand=1), kind="restock", order_id=order_id)


def give_back_lapsed(tx: Tx, *, most: int = SWEEP_ROWS) -> int:
    """Give back holds that lapsed and that no buyer has run into; tells how many, so that the sweeper comes again."""
    lapsed = store.list_lapsed(tx, most)
    store.end_each(tx, lapsed)
    _change(tx, rules.moving((share for _, share in lapsed), reserved=-1))
    return len(lapsed)


def _commit_anew(
    tx: Tx, checkout_id: int, order_id: int, wants: Sequence[Want], location_id: int | None
) -> list[Share]:
    """Promise an order whose hold is gone: what is left of it, what is free, and what is missing all the same."""
    wanted = rules.totals(wants)
    shelves, untracked = store.survey(tx, checkout_id, wanted)
    kept = rules.keep(wanted, shelves)
    free = rules.at(location_id, rules.without_own(shelves))
    found = rules.merged([*kept, *rules.split(rules.missing(wanted, kept), free)])
    missing = rules.missing(wanted, found)
    shares = _promise(tx, missing, free, found, location_id)
    endless = untracked | {want.inventory_item_id for want in wants if want.continue_selling}
    _report(tx, order_id, {item_id: quantity for item_id, quantity in missing.items() if item_id not in endless})
    _end_holds(tx, checkout_id, shelves)
    _change(tx, rules.committing(shelves, shares), kind="sell", order_id=order_id)
    return shares


def _promise(
    tx: Tx, missing: Mapping[int, int], shelves: list[Shelf], shares: list[Share], location_id: int | None
) -> list[Share]:
    """The shares, and with them what is on no shelf: promised where it usually lies, else at the first location."""
    promised = list(shares)
    for item_id, quantity in missing.items():
        at = location_id or rules.home(item_id, shelves, promised)
        if at is None:
            first = store.list_locations(tx)[:1]
            at = first[0].id if first else None
        if at is not None:
            promised.append(Share(item_id, at, quantity))
    return rules.merged(promised)


def _end_holds(tx: Tx, checkout_id: int, shelves: list[Shelf]) -> None:
    """Delete lapsed holds and the checkout's own; the levels are the caller's to change."""
    store.end_lapsed(tx, [shelf for shelf in shelves if shelf.lapsed])
    if any(shelf.own for shelf in shelves):
        store.end_holds(tx, checkout_id)


def _report(tx: Tx, order_id: int, oversold: Mapping[int, int]) -> None:
    """Tell a person that more is promised than there is."""
    if oversold:
        items = [{"inventory_item_id": item_id, "quantity": quantity} for item_id, quantity in oversold.items()]
        tasks.open_task(tx, kind="oversold", subject_id=order_id, facts={"items": items})


def _change(tx: Tx, changes: Sequence[Change], *, kind: str = "", order_id: int = 0, reason: str = "") -> None:
    """Change levels, keep their history, and announce once where other amounts can be promised now."""
    store.change(tx, changes)
    store.insert_movements(
        tx,
        [
            Movement(
                tx.new_id(), change.inventory_item_id, change.location_id, kind, change.on_hand, change.committed,
                order_id, reason, tx.now,
            )
            for change in changes
            if change.on_hand or change.committed
        ],
    )  # fmt: skip
    announced = [(each.inventory_item_id, each.location_id) for each in changes if each.available]
    if announced:
        tx.emit(events.StockChanged(tuple(announced)))


# Counting -------------------------------------------------------------------------------------------------------------


def set_stock(tx: Tx, *, inventory_item_id: int, location_id: int, on_hand: int, reason: str = "") -> Level:
    """Say how many lie on the shelf. Refuses ``inventory.bad_count``, ``.no_such_location``, ``.no_such_item``."""
    _check_count(on_hand, least=0)
    return _count(tx, "set", _found_or_new(tx, inventory_item_id, location_id), on_hand, reason)


def set_available(tx: Tx, *, inventory_item_id: int, location_id: int, available: int, reason: str = "") -> Level:
    """Say how many can be promised; what is promised already lies on the shelf besides. Refuses as ``set_stock``."""
    level = _found_or_new(tx, inventory_item_id, location_id)
    return _count(tx, "set", level, available + level.committed + level.reserved, reason)


def adjust(tx: Tx, *, inventory_item_id: int, location_id: int, delta: int, reason: str = "") -> Level:
    """Say that there are more or fewer. Refuses ``inventory.not_stocked`` and ``inventory.bad_count``."""
    level = _found(tx, inventory_item_id, location_id)
    return _count(tx, "adjust", level, level.on_hand + delta, reason)


def transfer(
    tx: Tx, *, inventory_item_id: int, from_location_id: int, to_location_id: int, quantity: int, reason: str = ""
) -> Level:
    """Move stock that is not promised; tells the level that it came to. Refuses ``inventory.not_enough``."""
    _check_count(quantity, least=1)
    origin = _found(tx, inventory_item_id, from_location_id)
    _found_or_new(tx, inventory_item_id, to_location_id)
    if quantity > origin.available:
        raise model.NOT_ENOUGH(available=max(0, origin.available)).at("quantity")
    out = Change(inventory_item_id, from_location_id, on_hand=-quantity)
    into = Change(inventory_item_id, to_location_id, on_hand=quantity)
    _change(tx, rules.summed([out, into]), kind="transfer", reason=reason[:TEXT])
    return queries.load_level(tx, inventory_item_id=inventory_item_id, location_id=to_location_id)


def connect(tx: Tx, *, inventory_item_id: int, location_id: int) -> Level:
    """Stock an item at a location, with nothing of it so far. Refuses as ``set_stock``."""
    level = _found_or_new(tx, inventory_item_id, location_id)
    store.change(tx, [Change(inventory_item_id, location_id)])
    return level


def disconnect(tx: Tx, *, inventory_item_id: int, location_id: int) -> None:
    """Stock an item at a location no more. Refuses ``inventory.not_stocked`` and ``inventory.still_stocked``."""
    level = _found(tx, inventory_item_id, location_id)
    if level.on_hand or level.committed or level.reserved:
        raise model.STILL_STOCKED()
    store.disconnect(tx, level)


def _find(tx: Tx, inventory_item_id: int, location_id: int) -> Level | None:
    """The level, its lapsed holds given back: who counts on them being free must not leave them to be promised."""
    shelves, _ = store.survey(tx, queries.NOBODY, [inventory_item_id])
    shelves = rules.at(location_id, shelves)
    _end_holds(tx, queries.NOBODY, shelves)
    _change(tx, rules.giving_back(shelves))
    return store.find_level(tx, inventory_item_id, location_id)


def _found(tx: Tx, inventory_item_id: int, location_id: int) -> Level:
    level = _find(tx, inventory_item_id, location_id)
    if level is None:
        raise model.NOT_STOCKED()
    return level


def _found_or_new(tx: Tx, inventory_item_id: int, location_id: int) -> Level:
    """The level, or an empty one where the item was not stocked yet."""
    level = _find(tx, inventory_item_id, location_id)
    if level is None:
        queries.load_location(tx, location_id=location_id)
        if store.is_tracked(tx, inventory_item_id) is None:
            raise model.NO_SUCH_ITEM().at("inventory_item_id")
    return level or Level(inventory_item_id, location_id, 0, 0, 0, tx.now)


def _count(tx: Tx, kind: str, level: Level, on_hand: int, reason: str) -> Level:
    """Bring a level to a count. Where fewer are left than were promised, a person has to know."""
    _check_count(on_hand, least=-PIECES)
    delta = on_hand - level.on_hand
    change = Change(level.inventory_item_id, level.location_id, on_hand=delta)
    _change(tx, [change], kind=kind, reason=reason[:TEXT])
    counted = msgspec.structs.replace(level, on_hand=on_hand, updated_at=tx.now)
    if delta < 0 and counted.available < 0 and store.is_tracked(tx, level.inventory_item_id):
        _report(tx, 0, {level.inventory_item_id: -counted.available})
    return counted


def _check_count(count: int, *, least: int) -> None:
    if not least <= count <= PIECES:
        raise model.BAD_COUNT(least=least, most=PIECES)


# Locations ------------------------------------------------------------------------------------------------------------


def create_location(
    tx: Tx, *, name: str, address: Address = NOWHERE, priority: int = 0, pickup: bool = False
) -> Location:
    """Open a place to send from. Refuses ``inventory.bad_name`` and ``inventory.too_many_locations``."""
    if len(store.list_locations(tx)) >= LOCATIONS:
        raise model.TOO_MANY_LOCATIONS(most=LOCATIONS)
    return _keep_location(tx, Location(tx.new_id(), _checked_name(name), address, priority, pickup))


def update_location(
    tx: Tx,
    *,
    location_id: int,
    name: str | None = None,
    address: Address | None = None,
    priority: int | None = None,
    pickup: bool | None = None,
    active: bool | None = None,
) -> Location:
    """Change a location; what is None stays. From one that is not active nothing new is sold.

    Refuses ``inventory.no_such_location`` and ``inventory.bad_name``.
    """
    location = queries.load_location(tx, location_id=location_id)
    changed = Location(
        location.id,
        location.name if name is None else _checked_name(name),
        location.address if address is None else address,
        location.priority if priority is None else priority,
        location.pickup if pickup is None else pickup,
        location.active if active is None else active,
    )
    return _keep_location(tx, changed)


def _keep_location(tx: Tx, location: Location) -> Location:
    store.keep_location(tx, location)
    tx.emit(events.LocationChanged(location.id))
    return location


def _checked_name(name: str) -> str:
    if not 1 <= len(name.strip()) <= TEXT:
        raise model.BAD_NAME(most=TEXT).at("name")
    return name.strip()
