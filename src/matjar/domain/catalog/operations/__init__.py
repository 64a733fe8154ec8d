"""What is done with the goods."""
