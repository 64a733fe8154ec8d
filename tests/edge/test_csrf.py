"""Forms of another site's pages are refused."""

from typing import Any

import pytest
from litestar.testing import RequestFactory

from matjar.core.refusal import Refusal
from matjar.edge import csrf
from matjar.edge.framework import Ask

SECRET = b"a secret of this surface"


def request(**headers: str) -> Ask:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    made: Any = RequestFactory().post("/", headers={"host": "localhost:8003"} | named)
    return made  # type: ignore[no-any-return]


def test_a_form_of_this_session_s_page_is_taken() -> None:
    sent = csrf.token(SECRET, "sid-1")
    csrf.check(request(sec_fetch_site="same-origin"), SECRET, "sid-1", sent)
    csrf.check(request(x_csrf_token=sent), SECRET, "sid-1")


@pytest.mark.parametrize("sent", ["", "x", csrf.token(SECRET, "sid-2"), csrf.token(b"another", "sid-1"), "ü"])
def test_a_form_made_for_another_session_is_refused(sent: str) -> None:
    with pytest.raises(Refusal, match="pages.too_old"):
        csrf.check(request(), SECRET, "sid-1", sent)


@pytest.mark.parametrize(
    "headers",
    [{"sec_fetch_site": "cross-site"}, {"sec_fetch_site": "same-site"}, {"origin": "http://localhost:8001"}],
)
def test_another_origin_s_form_is_refused_even_with_its_token(headers: dict[str, str]) -> None:
    with pytest.raises(Refusal, match="pages.not_from_here"):
        csrf.check(request(**headers), SECRET, "sid-1", csrf.token(SECRET, "sid-1"))
