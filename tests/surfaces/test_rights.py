"""Route x role x age of every surface where people of a shop work, whole: what is true of all cells, and of none."""

from functools import cache

import pytest
from litestar import Litestar

from matjar.domain.access import BUILT_IN, OWNER, Class, actions
from matjar.edge.declaring import declared_actions
from matjar.edge.framework import application
from matjar.surfaces.admin import pages as admin
from matjar.surfaces.identity import pages as identity
from tests.edge import rights
from tests.edge.rights import AWAY, FORBIDDEN, OK, Cell

pytestmark = pytest.mark.filterwarnings("ignore::litestar.exceptions.LitestarDeprecationWarning", "ignore:.*Inferred")

SURFACES = ("admin", "identity")
OPEN = {
    "admin": {
        "GET /", "POST /language", "GET /-/{name:str}", "GET /-/media/{path:path}",
        "GET /{handle:str}/sign-in", "POST /{handle:str}/sign-in", "POST /{handle:str}/sign-in/options",
        "POST /{handle:str}/sign-in/code", "GET /{handle:str}/sign-in/elsewhere",
        "POST /{handle:str}/sign-in/elsewhere", "POST /{handle:str}/signed-in", "POST /{handle:str}/sign-out",
        "POST /{handle:str}/language",
    },
    "identity": {
        "GET /", "GET /static/{name:str}", "GET /continue", "POST /sign-out",
        "GET /sign-in", "POST /sign-in", "POST /sign-in/passkey", "POST /sign-in/passkey/options",
        "GET /sign-in/code", "POST /sign-in/code", "GET /sign-in/lost", "POST /sign-in/lost",
        "GET /sign-in/outside", "GET /sign-in/outside/back", "GET /forgotten", "POST /forgotten",
        "GET /confirm/{token:str}", "POST /confirm/{token:str}", "GET /reset/{token:str}", "POST /reset/{token:str}",
        "GET /join/{handle:str}/{token:str}", "POST /join/{handle:str}/{token:str}",
    },
}  # fmt: skip
"""Routes for everybody, by name: another one is another line here."""


@cache
def app_of(surface: str) -> Litestar:
    """A surface's routes."""
    return application(admin.PAGES if surface == "admin" else [identity.PAGES], None)


@cache
def cells_of(surface: str) -> tuple[Cell, ...]:
    """A surface's table."""
    return tuple(rights.table(app_of(surface)))


@pytest.mark.parametrize("surface", SURFACES)
def test_what_is_open_to_everybody_stands_here_by_name(surface: str) -> None:
    declared = declared_actions(app_of(surface))
    assert {f"{method} {path}" for method, path, action in declared if action.class_ is Class.C0} == OPEN[surface]


@pytest.mark.parametrize("surface", SURFACES)
def test_every_route_has_a_cell_for_each_role_age_and_proof(surface: str) -> None:
    declared = declared_actions(app_of(surface))
    assert len(cells_of(surface)) == len(declared) * len(BUILT_IN) * len(rights.AGES) * len(rights.PROOFS)
    assert len({cell[:-1] for cell in cells_of(surface)}) >= len({each[:2] for each in declared}) * len(BUILT_IN)


@pytest.mark.parametrize("surface", SURFACES)
def test_ageing_takes_rights_away_and_gives_none(surface: str) -> None:
    order = {OK: 2, rights.PROVE: 1, AWAY: 0, FORBIDDEN: 0}
    before: dict[tuple[str, ...], int] = {}
    for cell in cells_of(surface):  # the youngest first
        which = (cell.method, cell.path, cell.role, cell.proof)
        allowed = order[cell.answer]
        if cell.age != next(iter(rights.AGES)):
            assert allowed <= before[which], cell
        before[which] = allowed


@pytest.mark.parametrize("surface", SURFACES)
def test_power_is_never_had_while_the_news_is_older_than_five_minutes(surface: str) -> None:
    power = {action.name for action in actions.ALL if action.class_ is Class.C4}
    cells = [cell for cell in cells_of(surface) if cell.action in power]
    assert cells
    for cell in cells:
        if cell.answer == OK:
            assert (cell.age in ("now", "5 min"), cell.proof) == (True, "passkey now"), cell


@pytest.mark.parametrize("surface", SURFACES)
def test_after_a_day_everybody_can_look_and_nobody_can_change(surface: str) -> None:
    reads = {action.name for action in actions.ALL if action.reads or action.class_ is Class.C0}
    for cell in cells_of(surface):
        if cell.age in ("more than a day", "never") and cell.answer == OK:
            assert cell.action in reads, cell


@pytest.mark.parametrize("surface", SURFACES)
def test_an_owner_is_forbidden_nothing_and_a_cashier_what_is_not_theirs(surface: str) -> None:
    forbidden = {role.id: set[str]() for role in BUILT_IN}
    for cell in cells_of(surface):
        if cell.answer == FORBIDDEN:
            forbidden[cell.role].add(cell.action)
    assert not forbidden[OWNER]
    for role in ("cashier", "fulfilment", "developer"):
        assert forbidden[role] & {"payout.write", "staff.write", "staff.read"}, role


@pytest.mark.parametrize("surface", SURFACES)
def test_a_form_that_changes_something_is_no_reading(surface: str) -> None:
    """Whoever was away for half an hour, or whose news is a day old, could else send it."""
    harmless = {"self.read", "orders.read"}  # to show a passkey; to print what was chosen
    for method, path, action in declared_actions(app_of(surface)):
        if method == "POST" and action.class_ is not Class.C0 and action.reads:
            assert action.name in harmless, path
