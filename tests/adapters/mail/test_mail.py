"""Letters leave: through a real mail server, encrypted, in two forms; and what never goes is told from what waits."""

import asyncio
import datetime as dt
import email
import email.policy
import socket
import ssl
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from matjar.adapters.mail.folder import KEPT, Folder
from matjar.adapters.mail.smtp import Smtp
from matjar.core.refusal import Refusal
from matjar.domain.notices import Message

SENDER = "Matjar <hello@matjar.example>"
ENGLISH = Message("k1", "sara@example.com", "en", "Your code: 123456", "Enter 123456.", "<p>Enter <b>123456</b>.</p>")
ARABIC = Message("k2", "noura@example.com", "ar", "رمزك: 123456", "أدخل 123456.", '<p dir="rtl">أدخل 123456.</p>')

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")


class Letterbox:
    """What the server has taken. ``says`` is its answer to every letter, if not yes."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.encrypted: list[bool] = []
        self.says = ""

    async def handle_RCPT(self, _: Any, session: Any, envelope: Any, address: str, __: Any) -> str:  # noqa: N802
        if address.startswith("gone"):
            return "550 5.1.1 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's own names
        if self.says:
            return self.says
        self.encrypted.append(session.ssl is not None)
        self.taken.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


class Certificate:
    """A mail server's key and certificate, which ``client`` believes and nobody else does."""

    def __init__(self, folder: Path) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
        now = dt.datetime.now(dt.UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
            .not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
            .sign(key, hashes.SHA256())
        )  # fmt: skip
        pem = made.public_bytes(serialization.Encoding.PEM)
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path = folder / "server.pem"
        path.write_bytes(private + pem)
        self.server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.server.load_cert_chain(path)
        self.client = ssl.create_default_context(cadata=pem.decode())


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    return Certificate(tmp_path)


@pytest.fixture
def letterbox() -> Letterbox:
    return Letterbox()


