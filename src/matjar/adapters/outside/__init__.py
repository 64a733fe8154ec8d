"""Providers by whose word people sign in, each behind `domain.access.ports.Provider`."""
