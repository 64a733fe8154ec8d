"""What identity is made of; ``compose`` puts it together."""

from collections.abc import Mapping

import msgspec

from matjar.core.tx import Actor
from matjar.domain.access.ports import Provider
from matjar.edge.audit import Audit
from matjar.edge.local import Local
from matjar.edge.passkeys import Passkeys
from matjar.edge.passwords import Passwords
from matjar.edge.trust import Trust
from matjar.edge.visit import Proxies, Visit
from matjar.storage.desk import Desk, Storage
from matjar.surfaces.identity.vault import Vault

HOUSE = 0
"""What is a person's, who may work in several shops, belongs to the house."""


class Parts(msgspec.Struct, frozen=True):
    """The parts of this process."""

    storage: Storage
    trust: Trust
    local: Local
    audit: Audit
    """Who did what: identity's book, by shop, for whoever brings it to the shops' logs."""
    passkeys: Passkeys
    passwords: Passwords
    proxies: Proxies
    vault: Vault
    secret: bytes
    """This surface's own: seals its cookies and its forms."""
    address: str
    """Where these pages are: ``https://identity.example.com``. Letters lead here, and passkeys are good here alone."""
    surfaces: Mapping[str, str]
    """The surfaces that people are handed to, and where each is. Nobody is sent anywhere else."""
    provider: Provider | None = None
    """Another provider, by whose word people may sign in."""

    def desk(self, visit: Visit, actor: Actor | None = None, shop_id: int = HOUSE) -> Desk:
        """The desk for a visit's business: the house's for what is a person's, a shop's for what is the shop's.

        Without an actor somebody acts who has not proved who they are, and may nothing.
        """
        return self.storage.desk(shop_id, actor or Actor("visitor", 0, visit.address), visit.request_id)
