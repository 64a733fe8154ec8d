"""Entrances without a door: processes that no person visits."""
