"""The platform as a whole: run it, stop it."""

import os
import sys

import typer

from matjar.compose import running, supervisor
from matjar.compose.cli.command import command, part
from matjar.compose.settings import read

app = part()


@command(app, "run", example="MATJAR_PORT_STOREFRONT=9000 matjar run")
def run() -> None:
    """Run every process until Ctrl-C; what dies is started again."""
    settings = read()
    if settings.postgres_url:
        from matjar.compose.cli.database import bring_up_to_date  # noqa: PLC0415 - SQLite's writer does so itself

        bring_up_to_date(settings)
    if settings.development and settings.demo and not settings.demo_marker.exists():
        from matjar.compose.cli.demo import open_where_nobody_sells  # noqa: PLC0415 - for the first time only

        open_where_nobody_sells(settings)
    # A process anew: what the command line has loaded would stay in memory for as long as the platform runs.
    os.execv(sys.executable, [sys.executable, "-m", "matjar.compose.supervisor"])  # noqa: S606 - our own program


@command(app, "stop", example="matjar stop")
def stop() -> None:
    """Stop every process, whether its supervisor lives or not."""
    settings = read()
    overseer = running.find(settings.run_folder, supervisor.NAME)
    if overseer is not None:
        overseer.send(supervisor.STOP)
        overseer.wait(supervisor.STOP_SECONDS)
    rest = supervisor.Supervisor(settings, typer.echo)
    rest.adopt()
    rest.stop()
