"""Signing in by another provider's word: a real one, over HTTP, on this machine."""

import asyncio
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from urllib.request import HTTPErrorProcessor, Request, build_opener

import pytest

from matjar.adapters.outside.openid import OpenId
from matjar.core.refusal import Refusal
from matjar.domain.access import OutsideAccount
from tests.surfaces.identity.house import ADDRESS, Browser, House

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the provider leans on a part of Authlib that goes
    import oidc_provider_mock

pytestmark = pytest.mark.filterwarnings("ignore")  # of the provider, which runs in this process


class _Stay(HTTPErrorProcessor):
    """Follows nobody."""

    def http_response(self, _: Any, response: Any) -> Any:
        return response


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A provider, running."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with oidc_provider_mock.run_server_in_thread() as server:
            yield f"http://localhost:{server.server_port}"


@pytest.fixture
def abroad(issuer: str, tmp_path: Path) -> Iterator[House]:
    """Identity that believes that provider."""
    made = House(tmp_path, OpenId(issuer, "matjar", "secret", "Example ID"))
    yield made
    made.end()


def approve(address: str, subject: str) -> str:
    """What a person does at the provider: says who they are. Tells where it sends them."""
    opener = build_opener(_Stay)
    with opener.open(Request(address, urlencode({"sub": subject}).encode())) as answer:
        return str(answer.headers["location"])


def leave(browser: Browser, path: str) -> str:
    """Press the button that leads to the provider; tells where it leads."""
    answer = browser.house.wait(browser.client.get(path, follow_redirects=False))
    assert answer.status_code == 303
    return str(answer.headers["location"])


def back(browser: Browser, address: str) -> None:
    """Come back from there."""
    assert address.startswith(f"{ADDRESS}/sign-in/outside/back?")
    browser.get(address.removeprefix(ADDRESS))


def test_an_account_that_was_allowed_signs_in_and_no_other(abroad: House) -> None:
    sara = Browser(abroad).join(abroad.link())
    assert "Example ID" in sara.get("/account").text
    back(sara, approve(leave(sara, "/account/outside"), "sara-at-example"))
    assert "you can sign in by that provider" in sara.text
    other = Browser(abroad)
    other.get("/sign-in")
    assert "Sign in with" in other.text
    back(other, approve(leave(other, "/sign-in/outside"), "sara-at-example"))
    assert other.path == "/account"
    stranger = Browser(abroad)
    back(stranger, approve(leave(stranger, "/sign-in/outside"), "somebody else"))
    assert stranger.page.status_code == 403
    assert "signs in nobody here" in stranger.text


def test_what_was_begun_in_another_browser_is_not_finished_in_this_one(abroad: House) -> None:
    mine, theirs = Browser(abroad), Browser(abroad)
    leave(mine, "/sign-in/outside")
    back(mine, approve(leave(theirs, "/sign-in/outside"), "sara-at-example"))
    assert mine.page.status_code == 403
    assert "did not confirm who you are" in mine.text


def test_an_account_is_linked_for_who_left_and_for_nobody_who_signed_in_meanwhile(abroad: House) -> None:
    sara = Browser(abroad).join(abroad.link())
    address = approve(leave(sara, "/account/outside"), "sara-at-example")
    sara.get("/account")
    sara.send("/sign-out")
    back(sara, address)
    assert sara.path == "/sign-in", sara.text


def test_a_provider_s_no_and_a_code_that_is_none_are_refused(abroad: House) -> None:
    browser = Browser(abroad)
    asked = dict(parse_qsl(urlsplit(leave(browser, "/sign-in/outside")).query))
    assert asked["code_challenge_method"] == "S256"
    browser.get(f"/sign-in/outside/back?error=access_denied&state={asked['state']}")
    assert browser.page.status_code == 403
    asked = dict(parse_qsl(urlsplit(leave(browser, "/sign-in/outside")).query))
    browser.get(f"/sign-in/outside/back?code=none&state={asked['state']}")
    assert browser.page.status_code == 403


def test_a_token_that_was_made_for_another_sign_in_is_refused(issuer: str) -> None:
    async def tried(**instead: str) -> OutsideAccount:
        provider = OpenId(issuer, "matjar", "secret", "Example ID")
        told = {"state": "s", "nonce": "n" * 22, "verifier": "v" * 44, "back": f"{ADDRESS}/back"}
        address = await provider.leave_url(**told)
        came = dict(parse_qsl(urlsplit(await asyncio.to_thread(approve, address, "sara")).query))
        claimed = {name: told[name] for name in ("nonce", "verifier", "back")} | instead
        return await provider.confirm(code=came["code"], **claimed)

    assert asyncio.run(tried()) == OutsideAccount(issuer, "sara")
    with pytest.raises(Refusal, match="access.provider_says_no"):
        asyncio.run(tried(nonce="another"))


def test_a_provider_that_is_not_there_is_away_and_other_ways_stay(tmp_path: Path) -> None:
    house = House(tmp_path, OpenId("http://localhost:9", "matjar", "secret", "Example ID"))
    browser = Browser(house)
    assert browser.get("/sign-in/outside").status_code == 503
    assert "Please sign in another way." in browser.text
    house.end()


def test_a_provider_without_encryption_is_not_believed() -> None:
    with pytest.raises(AssertionError):
        OpenId("http://provider.example", "matjar", "secret", "Example ID")
