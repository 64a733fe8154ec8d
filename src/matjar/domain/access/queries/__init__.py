"""Questions about people, and about who may what in a shop."""
