"""Making a bundle: numbered after the one before, signed, and put where everybody finds it."""

from collections.abc import Mapping

import msgspec

from matjar.resilience.bundles.keys import SigningKey
from matjar.resilience.bundles.manifest import Bundle, Manifest, digest, name_of, next_number
from matjar.resilience.bundles.shelf import Shelf
from matjar.resilience.bundles.signing import Use, sign

KEPT_BUNDLES = 3
"""Of each kind and shop on a maker's shelf: who is reading the last one just now reads it to the end."""


def make(key: SigningKey, kind: str, shop_id: int, files: Mapping[str, bytes], *, previous: int, now_ms: int) -> Bundle:
    """A bundle, signed; ``previous`` is the number of the one before, 0 for the first."""
    digests = {name: digest(content) for name, content in files.items()}
    manifest = Manifest(kind, shop_id, next_number(previous, now_ms), previous, now_ms, digests)
    token = sign(key, Use.BUNDLE, msgspec.json.encode(manifest))
    return Bundle(manifest, token, files, key.public.kid)


def publish(
    shelf: Shelf, key: SigningKey, kind: str, shop_id: int, content: msgspec.Struct, *, now_ms: int, above: int = 0
) -> Bundle:
    """Make a bundle of one file, and put it on the shelf in the place of the one before.

    Its number is higher than any there, and than ``above``: one that is known elsewhere, should the shelf be older.
    """
    numbers = shelf.numbers(kind, shop_id)
    files = {name_of(kind): msgspec.json.encode(content)}
    bundle = make(key, kind, shop_id, files, previous=max([above, *numbers]), now_ms=now_ms)
    shelf.put(bundle.manifest, bundle.token, bundle.files)
    shelf.keep_only(kind, shop_id, {*numbers[1 - KEPT_BUNDLES :], bundle.manifest.number})
    return bundle
