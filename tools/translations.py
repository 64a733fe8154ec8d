"""Brings the catalogues of translations up to date: every sentence of pages and refusals, in every language.

What is new stands empty in ``src/matjar/edge/locale/<language>/matjar.po`` afterwards, for a person to fill in; what is
gone is gone. A new language is a new folder with an empty file in it.
"""

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "matjar"
LOCALES = SOURCE / "edge" / "locale"

Message = str | tuple[str, str]
"""A sentence, or its singular and plural."""

_TEMPLATES = [("**/templates/**.html", "jinja2.ext:babel_extract")]
_OPTIONS = {"**/templates/**.html": {"trimmed": "true", "silent": "false"}}
_CALLS = {"gettext": (0,), "sentence": (0,), "ngettext": (0, 1), "declare": (2,)}
"""Functions that are given sentences, and which of their arguments these are."""


def messages() -> list[Message]:
    """Every sentence that a reader may see, sorted."""
    found = {*_of_templates(), *_of_code(), *_of_regions()}
    # A sentence that has a plural somewhere has it everywhere: a catalogue knows it under its singular.
    plurals = {message[0] for message in found if isinstance(message, tuple)}
    return sorted(found - plurals, key=lambda message: message if isinstance(message, str) else message[0])


def _of_templates() -> Iterator[Message]:
    for _, _, message, _, _ in extract_from_dir(SOURCE, _TEMPLATES, _OPTIONS):
        yield message if isinstance(message, str) else (message[0], message[1])


def _of_code() -> Iterator[Message]:
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                yield from _of_call(node)


def _of_call(call: ast.Call) -> Iterator[Message]:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    places = _CALLS.get(name, ())
    texts = [call.args[place].value for place in places if _is_text(call.args, place)]  # type: ignore[attr-defined]
    if texts and len(texts) == len(places):
        yield texts[0] if len(texts) == 1 else (texts[0], texts[1])


def _is_text(arguments: list[ast.expr], place: int) -> bool:
    found = arguments[place] if place < len(arguments) else None
    return isinstance(found, ast.Constant) and isinstance(found.value, str)


def _of_regions() -> Iterator[Message]:
    tree = ast.parse((SOURCE / "edge" / "regions.py").read_text())
    regions = next(node.value for node in ast.walk(tree) if isinstance(node, ast.AnnAssign) and node.value)
    for names in ast.literal_eval(regions).values():
        yield from names.values()


def fresh(language: str, current: bytes) -> Catalog:
    """The language's catalogue with every sentence of today: translated as far as it was, and no other."""
    before = read_po(io.BytesIO(current), locale=language)
    after = Catalog(locale=language, fuzzy=False, header_comment="# Matjar in other words.")
    for message in messages():
        found = before.get(message if isinstance(message, str) else message[0])
        kept = found.string if found is not None and isinstance(found.id, tuple) == isinstance(message, tuple) else None
        after.add(
            message, kept if kept is not None else ("" if isinstance(message, str) else ("",) * after.num_plurals)
        )
    return after


def render(catalogue: Catalog) -> bytes:
    """The catalogue as a file that changes only where a sentence does."""
    text = io.BytesIO()
    write_po(text, catalogue, width=120, no_location=True, omit_header=True, sort_output=True)
    plural = catalogue.plural_forms
    head = (
        "# Matjar in other words. `make translations` adds what is new and drops what is gone.\n"
        'msgid ""\nmsgstr ""\n'
        f'"Language: {catalogue.locale}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: {plural}\\n"\n\n'
    )
    return head.encode() + text.getvalue()


def main() -> int:
    """Refresh every language, and say what is still to be translated."""
    for path in sorted(LOCALES.glob("*/matjar.po")):
        catalogue = fresh(path.parent.name, path.read_bytes())
        path.write_bytes(render(catalogue))
        empty = [each.id for each in catalogue if each.id and not all(_strings(each.string))]
        sys.stdout.write(f"{path.relative_to(ROOT)}: {len(catalogue)} sentences, {len(empty)} to be translated\n")
    return 0


def _strings(string: object) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (str(string or ""),)


if __name__ == "__main__":
    sys.exit(main())
