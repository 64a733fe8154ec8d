"""Who gets what from where: pure decisions about shelves."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from matjar.domain.inventory import model
from matjar.domain.inventory.model import Change, Share, Shelf, Want


def totals(wants: Iterable[Want]) -> dict[int, int]:
    """How many of each item are wanted."""
    wanted: dict[int, int] = {}
    for want in wants:
        assert want.quantity > 0, "nobody wants nothing"
        wanted[want.inventory_item_id] = wanted.get(want.inventory_item_id, 0) + want.quantity
    return wanted


def pieces(shares: Iterable[Share]) -> dict[int, int]:
    """How many of each item these shares are."""
    counted: dict[int, int] = {}
    for share in shares:
        counted[share.inventory_item_id] = counted.get(share.inventory_item_id, 0) + share.quantity
    return counted


def missing(wanted: Mapping[int, int], shares: Iterable[Share]) -> dict[int, int]:
    """What of the wanted these shares do not cover."""
    left = dict(wanted)
    for share in shares:
        left[share.inventory_item_id] -= share.quantity
    return {item_id: quantity for item_id, quantity in left.items() if quantity > 0}


def check_endless(
    wants: Iterable[Want], wanted: Mapping[int, int], missing: Mapping[int, int], untracked: Collection[int]
) -> None:
    """Refuses ``inventory.sold_out`` for what is missing, unless it is sold without end."""
    for want in wants:
        item_id = want.inventory_item_id
        if item_id in missing and not want.continue_selling and item_id not in untracked:
            raise model.SOLD_OUT(available=wanted[item_id] - missing[item_id], title=want.title)


def at(location_id: int | None, shelves: list[Shelf]) -> list[Shelf]:
    """The shelves of one location, or all."""
    return [shelf for shelf in shelves if location_id in (None, shelf.location_id)]


def split(wanted: Mapping[int, int], shelves: Iterable[Shelf]) -> list[Share]:
    """Share what is wanted among locations, in few parcels: never more than is free, and all of it if that is possible.

    Each parcel comes from the location that has most of what is still missing; among equals, from the one with the
    better priority. So a location that has everything sends it alone.
    """
    stock: dict[int, dict[int, int]] = {}
    for shelf in sorted(shelves, key=lambda each: (each.priority, each.location_id)):
        if shelf.free:
            stock.setdefault(shelf.location_id, {})[shelf.inventory_item_id] = shelf.free
    left = dict(wanted)
    shares: list[Share] = []
    while stock and any(left.values()):
        location_id = max(stock, key=lambda each: sum(_parcel(left, stock[each]).values()))
        parcel = _parcel(left, stock.pop(location_id))
        for item_id, quantity in parcel.items():
            left[item_id] -= quantity
            shares.append(Share(item_id, location_id, quantity))
        if not parcel:
            break
    return shares


def _parcel(left: Mapping[int, int], stock: Mapping[int, int]) -> dict[int, int]:
    """What a location can give of what is left to find."""
    given = {item_id: min(quantity, stock.get(item_id, 0)) for item_id, quantity in left.items()}
    return {item_id: quantity for item_id, quantity in given.items() if quantity}


def keep(wanted: Mapping[int, int], shelves: Iterable[Shelf]) -> list[Share]:
    """Of what is wanted, what this checkout holds already."""
    left = dict(wanted)
    shares = []
    for shelf in shelves:
        quantity = min(shelf.own, left.get(shelf.inventory_item_id, 0))
        if quantity:
            left[shelf.inventory_item_id] -= quantity
            shares.append(Share(shelf.inventory_item_id, shelf.location_id, quantity))
    return shares


def without_own(shelves: Iterable[Shelf]) -> list[Shelf]:
    """The shelves with this checkout's holds already taken from them."""
    return [msgspec.structs.replace(shelf, own=0) for shelf in shelves]


def home(item_id: int, shelves: Iterable[Shelf], shares: Sequence[Share]) -> int | None:
    """Where to promise what is on no shelf: where it usually lies, if possible in a parcel that is sent anyway."""
    chosen = {share.location_id for share in shares}
    usual = [shelf for shelf in shelves if shelf.inventory_item_id == item_id and shelf.active]
    if usual:
        best = min(usual, key=lambda each: (each.location_id not in chosen, each.priority, each.location_id))
        return best.location_id
    return shares[0].location_id if shares else None


def merged(shares: Iterable[Share]) -> list[Share]:
    """One share for each item and location."""
    sums: dict[tuple[int, int], int] = {}
    for share in shares:
        place = share.inventory_item_id, share.location_id
        sums[place] = sums.get(place, 0) + share.quantity
    return [Share(*place, quantity) for place, quantity in sums.items()]


def reserving(shelves: Iterable[Shelf], shares: Iterable[Share]) -> list[Change]:
    """The changes by which lapsed and own holds are given back, and these shares held."""
    return summed([*giving_back(shelves), *moving(shares, reserved=1)])


def committing(shelves: Iterable[Shelf], shares: Iterable[Share]) -> list[Change]:
    """The changes by which lapsed and own holds are given back, and these shares promised to an order."""
    return summed([*giving_back(shelves), *moving(shares, committed=1)])


def giving_back(shelves: Iterable[Shelf]) -> list[Change]:
    """The changes by which lapsed holds, and the checkout's own, are given back."""
    return [
        Change(shelf.inventory_item_id, shelf.location_id, reserved=-shelf.lapsed - shelf.own)
        for shelf in shelves
        if shelf.lapsed or shelf.own
    ]


def moving(shares: Iterable[Share], *, on_hand: int = 0, committed: int = 0, reserved: int = 0) -> list[Change]:
    """The changes by which each piece adds 1 or -1 to what is on hand, committed, reserved."""
    changes = []
    for share in shares:
        piece = share.quantity
        place = share.inventory_item_id, share.location_id
        changes.append(Change(*place, on_hand * piece, committed * piece, reserved * piece))
    return summed(changes)


def summed(changes: Iterable[Change]) -> list[Change]:
    """One change for each level, and none where nothing changes."""
    sums: dict[tuple[int, int], Change] = {}
    for change in changes:
        place = change.inventory_item_id, change.location_id
        before = sums.get(place, Change(*place))
        sums[place] = Change(
            *place,
            on_hand=before.on_hand + change.on_hand,
            committed=before.committed + change.committed,
            reserved=before.reserved + change.reserved,
        )
    return [change for change in sums.values() if change.on_hand or change.committed or change.reserved]
