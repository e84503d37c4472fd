"""`python -m bot` is `youkong`."""

from bot.cli import main

if __name__ == "__main__":
    main(prog_name="youkong")
