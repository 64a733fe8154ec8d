"""`matjar order`: see orders, and do with them what a merchant does, also on the day when nobody can sign in."""

from matjar.compose.cli.command import part
from matjar.compose.cli.orders.money import commands as money
from matjar.compose.cli.orders.seeing import commands as seeing
from matjar.compose.cli.orders.sending import commands as sending

app = part()
order = part("See orders, send them, take their money and give it back.")
for each in (seeing, sending, money):
    order.add_typer(each)
app.add_typer(order, name="order")
