"""``python -m tests.typesetter``: set the bundled corpus again from its data files.

Beside it ``data/province`` is set, the example of a new province.  With ``--invent`` the data files
of the invented bureaus are written again first; with a folder the PDFs go there.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.typesetter.corpus import FOLDER, build, build_province, write_data


def main() -> None:
    """Read the command line, write the files, say how large they are together."""
    parser = argparse.ArgumentParser(prog="python -m tests.typesetter", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=None, help="where the PDFs go")
    parser.add_argument("--invent", action="store_true", help="write the data files again first")
    chosen = parser.parse_args()
    if chosen.invent:
        write_data()
    paths = build(FOLDER, chosen.folder)
    if chosen.folder is None:
        build_province()
    size = sum(path.stat().st_size for path in paths) / 1e6
    print(f"{len(paths)} documents, {size:.1f} MB, in {paths[0].parent}")


if __name__ == "__main__":
    main()
