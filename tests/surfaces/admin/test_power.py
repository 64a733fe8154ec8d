"""What holds power wants a passkey just shown and rights just heard of; everything else goes on without identity."""

import shutil
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from benchmarks.shop import SHOP_ID
from matjar.compose.bundles import open_trust
from matjar.core.clock import DAY, HOUR, now_ms
from matjar.domain.access import BUILT_IN
from matjar.edge.framework import application
from matjar.edge.sessions import Sessions, cookie_name
from matjar.resilience.bundles import Revocations
from matjar.surfaces.admin.pages import PAGES
from tests.edge import rights
from tests.platform import Platform
from tests.surfaces.admin.office import OWNER, OWNER_SHEET, SHEET, House, Person, sell, wait_until, wait_until_known

IBAN = "AE07 0331 2345 6789 0123 456"


def test_the_payout_account_changes_after_a_passkey_and_is_kept_in_the_book(owner: Person) -> None:
    wrong = owner.post("/payout/change", holder="Bench Trading LLC", iban="AE08 0331 2345 6789 0123 456")
    assert (wrong.status, "is not an IBAN" in wrong.words) == (422, True)
    both = owner.post("/payout/change", holder=" ", iban="AE08")
    assert (both.status, both.body.count('aria-invalid="true"'), both.body.count("autofocus")) == (422, 2, 1)
    page = owner.post("/payout/change", holder="Bench Trading LLC", iban=IBAN)
    assert "The payout account is now AE07 … 3456." in page.words
    assert "0331" not in page.words
    assert "changed the payout account" in owner.get("/audit?kind=payout.").words


def aged(owner: Person, age_ms: int) -> None:
    """As if this session's passkey had been shown long ago: signed by the surface's own key, as it would be."""
    trust = open_trust(owner.platform.settings, "admin")
    name = cookie_name("admin", SHOP_ID)
    grant = Sessions("admin", trust.kept, lambda _: False).verify(owner.cookies[name], SHOP_ID, now_ms())
    owner.cookies[name] = trust.sign(replace(grant, passkey_at=now_ms() - age_ms))


def test_a_form_waits_while_its_person_shows_their_passkey_and_is_sent_on(owner: Person) -> None:
    fields = owner.get("/payout/change").forms["/bench/payout/change"]
    aged(owner, HOUR)
    asked = owner.send("/payout/change", fields | {"holder": "Bench Trading", "iban": IBAN})
    assert "Is it you?" in asked.words
    waiting = asked.forms["/bench/prove"]
    assert (waiting["holder"], waiting["again"]) == ("Bench Trading", "/payout/change")
    answer = owner.answer("/prove/options", OWNER, csrf=waiting["csrf"])
    proven = owner.send("/prove", waiting | {"answer": answer})
    assert (proven.status, proven.headers["location"]) == (307, "/bench/payout/change")
    assert "The payout account is now" in owner.send("/payout/change", waiting | {"answer": answer}).words


def test_a_page_that_wants_a_passkey_comes_after_it(owner: Person) -> None:
    aged(owner, HOUR)
    asked = owner.get("/payout/change")
    assert asked.url == "/bench/prove?to=%2Fpayout%2Fchange"
    assert '<a class="more" href="/bench/payout">' in asked.body
    waiting = asked.forms["/bench/prove"]
    answer = owner.answer("/prove/options", OWNER, csrf=waiting["csrf"])
    assert owner.send("/prove", waiting | {"answer": answer}).url == "/bench/payout/change"


def test_somebody_else_s_passkey_proves_nothing(owner: Person) -> None:
    aged(owner, HOUR)
    waiting = owner.get("/payout/change").forms["/bench/prove"]
    answer = owner.answer("/prove/options", 4, csrf=waiting["csrf"])
    assert owner.send("/prove", waiting | {"answer": answer}).status == 403


@pytest.fixture(scope="module", params=[2 * HOUR, 25 * HOUR], ids=["two hours", "a day"])
def ill(request: pytest.FixtureRequest) -> Iterator[tuple[Platform, House, int]]:
    """A back office that has not heard of identity for so long."""
    platform = Platform(staffed=True)
    try:
        platform.open()
        platform.kill("identity")
        platform.kill("admin")
        for heard in ("bundles", "admin"):  # identity may have had the time to say that all is well
            shutil.rmtree(platform.settings.home / heard, ignore_errors=True)
        house = House(platform, beat_at=now_ms() - request.param)
        platform.start("admin")
        wait_until_known(platform, house, ill={"identity"})
        yield platform, house, request.param
    finally:
        platform.stop()


