"""Ways back in, and that they are no ways in for others."""

from pyotp import TOTP

from matjar.core.clock import DAY, HOUR, SECOND
from matjar.core.limits import LETTERS_PER_PERSON, RECOVERY_WAIT_MS, RESET_MS
from matjar.domain import access
from matjar.domain.access import Revoked, Template
from tests.domain.access.house import SEALED, SECRET, SHOP, House, refused


def confirmed(house: House, person_id: int) -> str:
    """The person's address, now confirmed."""
    email = access.load_account(house.home(), person_id=person_id).email
    access.ask_email_change(house.home(person_id), email=email, token="confirm")
    access.confirm_email(house.home(), token="confirm")
    return email


def to(house: House, template: Template) -> list[str]:
    """To whom letters of a kind go."""
    return [mail.address for mail in house.letters() if mail.template is template]


def test_a_reset_s_link_is_good_once_and_ends_every_session(house: House, owner: int) -> None:
    email = confirmed(house, owner)
    access.mail_reset(house.home(), email=email, token="first")
    access.mail_reset(house.home(), email=email, token="second")
    assert refused(access.reset_password, house.home(), token="first", password_hash="new") == "access.link_gone"
    house.now += HOUR // 3
    assert access.reset_password(house.home(), token="second", password_hash="new") == owner
    assert refused(access.reset_password, house.home(), token="second", password_hash="newer") == "access.link_gone"
    assert access.access_of(house.at(SHOP)).members[0].not_before == house.now
    (revocation,) = access.revocations(house.home())
    assert (revocation.kind, revocation.subject, revocation.not_before) == (Revoked.PERSON, str(owner), house.now)
    assert to(house, Template.PASSWORD_CHANGED) == [email]


def test_a_reset_leaves_the_second_step(house: House, owner: int) -> None:
    email = confirmed(house, owner)
    access.set_totp(house.home(owner), secret=SECRET, sealed=SEALED, code=TOTP(SECRET).at(house.now // SECOND))
    access.mail_reset(house.home(), email=email, token="reset")
    access.reset_password(house.home(), token="reset", password_hash="new")
    tried = access.try_password(house.home(), email=email, address="192.0.2.1")
    assert tried == access.Credentials(owner, "new", has_totp=True)


def test_who_asks_for_a_reset_hears_the_same_for_every_address(house: House, owner: int) -> None:
    unconfirmed = access.load_account(house.home(), person_id=owner).email
    for email in (unconfirmed, "nobody@example.com"):
        for _ in range(LETTERS_PER_PERSON):
            assert access.order_reset(house.home(), email=f" {email.upper()}") == email
            access.mail_reset(house.home(), email=email, token="token")
        assert refused(access.order_reset, house.home(), email=email) == "attempts.too_many"
    assert to(house, Template.RESET) == []


def test_a_link_for_one_purpose_opens_no_other(house: House, owner: int) -> None:
    email = confirmed(house, owner)
    access.mail_reset(house.home(), email=email, token="reset")
    assert refused(access.confirm_email, house.home(), token="reset") == "access.link_gone"
    house.now += RESET_MS
    assert access.find_letter(house.home(), token="reset", purpose=access.Purpose.RESET) is None
    assert refused(access.reset_password, house.home(), token="reset", password_hash="new") == "access.link_gone"


def test_another_address_is_told_to_the_old_one_and_counts_once_it_is_read(house: House, owner: int) -> None:
    old = confirmed(house, owner)
    access.mail_reset(house.home(), email=old, token="reset")
    access.ask_email_change(house.home(owner), email="Mona@example.org", token="change")
    assert access.load_account(house.home(), person_id=owner).email == old
    assert to(house, Template.ADDRESS_CHANGING) == [old]
    access.confirm_email(house.home(), token="change")
    assert access.load_account(house.home(), person_id=owner).email == "mona@example.org"
    assert access.access_of(house.at(SHOP)).members[0].email_hint == "m…@example.org"
    assert to(house, Template.ADDRESS_CHANGED) == [old]
    assert refused(access.reset_password, house.home(), token="reset", password_hash="x") == "access.link_gone"


def test_whether_an_address_is_taken_is_told_to_its_reader_alone(house: House, owner: int) -> None:
    other = house.employ(SHOP, owner, "cashier")
    taken = access.load_account(house.home(), person_id=owner).email
    assert refused(access.ask_email_change, house.home(other), email=taken, token="change") == ""
    assert refused(access.confirm_email, house.home(), token="change") == "access.email_taken"


def test_who_lost_everything_waits_and_then_begins_with_their_password_alone(house: House, owner: int) -> None:
    access.set_totp(house.home(owner), secret=SECRET, sealed=SEALED, code=TOTP(SECRET).at(house.now // SECOND))
    access.add_passkey(
        house.home(owner), credential_id=b"1", public_key=b"k", name="Key", sign_count=0, backed_up=False
    )
    due_at = access.ask_recovery(house.home(), person_id=owner)
    assert due_at == house.now + RECOVERY_WAIT_MS
    house.now = due_at - 1
    assert access.ask_recovery(house.home(), person_id=owner) == due_at
    access.mail_code(house.home(), person_id=owner, code="123456")
    assert refused(access.finish_recovery, house.home(), person_id=owner, code="123456") == "access.too_soon"
    house.now = due_at
    assert refused(access.finish_recovery, house.home(), person_id=owner, code="000000") == "access.wrong_code"
    access.finish_recovery(house.home(), person_id=owner, code="123456")
    account = access.load_account(house.home(), person_id=owner)
    assert (account.has_password, account.has_totp, account.passkeys, account.recovery_due_at) == (True, False, 0, None)
    assert access.access_of(house.at(SHOP)).members[0].not_before == house.now


def test_who_has_lost_nothing_says_no(house: House, owner: int) -> None:
    access.ask_recovery(house.home(), person_id=owner)
    assert len(to(house, Template.RECOVERY_ASKED)) == 1
    access.cancel_recovery(house.home(owner))
    house.now += 4 * DAY
    access.mail_code(house.home(), person_id=owner, code="123456")
    assert refused(access.finish_recovery, house.home(), person_id=owner, code="123456") == "access.too_soon"


def test_who_goes_for_good_leaves_an_id_behind(house: House, owner: int) -> None:
    cashier = house.employ(SHOP, owner, "cashier")
    assert refused(access.forget_me, house.home(cashier)) == "access.still_member"
    access.leave(house.at(SHOP, cashier))
    access.forget_me(house.home(cashier))
    account = access.load_account(house.home(), person_id=cashier)
    assert (account.email, account.name, account.has_password) == ("", "", False)
    assert access.list_sessions(house.home(), person_id=cashier) == []
