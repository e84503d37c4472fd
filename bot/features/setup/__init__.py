"""What a chat or a person has set."""
