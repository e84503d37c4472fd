"""Tokens -> chunks: what each stretch of words says of time, with its place."""
