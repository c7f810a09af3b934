"""``python -m budgetkit``: the command line, for a Python whose scripts are not on the PATH."""

import sys

from budgetkit.cli import main

if __name__ == "__main__":
    sys.exit(main())
