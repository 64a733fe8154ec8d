"""The payout account: where the shop's money goes. Changing it wants a passkey just shown, and rights just heard of."""

from litestar import Response, get, post

from matjar.core.refusal import Kind, Refusal
from matjar.domain import payments
from matjar.domain.access import actions
from matjar.domain.payments import PayoutAccount
from matjar.edge.forms import Form
from matjar.edge.framework import Ask, visit_of
from matjar.edge.guarding import Session
from matjar.edge.pages import go
from matjar.surfaces.admin.pages import cookies
from matjar.surfaces.admin.pages.auditing import note
from matjar.surfaces.admin.pages.cookies import Done
from matjar.surfaces.admin.pages.frame import Frame, form_of
from matjar.surfaces.admin.pages.order import members_of
from matjar.surfaces.admin.parts import Parts


@get("/payout", action=actions.PAYOUT_READ)
async def show(request: Ask, frame: Frame, parts: Parts, session: Session) -> Response[bytes]:
    """The account of today, and those before."""
    accounts = await parts.desk(visit_of(request), session).read(payments.payout_accounts)
    return frame.page("payout.html", accounts=accounts, members=members_of(parts, frame))


@get("/payout/change", action=actions.PAYOUT_WRITE)
async def ask(frame: Frame) -> Response[bytes]:
    """Another account."""
    return _page(frame, Form({"holder": frame.shop.settings.legal_name}), {})


@post("/payout/change", action=actions.PAYOUT_WRITE)
async def change(request: Ask, frame: Frame, parts: Parts, session: Session) -> Response[bytes]:
    """Pay out to it from now on."""
    form = await form_of(request, parts)
    desk = parts.desk(visit_of(request), session)
    before = await desk.read(payments.payout_accounts)
    if errors := _wrong(form, frame):
        return _page(frame, form, errors)
    try:
        account = await desk.submit(payments.name_payout_account, key=form.text("key"))(
            holder=form.text("holder"), iban=form.text("iban")
        )
    except Refusal as refusal:
        if refusal.kind is not Kind.INVALID:
            raise
        return _page(frame, form, {refusal.field or "iban": frame.reader.say(refusal)})
    note(request, parts, subject=f"payout:{account.id}", before=_known(before[:1]), after=_known([account]))
    done = Done("payout_saved", {"account": account.hint})
    return cookies.keep(go(frame.url("/payout")), cookies.DONE, done)


def _wrong(form: Form, frame: Frame) -> dict[str, str]:
    """Everything that is wrong at once; what is asked for is the domain's to say."""
    found = {}
    for check, name in ((payments.check_holder, "holder"), (payments.check_iban, "iban")):
        try:
            check(form.text(name))
        except Refusal as refusal:
            found[name] = frame.reader.say(refusal)
    return found


def _page(frame: Frame, form: Form, errors: dict[str, str]) -> Response[bytes]:
    return frame.page("payout-change.html", 422 if errors else 200, form=form, errors=errors)


def _known(accounts: list[PayoutAccount]) -> dict[str, str]:
    """What the book keeps of an account: its id, and enough to know it again."""
    return {"account": f"{accounts[0].id} {accounts[0].hint}"} if accounts else {}
