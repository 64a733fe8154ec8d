"""Where people are signed in, and that signing out reaches every surface."""

from matjar.core.limits import STAFF_SESSION_MS
from matjar.domain import access
from matjar.domain.access import Method, Revocation, Revoked, Template
from tests.domain.access.house import OTHER, SHOP, House, refused


def sign_in(house: House, person_id: int, sid: str, browser: bytes = b"laptop", shop_id: int = SHOP) -> access.Session:
    return access.begin_session(
        house.home(person_id), sid=sid, of_shop_id=shop_id, surface="admin", method=Method.PASSKEY,
        browser="Firefox on Linux", browser_hash=browser,
    )  # fmt: skip


def test_signing_out_here_leaves_the_other_place(house: House, owner: int) -> None:
    sign_in(house, owner, "one")
    house.now += 1
    sign_in(house, owner, "two")
    access.end_session(house.home(owner), sid="one")
    assert [session.sid for session in access.list_sessions(house.home(), person_id=owner)] == ["two"]
    ends_at = house.now - 1 + STAFF_SESSION_MS
    assert access.revocations(house.home()) == [Revocation(Revoked.SESSION, "one", 0, ends_at)]


def test_nobody_signs_another_out_and_anybody_out_of_what_identity_never_saw(house: House, owner: int) -> None:
    other = house.employ(SHOP, owner, "cashier")
    sign_in(house, owner, "mine")
    assert refused(access.end_session, house.home(other), sid="mine") == "access.nobody"
    access.end_session(house.home(owner), sid="begun-at-the-till")
    assert [each.subject for each in access.revocations(house.home())] == ["begun-at-the-till"]


def test_a_revocation_ends_when_what_it_ended_would_have(house: House, owner: int) -> None:
    sign_in(house, owner, "one")
    access.end_all_sessions(house.home(owner))
    assert access.list_sessions(house.home(), person_id=owner) == []
    (revocation,) = access.revocations(house.home())
    assert revocation == Revocation(Revoked.PERSON, str(owner), house.now, house.now + STAFF_SESSION_MS)
    house.now += STAFF_SESSION_MS
    assert access.revocations(house.home()) == []


def test_a_browser_that_was_never_seen_is_told_of_but_not_the_first(house: House, owner: int) -> None:
    for sid, browser in (("1", b"laptop"), ("2", b"laptop"), ("3", b"stranger")):
        sign_in(house, owner, sid, browser)
    (letter,) = [mail for mail in house.letters() if mail.template is Template.NEW_BROWSER]
    assert letter.facts == {"browser": "Firefox on Linux", "address": "192.0.2.7", "at": str(house.now)}


def test_what_a_surface_tells_twice_is_noted_once(house: House, owner: int) -> None:
    session = access.Session("till", SHOP, "till", Method.PASSKEY, "Chrome", "192.0.2.7", house.now, house.now + 1000)
    for _ in range(2):
        access.note_session(house.home(), person_id=owner, session=session, browser_hash=b"till")
    assert access.list_sessions(house.home(), person_id=owner) == [session]


def test_nobody_signs_in_for_a_shop_where_they_do_not_work_now(house: House, owner: int) -> None:
    cashier, stranger = house.employ(SHOP, owner, "cashier"), house.open_shop(OTHER)
    access.suspend(house.at(SHOP, owner), person_id=cashier)
    for person in (cashier, stranger):
        begun = {"sid": "x", "of_shop_id": SHOP, "surface": "admin", "method": Method.PASSWORD, "browser": "B"}
        assert refused(access.begin_session, house.home(person), **begun, browser_hash=b"b") == "access.not_a_member"
    assert sign_in(house, cashier, "home", shop_id=0).shop_id == 0


def test_a_password_that_is_changed_ends_what_was_begun_with_the_old_one(house: House, owner: int) -> None:
    sign_in(house, owner, "old")
    house.now += 1
    access.change_password(house.home(owner), password_hash="new")
    assert access.list_sessions(house.home(), person_id=owner) == []
    assert access.access_of(house.at(SHOP)).members[0].not_before == house.now
    sign_in(house, owner, "new")
    assert [each.sid for each in access.list_sessions(house.home(), person_id=owner)] == ["new"]
