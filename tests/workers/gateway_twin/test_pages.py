"""The buyer's pages, as a browser without JavaScript sees them."""

import re
from html import unescape
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from tests.gateways import TwinProcess, call, post_form

BACK = "http://demo.localhost:8000/checkout?step=pay"


def page(url: str, language: str = "en") -> str:
    with urlopen(Request(url, headers={"accept-language": language}), timeout=5) as response:
        assert "script-src" not in response.headers["content-security-policy"]
        text: str = response.read().decode()
        return text


def challenge(twin: TwinProcess, key: str, return_url: str = BACK) -> str:
    """The address that the buyer of a challenged charge is sent to."""
    ask = {"key": key, "amount_minor": 1_500, "currency": "KWD", "token": twin.token("4000002760003184")}
    url: str = call(f"{twin.url}/charges", {**ask, "return_url": return_url})["challenge_url"]
    return url


def test_the_buyer_sees_what_is_to_be_approved(shared_twin: TwinProcess) -> None:
    url = challenge(shared_twin, "page-1")
    english, arabic = page(url), page(url, "ar-AE,ar;q=0.9")
    assert "1.500 KWD" in english
    assert 'lang="en" dir="ltr"' in english
    assert "1.500 KWD" in arabic
    assert 'lang="ar" dir="rtl"' in arabic
    assert "موافقة" in page(f"{url}&lang=ar")


def test_the_buyer_is_sent_back_and_a_second_decision_changes_nothing(shared_twin: TwinProcess) -> None:
    url = challenge(shared_twin, "page-2")
    form = re.search(r'action="([^"]+)"', page(url))
    assert form is not None
    for decision in ("approve", "decline"):
        status, location, _ = post_form(shared_twin.url + unescape(form[1]), decision=decision)
        assert (status, location) == (303, BACK)
    assert call(f"{shared_twin.url}/charges/page-2")["state"] == "captured"


def test_without_a_way_back_the_page_says_that_it_is_done(shared_twin: TwinProcess) -> None:
    status, _, text = post_form(challenge(shared_twin, "page-3", return_url=""), decision="approve")
    assert status == 200
    assert "close this page" in text


def test_a_charge_is_approved_only_by_who_was_sent_there(shared_twin: TwinProcess) -> None:
    url = challenge(shared_twin, "page-4")
    for forged in (url[:-1], url.partition("?")[0], url.replace("page-4", "page-2")):
        with pytest.raises(HTTPError) as refused:
            page(forged)
        with refused.value as answer:
            assert answer.code == 404


def test_a_card_becomes_a_token_without_javascript(shared_twin: TwinProcess) -> None:
    url = f"{shared_twin.url}/card-form?return_url={quote(BACK, safe='')}"
    text = page(url)
    assert f'value="{BACK}"' in text
    status, location, _ = post_form(url, number="4242 4242 4242 4242", return_url=BACK)
    assert status == 303
    assert location.startswith(f"{BACK}&token=tok-")


def test_a_number_that_is_no_test_card_gets_the_form_again(shared_twin: TwinProcess) -> None:
    status, _, text = post_form(f"{shared_twin.url}/card-form?lang=ar", number="4111111111111111", return_url=BACK)
    assert status == 422
    assert '<p role="alert" >' in text
    assert "4111" not in text


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.com/",
        "//example.com/",
        "javascript:alert(1)",
        "http://localhost@example.com/",
        "http://example.com\\.localhost/",
        "http://notlocalhost/",
        "http://localhost.example.com/",
        "http://127.0.0.1\r\nx: y",
        "http://[::1",
        "",
    ],
)
def test_nobody_is_sent_elsewhere(shared_twin: TwinProcess, elsewhere: str) -> None:
    status, location, text = post_form(f"{shared_twin.url}/card-form", number="4242424242424242", return_url=elsewhere)
    assert (status, location) == (400, "")
    assert "twin.bad_address" in text


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("card-form?return_url=https%3A%2F%2F%3Cb%3Eexample.com", 400, "twin.bad_address"),
        ("pay/no", 404, "twin.unknown"),
    ],
)
@pytest.mark.parametrize(("language", "words"), [("en", "cannot be shown"), ("ar", "لا يمكن عرض هذه الصفحة")])
def test_a_page_that_cannot_be_shown_says_so_on_a_page(
    shared_twin: TwinProcess, path: str, status: int, code: str, language: str, words: str
) -> None:
    with pytest.raises(HTTPError) as refused:
        page(f"{shared_twin.url}/{path}", language)
    with refused.value as answer:
        assert answer.code == status
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        text = answer.read().decode()
    assert f'lang="{language}"' in text and words in text and code in text
    assert "<b>" not in text
