"""The goods' SQL."""
