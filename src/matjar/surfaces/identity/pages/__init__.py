"""Identity's pages: whole without JavaScript, but for passkeys, which only a script can ask for."""

from litestar import Router
from litestar.di import Provide

from matjar.surfaces.identity.frame import frame_of
from matjar.surfaces.identity.guard import place_of, session_of
from matjar.surfaces.identity.pages import (
    abroad,
    arriving,
    errands,
    factors,
    forgetting,
    joining,
    passkeys,
    people,
    printing,
    profile,
    programs,
    proving,
    roles,
    second_step,
    sessions,
    signing_in,
    static,
)

PAGES = Router(
    "/",
    route_handlers=[
        signing_in.show, signing_in.try_password, signing_in.options, signing_in.try_passkey, signing_in.sign_out,
        second_step.show, second_step.prove, second_step.show_lost, second_step.recover,
        abroad.leave, abroad.leave_to_link, abroad.come_back, abroad.unlink,
        errands.hand_over,
        joining.show, joining.join, arriving.show,
        forgetting.show, forgetting.order, forgetting.show_reset, forgetting.reset,
        forgetting.show_confirm, forgetting.confirm,
        proving.show, proving.options, proving.prove,
        profile.home, profile.show, profile.describe, profile.show_email, profile.change_email,
        profile.confirm_email, profile.show_password, profile.change_password, profile.refuse_recovery,
        profile.leave, profile.show_forget, profile.forget,
        passkeys.show, passkeys.show_new, passkeys.options, passkeys.add, passkeys.rename, passkeys.remove,
        factors.show, factors.show_app, factors.set_app, factors.drop_app, factors.make_recovery_codes,
        sessions.show, sessions.end, sessions.end_all,
        people.show, people.show_invite, people.invite, people.withdraw, people.show_person, people.change,
        people.show_hand_over, people.hand_over,
        roles.show, roles.show_new, roles.make, roles.show_one, roles.change,
        printing.show, printing.print_codes,
        programs.show, programs.show_new, programs.make, programs.withdraw,
        static.static_file,
    ],
    dependencies={
        "frame": Provide(frame_of, sync_to_thread=False),
        "session": Provide(session_of, sync_to_thread=False),
        "place": Provide(place_of, sync_to_thread=False),
    },
    include_in_schema=False,
)  # fmt: skip
"""Every route, each of which says what it is for."""

__all__ = ["PAGES"]
