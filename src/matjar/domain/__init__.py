"""What a shopkeeper knows, room by room: synchronous, deterministic, pure but for the transaction it is given."""
