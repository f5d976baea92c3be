"""controls: what a user has settled about which judgements count, applied to one document after another.

First what the document's own comments say, then what is selected, then the baseline. Nothing
is taken out of the report: what does not count stays in it, with what keeps it from counting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from auditor.acceptance.selection import Selection
from auditor.acceptance.suppression import suppressed
from auditor.judgement import By, Suppression

if TYPE_CHECKING:
    from auditor.acceptance.baseline import Baseline
    from auditor.judgement import Judgement
    from auditor.report import Audited, NotAudited


class Controls(Struct, frozen=True):
    """What decides whether a judgement counts; by default, only the document's comments."""

    selection: Selection = Selection()
    baseline: Baseline | None = None

    def apply(self, entry: Audited | NotAudited, path: str) -> Audited | NotAudited:
        """The document, at this absolute path, with every judgement that does not count marked."""
        entry = suppressed(entry)
        judgements = tuple(self._selected(judgement, path) for judgement in entry.judgements)
        entry = replace(entry, judgements=judgements)
        return entry if self.baseline is None else self.baseline.apply(entry, path)

    def _selected(self, judgement: Judgement, path: str) -> Judgement:
        why = None if judgement.suppression else self.selection.why_not(judgement, path)
        return judgement if why is None else replace(judgement, suppression=Suppression(By.SELECTION, why))
