"""What a customer tells of themselves, and the move to another address: done with the code that is mailed there."""

from litestar import Response, get, post

from matjar.core.limits import TEXT
from matjar.core.refusal import Refusal
from matjar.domain import customers
from matjar.edge.answers import status_of
from matjar.edge.framework import Ask, visit_of
from matjar.edge.languages import catalogue, language_name
from matjar.edge.pages import go
from matjar.surfaces.storefront.pages import visitor as account
from matjar.surfaces.storefront.pages.account.entering import digits_of, mint_digits, refused
from matjar.surfaces.storefront.pages.details import NEWS, Filled
from matjar.surfaces.storefront.pages.frame import Frame, in_language, routes
from matjar.surfaces.storefront.pages.visitor import Visitor
from matjar.surfaces.storefront.parts import Parts

PAGE, EMAIL_PAGE, CODE_PAGE = "/account/details", "/account/email", "/account/email/code"


@get(routes(PAGE))
async def show(request: Ask, frame: Frame, parts: Parts, visitor: Visitor) -> Response[bytes]:
    """The form."""
    known = visitor.customer
    values = {"name": known.name, "phone": known.phone or "", "language": known.language or frame.language}
    filled = Filled(values | {"marketing": "1" if known.accepts_marketing else ""})
    return await _page(request, frame, parts, visitor, filled)


@post(routes(PAGE), status_code=303)
async def change(request: Ask, frame: Frame, parts: Parts, visitor: Visitor) -> Response[bytes]:
    """Take it down; the pages are then in the language that was chosen."""
    form = await account.form_of(request, parts, visitor)
    chosen = form.text("language") if form.text("language") in frame.shop.languages else frame.language
    filled = Filled({"name": form.text("name"), "phone": form.digits("phone"), "language": chosen})
    filled.values["marketing"] = form.text("marketing")
    try:
        await account.desk_of(request, parts, visitor).submit(customers.describe)(
            customer_id=visitor.customer.id, name=filled.values["name"][: TEXT + 1],
            phone=filled.values["phone"][: TEXT + 1], language=chosen,
            accepts_marketing=bool(form.text("marketing")), agreed_to=catalogue(frame.language).gettext(NEWS),
        )  # fmt: skip
    except Refusal as refusal:
        wrong = refused(refusal, filled, frame.language, "name")
        return await _page(request, frame, parts, visitor, wrong, status_of(refusal))
    return go(in_language(frame.shop, chosen, PAGE) + "?done=saved")


@get(routes(EMAIL_PAGE))
async def show_move(request: Ask, frame: Frame, visitor: Visitor) -> Response[bytes]:
    """Where the new address is typed."""
    account.check_fresh(visitor)
    return account.page(request, frame, "account-email.html", visitor, filled=Filled({"email": ""}))


@post(routes(EMAIL_PAGE), status_code=303)
async def ask_for_move(request: Ask, frame: Frame, parts: Parts, visitor: Visitor) -> Response[bytes]:
    """Mail a code there. Whether somebody is at home there is not said: there is no difference."""
    account.check_fresh(visitor)
    form = await account.form_of(request, parts, visitor)
    try:
        await account.desk_of(request, parts, visitor).submit(customers.ask_for_move)(
            customer_id=visitor.customer.id, email=form.text("email"), language=frame.language,
            session=visitor.grant.sid, code=mint_digits(), address=visit_of(request).address,
        )  # fmt: skip
    except Refusal as refusal:
        filled = refused(refusal, Filled({"email": form.text("email")}), frame.language, "email")
        return account.page(request, frame, "account-email.html", visitor, status_of(refusal), filled=filled)
    return go(frame.url(CODE_PAGE) + ("?done=sent" if form.text("do") == "again" else ""))


@get(routes(CODE_PAGE))
async def show_code(request: Ask, frame: Frame, parts: Parts, visitor: Visitor) -> Response[bytes]:
    """Where the digits are typed."""
    return await _code_page(request, frame, parts, visitor, Filled({}))


@post(routes(CODE_PAGE), status_code=303)
async def move(request: Ask, frame: Frame, parts: Parts, visitor: Visitor) -> Response[bytes]:
    """The digits, typed: from now on the new address is theirs."""
    form = await account.form_of(request, parts, visitor)
    try:
        await account.desk_of(request, parts, visitor).submit(customers.move)(
            customer_id=visitor.customer.id, session=visitor.grant.sid, code=digits_of(form),
            address=visit_of(request).address,
        )  # fmt: skip
    except Refusal as refusal:
        filled = refused(refusal, Filled({}), frame.language, "code")
        return await _code_page(request, frame, parts, visitor, filled, status_of(refusal))
    return go(frame.url(PAGE) + "?done=moved")


async def _page(
    request: Ask, frame: Frame, parts: Parts, visitor: Visitor, filled: Filled, status: int = 200
) -> Response[bytes]:
    """The form, and what they last said about news: when, and to which words."""
    desk, customer_id = account.desk_of(request, parts, visitor), visitor.customer.id
    said = await desk.read(lambda view: customers.list_consents(view, customer_id=customer_id))
    languages = [(each, language_name(each)) for each in frame.shop.languages]
    return account.page(
        request, frame, "account-details.html", visitor, status, filled=filled, languages=languages,
        agreed=next((each for each in said[:1] if each.given), None),
    )  # fmt: skip


async def _code_page(
    request: Ask, frame: Frame, parts: Parts, visitor: Visitor, filled: Filled, status: int = 200
) -> Response[bytes]:
    desk, customer_id = account.desk_of(request, parts, visitor), visitor.customer.id
    email = await desk.read(
        lambda view: customers.find_asked_move(view, customer_id=customer_id, session=visitor.grant.sid)
    )
    if email is None:
        return go(frame.url(EMAIL_PAGE))
    return account.page(request, frame, "account-email-code.html", visitor, status, filled=filled, email=email)
