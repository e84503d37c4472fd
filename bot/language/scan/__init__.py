"""Text -> typed tokens; the only room that reads the words."""
