"""What pages tell machines: schema.org in JSON-LD, as search engines read it.

Required and recommended properties: developers.google.com/search/docs/appearance/structured-data (product variants,
merchant listings, breadcrumbs, organization, sitelinks search box).
"""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from markupsafe import Markup

from matjar.core.money import to_text
from matjar.domain.shops import PolicyKind
from matjar.edge.catalogue import ProductDocument, ShopDocument, VariantDocument
from matjar.surfaces.storefront.pages.cards import reduced_from
from matjar.surfaces.storefront.pages.delivery import Promise, promise_of
from matjar.surfaces.storefront.pages.found.codes import attributes_of, gtin_of
from matjar.surfaces.storefront.pages.frame import Frame
from matjar.surfaces.storefront.views import titles

SCHEMA = "https://schema.org"
MOST_VARIANTS = 50
"""Variants that a page tells of one by one: with more, it would be longer than what people read."""
MOST_PICTURES = 6

Node = dict[str, Any]

_HARMLESS = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""No text in it can end the element that it stands in (HTML, 4.12.1.3), whatever a merchant calls their goods."""


def embedded(data: Iterable[Node]) -> Markup:
    """Data for the inside of ``<script type="application/ld+json">``, which no browser runs."""
    text = msgspec.json.encode({"@context": SCHEMA, "@graph": list(data)}).decode()
    # One after another: ``str.translate`` asks at each sign, which took up to two milliseconds of a product's page.
    for sign, written in _HARMLESS.items():
        text = text.replace(sign, written)
    return Markup(text)  # noqa: S704 - no sign is left in it that HTML would read


def organisation(frame: Frame) -> Node:
    """Who sells here."""
    settings, address = frame.shop.settings, frame.shop.settings.address
    postal = {
        "@type": "PostalAddress",
        "streetAddress": " ".join(line for line in (address.line1, address.line2) if line),
        "addressLocality": address.city,
        "addressRegion": address.region,
        "postalCode": address.postal_code,
        "addressCountry": address.country,
    }
    return _told({
        "@type": "OnlineStore",
        "@id": f"{frame.home}/#organization",
        "name": frame.name,
        "url": frame.at_home("/"),
        "logo": frame.media(settings.logo) if settings.logo else "",
        "legalName": settings.legal_name,
        "email": settings.email,
        "telephone": settings.phone,
        "vatID": settings.registrations[0].number if settings.registrations else "",
        "address": _told(postal) if address.country else None,
        "hasMerchantReturnPolicy": _returns(frame),
    })  # fmt: skip


def _returns(frame: Frame) -> Node | None:
    """Where it says what may come back, and until when."""
    path = dict(frame.policies).get(PolicyKind.REFUND)
    return {"@type": "MerchantReturnPolicy", "merchantReturnLink": frame.at_home(path)} if path else None


def website(frame: Frame) -> Node:
    """The site, and how it is searched."""
    found = frame.at_home("/search") + "?q={search_term_string}"
    return {
        "@type": "WebSite",
        "@id": f"{frame.home}/#website",
        "name": frame.name,
        "url": frame.at_home("/"),
        "inLanguage": frame.language,
        "publisher": {"@id": f"{frame.home}/#organization"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": found},
            "query-input": "required name=search_term_string",
        },
    }


def path(frame: Frame, steps: Sequence[tuple[str, str]]) -> Node:
    """The way to a page, from the home page on: what each step is called, and where it is."""
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": frame.at_home(where)}
        for position, (name, where) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def product(frame: Frame, shop: ShopDocument, goods: ProductDocument, description: str) -> Node:
    """A product with its offer; one of several variants as the group that they are."""
    words, where = goods.in_language(frame.language), f"/products/{goods.handle}"
    told: Node = {
        "@type": "Product",
        "@id": f"{frame.at_home(where)}#product",
        "name": words.title,
        "description": description or words.title,
        "url": frame.at_home(where),
        "image": [frame.media(picture.path) for picture in goods.images[:MOST_PICTURES]],
        "brand": {"@type": "Brand", "name": goods.vendor} if goods.vendor else None,
        "category": words.product_type,
    }
    if len(goods.variants) == 1:
        (only,) = goods.variants
        offer = _offer(frame, shop, only, where)
        return _told(told | _codes(only) | {"offers": offer})
    return _told(told | _group(frame, shop, goods))


def _group(frame: Frame, shop: ShopDocument, goods: ProductDocument) -> Node:
    prices = [each.price_minor for each in goods.variants]
    currency = frame.shop.currency
    several = [_variant(frame, shop, goods, each) for each in goods.variants[:MOST_VARIANTS]]
    varies = attributes_of(goods, goods.variants[0], frame.language)
    return {
        "@type": "ProductGroup",
        "productGroupID": str(goods.id),
        "variesBy": [f"{SCHEMA}/{name}" for name in sorted(varies)],
        "offers": {
            "@type": "AggregateOffer",
            "lowPrice": to_text(min(prices), currency),
            "highPrice": to_text(max(prices), currency),
            "priceCurrency": currency,
            "offerCount": len(prices),
            "availability": _availability(goods.on_sale),
        },
        "hasVariant": several,
    }


def _variant(frame: Frame, shop: ShopDocument, goods: ProductDocument, variant: VariantDocument) -> Node:
    title, choice = titles(goods, variant, frame.language)
    where, picture = f"/products/{goods.handle}?variant={variant.id}", goods.picture_of(variant)
    told = {
        "@type": "Product",
        "name": f"{title} – {choice}",
        "image": frame.media(picture.path) if picture else "",
        "offers": _offer(frame, shop, variant, where),
    }
    return _told(told | attributes_of(goods, variant, frame.language) | _codes(variant))


def _offer(frame: Frame, shop: ShopDocument, variant: VariantDocument, where: str) -> Node:
    currency, before = frame.shop.currency, reduced_from(variant)
    promise = promise_of(shop, variant)
    struck = {
        "@type": "UnitPriceSpecification",
        "priceType": f"{SCHEMA}/StrikethroughPrice",
        "price": to_text(before or 0, currency),
        "priceCurrency": currency,
    }
    return _told({
        "@type": "Offer",
        "url": frame.at_home(where),
        "price": to_text(variant.price_minor, currency),
        "priceCurrency": currency,
        "availability": _availability(variant.on_sale),
        "itemCondition": f"{SCHEMA}/NewCondition",
        "seller": {"@id": f"{frame.home}/#organization"},
        "priceSpecification": struck if before else None,
        "shippingDetails": _delivery(promise, currency) if promise else None,
    })  # fmt: skip


def _delivery(promise: Promise, currency: str) -> Node:
    days = {"@type": "QuantitativeValue", "minValue": promise.days_min, "maxValue": promise.days_max, "unitCode": "DAY"}
    price = to_text(promise.price_minor, currency)
    return {
        "@type": "OfferShippingDetails",
        "shippingRate": {"@type": "MonetaryAmount", "value": price, "currency": currency},
        "shippingDestination": {"@type": "DefinedRegion", "addressCountry": promise.country},
        "deliveryTime": {"@type": "ShippingDeliveryTime", "transitTime": days},
    }


def _codes(variant: VariantDocument) -> Node:
    return {"sku": variant.sku, "gtin": gtin_of(variant)}


def _availability(on_sale: bool) -> str:
    return f"{SCHEMA}/{'InStock' if on_sale else 'OutOfStock'}"


def _told(node: Node) -> Node:
    """Only what is known: nothing is told of what is empty."""
    return {name: value for name, value in node.items() if value or value == 0}
