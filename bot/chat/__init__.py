"""One mention in, one card out: frames become questions, replies become cards, and each message is answered once."""
