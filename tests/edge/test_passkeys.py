"""A passkey proves itself at the surface: once, there, for that; and nothing else proves anything."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matjar.core.clock import MINUTE
from matjar.core.refusal import Refusal
from matjar.edge.local import Local
from matjar.edge.passkeys import Ceremony, Enrolled, Passkeys, credential_id
from tests.edge.authenticator import BACKED_UP, BACKUP_ELIGIBLE, PRESENT, VERIFIED, Authenticator

NOW = 1_800_000_000_000
HERE = "http://localhost:8001"
SIGN_IN = Ceremony(HERE, 7, "sign-in")
ENROL = Ceremony(HERE, 7, "enrol", 42)


@pytest.fixture
def local(tmp_path: Path) -> Local:
    return Local(tmp_path / "local.sqlite")


@pytest.fixture
def passkeys(local: Local) -> Passkeys:
    return Passkeys("localhost", "admin", b"s" * 32, local)


def enrolled(passkeys: Passkeys, device: Authenticator) -> Enrolled:
    answer = device.create(passkeys.to_enrol(ENROL, NOW, "sara@example.com", ()), HERE)
    return passkeys.check_enrolled(ENROL, answer, NOW)


def test_a_passkey_is_enrolled_and_signs_in(passkeys: Passkeys) -> None:
    device = Authenticator()
    key = enrolled(passkeys, device)
    assert key.id == device.id
    assert not key.backed_up
    answer = device.get(passkeys.to_sign_in(SIGN_IN, NOW), HERE)
    assert credential_id(answer) == key.id
    used = passkeys.check_used(SIGN_IN, answer, key.public_key, key.sign_count, NOW)
    assert (used.sign_count, used.regressed) == (2, False)


def test_what_is_asked_of_the_browser_wants_a_verified_person_and_a_key_that_is_found_by_itself(
    passkeys: Passkeys,
) -> None:
    create = msgspec.json.decode(passkeys.to_enrol(ENROL, NOW, "sara@example.com", (b"known",)))
    assert create["rp"] == {"id": "localhost", "name": "Matjar"}
    chosen = create["authenticatorSelection"]
    assert (chosen["residentKey"], chosen["requireResidentKey"], chosen["userVerification"]) == (
        "required", True, "required",
    )  # fmt: skip
    assert [each["id"] for each in create["excludeCredentials"]] == ["a25vd24"]
    assert create["attestation"] == "none"
    get = msgspec.json.decode(passkeys.to_sign_in(SIGN_IN, NOW))
    assert (get["rpId"], get["userVerification"], get["allowCredentials"]) == ("localhost", "required", [])


def test_a_key_that_travels_says_so_and_need_not_count(passkeys: Passkeys) -> None:
    device = Authenticator(flags=PRESENT | VERIFIED | BACKUP_ELIGIBLE | BACKED_UP, counts=0)
    key = enrolled(passkeys, device)
    assert (key.backed_up, key.sign_count) == (True, 0)
    answer = device.get(passkeys.to_sign_in(SIGN_IN, NOW), HERE)
    assert not passkeys.check_used(SIGN_IN, answer, key.public_key, 0, NOW).regressed


def test_a_counter_that_went_back_is_noted_and_not_refused(passkeys: Passkeys) -> None:
    device = Authenticator()
    key = enrolled(passkeys, device)
    answer = device.get(passkeys.to_sign_in(SIGN_IN, NOW), HERE)
    assert passkeys.check_used(SIGN_IN, answer, key.public_key, 9, NOW).regressed


def test_a_surface_remembers_how_far_a_key_has_counted_whatever_its_bundle_says(passkeys: Passkeys) -> None:
    device = Authenticator()
    key = enrolled(passkeys, device)
    regressed = []
    for count in (7, 3, 8):
        device.count = count
        answer = device.get(passkeys.to_sign_in(SIGN_IN, NOW), HERE)
        regressed.append(passkeys.check_used(SIGN_IN, answer, key.public_key, 0, NOW).regressed)
    assert regressed == [False, True, False]


def test_an_answer_is_good_once(passkeys: Passkeys) -> None:
    device = Authenticator()
    key = enrolled(passkeys, device)
    answer = device.get(passkeys.to_sign_in(SIGN_IN, NOW), HERE)
    passkeys.check_used(SIGN_IN, answer, key.public_key, 1, NOW)
    with pytest.raises(Refusal, match="passkeys.spent"):
        passkeys.check_used(SIGN_IN, answer, key.public_key, 1, NOW)


def test_an_answer_is_good_for_five_minutes(passkeys: Passkeys) -> None:
    device = Authenticator()
    key = enrolled(passkeys, device)
    answer = device.get(passkeys.to_sign_in(SIGN_IN, NOW), HERE)
    with pytest.raises(Refusal, match="passkeys.expired"):
        passkeys.check_used(SIGN_IN, answer, key.public_key, 1, NOW + 5 * MINUTE + 1)


@pytest.mark.parametrize(
    "other",
    [
        Ceremony("http://localhost:8003", 7, "sign-in"),
        Ceremony(HERE, 8, "sign-in"),
        Ceremony(HERE, 7, "proof"),
        Ceremony(HERE, 7, "sign-in", 42),
    ],
    ids=["origin", "shop", "purpose", "person"],
)
def test_a_challenge_is_good_for_nothing_else(passkeys: Passkeys, other: Ceremony) -> None:
    device = Authenticator()
    key = enrolled(passkeys, device)
    answer = device.get(passkeys.to_sign_in(other, NOW), HERE)
    with pytest.raises(Refusal, match="passkeys.wrong"):
        passkeys.check_used(SIGN_IN, answer, key.public_key, 1, NOW)


def test_another_surface_s_challenge_is_not_ours(passkeys: Passkeys, local: Local) -> None:
    device = Authenticator()
    key = enrolled(passkeys, device)
    for stranger in (Passkeys("localhost", "till", b"s" * 32, local), Passkeys("localhost", "admin", b"x" * 32, local)):
        answer = device.get(stranger.to_sign_in(SIGN_IN, NOW), HERE)
        with pytest.raises(Refusal, match="passkeys.wrong"):
            passkeys.check_used(SIGN_IN, answer, key.public_key, 1, NOW)


@pytest.mark.parametrize(
    ("flags", "instead"),
    [
        (PRESENT, {}),
        (VERIFIED, {}),
        (PRESENT | VERIFIED, {"origin": "http://localhost.evil.example"}),
        (PRESENT | VERIFIED, {"type": "webauthn.create"}),
    ],
    ids=["not verified", "not present", "a page of another origin", "another ceremony"],
)
def test_what_a_device_or_a_page_may_not_do_is_refused(
    passkeys: Passkeys, flags: int, instead: dict[str, Any]
) -> None:
    device = Authenticator()
    key = enrolled(passkeys, device)
    device.flags = flags
    answer = device.get(passkeys.to_sign_in(SIGN_IN, NOW), HERE, **instead)
    with pytest.raises(Refusal, match="passkeys.wrong"):
        passkeys.check_used(SIGN_IN, answer, key.public_key, 1, NOW)


def test_another_key_s_signature_and_another_party_s_are_refused(passkeys: Passkeys, local: Local) -> None:
    key = enrolled(passkeys, Authenticator())
    answer = Authenticator().get(passkeys.to_sign_in(SIGN_IN, NOW), HERE)
    with pytest.raises(Refusal, match="passkeys.wrong"):
        passkeys.check_used(SIGN_IN, answer, key.public_key, 1, NOW)
    options = passkeys.to_sign_in(SIGN_IN, NOW).replace('"localhost"', '"evil.example"')
    device = Authenticator()
    answer = device.get(options, HERE)
    with pytest.raises(Refusal, match="passkeys.wrong"):
        passkeys.check_used(SIGN_IN, answer, key.public_key, 1, NOW)


def test_a_refused_answer_does_not_spend_the_challenge(passkeys: Passkeys) -> None:
    device = Authenticator()
    key = enrolled(passkeys, device)
    options = passkeys.to_sign_in(SIGN_IN, NOW)
    with pytest.raises(Refusal, match="passkeys.wrong"):
        passkeys.check_used(SIGN_IN, Authenticator().get(options, HERE), key.public_key, 1, NOW)
    passkeys.check_used(SIGN_IN, device.get(options, HERE), key.public_key, 1, NOW)


_texts = st.one_of(
    st.text(),
    st.builds(
        lambda data: msgspec.json.encode(
            {"id": "a", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": data, "signature": "YQ"}}
        ).decode(),
        st.one_of(st.text(), st.just("eyJjaGFsbGVuZ2UiOiJZUSJ9")),
    ),
)


@given(_texts)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sent_is_refused_and_breaks_nothing(passkeys: Passkeys, text: str) -> None:
    with pytest.raises(Refusal, match="passkeys"):
        passkeys.check_used(SIGN_IN, text, b"no key", 0, NOW)
    with pytest.raises(Refusal, match="passkeys"):
        passkeys.check_enrolled(ENROL, text, NOW)


def test_an_answer_without_end_is_not_read(passkeys: Passkeys) -> None:
    with pytest.raises(Refusal, match="passkeys.unreadable"):
        credential_id('{"rawId": "' + "A" * 20_000 + '"}')
