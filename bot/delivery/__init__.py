"""The way out: cards and texts of the bot."""
