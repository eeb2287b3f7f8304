"""`python -m massar_cli`, and the `massar` command: the way in, kept light."""

import sys


def main() -> int:
    """Run the command line and return its exit code; `--version` alone loads nothing more."""
    if sys.argv[1:] == ["--version"]:
        from massar_cli import __version__

        print(f"massar {__version__}")
        return 0
    try:
        from massar_cli.cli.app import run_command_line

        return run_command_line(sys.argv[1:])
    except KeyboardInterrupt:  # before the command line could take it
        return 130


if __name__ == "__main__":
    sys.exit(main())
