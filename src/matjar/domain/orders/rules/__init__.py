"""What follows for an order from what happens to it: pure decisions."""
