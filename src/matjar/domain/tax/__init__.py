"""Tax: what is due at each place, within prices or on top of them, rounded as the shop decides.

Promise: what is shown for each line sums exactly to what is owed, and nothing is charged where the shop is not
registered.
"""

from matjar.domain.tax.model import (
    DELIVERY,
    EXEMPT,
    REDUCED,
    STANDARD,
    ZERO,
    Policy,
    Rate,
    Taxable,
    TaxLine,
)
from matjar.domain.tax.rules import assess

__all__ = ["DELIVERY", "EXEMPT", "REDUCED", "STANDARD", "ZERO", "Policy", "Rate", "TaxLine", "Taxable", "assess"]
