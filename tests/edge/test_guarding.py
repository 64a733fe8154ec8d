"""The guard lets people through as the table says, on the real routes of an application."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar import Litestar, Request, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.testing import TestClient

from matjar.core.clock import DAY, HOUR, MINUTE, SECOND
from matjar.core.refusal import Refusal
from matjar.domain.access import Action, Method, actions
from matjar.edge.answers import status_of
from matjar.edge.declaring import Undeclared, declared_actions
from matjar.edge.guarding import Guard, Session, session_of
from matjar.edge.sessions import Grant, cookie_name
from matjar.edge.trust import Trust
from tests.edge import rights
from tests.edge.crew import CASHIER, MANAGER, MEMBERS, NEWCOMER, OWNER, PACKER, SHOP, Crew, Local

Ask = Request[Any, Any, Any]


@get("/orders", action=actions.ORDERS_READ)
async def orders(session: NamedDependency[Session]) -> str:
    return session.member.name


@post("/refund", action=actions.ORDERS_REFUND)
async def refund(session: NamedDependency[Session]) -> str:
    return session.actor("203.0.113.7").kind


@post("/payout", action=actions.PAYOUT_WRITE)
async def payout() -> str:
    return "changed"


@get("/sign-in", action=actions.PUBLIC)
async def sign_in() -> str:
    return "welcome"


@get("/forgotten")
async def forgotten() -> str:
    return "anybody's"


class Desk:
    """A surface behind its guard, and whoever sits at it."""

    def __init__(self, crew: Crew, trust: Trust) -> None:
        self.crew, self.trust, self.local = crew, trust, Local()
        self.guard = Guard(trust, self.local, lambda _: SHOP)
        self.app = Litestar(
            [orders, refund, payout, sign_in],
            guards=[self.guard],
            dependencies={"session": Provide(session_of, sync_to_thread=False)},
            exception_handlers={Refusal: answer},
            openapi_config=None,
        )
        self.client = TestClient(self.app)
        self.cookie = ""

    def begin(self, person_id: int, method: Method = Method.PASSWORD) -> Grant:
        grant = self.trust.begin(person_id=person_id, shop_id=SHOP, method=method)
        self.hold(grant)
        return grant

    def hold(self, grant: Grant) -> None:
        self.cookie = self.trust.sign(grant)

    def ask(self, method: str, path: str) -> str:
        """The answer's text, or the code of the refusal."""
        headers = {"cookie": f"{cookie_name('admin', SHOP)}={self.cookie}"}
        return str(self.client.request(method, path, headers=headers).text)


def answer(_: Ask, refusal: Refusal) -> Response[str]:
    return Response(refusal.code, status_code=status_of(refusal), media_type="text/plain")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    crew = Crew(tmp_path)
    crew.publish_access()
    made = Desk(crew, crew.working("admin"))
    with made.client:
        yield made


def test_who_is_signed_in_and_may_is_let_in(desk: Desk) -> None:
    desk.begin(MANAGER)
    assert desk.ask("GET", "/orders") == "Mona"
    assert desk.ask("POST", "/refund") == "staff"


def test_nobody_comes_in_but_where_it_is_open(desk: Desk) -> None:
    assert desk.ask("GET", "/orders") == "session.missing"
    assert desk.ask("GET", "/sign-in") == "welcome"
    assert desk.client.get("/orders").status_code == 401


@pytest.mark.parametrize(
    ("person_id", "path", "answer"),
    [(PACKER, "/refund", "access.not_yours"), (CASHIER, "/refund", "access.not_yours"), (OWNER, "/refund", "staff")],
)
def test_a_role_opens_what_it_includes(desk: Desk, person_id: int, path: str, answer: str) -> None:
    desk.begin(person_id)
    assert desk.ask("POST", path) == answer


def test_whoever_is_not_of_the_shop_is_nobody_here(desk: Desk) -> None:
    desk.begin(NEWCOMER)
    assert desk.ask("GET", "/orders") == "session.revoked"


