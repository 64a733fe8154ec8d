"""A form as it stands: what was typed stays, and what is wrong with it is said beside its field."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import msgspec

from matjar.core.refusal import Refusal, translate
from matjar.edge.forms import Form
from matjar.edge.languages import catalogue

P = ParamSpec("P")
T = TypeVar("T")


class Filled(msgspec.Struct):
    """The fields of a form, and what is wrong, by their names; ``trouble`` is wrong with the whole."""

    values: dict[str, str] = {}
    errors: dict[str, str] = {}
    trouble: str = ""

    @classmethod
    def of(cls, form: Form, *names: str) -> "Filled":
        """What was sent, of these fields: never a password."""
        return cls({name: form.text(name) for name in names})

    def refuse(self, refusal: Refusal, language: str, field: str = "") -> "Filled":
        """Say a refusal beside the field that it is about, or ``field`` where it names none; else above the form."""
        sentence = translate(refusal, catalogue(language).gettext)
        place = refusal.field or field
        if place:
            self.errors[place] = sentence
        else:
            self.trouble = sentence
        return self

    def hold(self, language: str, field: str, rule: Callable[P, T], *typed: P.args, **more: P.kwargs) -> T | None:
        """Hold what was typed against a rule; its refusal is said beside the field, and None told."""
        try:
            return rule(*typed, **more)
        except Refusal as refusal:
            self.refuse(refusal.at(field), language)
            return None

    def get(self, name: str, otherwise: str = "") -> Any:
        """What stands in a field."""
        return self.values.get(name, otherwise)
