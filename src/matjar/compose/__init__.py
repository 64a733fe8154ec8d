"""Putting the parts together: settings, the wiring, the processes, the command line. Nothing decides anything here."""
