"""The shops' SQL."""

import msgspec

from matjar.core.tx import Reading, Row, Tx
from matjar.domain.shops.model import Policy, PolicyKind, Settings, Shop

_LOAD = """
    SELECT id, handle, name, currency, country, time_zone, languages, settings, created_at, updated_at
    FROM shops WHERE id = :shop_id
"""
_LIST = """
    SELECT id, handle, name, currency, country, time_zone, languages, settings, created_at, updated_at
    FROM shops WHERE id >= :shop_id ORDER BY id LIMIT 10000
"""
_BY_HANDLE = "SELECT id FROM shops WHERE handle = :handle AND id <> :shop_id"
_INSERT = """
    INSERT INTO shops (id, handle, name, currency, country, time_zone, languages, settings, created_at, updated_at)
    VALUES (:shop_id, :handle, :name, :currency, :country, :time_zone, :languages, :settings, :now, :now)
"""
_UPDATE = """
    UPDATE shops SET name = :name, languages = :languages, settings = :settings, updated_at = :now WHERE id = :shop_id
"""
_HOSTS = "SELECT host FROM domains WHERE shop_id = :shop_id ORDER BY host LIMIT 100"
_ADD_DOMAIN = "INSERT INTO domains (host, shop_id) VALUES (:host, :shop_id) ON CONFLICT (host) DO NOTHING"
_REMOVE_DOMAIN = "DELETE FROM domains WHERE shop_id = :shop_id AND host = :host"

_POLICIES = """
    SELECT kind, language, body_html, updated_at FROM policies WHERE shop_id = :shop_id
    ORDER BY kind, language LIMIT 1000
"""
_SAVE_POLICY = """
    INSERT INTO policies (shop_id, kind, language, body_html, updated_at)
    VALUES (:shop_id, :kind, :language, :body_html, :updated_at)
    ON CONFLICT (shop_id, kind, language) DO UPDATE SET body_html = excluded.body_html,
        updated_at = excluded.updated_at
"""
_REMOVE_POLICY = "DELETE FROM policies WHERE shop_id = :shop_id AND kind = :kind AND language = :language"

_settings = msgspec.json.Decoder(Settings).decode
_languages = msgspec.json.Decoder(tuple[str, ...]).decode
_encode = msgspec.json.Encoder().encode


def find(view: Reading) -> Shop | None:
    """This transaction's shop."""
    row = view.one(_LOAD)
    return _shop(row) if row else None


def list_all(view: Reading) -> list[Shop]:
    """Every shop of the platform; asked under shop 0."""
    return [_shop(row) for row in view.all(_LIST)]


def handle_is_taken(view: Reading, handle: str) -> bool:
    """Whether another shop has this handle."""
    return view.one(_BY_HANDLE, handle=handle) is not None


def insert(tx: Tx, shop: Shop) -> None:
    """Write a new shop."""
    tx.run(
        _INSERT, handle=shop.handle, name=shop.name, currency=shop.currency, country=shop.country,
        time_zone=shop.time_zone, languages=_encode(shop.languages).decode(),
        settings=_encode(shop.settings).decode(), now=tx.now,
    )  # fmt: skip


def update(tx: Tx, shop: Shop) -> None:
    """Write what an owner may change."""
    tx.run(
        _UPDATE, name=shop.name, languages=_encode(shop.languages).decode(),
        settings=_encode(shop.settings).decode(), now=tx.now,
    )  # fmt: skip


def hosts(view: Reading) -> list[str]:
    """The hosts that point at this shop."""
    return [row[0] for row in view.all(_HOSTS)]


def add_domain(tx: Tx, host: str) -> bool:
    """Point a host at this shop; False: it points somewhere already."""
    return tx.changed(_ADD_DOMAIN, host=host) == 1


def remove_domain(tx: Tx, host: str) -> bool:
    """Let a host of this shop point nowhere; False: there is none."""
    return tx.changed(_REMOVE_DOMAIN, host=host) == 1


def policies(view: Reading) -> list[Policy]:
    """What the shop promises, in all its languages."""
    return [Policy(PolicyKind(row[0]), *row[1:]) for row in view.all(_POLICIES)]


def save_policy(tx: Tx, policy: Policy) -> None:
    """Write a policy; an empty one is deleted."""
    if policy.body_html:
        tx.run(_SAVE_POLICY, **msgspec.structs.asdict(policy) | {"kind": policy.kind.value})
    else:
        tx.run(_REMOVE_POLICY, kind=policy.kind.value, language=policy.language)


def _shop(row: Row) -> Shop:
    id_, handle, name, currency, country, time_zone, languages, settings, created_at, updated_at = row
    return Shop(
        id_, handle, name, currency, country, time_zone, _languages(languages), _settings(settings),
        created_at, updated_at,
    )  # fmt: skip
