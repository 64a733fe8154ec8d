"""Regions by country, for addresses: the part of ISO 3166-2 after the dash, and what the region is called in English.

Only where tax or carriers ask for it; other countries' addresses do without.
"""

REGIONS: dict[str, dict[str, str]] = {
    "AE": {
        "AZ": "Abu Dhabi", "AJ": "Ajman", "DU": "Dubai", "FU": "Fujairah", "RK": "Ras Al Khaimah", "SH": "Sharjah",
        "UQ": "Umm Al Quwain",
    },
    "CA": {
        "AB": "Alberta", "BC": "British Columbia", "MB": "Manitoba", "NB": "New Brunswick",
        "NL": "Newfoundland and Labrador", "NS": "Nova Scotia", "NT": "Northwest Territories", "NU": "Nunavut",
        "ON": "Ontario", "PE": "Prince Edward Island", "QC": "Quebec", "SK": "Saskatchewan", "YT": "Yukon",
    },
    "US": {
        "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
        "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
        "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas",
        "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan",
        "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
        "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina",
        "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania",
        "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas",
        "UT": "Utah", "VT": "Vermont", "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin",
        "WY": "Wyoming",
    },
}  # fmt: skip

WITHOUT_POST_CODES = frozenset({"AE", "HK", "QA"})
"""Countries whose post knows none (UPU, addressing systems)."""


def region_name(country: str, region: str) -> str:
    """The region's English name; what is not listed stays as it is."""
    return REGIONS.get(country, {}).get(region, region)
