"""What happens to tax rates."""

from matjar.core.tx import Event


class TaxRatesChanged(Event, tag="tax_rates_changed", frozen=True):
    """A country's rates are others now, from the next order on."""

    country: str
