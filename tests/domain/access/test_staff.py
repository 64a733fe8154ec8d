"""Who decides about whom: nobody beyond their own role, and never the last owner."""

import pytest

from matjar.domain import access
from matjar.domain.access import Template
from tests.domain.access.house import OTHER, SHOP, House, refused


def role_of(house: House, person_id: int) -> str:
    return access.load_colleague(house.at(SHOP), person_id=person_id).role_id


def staff_keeper(house: House, owner: int) -> int:
    """Somebody who looks after the staff, and may do little else."""
    role = access.make_role(house.at(SHOP, owner), name="Staff", permissions=("write_users", "read_users", "sell"))
    return house.employ(SHOP, owner, role.id)


def test_the_last_owner_who_is_there_stays(house: House, owner: int) -> None:
    doing = house.at(SHOP, owner)
    assert refused(access.leave, doing) == "access.last_owner"
    assert refused(access.remove, doing, person_id=owner) == "access.last_owner"
    assert refused(access.suspend, doing, person_id=owner) == "access.last_owner"
    assert refused(access.give_role, doing, person_id=owner, role_id="manager") == "access.last_owner"
    second = house.employ(SHOP, owner, access.OWNER)
    access.suspend(house.at(SHOP, owner), person_id=second)
    assert refused(access.leave, house.at(SHOP, owner)) == "access.last_owner"
    access.resume(house.at(SHOP, owner), person_id=second)
    access.leave(house.at(SHOP, owner))
    assert [each.person_id for each in access.list_colleagues(house.at(SHOP))] == [second]


def test_a_shop_is_handed_over_and_never_without_an_owner(house: House, owner: int) -> None:
    manager = house.employ(SHOP, owner, "manager")
    assert refused(access.hand_over, house.at(SHOP, manager), person_id=manager) == "access.not_yours"
    assert refused(access.hand_over, house.at(SHOP, owner), person_id=owner) == "access.not_a_member"
    access.hand_over(house.at(SHOP, owner), person_id=manager)
    assert (role_of(house, manager), role_of(house, owner)) == (access.OWNER, "manager")
    assert refused(access.give_role, house.at(SHOP, owner), person_id=owner, role_id="owner") == "access.not_yours"


def test_nobody_gives_more_than_they_hold(house: House, owner: int) -> None:
    keeper, cashier = staff_keeper(house, owner), house.employ(SHOP, owner, "cashier")
    by = house.at(SHOP, keeper)
    for role_id in ("manager", access.OWNER):
        assert refused(access.give_role, by, person_id=cashier, role_id=role_id) == "access.beyond_yours"
        assert refused(access.give_role, by, person_id=keeper, role_id=role_id) == "access.beyond_yours"
        invited = {"email": "a@example.com", "role_id": role_id, "token": "t", "language": "en"}
        assert refused(access.invite, by, **invited) == "access.beyond_yours"
    wider = {"name": "Wider", "permissions": ("write_products",)}
    assert refused(access.make_role, by, **wider) == "access.beyond_yours"
    assert refused(access.change_role, by, role_id=role_of(house, keeper), **wider) == "access.beyond_yours"
    assert access.make_role(by, name="Less", permissions=("sell",)).permissions == ("sell",)


def test_nobody_takes_what_they_do_not_hold(house: House, owner: int) -> None:
    keeper, manager = staff_keeper(house, owner), house.employ(SHOP, owner, "manager")
    for verb in (access.suspend, access.resume, access.remove, access.sign_out_member):
        for person in (owner, manager):
            assert refused(verb, house.at(SHOP, keeper), person_id=person) == "access.beyond_yours"
    waiting = access.invite(house.at(SHOP, owner), email="c@example.com", role_id="manager", token="c", language="en")
    withdraw = {"invitation_id": waiting.id}
    assert refused(access.withdraw_invitation, house.at(SHOP, keeper), **withdraw) == "access.beyond_yours"


