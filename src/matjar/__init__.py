"""Matjar: a commerce platform whose every surface keeps selling when any single part is down."""
