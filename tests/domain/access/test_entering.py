"""Coming into a shop: the first owner by a printed link, others by invitation."""

from functools import partial

from matjar.core.limits import INVITATION_MS
from matjar.domain import access
from tests.domain.access.house import OTHER, SHOP, House, refused


def test_the_first_owner_comes_in_by_the_printed_link_once(house: House) -> None:
    owner = house.open_shop(SHOP, "printed")
    (member,) = access.access_of(house.at(SHOP)).members
    assert (member.person_id, member.role_id) == (owner, access.OWNER)
    assert access.find_invitation(house.at(SHOP), token="printed") is None
    again = {"of_shop_id": SHOP, "token": "printed", "email": "x@example.com", "name": "X", "language": "en"}
    assert refused(access.open_account, house.home(), **again) == "access.no_invitation"


def test_a_link_that_is_printed_anew_ends_the_one_before_and_none_is_printed_beside_an_owner(house: House) -> None:
    begin = partial(access.begin_shop, handle="souk", name="Souk", language="ar")
    begin(house.at(SHOP), token="first")
    begin(house.at(SHOP), token="second")
    assert access.find_invitation(house.at(SHOP), token="first") is None
    house.enter(SHOP, "second")
    assert refused(begin, house.at(SHOP), token="third") == "access.shop_open"


def test_a_link_is_good_for_its_time(house: House) -> None:
    access.begin_shop(house.at(SHOP), handle="souk", name="Souk", language="ar", token="late")
    house.now += INVITATION_MS
    assert access.find_invitation(house.at(SHOP), token="late") is None


def test_an_invitation_is_for_the_address_that_it_went_to(house: House, owner: int) -> None:
    invited = {"email": "Huda@Example.com", "role_id": "cashier", "token": "for-huda", "language": "ar"}
    access.invite(house.at(SHOP, owner), **invited)
    other = house.open_shop(OTHER)
    assert refused(access.accept, house.at(SHOP, other), token="for-huda") == "access.not_for_you"
    opened = {"of_shop_id": SHOP, "token": "for-huda", "email": "x@example.com", "name": "X", "language": "en"}
    assert refused(access.open_account, house.home(), **opened) == "access.not_for_you"
    huda = house.enter(SHOP, "for-huda", "huda@example.com")
    assert access.load_account(house.home(), person_id=huda).email_confirmed_at == house.now
    assert refused(access.accept, house.at(SHOP, huda), token="for-huda") == "access.no_invitation"


def test_the_letter_carries_the_token_until_it_is_sent_and_the_database_only_its_hash(house: House, owner: int) -> None:
    access.invite(house.at(SHOP, owner), email="huda@example.com", role_id="cashier", token="secret", language="ar")
    letter = next(mail for mail in house.letters() if mail.template is access.Template.INVITATION)
    assert (letter.shop_id, letter.address, letter.token) == (SHOP, "huda@example.com", "secret")
    assert letter.facts == {"shop": "Shop 7", "handle": "shop-7", "role": "Cashier", "role_id": "cashier", "by": "Sara"}
    access.mail_sent(house.at(SHOP), mail_id=letter.id)
    kept = "SELECT address, facts, token FROM mails WHERE shop_id = :shop_id AND id = :id"
    assert house.at(SHOP).one(kept, id=letter.id) == ("", "{}", "")


def test_one_person_works_in_several_shops_as_one(house: House, owner: int) -> None:
    second = house.open_shop(OTHER)
    access.invite(
        house.at(OTHER, second), email=access.load_account(house.home(), person_id=owner).email,
        role_id="manager", token="also", language="en",
    )  # fmt: skip
    access.accept(house.at(OTHER, owner), token="also")
    employed = access.list_shops_of(house.home(), person_id=owner)
    assert [(each.shop.id, each.role_id) for each in employed] == [(SHOP, "owner"), (OTHER, "manager")]
    access.leave(house.at(OTHER, owner))
    assert [each.shop.id for each in access.list_shops_of(house.home(), person_id=owner)] == [SHOP]


def test_an_address_is_one_person_s(house: House, owner: int) -> None:
    taken = access.load_account(house.home(), person_id=owner).email
    access.invite(house.at(SHOP, owner), email="new@example.com", role_id="cashier", token="new", language="en")
    new = {"of_shop_id": SHOP, "token": "new", "name": "New", "language": "en"}
    assert refused(access.open_account, house.home(), **new, email="nobody") == "access.bad_email"
    access.begin_shop(house.at(OTHER), handle="other", name="Other", language="en", token="other")
    again = {"of_shop_id": OTHER, "token": "other", "name": "New", "language": "en"}
    assert refused(access.open_account, house.home(), **again, email=taken.upper()) == "access.email_taken"


def test_a_shop_is_called_in_each_language_what_it_calls_itself_there(house: House) -> None:
    owner = house.open_shop(SHOP)
    names = {"ar": "الورد"}
    access.describe_shop(house.at(SHOP), handle="rose", name="Rose", language="en", names=names)
    (employed,) = access.list_shops_of(house.home(), person_id=owner)
    assert [employed.shop.name_in(language) for language in ("en", "ar", "fr")] == ["Rose", "الورد", "Rose"]
    access.invite(house.at(SHOP, owner), email="x@example.com", role_id="manager", token="t", language="ar")
    assert house.letters()[-1].facts["shop"] == "الورد"
