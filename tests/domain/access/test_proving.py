"""Passwords tried, codes shown, and neither more often than a person would."""

from functools import partial

from pyotp import TOTP

from matjar.core.clock import HOUR, MINUTE, SECOND
from matjar.core.ids import hash_token
from matjar.core.limits import CODE_TRIES, MAILED_CODE_MS, PASSWORD_TRIES
from matjar.domain import access
from tests.domain.access.house import OPENED, SEALED, SECRET, SHOP, House, hashes, refused


def code_at(now: int) -> str:
    return TOTP(SECRET).at(now // SECOND)


def with_totp(house: House, owner: int) -> None:
    access.set_totp(house.home(owner), secret=SECRET, sealed=SEALED, code=code_at(house.now))
    house.now += 2 * MINUTE


def email_of(house: House, person_id: int) -> str:
    return access.load_account(house.home(), person_id=person_id).email


def test_a_known_and_an_unknown_name_are_slowed_down_alike(house: House, owner: int) -> None:
    for email in (email_of(house, owner), "nobody@example.com"):
        for _ in range(PASSWORD_TRIES):
            access.try_password(house.home(), email=email, address="192.0.2.9")
        again = {"email": email.upper(), "address": "192.0.2.9"}
        assert refused(access.try_password, house.home(), **again) == "attempts.too_many"


def test_a_stranger_s_guessing_does_not_shut_out_the_person_at_home(house: House, owner: int) -> None:
    email = email_of(house, owner)
    for _ in range(PASSWORD_TRIES):
        access.try_password(house.home(), email=email, address="192.0.2.9")
    assert access.try_password(house.home(), email=email, address="192.0.2.1") == access.Credentials(
        owner, "hash", has_totp=False
    )


def test_a_code_is_good_once_and_so_is_none_before_it(house: House, owner: int) -> None:
    with_totp(house, owner)
    before, code = code_at(house.now - 30 * SECOND), code_at(house.now)
    assert refused(access.prove_totp, house.home(), **OPENED, person_id=owner, code=code) == ""
    for used in (code, before):
        assert refused(access.prove_totp, house.home(), **OPENED, person_id=owner, code=used) == "access.wrong_code"
    house.now += 30 * SECOND
    assert refused(access.prove_totp, house.home(), **OPENED, person_id=owner, code=code_at(house.now)) == ""


def test_a_secret_is_sealed_anew_by_the_code_that_was_right_unless_it_is_another_by_then(
    house: House, owner: int
) -> None:
    with_totp(house, owner)
    code = code_at(house.now)
    other = {"secret": SECRET, "stored": "in the clear", "sealed": SEALED}
    for found in (other, {**other, "stored": ""}):
        assert refused(access.prove_totp, house.home(), **found, person_id=owner, code=code) == "access.wrong_code"
    anew = OPENED | {"sealed": "sealed:anew"}
    assert refused(access.prove_totp, house.home(), **anew, person_id=owner, code=code) == ""
    assert access.find_totp(house.home(), person_id=owner) == "sealed:anew"


def test_a_hash_is_renewed_unless_the_password_is_another_by_then(house: House, owner: int) -> None:
    access.renew_hash(house.home(), person_id=owner, before="hash", password_hash="anew")
    access.renew_hash(house.home(), person_id=owner, before="hash", password_hash="stale")
    tried = access.try_password(house.home(), email=email_of(house, owner), address="192.0.2.1")
    assert tried is not None
    assert tried.password_hash == "anew"


def test_the_code_that_set_the_clock_opens_nothing(house: House, owner: int) -> None:
    access.set_totp(house.home(owner), secret=SECRET, sealed=SEALED, code=code_at(house.now))
    again = {"person_id": owner, "code": code_at(house.now)}
    assert refused(access.prove_totp, house.home(), **OPENED, **again) == "access.wrong_code"


def test_wrong_codes_are_counted_although_they_are_refused(house: House, owner: int) -> None:
    with_totp(house, owner)
    for _ in range(CODE_TRIES):
        assert refused(access.prove_totp, house.home(), **OPENED, person_id=owner, code="none") == "access.wrong_code"
    right = {"person_id": owner, "code": code_at(house.now)}
    assert refused(access.prove_totp, house.home(), **OPENED, **right) == "attempts.too_many"
    house.now += HOUR + MINUTE
    assert refused(access.prove_totp, house.home(), **OPENED, person_id=owner, code=code_at(house.now)) == ""


def test_a_recovery_code_is_good_once_and_new_ones_end_the_old(house: House, owner: int) -> None:
    old, new = hashes(10, "old"), hashes(10, "new")
    access.make_recovery_codes(house.home(owner), hashes=old)
    assert refused(access.prove_recovery_code, house.home(), person_id=owner, code_hash=old[0]) == ""
    assert refused(access.prove_recovery_code, house.home(), person_id=owner, code_hash=old[0]) == "access.wrong_code"
    assert access.load_account(house.home(), person_id=owner).recovery_codes == 9
    access.make_recovery_codes(house.home(owner), hashes=new)
    assert refused(access.prove_recovery_code, house.home(), person_id=owner, code_hash=old[1]) == "access.wrong_code"
    few = {"hashes": new[:9] + new[:1]}
    assert refused(access.make_recovery_codes, house.home(owner), **few) == "access.bad_codes"


def test_a_mailed_code_is_good_once_for_its_person_and_its_time(house: House, owner: int) -> None:
    other = house.employ(SHOP, owner, "cashier")
    access.mail_code(house.home(), person_id=owner, code="123456")
    assert refused(access.prove_mailed_code, house.home(), person_id=other, code="123456") == "access.wrong_code"
    assert refused(access.prove_mailed_code, house.home(), person_id=owner, code="123456") == ""
    assert refused(access.prove_mailed_code, house.home(), person_id=owner, code="123456") == "access.wrong_code"
    access.mail_code(house.home(), person_id=owner, code="654321")
    house.now += MAILED_CODE_MS
    assert refused(access.prove_mailed_code, house.home(), person_id=owner, code="654321") == "access.wrong_code"


def test_a_mailed_code_does_not_go_round_somebody_s_own_codes(house: House, owner: int) -> None:
    with_totp(house, owner)
    access.mail_code(house.home(), person_id=owner, code="123456")
    assert refused(access.prove_mailed_code, house.home(), person_id=owner, code="123456") == "access.wrong_code"


def test_a_code_read_at_an_address_confirms_it(house: House, owner: int) -> None:
    assert access.load_account(house.home(), person_id=owner).email_confirmed_at is None
    access.mail_code(house.home(), person_id=owner, code="123456")
    access.prove_mailed_code(house.home(), person_id=owner, code="123456")
    assert access.load_account(house.home(), person_id=owner).email_confirmed_at == house.now


def test_a_passkey_is_one_person_s(house: House, owner: int) -> None:
    other = house.employ(SHOP, owner, "manager")
    add = partial(
        access.add_passkey, credential_id=b"one", public_key=b"key", name="Phone", sign_count=0, backed_up=True
    )
    add(house.home(owner))
    assert access.find_passkey_owner(house.home(), credential_id=b"one") == owner
    assert refused(add, house.home(other)) == "access.passkey_known"
    assert refused(access.remove_passkey, house.home(other), credential_id=b"one") == "access.no_passkey"
    access.rename_passkey(house.home(owner), credential_id=b"one", name="Old phone")
    (passkey,) = access.list_passkeys(house.home(), person_id=owner)
    assert (passkey.name, passkey.backed_up) == ("Old phone", True)
    assert access.access_of(house.at(SHOP)).members[0].passkeys == (passkey,)
    access.remove_passkey(house.home(owner), credential_id=b"one")
    assert access.access_of(house.at(SHOP)).members[0].passkeys == ()


def test_an_outside_account_signs_one_person_in(house: House, owner: int) -> None:
    other, account = house.employ(SHOP, owner, "manager"), access.OutsideAccount("https://example.com", "4711")
    access.link_outside(house.home(owner), account=account)
    assert access.find_outside_person(house.home(), account=account) == owner
    assert refused(access.link_outside, house.home(other), account=account) == "access.outside_taken"
    access.unlink_outside(house.home(owner), issuer=account.issuer)
    assert access.find_outside_person(house.home(), account=account) == 0


def test_whatever_changes_how_somebody_proves_themselves_is_written_to_them(house: House, owner: int) -> None:
    access.add_passkey(
        house.home(owner), credential_id=b"1", public_key=b"k", name="Key", sign_count=0, backed_up=False
    )
    access.set_totp(house.home(owner), secret=SECRET, sealed=SEALED, code=code_at(house.now))
    access.make_recovery_codes(house.home(owner), hashes=hashes(10))
    access.prove_recovery_code(house.home(), person_id=owner, code_hash=hash_token("-3"))
    access.drop_totp(house.home(owner))
    told = [mail.facts["what"] for mail in house.letters() if mail.template is access.Template.FACTORS_CHANGED]
    assert told == ["passkey_added", "totp_set", "codes_made", "code_used", "totp_dropped"]
    assert access.load_account(house.home(), person_id=owner).recovery_codes == 0
