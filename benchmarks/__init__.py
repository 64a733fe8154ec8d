"""The figures: what the platform does in a second, measured through its own doors, beside the work of its peers.

Each file measures one thing; ``python -m benchmarks`` measures all, ``python -m benchmarks checkout`` one.
"""