def serving(letterbox: Letterbox, host: str = "127.0.0.1", **options: Any) -> Iterator[Controller]:
    with socket.create_server((host, 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(letterbox, hostname=host, port=port, **options)
    controller.start()
    yield controller
    controller.stop()


def _knows(_: Any, __: Any, ___: Any, ____: Any, told: LoginPassword) -> AuthResult:
    return AuthResult(success=(told.login, told.password) == (b"shop", b"s/ecret"), handled=False)


@pytest.fixture
def server(letterbox: Letterbox, certificate: Certificate) -> Iterator[Controller]:
    """As a provider runs one: STARTTLS first, then a name and a password."""
    yield from serving(
        letterbox, tls_context=certificate.server, require_starttls=True, auth_required=True, authenticator=_knows
    )


@pytest.fixture
def plain(letterbox: Letterbox) -> Iterator[Controller]:
    yield from serving(letterbox)


def send(post: Smtp | Folder, message: Message) -> None:
    asyncio.run(post.send(message))


def at(server: Controller, user: str = "shop:s%2Fecret@") -> str:
    return f"smtp://{user}localhost:{server.port}"


@pytest.mark.parametrize("message", [ENGLISH, ARABIC], ids=["english", "arabic"])
def test_a_letter_arrives_encrypted_and_in_two_forms(
    server: Controller, letterbox: Letterbox, certificate: Certificate, message: Message
) -> None:
    send(Smtp(at(server), SENDER, context=certificate.client), message)
    (taken,) = letterbox.taken
    assert letterbox.encrypted == [True]
    assert taken["subject"] == message.subject
    assert taken["to"] == message.address
    assert taken["from"] == "Matjar <hello@matjar.example>"
    assert taken["message-id"] == f"<{message.key}@matjar.example>"
    assert taken["content-language"] == message.language
    assert taken["auto-submitted"] == "auto-generated"
    text, html = taken.get_body(("plain",)), taken.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().strip() == message.text
    assert html.get_content().strip() == message.html


def test_a_server_that_proves_itself_to_nobody_is_given_nothing(server: Controller, letterbox: Letterbox) -> None:
    with pytest.raises(Refusal, match="notices.post_away"):
        send(Smtp(at(server), SENDER), ENGLISH)
    assert not letterbox.taken


def test_a_server_elsewhere_that_cannot_encrypt_is_given_nothing(letterbox: Letterbox) -> None:
    for server in serving(letterbox, "127.0.0.2"):
        with pytest.raises(Refusal, match="notices.post_away"):
            send(Smtp(f"smtp://127.0.0.2:{server.port}", SENDER), ENGLISH)
    assert not letterbox.taken


def test_a_server_on_this_machine_needs_no_encryption(plain: Controller, letterbox: Letterbox) -> None:
    send(Smtp(at(plain, ""), SENDER), ENGLISH)
    assert letterbox.encrypted == [False]


def test_a_wrong_password_of_ours_is_not_the_letter_s_fault(server: Controller, certificate: Certificate) -> None:
    with pytest.raises(Refusal, match="notices.post_away"):
        send(Smtp(at(server, "shop:wrong@"), SENDER, context=certificate.client), ENGLISH)


def test_a_server_that_is_not_there_or_does_not_speak_may_take_the_letter_later() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(Refusal, match="notices.post_away"):
            send(Smtp(f"smtp://127.0.0.1:{port}", SENDER, timeout_seconds=0.2), ENGLISH)
    with pytest.raises(Refusal, match="notices.post_away"):
        send(Smtp(f"smtp://127.0.0.1:{port}", SENDER, timeout_seconds=0.2), ENGLISH)


def test_what_a_server_takes_never_is_told_from_what_it_takes_later(plain: Controller, letterbox: Letterbox) -> None:
    post = Smtp(at(plain, ""), SENDER)
    gone = Message("k", "gone@example.com", "en", "s", "t", "h")
    with pytest.raises(Refusal, match="notices.undeliverable") as caught:
        send(post, gone)
    assert "nobody of that name" in caught.value.facts["reason"]
    letterbox.says = "554 no"
    with pytest.raises(Refusal, match="notices.undeliverable"):
        send(post, ENGLISH)
    letterbox.says = "451 later"
    with pytest.raises(Refusal, match="notices.post_away"):
        send(post, ENGLISH)


@pytest.mark.parametrize("address", ["a@b.example\r\nBcc: c@d.example", "nobody", "a@b@c.example"])
def test_nobody_puts_a_header_into_a_letter_by_their_address(tmp_path: Path, address: str) -> None:
    with pytest.raises(Refusal, match="notices.undeliverable"):
        send(Folder(tmp_path, SENDER), Message("k", address, "en", "s", "t", "h"))


def test_a_subject_is_one_line(tmp_path: Path) -> None:
    send(Folder(tmp_path, SENDER), Message("k", "a@b.example", "en", "one\r\nBcc: c@d.example", "t", "h"))
    (letter,) = tmp_path.glob("*.eml")
    assert b"\r\nBcc:" not in letter.read_bytes()


def test_without_a_mail_server_letters_lie_in_a_folder_and_old_ones_go(tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    folder.mkdir()
    for number in range(KEPT):
        (folder / f"1-{number}.eml").touch()
    send(Folder(folder, SENDER), ARABIC)
    letters = sorted(folder.glob("*.eml"))
    assert len(letters) == KEPT
    newest = max(letters, key=lambda path: path.stat().st_size)
    read = email.message_from_bytes(newest.read_bytes(), policy=email.policy.default)
    assert read["subject"] == ARABIC.subject
    assert newest.stat().st_mode & 0o777 == 0o600


def test_a_letter_with_news_says_in_its_headers_how_to_stop_more_and_others_do_not(tmp_path: Path) -> None:
    way_out = "https://shop.example/no\r\nBcc: c@d.example"
    news = Message("n", "a@b.example", "en", "s", "t", "h", unsubscribe_url=way_out)
    send(Folder(tmp_path, SENDER), news)
    (letter,) = tmp_path.glob("*.eml")
    taken = email.message_from_bytes(letter.read_bytes(), policy=email.policy.default)
    assert taken["list-unsubscribe"] == "<https://shop.example/no Bcc: c@d.example>"
    assert taken["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    assert taken["bcc"] is None
    letter.unlink()
    send(Folder(tmp_path, SENDER), ENGLISH)
    (letter,) = tmp_path.glob("*.eml")
    assert b"List-Unsubscribe" not in letter.read_bytes()


@pytest.mark.parametrize("name", ["Evil\r\nBcc: c@d.example", 'Quote" <c@d.example>', "متجر ليلى"])
def test_a_shop_s_name_is_a_name_in_the_header_and_nothing_else(tmp_path: Path, name: str) -> None:
    send(Folder(tmp_path, SENDER), Message("k", "a@b.example", "en", "s", "t", "h", name, "x@y.example\r\nBcc: c@d.e"))
    (letter,) = tmp_path.glob("*.eml")
    taken = email.message_from_bytes(letter.read_bytes(), policy=email.policy.default)
    (sender,) = taken["from"].addresses
    assert (sender.display_name, sender.addr_spec) == (" ".join(name.split()), "hello@matjar.example")
    assert taken["bcc"] is None
