"""What identity decides is out at the next look; what it revoked stays so, whatever becomes of its database."""

from functools import partial

from matjar.core.clock import DAY, MINUTE, SECOND
from matjar.domain import access
from matjar.domain.access import Method
from matjar.edge.keyring import AHEAD_MS, LIFE_MS, find_root, load_root
from matjar.edge.trust import Trust
from matjar.resilience.bundles import ACCESS, KEYS, REVOCATIONS
from matjar.storage.sqlite import copy
from matjar.storage.tx import ShopReading
from matjar.workers.publisher import Press, Publisher
from tests.workers.publisher.identity import OTHER, SHOP, Identity


def test_a_change_is_out_at_the_next_look_and_no_other_shop_s_bundle_is_made_anew(identity: Identity) -> None:
    owner = identity.open_shop()
    identity.open_shop(OTHER)
    identity.look()
    admin = identity.surface("admin")
    identity.bring(admin)
    assert [member.person_id for member in admin.people.load(SHOP).access.members] == [owner]
    before = identity.numbers(ACCESS, SHOP), identity.numbers(ACCESS, OTHER)
    role = identity.do(access.make_role, SHOP, owner)(name="Florist", permissions=("read_products",))
    identity.look()
    identity.bring(admin)
    assert role in admin.people.load(SHOP).access.roles
    assert len(identity.numbers(ACCESS, SHOP)) == len(before[0]) + 1
    assert identity.numbers(ACCESS, OTHER) == before[1]


def test_a_person_who_changes_does_so_in_every_shop_of_theirs(identity: Identity) -> None:
    owner, second = identity.open_shop(), identity.open_shop(OTHER)
    email = identity.wait(identity.storage.read(0, lambda view: access.load_account(view, person_id=owner))).email
    invited = identity.do(access.invite, OTHER, second)
    invited(email=email, role_id="cashier", token="also", language="en")
    identity.do(access.accept, OTHER, owner)(token="also")
    identity.look()
    identity.do(access.add_passkey, by=owner)(
        credential_id=b"phone", public_key=b"key", name="Phone", sign_count=0, backed_up=True
    )
    identity.look()
    admin = identity.surface("admin")
    identity.bring(admin)
    for shop_id in (SHOP, OTHER):
        found = admin.people.load(shop_id).find_by_passkey(b"phone")
        assert found and found.person_id == owner


def test_the_heart_beats_every_minute_also_where_nothing_is_revoked_and_numbers_only_rise(identity: Identity) -> None:
    identity.look()
    admin, seen = identity.surface("admin"), identity.numbers(REVOCATIONS)
    for _ in range(5):
        identity.now += MINUTE
        identity.look()
        identity.look()
        assert identity.numbers(REVOCATIONS)[-1] > seen[-1]
        seen.append(identity.numbers(REVOCATIONS)[-1])
    identity.bring(admin)
    identity.now += 30 * SECOND
    assert admin.age_ms() == 30 * SECOND


def test_a_clock_that_goes_back_takes_no_number_back(identity: Identity) -> None:
    identity.look()
    (number,) = identity.numbers(REVOCATIONS)
    identity.now -= DAY
    identity.begin("identity.sqlite")
    identity.look()
    assert identity.numbers(REVOCATIONS)[-1] > number


def test_who_signs_out_is_out_at_every_surface_at_the_next_look(identity: Identity) -> None:
    owner = identity.open_shop()
    identity.look()
    admin = identity.surface("admin")
    identity.bring(admin)
    grant = admin.begin(person_id=owner, shop_id=SHOP, method=Method.PASSKEY)
    identity.now += 1
    identity.do(access.end_session, by=owner)(sid=grant.sid)
    identity.do(access.end_all_sessions, by=owner)()
    identity.look()
    identity.bring(admin)
    assert admin.kept.revoked.session(grant.sid)
    assert admin.kept.revoked.person(owner, grant.began_at)
    assert not admin.kept.revoked.person(owner, identity.now)


def test_a_lost_database_locks_nobody_out_and_brings_nobody_back(identity: Identity) -> None:
    owner = identity.open_shop()
    identity.do(access.end_session, by=owner)(sid="stolen")
    identity.look()
    before = identity.numbers(ACCESS, SHOP)
    identity.wait(identity.storage.close())
    identity.begin("empty.sqlite")
    identity.now += MINUTE
    identity.look()
    assert identity.numbers(ACCESS, SHOP) == before
    identity.do(access.begin_shop, SHOP)(handle="shop-7", name="Shop", language="en", token="again")
    identity.look()
    newcomer = identity.surface("admin")
    identity.bring(newcomer)
    assert newcomer.people.load(SHOP).find(owner)
    assert newcomer.kept.revoked.session("stolen")


def test_a_restored_backup_is_published_above_what_was_there_and_takes_no_revocation_back(identity: Identity) -> None:
    owner = identity.open_shop()
    identity.look()
    list(copy(identity.home / "identity.sqlite", identity.home / "backup.sqlite"))
    till = identity.do(access.enrol_device, SHOP, owner)(name="Till", public_key=b"key")
    identity.do(access.withdraw_device, SHOP, owner)(device_id=till)
    identity.do(access.make_role, SHOP, owner)(name="Lost", permissions=())
    identity.look()
    admin = identity.surface("admin")
    identity.bring(admin)
    identity.wait(identity.storage.close())
    identity.begin("backup.sqlite")
    identity.look()
    identity.bring(admin)
    assert [role.name for role in admin.people.load(SHOP).access.roles if role.name == "Lost"] == []
    newcomer = identity.surface("till")
    identity.bring(newcomer)
    for surface in (admin, newcomer):
        assert surface.kept.revoked.device(SHOP, till)


