"""The customers' SQL."""