def test_without_identity_orders_go_on_for_a_day_and_then_can_be_read(ill: tuple[Platform, House, int]) -> None:
    platform, house, age_ms = ill
    owner = Person(platform, house)
    assert owner.sign_in().status == 200
    number = sell(platform)
    page = owner.get(f"/orders/{number}")
    assert "Signing in has not been heard from since" in page.words
    form = {"csrf": page.forms["/bench/sign-out"]["csrf"], "reason": "other", "key": f"cancel-{number}-0123456789"}
    cancelled = owner.send(f"/orders/{number}/cancel", form)
    if age_ms < DAY:
        assert "were given back for" in cancelled.words
    else:
        assert (cancelled.status, "You can look, not change" in cancelled.words) == (503, True)
        assert f"#{number}" in owner.get(f"/orders/slips?order={number}").words


def test_without_identity_power_waits_and_says_why(ill: tuple[Platform, House, int]) -> None:
    platform, house, _ = ill
    owner = Person(platform, house)
    owner.sign_in()
    refused = owner.get("/payout/change")
    assert refused.status == 503
    assert "Not now" in refused.words
    assert "Orders, stock, prices and refunds go on meanwhile." in refused.words
    for path in ("/payout", "/staff"):
        page = owner.get(path)
        assert "This cannot be changed now. Who may do what was last heard at" in page.words
        assert f"/bench{path}/change" not in page.body


def test_a_printed_code_is_told_that_it_never_opens_what_holds_power(person: Person) -> None:
    person.send("/sign-in/code", {"code": OWNER_SHEET[0]})
    for path in ("/payout", "/staff"):
        page = person.get(path)
        assert "A printed code never opens this." in page.words
        assert "Show my passkey" in page.words
        assert f"/bench{path}/change" not in page.body


def test_home_ticks_nothing_that_would_fail(house: House, owner: Person, person: Person) -> None:
    """Identity is not there, and was heard of within five minutes."""
    house.tell(Revocations())
    wait_until(lambda: "Payout account · not" not in owner.get("/").words, owner.platform)
    wait_until(lambda: "Staff, roles, keys · not now" in owner.get("/").words, owner.platform)
    home = owner.get("/").words
    assert "Signing in by password is away: these people cannot start work now: Nour" in home
    person.send("/sign-in/code", {"code": OWNER_SHEET[1]})
    home = person.get("/").words
    assert "Payout account · not with a printed code" in home
    assert "Staff, roles, keys · not with a printed code" in home


def test_without_identity_a_printed_code_lets_somebody_work(ill: tuple[Platform, House, int]) -> None:
    platform, house, age_ms = ill
    packer = Person(platform, house)
    assert packer.send("/sign-in/code", {"code": SHEET[1]}).status == 200
    number = sell(platform)
    page = packer.get(f"/orders/{number}/send")
    assert page.status == (200 if age_ms < DAY else 503)


@pytest.mark.filterwarnings("ignore::litestar.exceptions.LitestarDeprecationWarning")
def test_every_route_says_what_it_is_for_and_the_table_of_rights_holds() -> None:
    cells = list(rights.table(application(PAGES, None)))
    writes = {cell.action for cell in cells if cell.method == "POST"}
    assert {"orders.refund", "orders.fulfil", "stock.write", "prices.write", "payout.write"} <= writes
    answers = {(cell.action, cell.role, cell.age, cell.proof): cell.answer for cell in cells}
    assert answers["payout.write", "owner", "now", "passkey now"] == rights.OK
    assert answers["payout.write", "owner", "an hour", "passkey now"] == rights.AWAY
    assert answers["orders.refund", "owner", "a day", "printed code"] == rights.OK
    assert answers["orders.refund", "owner", "more than a day", "passkey now"] == rights.AWAY
    assert answers["payout.write", "fulfilment", "now", "passkey now"] == rights.FORBIDDEN
    assert {role.id for role in BUILT_IN} <= {cell.role for cell in cells}
