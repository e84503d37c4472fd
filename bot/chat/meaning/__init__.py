"""What a message means: a question, a follow-up, an order."""
