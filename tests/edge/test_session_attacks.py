"""What people try with signed cookies (RFC 8725, 2), each of it against the real check."""

import base64
import hashlib
import hmac
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import ECKey, OctKey

from matjar.core.refusal import Refusal
from matjar.domain.access import Method
from matjar.edge.sessions import Sessions
from matjar.edge.trust import Trust
from matjar.resilience.bundles import Forged, Use, read_signed
from matjar.resilience.bundles.signing import sign
from tests.edge.crew import MANAGER, NOW, OWNER, SHOP, Crew
from tests.resilience.bundles.makers import key

MINE = ECKey.generate_key("P-256")


@pytest.fixture(scope="module")
def admin(tmp_path_factory: pytest.TempPathFactory) -> Trust:
    return Crew(tmp_path_factory.mktemp("crew")).working("admin")


@pytest.fixture
def good(admin: Trust) -> str:
    return admin.sign(admin.begin(person_id=MANAGER, shop_id=SHOP, method=Method.PASSKEY))


def is_refused(admin: Trust, value: str) -> bool:
    try:
        Sessions("admin", admin.kept, lambda _: False).verify(value, SHOP, admin.now())
    except Refusal as refusal:
        assert refusal.code == "session.invalid"
        return True
    return False


def part(content: object) -> str:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def payload_of(value: str) -> bytes:
    return base64.urlsafe_b64decode(value.split(".")[1] + "==")


def kid_of(admin: Trust) -> str:
    return admin.keyring.signing(NOW).public.kid


def test_the_real_one_is_let_in(admin: Trust, good: str) -> None:
    assert not is_refused(admin, good)


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "HS256", "ES256K", "ES384", "EdDSA", "RS256", "", None])
def test_another_algorithm_is_not_asked_for(admin: Trust, good: str, algorithm: str | None) -> None:
    header = part({"alg": algorithm, "kid": kid_of(admin), "typ": "matjar-session"})
    _, payload, signature = good.split(".")
    for tail in (signature, "", part(b"\0" * 64)):
        assert is_refused(admin, f"{header}.{payload}.{tail}")


def test_the_public_key_is_no_secret_to_sign_with(admin: Trust, good: str) -> None:
    public = admin.keyring.signing(NOW).public
    header, payload = part({"alg": "HS256", "kid": public.kid, "typ": "matjar-session"}), part(payload_of(good))
    for secret in (
        public.verifying.as_pem(private=False),
        public.verifying.as_der(private=False),
        b"",
        public.kid.encode(),
    ):
        mac = hmac.digest(secret, f"{header}.{payload}".encode(), hashlib.sha256)
        assert is_refused(admin, f"{header}.{payload}.{part(mac)}")
        assert is_refused(admin, f"{header}.{payload}.{part(mac * 2)}")


@pytest.mark.parametrize(
    "more",
    [
        {"jwk": MINE.as_dict(private=False)},
        {"jku": "https://evil.example/keys.json"},
        {"x5u": "https://evil.example/cert.pem"},
        {"x5c": ["MIIB"]},
        {"crit": ["exp"], "exp": 1},
        {"b64": False, "crit": ["b64"]},
        {"cty": "JWT"},
    ],
    ids=lambda more: next(iter(more)),
)
def test_a_key_that_comes_along_with_what_it_signs_is_not_taken(
    admin: Trust, good: str, more: dict[str, object]
) -> None:
    header = {"alg": "ES256", "kid": kid_of(admin), "typ": "matjar-session"} | more
    segments = f"{part(header)}.{part(payload_of(good))}"
    signature = jws.JWSRegistry.algorithms["ES256"].sign(segments.encode(), MINE)
    assert is_refused(admin, f"{segments}.{part(signature)}")


