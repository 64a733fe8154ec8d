"""Bundles come from wherever they can be had, and no source can do harm, by what it sends or by what it does not."""

import asyncio
from collections.abc import Collection
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import aiohttp
import msgspec
import pytest

from matjar.core.clock import HOUR, MINUTE
from matjar.domain.access import Method
from matjar.edge import metrics
from matjar.edge.fetching import Surface
from matjar.edge.following import Away, Folder, Follower, Place, age_seconds, check_heartbeat
from matjar.edge.keyring import Keyring, load_root
from matjar.edge.sessions import Sessions
from matjar.edge.sharing import OPEN_KINDS, TIME, authorization, bundle_routes
from matjar.edge.trust import Trust
from matjar.resilience.bundles import ACCESS, KEYS, REVOCATIONS, Moment, Revocations, Shelf
from matjar.resilience.bundles.shelf import Found
from tests.edge.crew import MANAGER, NOW, OWNER, SHOP, Crew
from tests.edge.listening import listening

STAFF = OPEN_KINDS | {ACCESS}

pytestmark = pytest.mark.anyio


@pytest.fixture
def crew(tmp_path: Path) -> Crew:
    return Crew(tmp_path)


def kinds_of(trust: Trust) -> set[str]:
    return {bundle.manifest.kind for bundle in trust.kept.list_newest()}


def refused(code: str) -> float:
    return float(metrics.BUNDLES_REFUSED.labels(code)._value.get())


# From a maker's folder ------------------------------------------------------------------------------------------------


def test_a_surface_has_everything_after_one_look(crew: Crew) -> None:
    admin = crew.working("admin")
    assert kinds_of(admin) == {KEYS, ACCESS, REVOCATIONS}
    assert admin.age_ms() == 0


def test_a_surface_that_needs_nobody_s_names_is_given_none(crew: Crew) -> None:
    storefront = crew.surface("storefront")
    folder = Folder(crew.shelf)
    asyncio.run(Follower(storefront, [folder], OPEN_KINDS).catch_up(folder))
    assert kinds_of(storefront) == {KEYS, REVOCATIONS}


def test_what_was_brought_is_kept_through_a_restart_with_nobody_there(crew: Crew) -> None:
    crew.working("admin")
    crew.after_ms += 2 * HOUR
    admin = crew.surface("admin")
    assert kinds_of(admin) == {KEYS, ACCESS, REVOCATIONS}
    assert admin.age_ms() == 2 * HOUR
    assert admin.people.load(SHOP).find(OWNER) is not None


def test_a_surface_starts_cold_where_identity_never_was(tmp_path: Path) -> None:
    admin = Trust(tmp_path, "admin")
    assert admin.load() == []
    assert admin.age_ms() is None
    grant = admin.begin(person_id=MANAGER, shop_id=SHOP, method=Method.PASSKEY)
    assert grant.began_age_ms is None
    assert Sessions("admin", admin.kept, lambda _: False).verify(admin.sign(grant), SHOP, admin.now()) == grant
    assert age_seconds(admin) == float("inf")
    assert asyncio.run(check_heartbeat(admin)) == "never heard"


def test_a_root_that_comes_later_is_pinned_when_it_comes(tmp_path: Path) -> None:
    admin = Trust(tmp_path, "admin", clock=lambda: Moment(NOW, 0))
    admin.load()
    Crew(tmp_path).bring(admin)
    assert kinds_of(admin) == {KEYS, ACCESS, REVOCATIONS}


def test_another_root_in_the_folder_changes_nothing_for_who_has_pinned_one(crew: Crew, tmp_path: Path) -> None:
    admin = crew.working("admin")
    (tmp_path / "secrets" / "root.pem").unlink()
    (tmp_path / "secrets" / "root.pub").unlink()
    crew.root = load_root(tmp_path)
    crew.after_ms += MINUTE
    crew.publish_keys()
    before = refused("bundles.unsigned")
    crew.bring(admin)
    assert refused("bundles.unsigned") == before + 1
    assert admin.kept.ring.root is not None
    assert admin.kept.ring.root.kid != crew.root.public.kid


def test_an_older_bundle_in_the_folder_rings_and_the_newer_stays(crew: Crew, tmp_path: Path) -> None:
    admin = crew.working("admin")
    newest = admin.kept.find(REVOCATIONS, 0)
    crew.shelf.keep_only(REVOCATIONS, 0, set())
    crew.after_ms -= HOUR
    crew.beat()
    before = refused("bundles.older")
    crew.bring(admin)
    crew.after_ms += HOUR
    assert refused("bundles.older") == before + 1
    assert admin.kept.find(REVOCATIONS, 0) == newest


def test_what_a_new_key_signs_is_taken_as_soon_as_the_key_is_known(crew: Crew, tmp_path: Path) -> None:
    admin = crew.working("admin")
    crew.after_ms += MINUTE
    (tmp_path / "secrets" / "identity.pem").unlink()
    crew.identity = Keyring(tmp_path, "identity")
    crew.beat(Revocations(sessions={"s": NOW + HOUR}))
    follower = crew.follower(admin)
    folder = Folder(crew.shelf)
    asyncio.run(follower.catch_up(folder))
    assert not admin.kept.revoked.session("s")
    crew.publish_keys()
    asyncio.run(follower.catch_up(folder))
    assert admin.kept.revoked.session("s")