def test_every_surface_s_key_is_known_to_every_other_within_a_minute(identity: Identity) -> None:
    identity.look()
    admin, till = identity.surface("admin"), identity.surface("till")
    identity.now += MINUTE
    identity.look()
    identity.bring(till)
    assert till.kept.ring.find(admin.keyring.signing(identity.now).public.kid, identity.now)
    before = identity.numbers(KEYS)
    identity.now += MINUTE
    identity.look()
    assert identity.numbers(KEYS) == before


def test_a_key_is_known_a_week_before_it_signs_and_turning_it_locks_nobody_out(identity: Identity) -> None:
    owner = identity.open_shop()
    identity.look()
    admin, lonely = identity.surface("admin"), identity.surface("till")
    first = identity.trust.keyring.signing(identity.now).public.kid
    known_at: dict[str, int] = {}
    for _ in range(LIFE_MS // DAY):
        identity.now += DAY
        identity.look()
        identity.bring(admin)
        for kid in identity_keys(admin):
            known_at.setdefault(kid, identity.now)
        signing = identity.trust.keyring.signing(identity.now).public.kid
        if signing != first:
            break
        identity.bring(lonely)
    assert signing != first
    assert identity.now - known_at[signing] >= AHEAD_MS - DAY
    assert admin.people.load(SHOP).find(owner)
    bundle = admin.kept.find(ACCESS, SHOP)
    assert bundle and bundle.kid == signing, "signed anew by the key of now"
    identity.bring(lonely)
    assert lonely.age_ms() == 0


def identity_keys(surface: Trust) -> list[str]:
    """The keys of identity's that a surface knows."""
    return [key.kid for key in surface.kept.ring._keys.values() if key.owner == "identity"]


def test_a_key_that_is_revoked_is_named_to_its_end(identity: Identity) -> None:
    identity.look()
    admin = identity.surface("admin")
    key = admin.keyring.signing(identity.now).public
    identity.now += MINUTE
    identity.look()
    till = identity.surface("till")
    identity.bring(till)
    identity.do(access.revoke_key)(kid=key.kid, until=key.not_after)
    identity.look()
    identity.bring(till)
    assert till.kept.ring.find(key.kid, identity.now) is None
    newcomer = identity.surface("api")
    identity.bring(newcomer)
    assert newcomer.kept.ring.find(key.kid, identity.now) is None


def test_identity_s_own_key_can_be_revoked_and_the_next_is_known_before_it_signs(identity: Identity) -> None:
    owner = identity.open_shop()
    identity.look()
    admin = identity.surface("admin")
    identity.bring(admin)
    stolen = identity.trust.keyring.signing(identity.now).public
    identity.now += SECOND
    identity.do(access.revoke_key)(kid=stolen.kid, until=stolen.not_after)
    identity.look()
    identity.bring(identity.trust)
    identity.now += SECOND
    identity.look()
    assert identity.trust.keyring.signing(identity.now).public.kid != stolen.kid
    identity.now += MINUTE
    identity.look()
    for surface in (admin, identity.surface("till")):
        identity.bring(surface)
        assert surface.age_ms() == 0
        assert surface.kept.ring.find(stolen.kid, identity.now) is None
        assert surface.people.load(SHOP).find(owner)


def test_where_the_root_is_kept_elsewhere_no_other_is_minted(identity: Identity) -> None:
    identity.look()
    before, root = identity.numbers(KEYS), find_root(identity.home)
    (identity.home / "secrets" / "root.pem").unlink()
    identity.begin("identity.sqlite")
    identity.now += 8 * DAY
    identity.look()
    assert (identity.numbers(KEYS), find_root(identity.home)) == (before, root)
    assert not (identity.home / "secrets" / "root.pem").exists()
    assert load_root(identity.home).public.jwk != root


def test_what_is_over_is_swept_in_every_shop_and_in_the_house(identity: Identity) -> None:
    owner = identity.open_shop()
    identity.do(access.invite, SHOP, owner)(email="a@example.com", role_id="cashier", token="t", language="en")
    identity.do(access.end_session, by=owner)(sid="over")
    identity.now += 8 * DAY
    identity.wait(identity.publisher.sweep())
    for table in ("invitations", "revocations", "attempts"):
        left = partial(ShopReading.one, sql=f"SELECT COUNT(*) FROM {table} WHERE shop_id >= :shop_id")
        assert identity.wait(identity.storage.read(0, left)) == (0,)


def test_a_faster_pace_beats_faster(identity: Identity) -> None:
    identity.publisher = Publisher(identity.storage, identity.trust, Press(identity.trust, identity.home), pace=30)
    identity.look()
    identity.now += 2 * SECOND
    identity.look()
    assert len(identity.numbers(REVOCATIONS)) == 2
