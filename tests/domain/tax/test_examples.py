"""Tax as the law has it: every example of examples.toml, worked by hand beforehand."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from matjar.core.money import from_text
from matjar.domain import tax
from matjar.domain.shops import Rounding
from matjar.domain.tax.rules import rates_of_place

TEXT = Path(__file__).with_name("examples.toml").read_text("utf-8")
EXAMPLES: list[dict[str, Any]] = tomllib.loads(TEXT, parse_float=Decimal)["example"]


def rates_of(example: dict[str, Any]) -> tuple[tax.Rate, ...]:
    if "place" in example:
        country, _, region = example["place"].partition("-")
        return rates_of_place(tax.shipped_rates()[country], region)
    return tuple(
        tax.Rate("XX", "", category, name, int(per_cent * 10_000))
        for category, rate in example["rates"].items()
        for name, per_cent in (rate.items() if isinstance(rate, dict) else [("Tax", rate)])
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{each.get('place', '')} {each['title']}" for each in EXAMPLES])
def test_tax_is_what_was_worked_by_hand(example: dict[str, Any]) -> None:
    currency = example["currency"]
    policy = tax.Policy(example["prices"] == "inclusive", Rounding(example["rounding"]))
    items = [tax.Taxable(from_text(amount, currency), category) for amount, category in example["items"]]
    expected = [[due] if isinstance(due, str) else due for due in example["taxes"]]

    taxes = tax.assess(items, rates_of(example), policy)

    assert [[line.amount_minor for line in lines] for lines in taxes] == [
        [from_text(amount, currency) for amount in due] for due in expected
    ]


def test_the_examples_cover_what_matters() -> None:
    assert len(EXAMPLES) >= 60
    assert all(example["because"] for example in EXAMPLES)
    assert {"JPY", "AED", "BHD"} <= {example["currency"] for example in EXAMPLES}
