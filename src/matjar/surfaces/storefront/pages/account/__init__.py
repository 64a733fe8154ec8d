"""A customer's own pages: signing in, orders, addresses, what we know of them, and leaving.

They ask the shop's database and this process's own disk, nobody else: identity may be away for ever.
"""

from matjar.surfaces.storefront.pages.account import addresses, details, entering, leaving, orders, passkeys

ROUTES = (
    entering.show, entering.ask, entering.show_code, entering.enter_code, entering.show_link, entering.enter_link,
    passkeys.ask_to_enter, passkeys.enter,
    entering.sign_out, entering.sign_out_everywhere,
    orders.show,
    addresses.show, addresses.show_new, addresses.show_one, addresses.keep, addresses.change,
    details.show, details.change,
    details.show_move, details.ask_for_move, details.show_code, details.move,
    passkeys.show, passkeys.ask_to_add, passkeys.add, passkeys.change,
    leaving.download, leaving.show, leaving.forget, leaving.ask_about_news, leaving.stop_news,
)  # fmt: skip
