"""The orders' SQL."""
