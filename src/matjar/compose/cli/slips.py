"""How orders look on the command line."""

from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table

from matjar.core.clock import SECOND
from matjar.core.money import to_text
from matjar.domain.orders import Dossier, Order


def table_of_orders(orders: list[Order]) -> Table:
    """One line for each order."""
    table = Table("order", "placed", "buyer", "total", "status", "money", "goods", box=None, header_style="bold")
    for order in orders:
        table.add_row(
            order.name, moment(order.created_at), buyer(order), amount(order.total_minor, order),
            order.status, order.financial_status, order.fulfilment_status,
        )  # fmt: skip
    return table


def show_order(console: Console, dossier: Dossier) -> None:
    """Everything about one order."""
    order = dossier.order
    console.print(f"[bold]{order.name}[/bold]  {moment(order.created_at)}  {buyer(order)}", highlight=False)
    console.print(f"{order.status}, {order.financial_status}, {order.fulfilment_status}", highlight=False)
    console.print(_lines(order))
    console.print(_sums(order))
    console.print(_history(dossier))


def amount(amount_minor: int, order: Order) -> str:
    """As 12.50 AED."""
    return f"{to_text(amount_minor, order.currency)} {order.currency}"


def moment(at: int) -> str:
    """In the time zone of whoever sits at this terminal."""
    return datetime.fromtimestamp(at / SECOND, UTC).astimezone().strftime("%Y-%m-%d %H:%M")


def buyer(order: Order) -> str:
    """The buyer's name, or what there is instead."""
    return order.contact.shipping.name or order.contact.email or "–"


def _lines(order: Order) -> Table:
    table = Table("line", "title", "SKU", "pieces", "sent", "refunded", "total", box=None, header_style="bold")
    for line in order.lines:
        counts = (line.quantity, line.fulfilled, line.refunded)
        table.add_row(
            str(line.position), line.full_title, line.sku, *map(str, counts), amount(line.total_minor, order)
        )
    return table


def _sums(order: Order) -> Table:
    table = Table(box=None, show_header=False)
    table.add_column(style="bold")
    table.add_column(justify="right")
    sums = (
        ("delivery", order.particulars.delivery_total_minor),
        ("discount", -order.discount_minor),
        ("tax", order.tax_minor),
        ("total", order.total_minor),
        ("credited", order.credited_minor),
        ("paid", order.paid_minor),
        ("refunded", order.refunded_minor),
        ("due", order.due_minor),
    )
    for name, sum_minor in sums:
        if sum_minor or name in ("total", "paid", "due"):
            table.add_row(name, amount(sum_minor, order))
    return table


def _history(dossier: Dossier) -> Table:
    """What happened, and which papers were issued, in order of time."""
    order = dossier.order
    rows = [(occasion.at, occasion.kind, occasion.actor) for occasion in dossier.timeline]
    rows += [(each.at, f"{each.kind} {amount(each.amount_minor, order)} {each.status}", each.gateway)
             for each in dossier.transactions]  # fmt: skip
    rows += [(paper.issued_at, f"{paper.name} {amount(paper.total_minor, order)}", "") for paper in dossier.invoices]
    rows += [(parcel.at, f"parcel {parcel.tracking.number}", parcel.tracking.company) for parcel in dossier.fulfilments]
    table = Table("when", "what", "who", box=None, header_style="bold")
    for at, what, who in sorted(rows, key=lambda row: row[0]):
        table.add_row(moment(at), what, who)
    return table
