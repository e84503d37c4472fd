"""`python -m bot` is `youkong`. Signals are heard before anything else is imported."""

import sys

from bot.signals import end_at_once, outlive_hang_ups


def main() -> None:
    """The program. Told to end before it serves, `run` ends as after any stop, other commands as unfinished."""
    serves = "run" in sys.argv[1:]
    end_at_once(0 if serves else 143)
    if serves:
        outlive_hang_ups()
    from bot.cli import main as commands

    commands(prog_name="youkong")


if __name__ == "__main__":
    main()
