"""The words that every room shares: money, time, ids, transactions, commands, refusals, limits.

Promise: imports nothing of ours and calls nothing of the world.
"""
