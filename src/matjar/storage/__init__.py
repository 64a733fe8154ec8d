"""Storage: one transaction decides.

Purpose: takes commands from every process to the one writer that a shop has, commits them in groups, and answers only
when they are durable; answers questions; keeps the feed. Promise: the same operations behave alike on SQLite and on
PostgreSQL, and what was answered is never lost.
"""
