"""Which location somebody means by what they typed, and what locations are called."""

from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from matjar.compose.cli.words import said_of, said_to_people
from matjar.core.refusal import Kind, declare
from matjar.core.tx import Reading
from matjar.domain import catalog, inventory
from matjar.domain.inventory import Location
from matjar.storage.desk import Desk

WHICH_LOCATION = declare("goods.which_location", Kind.INVALID, "Name one of the locations: {names}.")
NO_LOCATION = declare("goods.no_location", Kind.CONFLICT, "The shop has no location yet: `matjar location create`.")

Place = Annotated[str, typer.Option(metavar="PLACE", help="The location, in any language, or by its id.")]


async def choose_location(desk: Desk, text: str) -> tuple[Location, str]:
    """The location of this id or name, or the only one, and what it is called; refuses ``goods.which_location``.

    A name may be in any language of the shop, and so much of it is enough as only one of them has.
    """

    def ask(view: Reading) -> tuple[Location, str]:
        locations = inventory.list_locations(view)
        if not locations:
            raise NO_LOCATION()
        called = names_of(view, locations)
        named = _named(text, called) if text else list(called)
        if len(named) != 1:
            raise WHICH_LOCATION(names="; ".join(" / ".join(names) for names in called.values()))
        found = next(each for each in locations if each.id == named[0])
        return found, said_of(view, found.id, owner_type="location").title(found.id, found.name)

    return await desk.read(ask)


def location_names(view: Reading) -> dict[int, str]:
    """What each location is called: to people in their language, to programs in the shop's."""
    locations = inventory.list_locations(view)
    said = said_to_people(view, [each.id for each in locations], owner_type="location")
    return {each.id: said.title(each.id, each.name) for each in locations}


def names_of(view: Reading, locations: list[Location]) -> dict[int, list[str]]:
    """By location, what it is called: in the shop's own language first."""
    called = {each.id: [each.name] for each in locations}
    first, last = min(called, default=0), max(called, default=0)
    others = catalog.translations(view, owner_type="location", first=first, last=last)
    for each in others:
        if each.field == "title" and each.value and each.owner_id in called:
            called[each.owner_id].append(each.value)
    return called


def _named(text: str, called: Mapping[int, list[str]]) -> list[int]:
    """Those that are meant by the text: by id, by the whole name, else by how it begins, else by a part of it."""
    folded = text.strip().casefold()
    ways: tuple[Callable[[str, str], bool], ...] = (str.__eq__, str.startswith, str.__contains__)
    for fits in ways:
        named = [
            location_id
            for location_id, names in called.items()
            if folded == str(location_id) or any(fits(name.casefold(), folded) for name in names)
        ]
        if named:
            return named
    return []
