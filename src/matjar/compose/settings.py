"""Settings: the one reader of the environment. Every variable is ``MATJAR_`` and the name of a field below.

A secret may lie in a file that ``MATJAR_…_FILE`` names, and is never shown: not in a log, not in a ``repr``.
"""

import contextlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from matjar.core.ids import mint_token
from matjar.core.limits import CHARGE_DEADLINE_SECONDS
from matjar.core.refusal import Kind, declare

BAD_VALUE = declare("settings.bad_value", Kind.INVALID, "{name} does not fit: {reason}.")
UNKNOWN = declare("settings.unknown", Kind.INVALID, "There is no setting {name}.")
UNREADABLE = declare("settings.unreadable", Kind.INVALID, "{name} names a file that cannot be read: {reason}.")

PREFIX = "MATJAR_"
_SOCKET_PATH_BYTES = 107
"""The longest address of a Unix socket on Linux (unix(7))."""


class Secret:
    """A word to hand on, never to show."""

    __slots__ = ("_word",)

    def __init__(self, word: str) -> None:
        self._word = word

    def reveal(self) -> str:
        """The word itself, for whoever must know it."""
        return self._word

    def __bool__(self) -> bool:
        return bool(self._word)

    def __repr__(self) -> str:
        return "Secret(…)" if self._word else "Secret()"


_NONE = Secret("")
_Port = Annotated[int, Meta(ge=1, le=65535)]


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What an operator decides, read once at the start of a process."""

    home: Annotated[Path, Meta(description="The folder that all files of the platform are kept in.")] = Path("var")
    database: Annotated[
        Secret, Meta(description="`postgresql://…`; empty: SQLite, in `shops.sqlite` in the home folder.")
    ] = _NONE
    identity_database: Annotated[
        Secret, Meta(description="The same for identity's own; empty: SQLite, in `identity.sqlite` in the home folder.")
    ] = _NONE
    host: Annotated[str, Meta(description="The address that the surfaces listen at.")] = "127.0.0.1"
    port_storefront: Annotated[_Port, Meta(description="The storefronts' port.")] = 8000
    port_admin: Annotated[_Port, Meta(description="The back office's port.")] = 8001
    port_till: Annotated[_Port, Meta(description="The tills' port.")] = 8002
    port_identity: Annotated[_Port, Meta(description="The port of signing in.")] = 8003
    port_api: Annotated[_Port, Meta(description="The developers' port.")] = 8004
    port_status: Annotated[_Port, Meta(description="The status page's port.")] = 8005
    port_gateway_twin: Annotated[_Port, Meta(description="The test gateway's port; in development only.")] = 8010
    shops_domain: Annotated[
        str, Meta(description="Shops live at `<shop>.<this>`. `localhost` means development: the test gateway runs.")
    ] = "localhost"
    people_domain: Annotated[
        str, Meta(description="The domain of the shops' people: `admin.<this>`, `identity.<this>`; fixed for good.")
    ] = "localhost"
    mail: Annotated[
        Secret, Meta(description="`smtp://user:password@host:587` or `smtps://…`; empty: letters lie in `mail/`.")
    ] = _NONE
    mail_sender: Annotated[
        str, Meta(description="Whom letters come from: `Name <address>`.")
    ] = "Matjar <matjar@localhost.localdomain>"
    provider_issuer: Annotated[
        str, Meta(description="An OpenID Connect provider that signs people in; empty: none.")
    ] = ""
    provider_name: Annotated[str, Meta(description="What people call that provider.")] = ""
    provider_client_id: Annotated[str, Meta(description="What we are called there.")] = ""
    provider_client_secret: Annotated[Secret, Meta(description="What we prove ourselves with there.")] = _NONE
    stripe_secret_key: Annotated[Secret, Meta(description="Stripe's secret key; empty: no Stripe.")] = _NONE
    stripe_webhook_secret: Annotated[Secret, Meta(description="What Stripe signs its webhooks with.")] = _NONE
    stripe_api_url: Annotated[str, Meta(description="Where Stripe's API is, for tests; empty: at Stripe.")] = ""
    trusted_proxies: Annotated[
        tuple[str, ...], Meta(description="Addresses, with commas, whose `X-Forwarded-For` is believed.")
    ] = ()
    gateway_deadline_seconds: Annotated[
        float, Meta(gt=0, le=60, description="How long a buyer waits for a gateway before hearing that it takes time.")
    ] = CHARGE_DEADLINE_SECONDS
    webhook_secret: Annotated[
        Secret, Meta(description="What the test gateway signs with; empty: minted once, kept in `secrets/webhook`.")
    ] = _NONE
    secret: Annotated[
        Secret, Meta(description="What the public's links derive from; empty: minted once, kept in `secrets/links`.")
    ] = _NONE
    root_key: Annotated[
        str, Meta(description="The public half of the key that says which others count; empty: `secrets/root.pub`.")
    ] = ""
    bundle_sources: Annotated[
        tuple[str, ...], Meta(description="Addresses, with commas, of other surfaces that bundles can be had from.")
    ] = ()
    pace: Annotated[
        float, Meta(gt=0, le=60, description="How many times faster bundles come that come by the clock; for tests.")
    ] = 1.0
    demo: Annotated[
        bool, Meta(description="Whether `run` opens the demo's shops, in development, where there is no shop yet.")
    ] = True
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"], Meta(description="From which weight on a log line is kept.")
    ] = "info"

    @property
    def development(self) -> bool:
        """Whether this is somebody's own machine."""
        return self.shops_domain == "localhost"

    @property
    def postgres_url(self) -> str:
        """Where PostgreSQL is; empty: SQLite it is."""
        return self.database.reveal()

    @property
    def sqlite_path(self) -> Path:
        """The shops' file."""
        return self.home / "shops.sqlite"

    @property
    def identity_path(self) -> Path:
        """Identity's file."""
        return self.home / "identity.sqlite"

    @property
    def run_folder(self) -> Path:
        """Who runs, and the writer's socket."""
        return self.home / "run"

    @property
    def socket_path(self) -> Path:
        """The writer's door."""
        return self.run_folder / "writer.sock"

    @property
    def identity_socket_path(self) -> Path:
        """The door of identity's own writer."""
        return self.run_folder / "identity.sock"

    @property
    def media_folder(self) -> Path:
        """The pictures of the shops."""
        return self.home / "media"

    @property
    def demo_marker(self) -> Path:
        """There once the demo's shops have been opened, or found out of place."""
        return self.home / "demo.opened"

    @property
    def log_folder(self) -> Path:
        """A log for each process."""
        return self.home / "log"


