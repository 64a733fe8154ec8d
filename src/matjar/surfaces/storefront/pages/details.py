"""What a buyer tells at the checkout: from the form's fields to the domain's details and back."""

import msgspec

from matjar.core.address import Address
from matjar.core.limits import TEXT
from matjar.domain.checkout import Details
from matjar.edge.forms import Form
from matjar.edge.languages import catalogue, sentence

ADDRESS = ("name", "company", "line1", "line2", "city", "region", "postal_code", "country")
_WHOLE = (*ADDRESS, "vat_number")
"""With what an invoice needs beside."""
NEWS = sentence("Tell me about news and offers by e-mail")
"""What stands beside the box, and is kept as what somebody agreed to."""
_DIGITS = ("phone", "postal_code")


class Filled(msgspec.Struct):
    """The form as it stands: what was typed, and what is wrong with it, by the names of the fields."""

    values: dict[str, str]
    errors: dict[str, str] = {}

    @classmethod
    def typed(cls, form: Form) -> "Filled":
        """As the buyer sent it."""
        return cls({name: form.digits(name) if name in _DIGITS else form.text(name) for name in _fields()})

    @classmethod
    def kept(cls, details: Details) -> "Filled":
        """As we keep it."""
        values = {f"billing_{name}": getattr(details.billing, name) for name in _WHOLE}
        values |= {name: getattr(details.shipping, name) for name in _WHOLE}
        values |= {
            "email": details.email,
            "phone": details.phone,
            "delivery": details.delivery_id,
            "discount_code": details.discount_code,
            "note": details.note,
            "marketing": "1" if details.accepts_marketing else "",
            "billing": "1" if details.billing.country else "",
        }
        return cls(values)

    def take(self, address: Address) -> None:
        """Fill in an address that the buyer keeps; nowhere changes nothing."""
        if address.country:
            self.values |= {name: getattr(address, name) for name in _WHOLE}
            self.values["phone"] = address.phone or self.values["phone"]

    def details(self, language: str) -> Details:
        """As the domain has it, from a page in this language; what was found wrong is left out.

        A billing address counts only if it is asked for.
        """
        right = {name: "" if name in self.errors else value[: TEXT + 1] for name, value in self.values.items()}
        shipping = Address(**{name: right[name] for name in _WHOLE}, phone=right["phone"])
        billing = Address(**{name: right[f"billing_{name}"] for name in _WHOLE}) if right["billing"] else Address()
        return Details(
            email=right["email"],
            phone=right["phone"],
            shipping=shipping,
            billing=billing if billing.country else Address(),
            delivery_id=right["delivery"],
            discount_code=right["discount_code"],
            note=right["note"],
            accepts_marketing=bool(right["marketing"]),
            agreed_to=catalogue(language).gettext(NEWS) if right["marketing"] else "",
        )


def field_of(path: str) -> str:
    """The form's name for a field that the domain names by its path: ``shipping_address.city`` is ``city``."""
    room, _, name = path.rpartition(".")
    if room == "billing_address":
        return f"billing_{name}"
    return name if room in ("buyer", "shipping_address", "payment") else path


def _fields() -> tuple[str, ...]:
    own = ("email", "phone", "delivery", "discount_code", "note", "marketing", "billing")
    return own + _WHOLE + tuple(f"billing_{name}" for name in _WHOLE)
