"""What each language says: the only files with words in them."""
