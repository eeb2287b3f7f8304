"""`python -m massar_cli`, and the `massar` command: the way in, kept light."""

import gc
import sys
from contextlib import suppress

# A run lasts a fraction of a second and leaves little behind: collecting while modules are being
# loaded would take a tenth of it. What runs for long is still collected.
_COLLECT_AFTER = 50_000


def main() -> int:
    """Run the command line and return its exit code; `--version` alone loads nothing more."""
    if sys.argv[1:] == ["--version"]:
        return _print_version()
    gc.set_threshold(_COLLECT_AFTER)
    try:
        from massar_cli.cli.app import run_command_line

        return run_command_line(sys.argv[1:])
    except KeyboardInterrupt:  # before the command line could take it
        return 130
    except RuntimeError as error:  # in which Python 3.11 wraps it while a class is being made
        if isinstance(error.__cause__, KeyboardInterrupt):
            return 130
        raise
    finally:
        gc.freeze()  # nor is there a reason to collect what ends with the process


def _print_version() -> int:
    from massar_cli import __version__
    from massar_cli.cli.border import ReaderGone, provide_streams, standard_output

    provide_streams()
    with suppress(ReaderGone), standard_output() as stream:
        stream.write(f"massar {__version__}\n".encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
