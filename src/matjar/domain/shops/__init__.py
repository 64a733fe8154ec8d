"""Shops: who sells here, in which currency, languages and time zone, registered for tax where."""
