"""What is done with customers: when they buy, sign in, tell of themselves, and wish to be forgotten."""