@pytest.mark.parametrize("role_id", ["manager", "fulfilment", "cashier", "developer"])
def test_who_does_not_look_after_the_staff_changes_nobody(house: House, owner: int, role_id: str) -> None:
    actor, other = house.employ(SHOP, owner, role_id), house.employ(SHOP, owner, "cashier")
    by = house.at(SHOP, actor)
    for verb in (access.suspend, access.resume, access.remove, access.sign_out_member, access.hand_over):
        assert refused(verb, by, person_id=other) == "access.not_yours"
    assert refused(access.give_role, by, person_id=actor, role_id=role_id) == "access.not_yours"
    assert refused(access.make_role, by, name="Mine", permissions=("sell",)) == "access.not_yours"
    assert refused(access.enrol_device, by, name="Till", public_key=b"key") == "access.not_yours"


def test_an_owner_of_one_shop_is_nobody_in_another(house: House, owner: int) -> None:
    stranger, cashier = house.open_shop(OTHER), house.employ(SHOP, owner, "cashier")
    by = house.at(SHOP, stranger)
    assert refused(access.remove, by, person_id=cashier) == "access.not_a_member"
    made = {"name": "T", "scopes": ("read_orders",), "token_hash": b"1"}
    assert refused(access.make_token, by, **made) == "access.not_a_member"


def test_who_is_suspended_decides_nothing_and_comes_back_without_old_sessions(house: House, owner: int) -> None:
    second = house.employ(SHOP, owner, access.OWNER)
    house.now += 1
    access.suspend(house.at(SHOP, owner), person_id=second)
    assert access.access_of(house.at(SHOP)).members[1].suspended
    assert refused(access.remove, house.at(SHOP, second), person_id=owner) == "access.not_yours"
    house.now += 1
    access.resume(house.at(SHOP, owner), person_id=second)
    member = access.access_of(house.at(SHOP)).members[1]
    assert (member.suspended, member.not_before) == (False, house.now)
    assert [mail.template for mail in house.letters()][-2:] == [Template.MEMBER_LEFT, Template.WELCOME]


def test_a_role_that_somebody_has_or_is_invited_to_stays(house: House, owner: int) -> None:
    by = house.at(SHOP, owner)
    role = access.make_role(by, name="Florist", permissions=("write_products", "read_products"))
    assert role.permissions == ("read_products", "write_products")
    person = house.employ(SHOP, owner, role.id)
    assert refused(access.remove_role, by, role_id=role.id) == "access.role_in_use"
    access.give_role(by, person_id=person, role_id="cashier")
    invitation = access.invite(by, email="b@example.com", role_id=role.id, token="b", language="en")
    assert refused(access.remove_role, by, role_id=role.id) == "access.role_in_use"
    access.withdraw_invitation(by, invitation_id=invitation.id)
    access.remove_role(by, role_id=role.id)
    assert refused(access.load_role, by, role_id=role.id) == "access.no_role"


def test_roles_that_every_shop_has_stay_as_they_are(house: House, owner: int) -> None:
    by = house.at(SHOP, owner)
    changed = {"role_id": "cashier", "name": "Cashier", "permissions": ("write_users",)}
    assert refused(access.change_role, by, **changed) == "access.no_role"
    assert refused(access.make_role, by, name="Cashier", permissions=()) == "access.role_taken"
    assert refused(access.make_role, by, name="Heir", permissions=("own",)) == "access.no_permission"


def test_every_change_says_who_made_it_and_how_they_had_proved_themselves(house: House, owner: int) -> None:
    cashier = house.employ(SHOP, owner, "cashier")
    access.give_role(house.at(SHOP, owner, "passkey"), person_id=cashier, role_id="manager")
    entry = access.list_audit(house.at(SHOP))[-1]
    assert (entry.person_id, entry.proof, entry.address) == (owner, "passkey", "192.0.2.7")
    assert (entry.deed, entry.subject, entry.before, entry.after) == ("role_given", str(cashier), "cashier", "manager")
    assert house.deeds(SHOP) == ["owner_invited", "member_joined", "member_invited", "member_joined", "role_given"]