@pytest.mark.parametrize(
    "kid", ["", "../../secrets/admin", "/dev/null", "' OR 1=1 --", "x" * 400, "\0", "root", None, 7, []]
)
def test_the_name_of_a_key_leads_nowhere(admin: Trust, good: str, kid: object) -> None:
    header = {"alg": "ES256", "kid": kid, "typ": "matjar-session"}
    segments = f"{part(header)}.{part(payload_of(good))}"
    signature = jws.JWSRegistry.algorithms["ES256"].sign(segments.encode(), MINE)
    assert is_refused(admin, f"{segments}.{part(signature)}")


def test_a_stranger_s_key_under_a_known_name_is_a_stranger_s(admin: Trust, good: str) -> None:
    header = {"alg": "ES256", "kid": kid_of(admin), "typ": "matjar-session"}
    assert is_refused(admin, jws.serialize_compact(header, payload_of(good), MINE, ["ES256"]))
    assert is_refused(
        admin, jws.serialize_compact({"alg": "HS256"}, payload_of(good), OctKey.generate_key(), ["HS256"])
    )


@pytest.mark.parametrize("use", ["matjar-bundle", "matjar-request", "matjar-customer", "JWT", "at+jwt", None])
def test_what_was_signed_for_another_use_signs_nobody_in(admin: Trust, good: str, use: str | None) -> None:
    signing = admin.keyring.signing(NOW)
    header = {"alg": "ES256", "kid": signing.public.kid} | ({"typ": use} if use else {})
    assert is_refused(admin, jws.serialize_compact(header, payload_of(good), signing.private, ["ES256"]))


def test_another_person_in_a_signed_cookie_breaks_its_seal(admin: Trust, good: str) -> None:
    header, _, signature = good.split(".")
    theirs = json.loads(payload_of(good)) | {"person_id": OWNER}
    assert is_refused(admin, f"{header}.{part(theirs)}.{signature}")


@pytest.mark.parametrize("payload", [b"", b"{}", b"[]", b"null", b'{"sid":1}', b"\xff"])
def test_what_is_rightly_signed_and_makes_no_sense_is_refused(admin: Trust, payload: bytes) -> None:
    assert is_refused(admin, sign(admin.keyring.signing(NOW), Use.SESSION, payload))


@given(st.data())
def test_no_single_character_of_it_can_be_changed(admin: Trust, data: st.DataObject) -> None:
    good = admin.sign(admin.begin(person_id=MANAGER, shop_id=SHOP, method=Method.PASSKEY))
    at = data.draw(st.integers(0, len(good) - 1))
    other = data.draw(st.characters(codec="ascii").filter(lambda character: character != good[at]))
    assert is_refused(admin, good[:at] + other + good[at + 1 :])


@given(st.text(min_size=1, max_size=300))
def test_no_nonsense_is_let_in(admin: Trust, value: str) -> None:
    assert is_refused(admin, value)
    assert is_refused(admin, f"{value}.{value}.{value}")


def test_a_flood_of_bytes_is_not_even_read(admin: Trust, good: str) -> None:
    assert is_refused(admin, good + "A" * 1_000_000)
    assert is_refused(admin, "A" * 20_000 + "." + good)


def test_duplicate_names_in_a_header_do_not_split_the_readers(admin: Trust, good: str) -> None:
    kid = kid_of(admin)
    raw = f'{{"alg":"none","alg":"ES256","kid":"{kid}","typ":"matjar-session"}}'.encode()
    _, payload, signature = good.split(".")
    assert is_refused(admin, f"{part(raw)}.{payload}.{signature}")


def test_a_signature_of_zeros_is_none(admin: Trust, good: str) -> None:
    header, payload, _ = good.split(".")
    for signature in (b"\0" * 64, b"\xff" * 64, b"\0" * 32 + b"\1" * 32):
        assert is_refused(admin, f"{header}.{payload}.{part(signature)}")


def test_a_private_half_never_travels_in_a_public_key(tmp_path: Path) -> None:
    assert not {"d", "k"} & set(key("admin").public.jwk.__struct_fields__)
    with pytest.raises(Forged):
        read_signed("a.b.c", Use.SESSION, lambda _: key("admin").public)
