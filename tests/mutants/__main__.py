"""`python -m tests.mutants [FILES...]`: how many false statements are found that were made of true ones.

Without files: the recorded documents of the repository, where every survivor has to be explained.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.errors import AuditorError
from auditor.recordings import Store
from auditor.sources import read
from auditor.visible import visible
from tests.mutants.killing import documents, killed, survivors
from tests.mutation import Read

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Print the kill rates; 0 where they are high enough and every survivor is explained, 1 else, 3 without a reading."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("files", nargs="*", metavar="FILES", help="documents with a recording beside them, in .audit")
    given = parser.parse_args(argv)
    try:
        cases = [_recorded(file) for file in given.files] or documents()
    except AuditorError as error:
        lines = f"error: {error.message}", f"hint: {error.hint}"
        sys.stderr.write("".join(f"{visible(line, prose=True)}\n" for line in lines))
        return 3
    known = {} if given.files else survivors()
    killing = killed(cases)
    faults = list(killing.faults(known))
    for line in (*killing.lines(known), *faults):
        sys.stdout.write(f"{visible(line)}\n")
    return 1 if faults else 0


def _recorded(file: str) -> Read:
    document = read(file)
    return Read(Path(file).stem, document.text, json.loads(Store().load(document).answer))


if __name__ == "__main__":
    sys.exit(main())
