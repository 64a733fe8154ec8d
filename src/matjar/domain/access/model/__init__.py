"""The nouns of access: people of a shop as its bundle carries them, rights, and what identity alone knows of people."""
