"""`matjar order`: see orders, and do with them what a merchant does, also on the day when nobody can sign in."""

from matjar.compose.cli.command import part
from matjar.compose.cli.orders.letters import commands as letters
from matjar.compose.cli.orders.money import commands as money
from matjar.compose.cli.orders.seeing import commands as seeing
from matjar.compose.cli.orders.sending import commands as sending

app = part()
order = part("See orders, send them, take their money and give it back, write to their buyers again.")
for each in (seeing, sending, money, letters):
    order.add_typer(each)
app.add_typer(order, name="order")
