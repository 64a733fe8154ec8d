"""Entrances: one folder, one process each. They never import one another."""
