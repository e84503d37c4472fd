"""The digest of a chat or a person, and how it is set."""
