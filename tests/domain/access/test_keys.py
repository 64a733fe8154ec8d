"""Printed codes, tokens and tills; and what is kept no longer."""

from functools import partial

from matjar.core.clock import DAY
from matjar.core.ids import hash_token
from matjar.core.limits import AUDIT_KEPT_MS, MAIL_TRIES
from matjar.domain import access
from matjar.domain.access import Code, Revocation, Revoked
from tests.domain.access.house import SHOP, House, hashes, refused


def a_print(salt: str) -> tuple[Code, ...]:
    """Ten codes, half of them for the admin and half for the till."""
    return tuple(Code(each, ("admin", "till")[number % 2]) for number, each in enumerate(hashes(10, salt)))


def codes(house: House) -> set[bytes]:
    """The codes that the owner's bundle carries."""
    return {code.hash for code in access.access_of(house.at(SHOP)).members[0].codes}


def test_a_new_print_ends_the_old_and_no_code_ever_comes_back(house: House, owner: int) -> None:
    first, second = a_print("first"), a_print("second")
    access.print_codes(house.at(SHOP, owner), codes=first)
    access.note_spent(house.at(SHOP), code_hash=first[0].hash, surface="admin")
    assert codes(house) == {code.hash for code in first[1:]}
    access.print_codes(house.at(SHOP, owner), codes=second)
    assert codes(house) == {code.hash for code in second}
    for spent in (first[0], first[1]):
        again = {"codes": (spent, *a_print("third")[1:])}
        assert refused(access.print_codes, house.at(SHOP, owner), **again) == "access.code_known"
    assert codes(house) == {code.hash for code in second}


def test_a_spent_code_is_noted_once_however_often_it_is_told(house: House, owner: int) -> None:
    access.print_codes(house.at(SHOP, owner), codes=a_print("1"))
    for _ in range(2):
        access.note_spent(house.at(SHOP), code_hash=a_print("1")[3].hash, surface="till")
    assert house.deeds(SHOP).count("code_spent") == 1


def test_a_surface_tells_of_no_code_but_its_own(house: House, owner: int) -> None:
    access.print_codes(house.at(SHOP, owner), codes=a_print("1"))
    for strange in (b"never printed", a_print("1")[3].hash):
        assert refused(access.note_spent, house.at(SHOP), code_hash=strange, surface="admin") == "access.no_code"
    assert len(codes(house)) == 10


def test_a_print_is_ten_different_codes(house: House, owner: int) -> None:
    ten = a_print("1")
    for wrong in (ten[:9], (*ten, Code(b"11", "admin")), (*ten[:9], ten[0])):
        assert refused(access.print_codes, house.at(SHOP, owner), codes=wrong) == "access.bad_codes"


def test_who_is_removed_leaves_no_code_behind(house: House, owner: int) -> None:
    manager = house.employ(SHOP, owner, "manager")
    access.print_codes(house.at(SHOP, manager), codes=a_print("1"))
    assert access.load_colleague(house.at(SHOP), person_id=manager).codes == 10
    access.remove(house.at(SHOP, owner), person_id=manager)
    house.now += 1
    left = house.at(SHOP).all("SELECT hash FROM printed_codes WHERE shop_id = :shop_id AND ended_at IS NULL")
    assert left == []


def test_a_token_is_known_by_its_hash_and_holds_no_more_than_its_maker(house: House, owner: int) -> None:
    developer = house.employ(SHOP, owner, "developer")
    by, token_hash = house.at(SHOP, developer), hash_token("shpat_1")
    make = partial(access.make_token, name="Robot", token_hash=token_hash)
    assert refused(make, by, scopes=("write_products",)) == "access.beyond_yours"
    assert refused(make, by, scopes=("write_everything",)) == "access.no_permission"
    token_id = make(by, scopes=("read_products", "read_orders"))
    (token,) = access.access_of(house.at(SHOP)).tokens
    assert token == access.Token(token_id, token_hash, ("read_orders", "read_products"), "Robot")
    access.withdraw_token(house.at(SHOP, owner), token_id=token_id)
    assert access.access_of(house.at(SHOP)).tokens == ()
    assert refused(access.withdraw_token, house.at(SHOP, owner), token_id=token_id) == "access.no_token"


def test_a_till_that_is_taken_out_is_revoked_for_more_than_a_year(house: House, owner: int) -> None:
    by = house.at(SHOP, owner)
    till = access.enrol_device(by, name="Till 1", public_key=b"key")
    assert refused(access.enrol_device, by, name="Twin", public_key=b"key") == "access.device_known"
    access.rename_device(by, device_id=till, name="By the door")
    assert access.access_of(by).devices == (access.Device(till, "By the door", b"key"),)
    access.withdraw_device(by, device_id=till)
    assert access.access_of(by).devices == ()
    assert access.revocations(house.home()) == [
        Revocation(Revoked.DEVICE, f"{SHOP}:{till}", 0, house.now + 400 * DAY)
    ]  # fmt: skip


def test_a_letter_that_does_not_leave_is_tried_later_and_later_and_then_forgotten(house: House, owner: int) -> None:
    access.invite(house.at(SHOP, owner), email="a@example.com", role_id="cashier", token="t", language="en")
    (letter,) = [mail for mail in house.letters() if mail.token]
    tries = 0
    while any(mail.id == letter.id for mail in house.letters()):
        access.mail_failed(house.at(SHOP), mail_id=letter.id)
        assert all(mail.id != letter.id for mail in house.letters())
        house.now += DAY // 2
        tries += 1
    assert tries == MAIL_TRIES


def test_what_is_over_is_swept_a_few_rows_at_a_time(house: House, owner: int) -> None:
    access.invite(house.at(SHOP, owner), email="a@example.com", role_id="cashier", token="t", language="en")
    house.now += 30 * DAY
    assert access.sweep(house.at(SHOP)) == 1
    for mail in house.letters():
        access.mail_sent(house.at(mail.shop_id), mail_id=mail.id)
    house.now += AUDIT_KEPT_MS
    assert access.sweep(house.at(SHOP), most=2) == 4
    while access.sweep(house.at(SHOP)):
        pass
    assert house.deeds(SHOP) == []
    assert access.list_colleagues(house.at(SHOP)), "people are not swept"
