"""`matjar status`: how every process is."""

import typer
from rich.console import Console
from rich.table import Table

from matjar.compose import running, supervisor
from matjar.compose.processes import address, wanted
from matjar.compose.settings import Settings, read

app = typer.Typer()


@app.command()
def status() -> None:
    """Show every process: whether it runs and answers, its memory and age. Exit code 1: not all of them do."""
    settings = read()
    table = Table("process", "state", "pid", "MiB", "age", "address", box=None, header_style="bold")
    rows = [_row(settings, supervisor.NAME, "")]
    rows += [_row(settings, process.name, address(process, settings)) for process in wanted(settings)]
    for row in rows:
        table.add_row(*row)
    Console().print(table)
    if any(row[1] != "running" for row in rows):
        raise typer.Exit(1)


def _row(settings: Settings, name: str, address: str) -> tuple[str, ...]:
    found = running.find(settings.run_folder, name)
    vitals = running.vitals(found.pid) if found else None
    if found is None or vitals is None:
        return name, "down", "", "", "", address
    state = "stopped" if vitals.stopped else "running"
    return name, state, str(found.pid), f"{vitals.memory_bytes / 2**20:.0f}", _age(vitals.age_seconds), address


def _age(seconds: float) -> str:
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size:.0f} {unit}"
    return f"{seconds:.0f} s"
