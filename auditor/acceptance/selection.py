"""selection: which judgements a user wants to hear of, by kind, reason, severity and file.

Names of one sort add up and names of different sorts narrow each other down: "comparison,
trend, conclusion" keeps comparisons and trends, and of their contradictions those that
spoil a conclusion. What is ignored is ignored, selected or not.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from msgspec import Struct

from auditor import vocabulary
from auditor.files.relative import relative

if TYPE_CHECKING:
    from auditor.judgement import Judgement


class FileRule(Struct, frozen=True):
    """What is ignored in the files of a pattern."""

    pattern: str
    """A glob over the path from the project's folder, or over the name of the file; after "!" those it does not fit."""
    names: frozenset[str]

    def fits(self, path: str) -> bool:
        """Whether the rule is for the file at a path from the project's folder, with slashes."""
        pattern = self.pattern.removeprefix("!")
        name = path.rpartition("/")[2]
        return (fnmatchcase(path, pattern) or fnmatchcase(name, pattern)) is not self.pattern.startswith("!")


class Selection(Struct, frozen=True):
    """The judgements that count; by default all."""

    select: frozenset[str] = frozenset()
    """Names of kinds, reasons and severities; none selects everything."""
    ignore: frozenset[str] = frozenset()
    files: tuple[FileRule, ...] = ()
    folder: str = "/"
    """Where the patterns of files start from, absolute."""

    def why_not(self, judgement: Judgement, path: str) -> str | None:
        """Why a judgement of the document at this absolute path does not count; None where it does."""
        own = names_of(judgement)
        for name in own:
            if name in self.ignore:
                return f"{name} is ignored"
        for rule in self.files:
            if not rule.names.isdisjoint(own) and rule.fits(relative(path, self.folder)):
                return f"{next(name for name in own if name in rule.names)} is ignored in {rule.pattern}"
        kinds = self.select - vocabulary.REASONS - vocabulary.SEVERITIES
        for named, wanted in (
            (judgement.kind, kinds),
            (judgement.verdict.reason, self.select & vocabulary.REASONS),
            (judgement.severity, self.select & vocabulary.SEVERITIES),
        ):
            if wanted and named is not None and named not in wanted:
                return f"{named} is not selected"
        return None


def names_of(judgement: Judgement) -> tuple[str, ...]:
    """The names that a judgement goes by: its kind, and its reason or severity where it has one."""
    names = (judgement.kind, judgement.verdict.reason, judgement.severity)
    return tuple(str(name) for name in names if name is not None)
