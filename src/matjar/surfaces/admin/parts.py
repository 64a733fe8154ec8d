"""What the back office is made of; ``compose`` puts it together."""

from collections.abc import Mapping

import msgspec

from matjar.domain.payments import Gateway
from matjar.edge.audit import Audit
from matjar.edge.catalogue import Catalogue
from matjar.edge.guarding import Guard, Session
from matjar.edge.local import Local
from matjar.edge.passkeys import Passkeys
from matjar.edge.tokens import Tokens
from matjar.edge.trust import Trust
from matjar.edge.visit import Proxies, Visit
from matjar.storage.desk import Desk, Storage
from matjar.surfaces.admin.identity import Identity
from matjar.surfaces.admin.snapshot import Snapshots
from matjar.surfaces.admin.tallies import Tallying


class Parts(msgspec.Struct, frozen=True):
    """The parts of this process."""

    storage: Storage
    gateways: Mapping[str, Gateway]
    catalogue: Catalogue
    snapshots: Snapshots
    tallying: Tallying
    trust: Trust
    guard: Guard
    local: Local
    passkeys: Passkeys
    audit: Audit
    proxies: Proxies
    media_folder: str
    identity: Identity
    address: str
    """Where the back office is: passkeys are used on its pages and on no other's, whatever a request calls its host."""
    secret: bytes
    """This surface's own: what forms and challenges are sealed with."""
    tokens: Tokens
    """Of the shops' own pages, by which papers are opened."""

    def desk(self, visit: Visit, session: Session) -> Desk:
        """The desk for what somebody does in a visit."""
        return self.storage.desk(visit.shop.id, session.actor(visit.address), visit.request_id)
