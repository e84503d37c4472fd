"""Figures of the bot beside those of a careful bot on the official SDKs, in one run: `python -m benchmarks`."""
