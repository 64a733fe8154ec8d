"""A form that was sent when its session was over: it waits while its person signs in, and then they send it on."""

from litestar import Response

from matjar.core.refusal import Refusal
from matjar.edge import csrf
from matjar.edge.forms import Form
from matjar.edge.framework import Ask
from matjar.surfaces.admin.pages.cookies import NOTHING, Waiting
from matjar.surfaces.admin.pages.frame import Frame, own_path

MOST_BYTES = 2_500
"""What waits on the way to identity and back waits in a cookie, and a cookie holds 4 KB."""


def of_request(request: Ask, frame: Frame) -> Waiting:
    """What was just sent, if a page of ours sent it: what another site sends in a person's name does not wait."""
    try:
        csrf.check_origin(request)
        return Waiting(own_path(frame.path), request.scope["form"].decode())  # type: ignore[typeddict-item]
    except (Refusal, UnicodeDecodeError):
        return NOTHING


def of_form(form: Form) -> Waiting:
    """What the page to sign in at has carried along."""
    path = form.text("again")
    return Waiting(own_path(path), form.fields.get("kept", "")) if path else NOTHING


def page(frame: Frame, waiting: Waiting, to: str, mark: str) -> Response[bytes]:
    """Somebody is in again: what they had typed is here, and one press sends it; ``mark`` is the new session's."""
    pairs = [pair for pair in Form.of(waiting.body.encode()).pairs if pair[0] != csrf.FIELD]
    return frame.page("waiting.html", path=waiting.path, fields=[(csrf.FIELD, mark), *pairs], to=to)
