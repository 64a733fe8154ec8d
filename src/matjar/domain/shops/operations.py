"""What is done with shops."""

import re
import zoneinfo

import msgspec

from matjar.core.money import check_currency
from matjar.core.tx import Tx
from matjar.domain.shops import events, model, queries, store
from matjar.domain.shops.model import Policy, PolicyKind, Settings, Shop

POLICY_LENGTH = 30_000
"""Characters of a policy: ten printed pages."""

_HANDLE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])")
_UNSET = Settings()
_COUNTRY = re.compile(r"[A-Z]{2}")
_HOST = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})")
"""A host by its name (RFC 1123, 2.1); one in other letters is written as browsers send it, ``xn--…`` (RFC 5890)."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?")


def create(
    tx: Tx,
    *,
    handle: str,
    name: str,
    currency: str,
    country: str,
    time_zone: str,
    languages: tuple[str, ...] = ("en",),
    settings: Settings = _UNSET,
) -> Shop:
    """Open a shop under the id that the command names. Its currency, handle and country stay as they are."""
    if not _HANDLE.fullmatch(handle):
        raise model.BAD_HANDLE(handle=handle[:50]).at("handle")
    if store.find(tx) is not None:
        raise model.ID_TAKEN()
    if store.handle_is_taken(tx, handle):
        raise model.HANDLE_TAKEN(handle=handle).at("handle")
    check_currency(currency)
    if not _COUNTRY.fullmatch(country):
        raise model.BAD_COUNTRY(country=country[:16]).at("country")
    check_time_zone(time_zone)
    check_languages(languages)
    shop = Shop(
        tx.shop_id, handle, name.strip() or handle, currency, country, time_zone, languages, settings, tx.now, tx.now
    )
    store.insert(tx, shop)
    tx.new_id()
    tx.forget("shop")
    tx.emit(events.ShopCreated())
    return shop


def configure(tx: Tx, *, settings: Settings, name: str = "", languages: tuple[str, ...] = ()) -> Shop:
    """Change how this shop is set up; what is left empty stays."""
    shop = queries.load(tx)
    check_languages(languages or shop.languages)
    changed = msgspec.structs.replace(
        shop, settings=settings, name=name or shop.name, languages=languages or shop.languages, updated_at=tx.now
    )
    store.update(tx, changed)
    tx.forget("shop")
    tx.emit(events.ShopChanged())
    return changed


def write_policy(tx: Tx, *, kind: PolicyKind, language: str, body_html: str) -> None:
    """Say what the shop promises, in one of its languages; an empty text takes it back.

    Refuses ``shops.bad_language`` for what the shop does not speak, and ``shops.too_long``.
    """
    if language not in queries.load(tx).languages:
        raise model.BAD_LANGUAGE(language=language[:50]).at("language")
    if len(body_html) > POLICY_LENGTH:
        raise model.TOO_LONG(most=POLICY_LENGTH).at("body_html")
    store.save_policy(tx, Policy(kind, language, body_html.strip(), tx.now))
    tx.emit(events.ShopChanged())


def add_domain(tx: Tx, *, host: str) -> str:
    """Let a host lead to this shop, beside the one that its handle makes; doing so again changes nothing.

    Tells the host as it is kept, in small letters. Refuses ``shops.bad_host`` and ``shops.host_taken``.
    """
    host = host.strip().lower()
    if not _HOST.fullmatch(host):
        raise model.BAD_HOST(host=host[:80]).at("host")
    if not store.add_domain(tx, host) and host not in store.hosts(tx):
        raise model.HOST_TAKEN(host=host).at("host")
    tx.emit(events.ShopChanged())
    return host


def be_known_at(tx: Tx, *, host: str) -> None:
    """Tell search engines and letters this one of the shop's own hosts; refuses ``shops.no_such_host``."""
    host = host.strip().lower()
    if host not in store.hosts(tx):
        raise model.NO_SUCH_HOST(host=host[:80]).at("host")
    configure(tx, settings=msgspec.structs.replace(queries.load(tx).settings, main_host=host))


def remove_domain(tx: Tx, *, host: str) -> None:
    """Let a host lead here no more; refuses ``shops.no_such_host``."""
    if not store.remove_domain(tx, host.strip().lower()):
        raise model.NO_SUCH_HOST(host=host[:80]).at("host")
    tx.emit(events.ShopChanged())


def check_time_zone(time_zone: str) -> None:
    """Refuses ``shops.bad_time_zone`` for what the IANA database does not know."""
    if time_zone not in zoneinfo.available_timezones():
        raise model.BAD_TIME_ZONE(time_zone=time_zone[:50]).at("time_zone")


def check_languages(languages: tuple[str, ...]) -> None:
    """Refuses ``shops.bad_language`` for what has not the form of BCP 47's common tags."""
    for language in languages:
        if not _LANGUAGE.fullmatch(language):
            raise model.BAD_LANGUAGE(language=language[:50]).at("languages")
