"""`python -m bot` is `youkong`. Signals are heard before anything else is imported."""

import sys

from bot.signals import end_at_once


def main() -> None:
    """The program. Told to end before it serves, `run` ends as after any stop, other commands as unfinished."""
    end_at_once(0 if "run" in sys.argv[1:] else 143)
    from bot.cli import main as commands

    commands(prog_name="youkong")


if __name__ == "__main__":
    main()
