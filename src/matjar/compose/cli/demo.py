"""`matjar demo`: open the demo's shops."""

import typer

from matjar.compose.cli.command import command, part
from matjar.compose.cli.desk import with_storage
from matjar.compose.demo.goods import SHOPS
from matjar.compose.demo.open_shops import open_demo_shops
from matjar.compose.settings import Settings, read
from matjar.compose.speech import gettext
from matjar.domain import shops
from matjar.storage.desk import Storage

app = part()


@command(app, "demo", example="matjar demo")
def demo() -> None:
    """Open the demo's shops that do not stand yet; one that stands is left as it is."""
    settings = read()
    with_storage(lambda storage: open_demo_shops(storage, settings.media_folder))
    typer.echo(gettext("Open: {shops}.").format(shops=", ".join(SHOPS)))


def open_where_nobody_sells(settings: Settings) -> None:
    """Open them on a platform that has no shops but theirs, so that the first page of the first run shows one."""

    async def open_them(storage: Storage) -> None:
        others = {shop.handle for shop in await storage.read(0, shops.list_shops)} - set(SHOPS)
        if not others:
            await open_demo_shops(storage, settings.media_folder)

    with_storage(open_them)
    settings.demo_marker.touch()
