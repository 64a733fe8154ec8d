"""What the back office's process is made of: its own disk first, then the database, then the gateways."""

from collections.abc import Callable, Coroutine
from typing import Any

from matjar.compose.addresses import admin_address, identity_address
from matjar.compose.bundles import open_follower, open_trust
from matjar.compose.settings import Settings, keep_secret
from matjar.compose.wiring import gateway_names, open_catalogue, open_gateway, open_storage
from matjar.edge.audit import Audit
from matjar.edge.books import Elsewhere, Own
from matjar.edge.catalogue import Follower
from matjar.edge.fetching import Surface
from matjar.edge.forwarding import Book, Forwarder
from matjar.edge.guarding import Guard
from matjar.edge.local import Local
from matjar.edge.passkeys import Passkeys
from matjar.edge.reporting import Reporter
from matjar.edge.tokens import Tokens
from matjar.edge.visit import Proxies
from matjar.surfaces.admin.identity import Identity
from matjar.surfaces.admin.parts import Parts
from matjar.surfaces.admin.snapshot import Snapshots
from matjar.surfaces.admin.tallies import Tallying

Work = Callable[[], Coroutine[Any, Any, None]]


def open_admin(settings: Settings) -> tuple[Parts, list[Work]]:
    """The back office's parts, and what keeps them fresh in the background."""
    home = settings.home / "admin"
    trust, storage = open_trust(settings, "admin"), open_storage(settings)
    local, secret = Local(home / "local.sqlite"), keep_secret(settings.home / "secrets" / "admin").reveal().encode()
    catalogue = open_catalogue(settings, home / "catalogue.sqlite")
    snapshots = Snapshots(home / "snapshots", storage)
    parts = Parts(
        storage=storage,
        gateways={name: open_gateway(settings, name) for name in gateway_names(settings)},
        catalogue=catalogue,
        snapshots=snapshots,
        tallying=Tallying(storage),
        trust=trust,
        guard=Guard(trust, local),
        local=local,
        passkeys=Passkeys(settings.people_domain, "admin", secret, local),
        audit=Audit(home / "audit.sqlite"),
        proxies=Proxies(settings.trusted_proxies),
        media_folder=str(settings.media_folder),
        identity=Identity(identity_address(settings)),
        address=admin_address(settings),
        secret=secret,
        tokens=Tokens(settings.secret.reveal()),
    )
    follower, identity = open_follower(settings, trust), Surface(identity_address(settings), trust)
    behind = [Follower(storage, catalogue).run, follower.run, snapshots.run, Reporter(local, identity).run]
    books: list[Book] = [Own(parts.audit), Elsewhere("identity", identity)]
    return parts, [*behind, local.sweep_for_ever, parts.identity.run, Forwarder(storage, books, parts.audit).run]
