"""Nothing that a merchant pastes can run, leave its place, or pass for the shop's own."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matjar.edge.catalogue.cleaning import clean


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Rose &amp; oud", "Rose &amp; oud"),
        ("<p>Soft <b>soap</b><br>of roses</p>", "<p>Soft <b>soap</b><br>of roses</p>"),
        ("<ul><li>one<li>two</ul>", "<ul><li>one</li><li>two</li></ul>"),
        ("<p>open <em>end", "<p>open <em>end</em></p>"),
        ("</div></p>stray", "stray"),
        ("<h1>Title</h1>", "<h2>Title</h2>"),
        ("<script>alert(1)</script>after", "after"),
        ("<style>p{}</style><p style='color:red' onclick='x()' dir=rtl>a</p>", '<p dir="rtl">a</p>'),
        ("<img src=x onerror=alert(1)>", ""),
        ("<a href='javascript:alert(1)'>x</a>", "<a>x</a>"),
        ("<a href='//evil.example'>x</a>", "<a>x</a>"),
        ("<a href='/cart?a=\"'>x</a>", '<a href="/cart?a=&quot;" rel="noopener nofollow">x</a>'),
        ("<form action=/x><input name=card></form>pay", "pay"),
        ("1 < 2 <p>&lt;script&gt;</p>", "1 &lt; 2 <p>&lt;script&gt;</p>"),
        ("<svg><script>x</script><p>in</p></svg><p>out</p>", "<p>out</p>"),
    ],
)
def test_plain_elements_are_kept_and_the_rest_is_not(written: str, shown: str) -> None:
    assert clean(written) == shown


PIECES = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<li>", "<script>", "</script>", "<!--", "-->", "<a href='", "'>", "x", "<", ">",
     "&", "&lt;", '"', "<svg>", "<br/>", "<img src=x onerror=y>", "<p onclick=z>", "]]>", "<![CDATA[", "<?", "\0"]
)  # fmt: skip


class _Found(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"p", "b", "li", "a", "br"}
        assert {name for name, _ in attrs} <= {"href", "rel"}
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_whatever_is_pasted_what_is_shown_is_plain_and_closed(written: str) -> None:
    found = _Found()
    found.feed(clean(written) if "<" in written else "")
    found.close()
    assert not found.open
    assert clean(clean(written)) == clean(written) or "<" not in clean(written)
