"""The storefront: where shoppers find, buy, and follow what they bought.

Promise: it starts and browses from its own disk, whatever else is away, and never takes money that no order follows.
"""
