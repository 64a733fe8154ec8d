"""What stands in the bundles of keys and of revocations: what is so now, and what was told before and still counts."""

from collections.abc import Iterable

from matjar.domain import access
from matjar.domain.access import Revocation
from matjar.resilience.bundles import Keys, PublicKey, Revocations, RevokedDevice, RevokedPerson


def revocations_of(listed: Iterable[Revocation], before: Revocations, now: int) -> Revocations:
    """Everything revoked that has not ended.

    What the last bundle told stays in, though the database does not know it: it may be yesterday's backup.
    """
    told = dict(before.entries())
    for each in listed:
        key = _entry(each)
        told[key] = max(each.ends_at, told.get(key, 0))
    left = sorted((key, until) for key, until in told.items() if until > now)
    people: dict[int, RevokedPerson] = {}
    for key, until in left:
        if key[0] == "person":
            _, person_id, not_before = key
            known = people.get(person_id, RevokedPerson(person_id, not_before, until))
            people[person_id] = RevokedPerson(person_id, max(known.not_before, not_before), max(known.until, until))
    return Revocations(
        sessions={key[1]: until for key, until in left if key[0] == "session"},
        people=tuple(people.values()),
        devices=tuple(RevokedDevice(key[1], key[2], until) for key, until in left if key[0] == "device"),
        keys={key[1]: until for key, until in left if key[0] == "key"},
    )


def _entry(revocation: Revocation) -> tuple[str, str] | tuple[str, int, int]:
    """A revocation as a bundle names it."""
    match revocation.kind:
        case access.Revoked.SESSION:
            return "session", revocation.subject
        case access.Revoked.PERSON:
            return "person", int(revocation.subject), revocation.not_before
        case access.Revoked.DEVICE:
            shop_id, _, device_id = revocation.subject.partition(":")
            return "device", int(shop_id), int(device_id)
        case access.Revoked.KEY:
            return "key", revocation.subject


def keys_of(found: Iterable[PublicKey], before: Keys, revoked: dict[str, int], now: int) -> Keys:
    """Every key that counts, next ones too; one whose file was lost counts to its own end all the same."""
    known = {key.kid: key for key in (*before.keys, *found)}
    ended = {kid: until for kid, until in (before.revoked | revoked).items() if until > now}
    live = (key for key in known.values() if key.not_after > now and key.kid not in ended)
    return Keys(tuple(sorted(live, key=lambda key: (key.owner, key.not_before, key.kid))), ended)
