"""What was once told is told to its end, and nothing longer."""

from hypothesis import given
from hypothesis import strategies as some

from matjar.domain.access import Revocation, Revoked
from matjar.resilience.bundles import Keys, Revocations, RevokedDevice, RevokedPerson
from matjar.workers.publisher.contents import keys_of, revocations_of
from tests.resilience.bundles.makers import key

NOW = 1_000
few, moments = some.integers(1, 3), some.integers(900, 1_100)

told = some.builds(
    Revocations,
    sessions=some.dictionaries(some.sampled_from("abc"), moments),
    people=some.lists(
        some.builds(RevokedPerson, few, moments, moments), max_size=3, unique_by=lambda each: each.person_id
    ).map(tuple),
    devices=some.lists(
        some.builds(RevokedDevice, few, few, moments), max_size=3, unique_by=lambda each: (each.shop_id, each.device_id)
    ).map(tuple),
    keys=some.dictionaries(some.sampled_from("kl"), moments),
)
listed = some.lists(
    some.one_of(
        some.builds(Revocation, some.just(Revoked.SESSION), some.sampled_from("abc"), some.just(0), moments),
        some.builds(Revocation, some.just(Revoked.PERSON), few.map(str), moments, moments),
        some.builds(Revocation, some.just(Revoked.DEVICE), some.sampled_from(["1:1", "2:3"]), some.just(0), moments),
        some.builds(Revocation, some.just(Revoked.KEY), some.sampled_from("kl"), some.just(0), moments),
    ),
    max_size=6,
)


def as_bundle(revocations: list[Revocation]) -> Revocations:
    """What a database says, as if it were told for the first time."""
    return revocations_of(revocations, Revocations(), NOW)


@given(told, listed)
def test_nothing_that_has_not_ended_is_left_out_and_nothing_that_has_is_told(
    before: Revocations, now: list[Revocation]
) -> None:
    after = revocations_of(now, before, NOW)
    for source in (before, as_bundle(now)):
        for kind in ("sessions", "keys"):
            for subject, until in getattr(source, kind).items():
                assert until <= NOW or getattr(after, kind)[subject] >= until
        for person in source.people:
            kept = {each.person_id: each for each in after.people}.get(person.person_id)
            assert person.until <= NOW or (kept and (kept.not_before, kept.until) >= (person.not_before, person.until))
        for device in source.devices:
            assert device.until <= NOW or any(
                (each.shop_id, each.device_id) == (device.shop_id, device.device_id) and each.until >= device.until
                for each in after.devices
            )
    assert all(until > NOW for until in after.entries().values())


@given(told, listed)
def test_telling_it_again_tells_the_same(before: Revocations, now: list[Revocation]) -> None:
    after = revocations_of(now, before, NOW)
    assert revocations_of(now, after, NOW) == revocations_of([], after, NOW) == after


def test_a_key_whose_file_was_lost_counts_to_its_end_and_one_that_was_revoked_does_not() -> None:
    lost, here, ended, stolen = (
        key("admin", name, not_before=0, not_after=until).public
        for name, until in (("lost", 2_000), ("here", 2_000), ("ended", NOW), ("stolen", 2_000))
    )
    after = keys_of([here, ended], Keys((lost, stolen)), {stolen.kid: 2_000}, NOW)
    assert {each.kid for each in after.keys} == {lost.kid, here.kid}
    assert after.revoked == {stolen.kid: 2_000}
    assert keys_of([here], after, {}, NOW).revoked == {stolen.kid: 2_000}, "though nobody says it any more"
