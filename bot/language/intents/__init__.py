"""What is wanted, and what of a text stands in no account."""
