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


def live(house: House, person_id: int) -> list[str]:
    return [session.sid for session in access.list_sessions(house.home(), person_id=person_id)]


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


def test_who_signs_out_at_a_surface_is_out_of_identity_s_pages_in_that_browser_too(house: House, owner: int) -> None:
    sign_in(house, owner, "own", shop_id=0)
    sign_in(house, owner, "twin", b"other profile", shop_id=0)
    house.now += 1
    sign_in(house, owner, "office")
    at = house.now
    for sid in ("anew", "", ""):
        house.now += 1
        if sid:
            sign_in(house, owner, sid, shop_id=0)
        access.note_ended(
            house.home(), person_id=owner, sid="office", surface="admin", ended_at=at, ends_at=at + 5
        )
    assert live(house, owner) == ["anew"]
    assert {each.subject for each in access.revocations(house.home())} >= {"own", "twin"}
    assert house.deeds(0).count("signed_out") == 1


def test_another_kind_of_browser_or_another_place_is_not_the_same_browser(house: House, owner: int) -> None:
    sign_in(house, owner, "own", shop_id=0)
    session = access.Session("office", SHOP, "admin", Method.PASSKEY, "Chrome", "192.0.2.7", house.now, house.now + 99)
    access.note_session(house.home(), person_id=owner, session=session, browser_hash=b"chrome")
    house.now += 1
    access.note_ended(
        house.home(), person_id=owner, sid="office", surface="admin", ended_at=house.now, ends_at=house.now + 99
    )
    assert live(house, owner) == ["own"]


def test_a_surface_ends_no_session_of_another_s(house: House, owner: int) -> None:
    other = house.employ(SHOP, owner, "cashier")
    sign_in(house, owner, "mine")
    told = {"sid": "mine", "ended_at": house.now, "ends_at": house.now + 5}
    for strange in ({"person_id": other, "surface": "admin"}, {"person_id": owner, "surface": "till"}):
        assert refused(access.note_ended, house.home(), **told, **strange) == "access.nobody"
    assert live(house, owner) == ["mine"]


def test_what_identity_never_saw_is_revoked_all_the_same_but_no_longer_than_a_session_lasts(
    house: House, owner: int
) -> None:
    access.note_ended(
        house.home(), person_id=owner, sid="begun-at-the-till", surface="till", ended_at=house.now, ends_at=1 << 60
    )
    (revocation,) = access.revocations(house.home())
    assert revocation == Revocation(Revoked.SESSION, "begun-at-the-till", 0, house.now + STAFF_SESSION_MS)


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
