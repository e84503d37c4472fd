"""`python -m bot` is `youkong`."""

from bot.cli import main

main()
