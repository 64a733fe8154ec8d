"""To be found: what the shop tells search engines and whoever shares a link of it.

Promise: every page has one address for each language, at the one host where the shop is at home; what is told of goods
is what the pages show; and nothing of it is about the person who asks.
"""

from matjar.surfaces.storefront.pages.found import feed, robots, sitemap

ROUTES = (robots.show, sitemap.index, sitemap.file, feed.show)
"""What search engines ask for."""
