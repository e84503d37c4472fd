"""One module = one thing the bot can do: a coroutine from a question to a Reply."""
