"""`python -m massar_cli`, and the `massar` command: the way in, kept light."""

import gc
import sys

# A run lasts a fraction of a second and leaves little behind: collecting while modules are being
# loaded would take a tenth of it. What runs for long is still collected.
_COLLECT_AFTER = 50_000


def main() -> int:
    """Run the command line and return its exit code; `--version` alone loads nothing more."""
    if sys.argv[1:] == ["--version"]:
        from massar_cli import __version__

        print(f"massar {__version__}")
        return 0
    gc.set_threshold(_COLLECT_AFTER)
    try:
        from massar_cli.cli.app import run_command_line

        return run_command_line(sys.argv[1:])
    except KeyboardInterrupt:  # before the command line could take it
        return 130
    finally:
        gc.freeze()  # nor is there a reason to collect what ends with the process


if __name__ == "__main__":
    sys.exit(main())
