"""An address as carriers and tax offices need it."""

import msgspec


class Address(msgspec.Struct, frozen=True, omit_defaults=True):
    """A postal address. ``country`` is ISO 3166-1 alpha-2, ``region`` the part after the dash of ISO 3166-2."""

    name: str = ""
    company: str = ""
    vat_number: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    phone: str = ""


NOWHERE = Address()
