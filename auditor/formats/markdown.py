"""markdown: a comment for a pull request: a summary, a table of contradictions, and the rest folded away.

Every text of a document is code, or plain words, in it. A comment on GitHub holds 65,536
characters: what does not fit is counted instead of shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from auditor.exact.verdict import CONTRADICTED, SUPPORTED
from auditor.notation import clipped, code, finished_markup, prose
from auditor.report import Audited, Exit, Use, suppressed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from auditor.document import Document
    from auditor.formats import RenderOptions
    from auditor.judgement import Judgement
    from auditor.report import Report


class _Found(NamedTuple):
    """A judgement and where it was found."""

    judgement: Judgement
    document: Document
    among: int
    """How many documents there are; where there is but one, it is not named again."""

    @property
    def where(self) -> str:
        """The place, with its document."""
        at = self.document.place(self.judgement.span)
        return at if self.among == 1 else f"{code(_short(self.document.path))} {at}"


_MARKER = "<!-- audit -->"
"""By which a bot finds the comment that it wrote before."""
_ROOM = {"troubles": 8_000, "contradictions": 24_000, "mends": 14_000, "rest": 6_000, "coverage": 4_000}
"""The characters that each part may take."""
_LONGEST, _MOST_EVIDENCE = 300, 8
_HEADS = {
    Exit.CLEAN: "✔ audit: nothing is contradicted",
    Exit.CONTRADICTED: "✘ audit: the document contradicts itself",
    Exit.INCOMPLETE: "! audit: not everything could be audited",
    Exit.USAGE: "! audit: a suppression is not understood",
}


def render(report: Report, options: RenderOptions) -> Iterator[str]:
    """The comment."""
    lines = [_MARKER, f"### {_head(report, strict=options.strict)}", "", _summary(report), ""]
    lines += _filled(_troubles(report), _ROOM["troubles"], "documents that could not be audited")
    found = [
        _Found(judgement, entry.document, len(report.documents))
        for entry in report.documents
        if entry.document is not None
        for judgement in entry.judgements
    ]
    set_aside = [one for one in found if one.judgement.suppression is not None]
    found = [one for one in found if one.judgement.suppression is None]
    wrong = [one for one in found if one.judgement.verdict == CONTRADICTED]
    unsure = [one for one in found if one.judgement.verdict.reason is not None]
    held = [one for one in found if one.judgement.verdict == SUPPORTED]
    if wrong:
        lines += ["| where | claim | what the values say | evidence |", "|---|---|---|---|"]
        lines += [*_filled(map(_row, wrong), _ROOM["contradictions"], "contradictions", row=True), ""]
        lines += _folded("What would flip each of them, and how to mend it", map(_mend, wrong), _ROOM["mends"])
    lines += _folded(f"{len(unsure)} unverifiable", map(_reason, unsure), _ROOM["rest"])
    lines += _folded(f"{len(held)} supported", map(_support, held), _ROOM["rest"])
    lines += _folded(suppressed(report.judgements), map(_set_aside, set_aside), _ROOM["rest"])
    lines += _folded("Coverage", map(_coverage, report.audited), _ROOM["coverage"])
    return finished_markup(lines, unicode=options.unicode)


def _head(report: Report, *, strict: bool) -> str:
    code_ = report.exit(strict=strict)
    if code_ is Exit.CONTRADICTED and report.totals.verdicts["contradicted"] == 0:
        return "? audit: not everything could be verified"
    if code_ is Exit.CONTRADICTED and len(report.documents) > 1:
        return "✘ audit: documents contradict themselves"
    return _HEADS[code_]


def _summary(report: Report) -> str:
    if not report.documents:
        return "No document was named."
    verdicts = report.totals.verdicts
    counts = ", ".join(f"**{verdicts[name]}** {name}" for name in ("contradicted", "supported", "unverifiable"))
    known = suppressed(report.judgements)
    counts += f", {known}" if known else ""
    documents = "1 document" if len(report.documents) == 1 else f"{len(report.documents)} documents"
    if len(report.documents) == 1:
        (entry,) = report.documents
        documents = code(_short(entry.document.path if isinstance(entry, Audited) else entry.path))
    return f"{counts}, in {documents}."


def _troubles(report: Report) -> Iterator[str]:
    for entry in report.documents:
        if not isinstance(entry, Audited):
            yield f"- **not audited**: {code(_short(entry.error.message))}<br>{code(_short(entry.error.hint))}"
        elif not entry.judgements:
            yield f"- **not audited**: {code(_short(entry.document.path))}: no claim was found, so nothing was checked"
        elif entry.stale:
            yield f"- **stale**: {code(_short(entry.document.path))}: the reading answers an older prompt or schema"
        for remark in entry.remarks:
            where = "" if entry.document is None else f" {entry.document.place(remark.span)}"
            yield f"- **{remark.about}**: {code(_short(entry.name))}{where} {prose(_short(remark.text))}: {prose(remark.hint)}"
    if report.totals.abouts or any(
        not isinstance(entry, Audited) or not entry.judgements or entry.stale for entry in report.documents
    ):
        yield ""


def _row(found: _Found) -> str:
    judgement, document = found.judgement, found.document
    evidence = [
        f"{document.place(given.span)} {code(_short(given.label))} {code(_short(given.written))}"
        for given in judgement.evidence[:_MOST_EVIDENCE]
    ]
    if len(judgement.evidence) > _MOST_EVIDENCE:
        evidence.append(f"and {len(judgement.evidence) - _MOST_EVIDENCE} more")
    severity = f"**{judgement.severity}** " if judgement.severity else ""
    cells = (
        found.where,
        f"{severity}{code(_short(judgement.kind))}<br>{code(_short(judgement.quote))}",
        code(_short(judgement.computation)),
        "<br>".join(evidence),
    )
    return f"| {' | '.join(cells)} |"


def _mend(found: _Found) -> str:
    judgement = found.judgement
    lines = [_claim(found)]
    lines += [f"  - note: {prose(_short(note))}" for note in judgement.notes]
    lines += [f"  - margin: {code(_short(judgement.margin))}"] if judgement.margin else []
    lines += [f"  - {'or' if number else 'mend'}: {prose(_short(way))}" for number, way in enumerate(judgement.mend)]
    return "\n".join(lines)


def _reason(found: _Found) -> str:
    reason = found.judgement.verdict.reason
    return _claim(found) if reason is None else f"{_claim(found)} **{reason}**: {reason.meaning}"


def _support(found: _Found) -> str:
    return f"{_claim(found)} {code(_short(found.judgement.computation))}".rstrip()


def _set_aside(found: _Found) -> str:
    judgement = found.judgement
    why = "" if judgement.suppression is None else judgement.suppression.sentence
    return f"{_claim(found)} {judgement.verdict.name} {code(_short(judgement.kind))}, {prose(_short(why))}"


def _claim(found: _Found) -> str:
    return f"- {found.where} {code(_short(found.judgement.quote))}"


def _coverage(entry: Audited) -> str:
    counts = (
        f"{what}s: {', '.join(f'{entry.used(what)[use]} {use}' for use in Use)}" for what in ("number", "sentence")
    )
    refused = f"; not borne out by the document: {entry.unborne}" if entry.unborne else ""
    refused += f"; dropped, not fitting the schema: {entry.malformed}" if entry.malformed else ""
    return f"- {code(_short(entry.document.path))}: {'; '.join(counts)}{refused}; read by {code(_short(entry.model))}"


def _folded(title: str, items: Iterable[str], room: int) -> list[str]:
    lines = _filled(items, room, "of them")
    return [f"<details><summary>{title}</summary>", "", *lines, "", "</details>", ""] if lines else []


def _filled(items: Iterable[str], room: int, what: str, *, row: bool = False) -> list[str]:
    """As many items as there is room for, and how many more there are."""
    lines, left = [], 0
    for item in items:
        room -= len(item) + 1
        if room < 0:
            left += 1
        else:
            lines.append(item)
    if left:
        text = f"and {left} more {what}" if what != "of them" else f"and {left} more"
        lines += [f"| | {text} | | |"] if row else [f"- {text}", ""]
    return lines


def _short(text: str) -> str:
    return clipped(text, _LONGEST)
