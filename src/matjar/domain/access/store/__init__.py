"""The SQL of access. People belong to the house, which is shop 0: a shop's own statements meet them there as such."""
