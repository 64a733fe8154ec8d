"""Identity: who people are, how they prove it, and what they may do. No surface needs it in order to go on serving."""
