"""Revocations: sessions, people, devices and keys that count no more, each with its own end.

What was heard once is kept until that end, also where a newer bundle does not say it any more: a maker that was
restored from yesterday's backup brings nobody back in.
"""

from typing import Any

import msgspec


class RevokedPerson(msgspec.Struct, frozen=True):
    """Sessions of this person that began before ``not_before`` are over. Times are milliseconds UTC."""

    person_id: int
    not_before: int
    until: int


class RevokedDevice(msgspec.Struct, frozen=True):
    """A device of a shop that counts no more."""

    shop_id: int
    device_id: int
    until: int


class Revocations(msgspec.Struct, frozen=True, omit_defaults=True):
    """The content of the revocations bundle. Sessions and keys are by their ids: until when this is worth knowing."""

    sessions: dict[str, int] = {}
    people: tuple[RevokedPerson, ...] = ()
    devices: tuple[RevokedDevice, ...] = ()
    keys: dict[str, int] = {}

    def entries(self) -> dict[tuple[Any, ...], int]:
        """Each thing that this tells, with its own end."""
        told: dict[tuple[Any, ...], int] = {("session", sid): until for sid, until in self.sessions.items()}
        told |= {("person", each.person_id, each.not_before): each.until for each in self.people}
        told |= {("device", each.shop_id, each.device_id): each.until for each in self.devices}
        return told | {("key", kid): until for kid, until in self.keys.items()}


class Revoked:
    """Everything that was heard and has not ended."""

    def __init__(self) -> None:
        self._sessions: dict[str, int] = {}
        self._people: dict[int, RevokedPerson] = {}
        self._devices: dict[tuple[int, int], int] = {}

    def hear(self, told: Revocations, now: int) -> None:
        """Take in what a bundle tells, and forget what has ended."""
        for sid, until in told.sessions.items():
            self._sessions[sid] = max(until, self._sessions.get(sid, 0))
        for person in told.people:
            known = self._people.get(person.person_id, person)
            not_before, until = max(known.not_before, person.not_before), max(known.until, person.until)
            self._people[person.person_id] = RevokedPerson(person.person_id, not_before, until)
        for device in told.devices:
            which = (device.shop_id, device.device_id)
            self._devices[which] = max(device.until, self._devices.get(which, 0))
        self._forget(now)

    def _forget(self, now: int) -> None:
        self._sessions = {sid: until for sid, until in self._sessions.items() if until > now}
        self._people = {each.person_id: each for each in self._people.values() if each.until > now}
        self._devices = {which: until for which, until in self._devices.items() if until > now}

    def session(self, sid: str) -> bool:
        """Whether this session is over."""
        return sid in self._sessions

    def person(self, person_id: int, began_at: int) -> bool:
        """Whether this person's sessions of that time are over."""
        known = self._people.get(person_id)
        return known is not None and began_at < known.not_before

    def device(self, shop_id: int, device_id: int) -> bool:
        """Whether this device counts no more."""
        return (shop_id, device_id) in self._devices
