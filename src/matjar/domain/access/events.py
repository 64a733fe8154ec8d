"""What happens to people and their rights: what the publisher of bundles listens for."""

from matjar.core.tx import Event


class AccessChanged(Event, tag="access_changed", frozen=True):
    """The shop's access bundle is another from now on."""


class PersonChanged(Event, tag="person_changed", frozen=True):
    """A person is another in the access bundles of all shops that they work in. On the feed of the house."""

    person_id: int


class Revoked(Event, tag="revoked", frozen=True):
    """There is a revocation more."""
