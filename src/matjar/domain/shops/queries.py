"""Questions about shops."""

from matjar.core.tx import Reading
from matjar.domain.shops import model, store
from matjar.domain.shops.model import Policy, Shop


def load(view: Reading) -> Shop:
    """This transaction's shop; refuses ``shops.not_found``."""
    shop = view.once("shop", None, lambda: store.find(view))
    if shop is None:
        raise model.NOT_FOUND()
    return shop


def list_shops(view: Reading) -> list[Shop]:
    """Every shop of the platform, the oldest first; asked under shop 0."""
    return store.list_all(view)


def list_policies(view: Reading) -> list[Policy]:
    """What this shop promises, in all its languages."""
    return store.policies(view)


def list_hosts(view: Reading) -> list[str]:
    """The hosts that are this shop's own, beside the one that its handle makes: the one to be known by first."""
    main = load(view).settings.main_host
    return sorted(store.hosts(view), key=lambda host: host != main)
