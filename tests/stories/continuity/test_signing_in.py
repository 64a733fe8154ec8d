"""One working day under each fault of signing in: the proof that no outage of identity locks anybody out.

Real processes on real disks. What people may do meanwhile is what the table of rights says at that age of the
heartbeat, and it is asked of the pages: two hours without it, and orders go on while power waits; a week, and one can
look. The clocks of all processes are turned, so that two hours take no time.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from benchmarks.shop import SHOP_ID
from matjar.core.clock import HOUR
from matjar.domain.access import Method
from matjar.edge.sessions import Grant, cookie_name, mint
from matjar.resilience.bundles import ACCESS, KEYS
from tests.stories.continuity.faults import FAULTS, FORGED, INTRUDER, Fault
from tests.stories.continuity.household import (
    OTHER_SHOP,
    OWNER,
    PARTNER,
    STRANGER,
    Colleague,
    Household,
)
from tests.surfaces.admin.office import health, sell

IBAN = "AE07 0331 2345 6789 0123 456"


@contextmanager
def opened(engine: str) -> Iterator[Household]:
    """A platform at work."""
    made = Household(engine)
    try:
        yield made.open()
    finally:
        made.platform.stop()


@pytest.fixture(scope="module")
def house() -> Iterator[Household]:
    """One platform for all faults: each leaves it as it was, or the next one fails."""
    with opened("sqlite") as made:
        yield made


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_people_come_to_work_while_signing_in_is_ill(house: Household, fault: Fault) -> None:
    a_day(house, fault)


@pytest.mark.postgres
def test_people_come_to_work_on_postgresql_while_identity_is_gone() -> None:
    with opened("postgres") as house:
        a_day(house, FAULTS[0])


def a_day(house: Household, fault: Fault) -> None:
    """Some are at work, it happens, others come; all do what the table leaves them, and then it is mended."""
    since_before = [house.by_passkey(OWNER), house.by_identity(PARTNER)]
    counted, admin = house.counted(fault.alarm), house.admin_pid()
    with fault.happens(house):
        counted, admin = counted if house.admin_pid() == admin else 0, house.admin_pid()
        house.let_time_pass(fault.lasts_ms, since_before)
        if not fault.is_news_old:
            house.wait_for_fresh_news()
        say_what_is_ill(house, fault, counted)

        came = [house.by_passkey(PARTNER), house.by_code()]
        for person in (*since_before, *came):
            see_orders_and_send_one(person, fault)
        change_the_payout_account(came[0], fault)
        nothing_of_another_shop_opens(house)
        nothing_forged_opens(house)
        for person in (*since_before, *came):
            assert "Welcome" in person.get("/").words, "nobody is signed out"

    house.wait_until_heard()
    assert house.admin_pid() == admin, "what is mended is heard without a restart"
    for person in (*since_before, *came):
        assert "Welcome" in person.get("/").words
    back = house.by_identity(OWNER)
    assert "The payout account is now" in back.post("/payout/change", holder="Bench Trading LLC", iban=IBAN).words
    assert INTRUDER.id not in house.heard(ACCESS, SHOP_ID)
    assert FORGED.public.kid.encode() not in house.heard(KEYS)


def say_what_is_ill(house: Household, fault: Fault, counted: float) -> None:
    """The back office knows by itself, and tells whoever watches it."""
    ill = health(house.platform)
    assert ("last heard" in ill.get("identity", "")) is fault.is_news_old, ill
    if fault.alarm:
        house.wait_until(lambda: house.counted(fault.alarm) > counted)


def see_orders_and_send_one(person: Colleague, fault: Fault) -> None:
    """C3: for a day without a heartbeat; then one can look."""
    number = sell(person.platform)
    assert f"#{number}" in person.get("/orders").words
    where = f"/orders/{number}/send"
    page = person.open(where)
    if fault.can_write:
        assert "is on its way" in person.send(where, page.forms[f"/bench{where}"]).words
    else:
        assert (page.status, "You can look, not change" in page.words) == (503, True), page.words
        assert person.get(f"/orders/{number}").status == 200


def change_the_payout_account(owner: Colleague, fault: Fault) -> None:
    """C4: with a passkey just shown, as long as the heartbeat is not older than five minutes; never else."""
    page = owner.get("/payout/change")
    if fault.is_news_old:
        assert (page.status, "Not now" in page.words) == (503, True), page.words
        assert "go on meanwhile" in page.words
        sent = owner.send("/payout/change", {"holder": "Bench", "iban": IBAN, "key": "0" * 16})
        assert sent.status == 503
    else:
        assert "The payout account is now" in owner.post("/payout/change", holder="Bench", iban=IBAN).words


def nothing_of_another_shop_opens(house: Household) -> None:
    """The owner of the shop next door is at home there, and nobody here."""
    stranger = Colleague(house, STRANGER)
    stranger.base = "/other"
    assert stranger.sign_in(house.ids[STRANGER]).status == 200
    stranger.base = "/bench"
    stranger.cookies[cookie_name("admin", SHOP_ID)] = stranger.cookies[cookie_name("admin", OTHER_SHOP)]
    assert stranger.get("/orders").url.startswith("/bench/sign-in")
    assert stranger.sign_in(house.ids[STRANGER]).status == 403
    assert stranger.send("/sign-in/code", {"code": house.sheets[STRANGER][0]}).status == 403


def nothing_forged_opens(house: Household) -> None:
    """A key that was never said to be identity's signs nobody in, nor does a passkey of a forged owner."""
    intruder, now = Colleague(house, STRANGER), house.clocks.now
    house.keys[666] = INTRUDER
    assert intruder.sign_in(666).status == 403
    grant = Grant("s" * 22, house.ids[OWNER], SHOP_ID, "admin", Method.PASSKEY, now, now + HOUR, 0, now)
    intruder.cookies[cookie_name("admin", SHOP_ID)] = mint(grant, FORGED)
    assert intruder.get("/orders").url.startswith("/bench/sign-in")
