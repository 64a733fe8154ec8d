"""Adapters: one file per vendor, each behind a port of the domain. Named in `compose/wiring.py` alone."""
