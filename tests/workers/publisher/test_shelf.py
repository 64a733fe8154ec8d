"""What lies on the publisher's shelf is not what it laid there: a stranger's, yesterday's, or half of it."""

import shutil

from matjar.core.clock import DAY, HOUR
from matjar.domain.access import BUILT_IN, Access, Member
from matjar.edge.keyring import LIFE_MS
from matjar.resilience.bundles import ACCESS, KEYS, REVOCATIONS, Keys, Revocations, SigningKey
from matjar.resilience.bundles.publishing import publish
from tests.resilience.bundles.makers import pem
from tests.workers.publisher.identity import SHOP, Identity


def test_what_a_stranger_laid_on_the_shelf_is_not_told_on_and_does_not_hide_what_is_ours(identity: Identity) -> None:
    owner = identity.open_shop()
    identity.look()
    stranger = SigningKey(pem("a stranger's"), "identity", identity.now, identity.now + DAY)
    theirs = Access(SHOP, BUILT_IN, (Member(666, "Intruder", "", "owner"),))
    far = identity.now + LIFE_MS
    publish(identity.shelf, stranger, KEYS, 0, Keys((stranger.public,)), now_ms=far)
    publish(identity.shelf, stranger, REVOCATIONS, 0, Revocations(sessions={"theirs": far}), now_ms=far)
    publish(identity.shelf, stranger, ACCESS, SHOP, theirs, now_ms=far)
    identity.wait(identity.storage.close())
    identity.begin("identity.sqlite")
    identity.look()
    admin = identity.surface("admin")
    identity.bring(admin)
    assert admin.kept.ring.find(stranger.public.kid, identity.now) is None
    assert not admin.kept.revoked.session("theirs")
    assert [member.person_id for member in admin.people.load(SHOP).access.members] == [owner]
    assert identity.numbers(REVOCATIONS)[-1] < far


def test_a_shelf_that_is_yesterday_s_is_published_above_what_was_heard_since(identity: Identity) -> None:
    identity.open_shop()
    identity.look()
    shutil.copytree(identity.home / "bundles", identity.home / "yesterday")
    identity.now += DAY
    identity.look()
    identity.bring(identity.trust)
    before = identity.numbers(REVOCATIONS)[-1]
    shutil.rmtree(identity.home / "bundles")
    (identity.home / "yesterday").rename(identity.home / "bundles")
    identity.now -= DAY // 2
    identity.wait(identity.storage.close())
    identity.begin("identity.sqlite")
    identity.look()
    assert identity.numbers(REVOCATIONS)[-1] > before


def test_a_manifest_that_was_cut_off_holds_nothing_up(identity: Identity) -> None:
    owner = identity.open_shop()
    identity.look()
    for path in (identity.home / "bundles").glob("*/*/*.jws"):
        path.write_bytes(path.read_bytes()[:40])
    identity.now += HOUR
    identity.look()
    admin = identity.surface("admin")
    identity.bring(admin)
    assert admin.age_ms() == 0
    assert admin.people.load(SHOP).find(owner)