def test_a_maker_from_the_future_rings(crew: Crew) -> None:
    admin = crew.working("admin")
    crew.fast_ms = -HOUR
    crew.after_ms += 3 * MINUTE
    slow = crew.surface("till")
    crew.bring(slow)
    assert metrics.BUNDLE_AHEAD._value.get() == 57 * 60
    assert asyncio.run(check_heartbeat(admin)) == ""
    crew.after_ms += 1
    assert asyncio.run(check_heartbeat(admin)) == "last heard 180 s ago"


class Hanging:
    """A source that never answers."""

    name = "hanging"

    async def list(self, kinds: Collection[str]) -> dict[Place, int]:
        await asyncio.sleep(3600)
        return {}

    async def fetch(self, place: Place) -> Found | None:
        raise AssertionError


async def test_a_source_that_hangs_holds_up_no_other(crew: Crew) -> None:
    admin = crew.surface("admin")
    following = asyncio.create_task(Follower(admin, [Hanging(), Folder(crew.shelf)], STAFF).run())
    try:
        async with asyncio.timeout(5):
            while len(kinds_of(admin)) < 3:
                await asyncio.sleep(0.01)
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


# From another surface -------------------------------------------------------------------------------------------------


def sharing(trust: Trust, *to_staff: str) -> AbstractAsyncContextManager[str]:
    """A surface that shares what it keeps, at the address that comes out."""
    return listening(bundle_routes(trust, to_staff))


async def look(trust: Trust, url: str, kinds: Collection[str] = STAFF, times: int = 1) -> None:
    source = Surface(url, trust)
    try:
        for _ in range(times):
            await Follower(trust, [source], kinds).catch_up(source)
    finally:
        await source.close()


async def test_a_surface_cut_off_from_identity_hears_from_another(crew: Crew) -> None:
    api = crew.surface("api")
    folder = Folder(crew.shelf)
    await Follower(api, [folder], OPEN_KINDS).catch_up(folder)
    admin = crew.surface("admin")
    async with sharing(api, ACCESS) as url:
        await look(admin, url)
    assert kinds_of(admin) == {KEYS, REVOCATIONS}
    assert admin.age_ms() == 0


@pytest.mark.parametrize(
    ("surface", "given"),
    [("admin", True), ("till", True), ("api", True), ("storefront", False), ("status", False)],
)
async def test_who_works_in_a_shop_is_told_to_surfaces_of_staff_alone(crew: Crew, surface: str, given: bool) -> None:
    asking = crew.surface(surface)
    crew.publish_keys()
    identity = crew.surface("identity")
    await crew.follower(identity).catch_up(Folder(crew.shelf))
    async with sharing(identity, ACCESS) as url:
        await look(asking, url, times=2)
    assert (ACCESS in kinds_of(asking)) is given


async def test_a_surface_with_a_wrong_clock_is_given_its_bundles_too(crew: Crew) -> None:
    asking = crew.surface("admin")
    crew.publish_keys()
    identity = crew.surface("identity")
    await crew.follower(identity).catch_up(Folder(crew.shelf))
    asking.clock = lambda: crew.clock()._replace(wall=NOW - HOUR)
    async with sharing(identity, ACCESS) as url:
        await look(asking, url, times=2)
    assert ACCESS in kinds_of(asking)


async def test_a_request_that_nobody_signed_just_now_is_given_no_names(crew: Crew) -> None:
    admin = crew.surface("admin")
    crew.publish_keys()
    identity = crew.surface("identity")
    await crew.follower(identity).catch_up(Folder(crew.shelf))
    key, path = admin.keyring.signing(NOW), f"/bundles/access/{SHOP}"
    signed = [
        ("", 401),
        ("Matjar nonsense", 401),
        (authorization(key, path, NOW), 200),
        (authorization(key, path, NOW - 2 * MINUTE - 1), 401),
        (authorization(key, path, NOW + 2 * MINUTE + 1), 401),
        (authorization(key, "/bundles/access/8", NOW), 401),
        (authorization(Keyring(crew.home / "elsewhere", "admin").signing(NOW), path, NOW), 401),
        (f"Matjar {admin.sign(admin.begin(person_id=OWNER, shop_id=SHOP, method=Method.PASSKEY))}", 401),
    ]
    async with sharing(identity, ACCESS) as url, aiohttp.ClientSession() as http:
        for header, status in signed:
            async with http.get(url + path, headers={"authorization": header}) as answered:
                assert answered.status == status
        async with http.get(
            f"{url}/bundles/access/99", headers={"authorization": authorization(key, "/bundles/access/99", NOW)}
        ) as gone:
            assert gone.status == 404
        async with http.get(f"{url}/bundles") as open_to_all:
            assert set(msgspec.json.decode(await open_to_all.read())) == {KEYS, REVOCATIONS}
            assert open_to_all.headers[TIME] == str(NOW)


async def test_a_neighbour_that_lags_behind_is_no_alarm(crew: Crew) -> None:
    api = crew.surface("api")
    await crew.follower(api).catch_up(Folder(crew.shelf))
    crew.after_ms += MINUTE
    crew.beat()
    admin = crew.surface("admin")
    await crew.follower(admin).catch_up(Folder(crew.shelf))
    before = refused("bundles.older")
    async with sharing(api) as url:
        await look(admin, url)
    assert refused("bundles.older") == before
    assert admin.age_ms() == 0


async def test_a_neighbour_that_is_gone_or_answers_nonsense_is_away(crew: Crew) -> None:
    admin = crew.surface("admin")
    async with listening() as url:
        with pytest.raises(Away, match="404"):
            await look(admin, url)
    with pytest.raises(Away):
        await look(admin, url)
    assert Shelf(crew.home / "admin" / "bundles").numbers(KEYS, 0) == []