def test_a_change_of_role_works_without_signing_in_again(desk: Desk) -> None:
    desk.begin(PACKER)
    desk.crew.after_ms += SECOND
    desk.crew.publish_access((msgspec.structs.replace(MEMBERS[2], role_id="manager"),))
    desk.crew.bring(desk.trust)
    assert desk.ask("POST", "/refund") == "staff"


@pytest.mark.parametrize(
    "member",
    [
        msgspec.structs.replace(MEMBERS[1], suspended=True),
        msgspec.structs.replace(MEMBERS[1], role_id="r99"),
        MEMBERS[2],
    ],
    ids=["suspended", "in no role", "removed"],
)
def test_who_leaves_is_out_with_the_next_bundle(desk: Desk, member: Any) -> None:
    desk.begin(MANAGER)
    desk.crew.after_ms += SECOND
    desk.crew.publish_access((member,))
    desk.crew.bring(desk.trust)
    assert desk.ask("GET", "/orders") == "session.revoked"


def test_signing_out_everywhere_in_a_shop_ends_what_began_before(desk: Desk) -> None:
    desk.begin(MANAGER)
    desk.crew.after_ms += SECOND
    member = msgspec.structs.replace(MEMBERS[1], not_before=desk.crew.true_time)
    desk.crew.publish_access((member,))
    desk.crew.bring(desk.trust)
    assert desk.ask("GET", "/orders") == "session.revoked"
    desk.begin(MANAGER)
    assert desk.ask("GET", "/orders") == "Mona"


def test_a_shop_that_nobody_told_of_is_not_guessed(desk: Desk) -> None:
    alone = Desk(desk.crew, desk.crew.surface("elsewhere"))
    grant = alone.trust.begin(person_id=MANAGER, shop_id=SHOP, method=Method.PASSKEY)
    headers = {"cookie": f"{cookie_name('elsewhere', SHOP)}={alone.trust.sign(grant)}"}
    answered = alone.client.get("/orders", headers=headers)
    assert (answered.text, answered.status_code) == ("people.unknown", 503)


def keep_working(desk: Desk, ms: int) -> None:
    """Time goes by while somebody uses the page every few minutes."""
    for _ in range(0, ms, 20 * MINUTE):
        desk.crew.after_ms += 20 * MINUTE
        desk.ask("GET", "/orders")


def test_a_session_from_before_the_trouble_works_to_its_own_end(desk: Desk) -> None:
    desk.begin(MANAGER)
    keep_working(desk, 11 * HOUR)
    assert desk.ask("POST", "/refund") == "staff"
    desk.crew.after_ms += HOUR
    assert desk.ask("POST", "/refund") == "session.ended"


def test_amid_the_trouble_a_passkey_signs_in_and_lasts_an_hour(desk: Desk) -> None:
    desk.crew.after_ms += 5 * HOUR
    grant = desk.begin(MANAGER, Method.PASSKEY)
    assert desk.ask("POST", "/refund") == "access.unproven"
    desk.hold(grant.proven(desk.trust.now()))
    assert desk.ask("POST", "/refund") == "staff"
    keep_working(desk, HOUR)
    desk.crew.after_ms += 1
    assert desk.ask("POST", "/refund") == "access.unproven"


def test_a_printed_code_does_the_routine_and_no_more(desk: Desk) -> None:
    desk.crew.after_ms += 5 * HOUR
    desk.begin(OWNER, Method.BREAK_GLASS)
    assert desk.ask("POST", "/refund") == "staff"
    assert desk.ask("POST", "/payout") == "access.not_now"


def test_after_a_day_one_can_look_and_not_change(desk: Desk) -> None:
    desk.crew.after_ms += DAY + 1
    desk.hold(desk.begin(MANAGER, Method.PASSKEY).proven(desk.trust.now()))
    assert desk.ask("GET", "/orders") == "Mona"
    assert desk.ask("POST", "/refund") == "access.read_only"


def test_power_asks_for_a_passkey_and_fresh_news(desk: Desk) -> None:
    grant = desk.begin(OWNER)
    assert desk.ask("POST", "/payout") == "access.unproven"
    desk.hold(grant.proven(desk.trust.now()))
    assert desk.ask("POST", "/payout") == "changed"
    desk.crew.after_ms += 5 * MINUTE + 1
    desk.hold(grant.proven(desk.trust.now()))
    assert desk.ask("POST", "/payout") == "access.not_now"