def read(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings, and mint what must be secret and was not given. Makes the home folder, for this user alone.

    Refuses ``settings.bad_value``, ``settings.unknown`` and ``settings.unreadable``, each naming its variable.
    """
    fields = {PREFIX + field.name.upper(): field for field in msgspec.structs.fields(Settings)}
    given: dict[str, Any] = {}
    for name, text in _given(environ, {name for name, field in fields.items() if field.default is _NONE}):
        if name not in fields:
            raise UNKNOWN(name=name)
        try:
            given[fields[name].name] = msgspec.convert(text, fields[name].type, strict=False, dec_hook=_convert)
        except msgspec.ValidationError as error:
            raise BAD_VALUE(name=name, reason=str(error)) from None
    return _settled(Settings(**given))


def language(environ: Mapping[str, str] = os.environ) -> str:
    """The language of whoever calls, such as ``ar``, as GNU gettext finds it: LANGUAGE, LC_ALL, LC_MESSAGES, LANG."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if tag := environ.get(name, "").partition(":")[0]:
            spoken = tag.partition(".")[0].partition("@")[0].replace("_", "-")
            return "en" if spoken in ("C", "POSIX") else spoken
    return "en"


def _given(environ: Mapping[str, str], secrets: set[str]) -> Iterator[tuple[str, Any]]:
    for name, text in environ.items():
        if not name.startswith(PREFIX) or not text:
            continue
        if name.removesuffix("_FILE") in secrets and name.endswith("_FILE"):
            try:
                yield name.removesuffix("_FILE"), Path(text).read_text().strip()
            except OSError as error:
                raise UNREADABLE(name=name, reason=error.strerror) from None
        elif name in _LISTS:
            yield name, [part.strip() for part in text.split(",") if part.strip()]
        else:
            yield name, text


_LISTS = frozenset(PREFIX + field.name.upper() for field in msgspec.structs.fields(Settings) if field.default == ())


def _convert(kind: type, text: str) -> Any:
    return kind(text)


def _settled(settings: Settings) -> Settings:
    at_home = msgspec.structs.replace(settings, home=settings.home.resolve())
    if len(os.fsencode(at_home.socket_path)) > _SOCKET_PATH_BYTES:
        raise BAD_VALUE(name="MATJAR_HOME", reason="its path is too long for the writer's socket in it")
    secrets = at_home.home / "secrets"
    for folder in (at_home.home, at_home.run_folder, at_home.log_folder, secrets):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    webhook_secret = settings.webhook_secret or keep_secret(secrets / "webhook")
    secret = settings.secret or keep_secret(secrets / "links")
    return msgspec.structs.replace(at_home, webhook_secret=webhook_secret, secret=secret)


def keep_secret(path: Path) -> Secret:
    """The secret in this file, minted at the first asking. Processes that ask at once get the same."""
    if not path.exists():
        mine = path.with_name(f"{path.name}.{os.getpid()}")
        mine.touch(mode=0o600)
        mine.write_text(mint_token())
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(mine)
        mine.unlink()
    return Secret(path.read_text().strip())
