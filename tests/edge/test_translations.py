"""Every sentence that a reader may see is there in every language, whole."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from matjar.edge.languages import catalogue
from tools import translations

LANGUAGES = sorted(path.name for path in translations.LOCALES.iterdir() if path.is_dir())


def po(language: str) -> Path:
    return translations.LOCALES / language / "matjar.po"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_missing_and_none_is_left_over(language: str) -> None:
    current = po(language).read_bytes()
    assert translations.render(translations.fresh(language, current)) == current, "run `make translations`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_empty_fuzzy_or_at_odds_with_its_sentence(language: str) -> None:
    with po(language).open("rb") as file:
        found = read_po(file, locale=language)
    for message in found:
        if message.id:
            assert not message.fuzzy, message.id
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            assert all(strings), f"not translated: {message.id}"
            assert not list(message.check(found)), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_facts_keep_their_names_in_every_language(language: str) -> None:
    say = catalogue(language).gettext
    for message in translations.messages():
        if isinstance(message, str):
            facts = re.compile(r"%\(\w+\)s|\{\w+\}")
            assert sorted(facts.findall(say(message))) == sorted(facts.findall(message)), message


@pytest.mark.parametrize(
    ("count", "sentence"),
    [(0, "لا منتجات"), (1, "منتج واحد"), (2, "منتجان"), (3, "3 منتجات"), (11, "11 منتجًا"), (100, "100 منتج")],
)
def test_arabic_has_six_forms_of_a_plural(count: int, sentence: str) -> None:
    form = catalogue("ar").ngettext("One product", "%(number)s products", count)
    assert form % {"number": count} == sentence
