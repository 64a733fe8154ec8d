"""The buyer's pages, in English and Arabic: no script, nothing loaded from elsewhere."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from html import escape
from importlib.resources import files
from string import Template
from urllib.parse import quote, urlencode, urlsplit

from matjar.core.money import Money
from matjar.core.refusal import Refusal
from matjar.workers.gateway_twin.cards import CARDS
from matjar.workers.gateway_twin.charges import Charge
from matjar.workers.gateway_twin.wire import Answer, Call, status_of

_ENGLISH = {
    "lang": "en",
    "dir": "ltr",
    "other_lang": "ar",
    "other": "العربية",
    "notice": "Test gateway: no money moves. Never type the number of a real card.",
    "approve_title": "Is it you who is paying?",
    "approve_text": "Your card's bank asks you to confirm this payment.",
    "approve": "Approve",
    "decline": "Decline",
    "card_title": "Card payment",
    "number": "Card number",
    "go_on": "Go on",
    "wrong": "This is not the number of a test card.",
    "cards": "Test cards",
    "mailbox": "Mailbox",
    "mailbox_text": "Letters of the demo: no mail server is named, so nobody else gets them.",
    "plain": "As plain text",
    "done_title": "Done",
    "done_text": "You can close this page and go back to the shop.",
    "no_title": "This page cannot be shown",
    "no_text": "Nothing was paid here. Go back to the shop and try again from there.",
}
_ARABIC = {
    "lang": "ar",
    "dir": "rtl",
    "other_lang": "en",
    "other": "English",
    "notice": "بوابة تجريبية: لا تنتقل أي أموال. لا تكتب رقم بطاقة حقيقية أبدًا.",
    "approve_title": "هل أنت من يدفع؟",
    "approve_text": "يطلب منك مصرف بطاقتك تأكيد هذه الدفعة.",
    "approve": "موافقة",
    "decline": "رفض",
    "card_title": "الدفع بالبطاقة",
    "number": "رقم البطاقة",
    "go_on": "متابعة",
    "wrong": "هذا ليس رقم بطاقة تجريبية.",
    "cards": "بطاقات تجريبية",
    "mailbox": "صندوق البريد",
    "mailbox_text": "رسائل العرض التجريبي: لم يُحدَّد خادم بريد، فلا تصل إلى أحد سواك.",
    "plain": "كنص مجرد",
    "done_title": "تم",
    "done_text": "يمكنك إغلاق هذه الصفحة والعودة إلى المتجر.",
    "no_title": "لا يمكن عرض هذه الصفحة",
    "no_text": "لم يُدفع شيء هنا. عد إلى المتجر وحاول مرة أخرى من هناك.",
}


def load(name: str) -> str:
    """A part of a page."""
    return files(__package__).joinpath("pages", name).read_text("utf-8")


_STYLE = load("page.css")
_PAGE = Template(load("page.html"))
_APPROVE = Template(load("approve.html"))
_CARD = Template(load("card.html"))
_DONE = Template(load("done.html"))
_NO = Template(load("no.html"))

# No form-action: browsers hold it against the redirect back to the shop, too.
_POLICY = (
    "default-src 'none'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
    f"style-src 'sha256-{b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'"
)
HTML_HEADERS = (
    (b"content-type", b"text/html; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", _POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)


def ask_to_approve(charge: Charge, call: Call) -> Answer:
    """The page where the buyer approves a charge or declines it."""
    amount = str(Money(charge.ask.amount_minor, charge.ask.currency))
    return page(_APPROVE, call, {"amount": amount, "action": f"/pay/{charge.ask.key}?{urlencode(call.query)}"})


def ask_for_card(return_url: str, call: Call, *, wrong: bool = False) -> Answer:
    """The card form; ``wrong`` says that the number before was none of a test card."""
    rows = "".join(f"<tr><td dir=ltr>{_grouped(card.number)}<td dir=ltr>{card.name}" for card in CARDS)
    facts = {"return_url": return_url, "action": f"/card-form?{urlencode({'return_url': return_url})}"}
    return page(_CARD, call, facts, rows=rows, hidden="" if wrong else "hidden", status=422 if wrong else 200)


def add_token(return_url: str, token: str) -> str:
    """The return address with the token added to its query."""
    parts = urlsplit(return_url)
    query = f"{parts.query}&" if parts.query else ""
    return parts._replace(query=f"{query}token={quote(token)}").geturl()


def send_back(return_url: str, call: Call) -> Answer:
    """Send the buyer back to the shop; without an address, say that this is all."""
    if not return_url:
        return page(_DONE, call, {})
    return Answer(b"", 303, ((b"location", return_url.encode()), (b"cache-control", b"no-store")))


def say_no(refusal: Refusal, call: Call) -> Answer:
    """Why the page that was asked for is not shown: calmly to the buyer, and exactly to whoever builds the shop."""
    return page(_NO, call, {"said": str(refusal)}, status=status_of(refusal))


def page(
    template: Template,
    call: Call,
    facts: Mapping[str, str],
    *,
    rows: str = "",
    hidden: str = "",
    status: int = 200,
    wide: bool = False,
) -> Answer:
    """A whole page: its content with the facts in it, escaped; ``rows`` are HTML already."""
    texts = _ARABIC if _reads_arabic(call) else _ENGLISH
    switch = urlencode({**call.query, "lang": texts["other_lang"]})
    escaped = {name: escape(text) for name, text in {**texts, **facts, "switch": f"?{switch}"}.items()}
    content = template.substitute(escaped, rows=rows, hidden=hidden)
    whole = _PAGE.substitute(escaped, width="wide" if wide else "", style=_STYLE, content=content)
    return Answer(whole.encode(), status, HTML_HEADERS)


def _reads_arabic(call: Call) -> bool:
    return (call.query.get("lang") or call.header(b"accept-language")).startswith("ar")


def _grouped(number: str) -> str:
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))
