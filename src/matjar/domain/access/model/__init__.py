"""The nouns of access: people of a shop as its bundle carries them, and rights."""