def test_who_comes_back_after_half_an_hour_shows_their_passkey_before_a_change(desk: Desk) -> None:
    grant = desk.begin(MANAGER)
    desk.crew.after_ms += 30 * MINUTE + 1
    assert desk.ask("GET", "/orders") == "Mona"
    assert desk.ask("POST", "/refund") == "access.unproven"
    assert desk.ask("GET", "/orders") == "Mona"
    assert desk.ask("POST", "/refund") == "access.unproven"
    desk.hold(grant.proven(desk.trust.now()))
    assert desk.ask("POST", "/refund") == "staff"


def test_who_has_no_passkey_is_not_asked_for_one(desk: Desk) -> None:
    desk.crew.after_ms += SECOND
    desk.crew.publish_access((msgspec.structs.replace(MEMBERS[1], passkeys=()),))
    desk.crew.bring(desk.trust)
    desk.begin(MANAGER)
    desk.crew.after_ms += 40 * MINUTE
    assert desk.ask("POST", "/refund") == "staff"


def test_a_page_that_is_open_to_all_can_tell_who_looks(desk: Desk) -> None:
    grant = desk.begin(MANAGER)
    asked = Connection({cookie_name("admin", SHOP): desk.cookie})
    found = desk.guard.find(asked)  # type: ignore[arg-type]
    assert found is not None
    assert found.grant == grant
    assert desk.guard.find(Connection({})) is None  # type: ignore[arg-type]


class Connection:
    """As much of one as the guard looks at."""

    def __init__(self, cookies: dict[str, str]) -> None:
        self.cookies = cookies


def test_every_route_says_what_it_is_for(desk: Desk) -> None:
    assert declared_actions(desk.app) == [
        ("GET", "/orders", actions.ORDERS_READ),
        ("POST", "/payout", actions.PAYOUT_WRITE),
        ("POST", "/refund", actions.ORDERS_REFUND),
        ("GET", "/sign-in", actions.PUBLIC),
    ]
    with pytest.raises(Undeclared, match="/forgotten"):
        declared_actions(Litestar([payout, forgotten], openapi_config=None))


def test_a_route_that_declares_nothing_is_shut_even_so(desk: Desk) -> None:
    with TestClient(Litestar([forgotten], guards=[desk.guard], openapi_config=None)) as client:
        assert client.get("/forgotten").status_code == 500
        assert client.options("/forgotten").status_code == 204


@pytest.mark.parametrize("age", rights.AGES)
@pytest.mark.parametrize("person_id", [OWNER, MANAGER, PACKER, CASHIER])
def test_the_guard_says_what_the_table_says(desk: Desk, age: str, person_id: int) -> None:
    """Route x role x age, asked of the real application: each cell of the generated table is what it answers."""
    words = {rights.FORBIDDEN: "access.not_yours", rights.PROVE: "access.unproven"}
    role = next(member.role_id for member in MEMBERS if member.person_id == person_id)
    at_age = rights.AGES[age]
    if at_age is None:
        desk.trust.kept.heartbeat.__init__()  # type: ignore[misc]
    desk.crew.after_ms += at_age or 0
    for cell in rights.table(desk.app):
        if (cell.role, cell.age) == (role, age) and cell.proof != "since before":
            told = rights.PROOFS[cell.proof]
            grant = desk.trust.begin(person_id=person_id, shop_id=SHOP, method=told.method)
            shown = grant.began_at if told.passkey_at else 0
            desk.hold(msgspec.structs.replace(grant, began_age_ms=told.began_age_ms, passkey_at=shown))
            code = desk.ask(cell.method, cell.path)
            if cell.answer in words:
                assert code == words[cell.answer], cell
            else:
                assert (code in ("access.read_only", "access.not_now")) is (cell.answer == rights.AWAY), cell
                assert ("." in code) is (cell.answer == rights.AWAY), (cell, code)


def test_every_action_is_of_a_known_class() -> None:
    assert all(isinstance(action, Action) for action in actions.ALL)
