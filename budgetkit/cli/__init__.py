"""The command line: each command is a thin call of the package.

Nothing heavy is imported before a command runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

import errno

# Each of these modules adds its commands to the app, in the order of the help.
from budgetkit.cli import (  # noqa: F401
    data_commands,
    dataset_commands,
    output_commands,
    teaching_commands,
    work_commands,
)
from budgetkit.cli.options import EXIT_USAGE, app
from budgetkit.console import print_anything, say, sentence_of
from budgetkit.errors import BudgetkitError
from budgetkit.storage.scratch import scratch


def main(arguments: list[str] | None = None) -> int:
    """Run the command line.

    Returns
    -------
    int
        0; 1 if documents failed or an audit has findings; 2 after wrong use.
    """
    print_anything()
    try:
        with scratch():
            app(arguments)
    except BudgetkitError as error:
        return _stop(error)
    except OSError as error:
        return _stop(sentence_of(error))
    except MemoryError:
        return _stop(sentence_of(OSError(errno.ENOMEM, "")))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0


def _stop(error: BudgetkitError) -> int:
    say(f"budgetkit: {error}", err=True)
    return EXIT_USAGE
