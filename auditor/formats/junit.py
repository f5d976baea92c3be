"""junit: an XML report as test runners write it, one suite a document and one case a judgement.

Contradicted is a failure, unverifiable and suppressed ones are skipped, and not audited is an error.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from auditor.exact.verdict import CONTRADICTED, SUPPORTED
from auditor.notation import clipped, file_path, finished_markup, markup
from auditor.notice import About, Region, details
from auditor.report import About as Remarked
from auditor.report import Audited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.document import Document
    from auditor.formats import RenderOptions
    from auditor.judgement import Judgement
    from auditor.report import NotAudited, Remark, Report

_LONGEST_NAME = 200


def render(report: Report, options: RenderOptions) -> Iterator[str]:
    """The report as one document of XML."""
    suites = [_Suite(entry, strict=options.strict) for entry in report.documents]
    total: Counter[str] = Counter()
    for suite in suites:
        total.update(suite.counts)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="audit" {_counted(total)} time="0">']
    for suite in suites:
        lines += suite.lines
    return finished_markup([*lines, "</testsuites>"], unicode=options.unicode)


class _Suite:
    """The lines of one document, and what they add up to."""

    def __init__(self, entry: Audited | NotAudited, *, strict: bool) -> None:
        self.strict = strict
        self.counts: Counter[str] = Counter()
        self.names: Counter[str] = Counter()
        self.path = entry.document.path if isinstance(entry, Audited) else entry.path
        self.file = self.path if entry.row is None else entry.row.file
        cases = list(self.cases(entry))
        self.lines = [f'  <testsuite name="{markup(self.path)}" {_counted(self.counts)} time="0">']
        if isinstance(entry, Audited):
            self.lines += [
                "    <properties>",
                f'      <property name="model" value="{markup(entry.model)}"/>',
                f'      <property name="stale" value="{str(entry.stale).lower()}"/>',
                "    </properties>",
            ]
        self.lines += [*cases, "  </testsuite>"]

    def cases(self, entry: Audited | NotAudited) -> Iterator[str]:
        """The lines of every case."""
        if not isinstance(entry, Audited):
            yield from self.error(About.NOT_AUDITED, entry.error.message, entry.error.hint)
        elif not entry.judgements:
            yield from self.error(About.NO_CLAIMS, About.NO_CLAIMS.meaning, "record it anew, or leave it out")
        for remark in entry.remarks:
            yield from self.remark(remark)
        if entry.document is not None:
            for judgement in entry.judgements:
                yield from self.case(judgement, entry.document)

    def error(self, about: About, message: str, hint: str) -> Iterator[str]:
        """A case for what could not be audited."""
        self.counts.update(("tests", "errors"))
        yield f"    <testcase {self.named(str(about))}>"
        yield f'      <error type="{about}" message="{markup(message)}">{markup(hint)}</error>'
        yield "    </testcase>"

    def remark(self, remark: Remark) -> Iterator[str]:
        """A case for what is wrong with a suppression: an error, unless it merely suppresses nothing."""
        fails = remark.about is Remarked.SUPPRESSION_INVALID or self.strict
        if fails:
            yield from self.error(About(remark.about), remark.text, remark.hint)
        else:
            self.counts.update(("tests", "skipped"))
            yield f"    <testcase {self.named(str(remark.about))}>"
            yield f'      <skipped message="{markup(f"{remark.text}; {remark.hint}")}"/>'
            yield "    </testcase>"

    def case(self, judgement: Judgement, document: Document) -> Iterator[str]:
        """A case for a judgement."""
        self.counts["tests"] += 1
        line = "" if judgement.span is None else f' line="{Region.of(document, judgement.span).first.line}"'
        head = f"    <testcase {self.named(f'{judgement.kind}: {judgement.quote}')}{line}"
        reason = judgement.verdict.reason
        if judgement.verdict == SUPPORTED and judgement.suppression is None:
            yield f"{head}/>"
            return
        yield f"{head}>"
        if judgement.suppression is not None:
            self.counts["skipped"] += 1
            yield f'      <skipped message="{markup(f"{judgement.suppression.sentence}; {judgement.verdict.name}")}"/>'
            yield "    </testcase>"
            return
        why = judgement.computation if reason is None else f"{reason}: {reason.meaning}"
        if judgement.verdict == CONTRADICTED or self.strict:
            self.counts["failures"] += 1
            sort = judgement.severity or reason or judgement.verdict.name
            yield f'      <failure type="{markup(sort)}" message="{markup(why)}">'
            yield markup(f"claim: {judgement.quote}")
            yield from (markup(f"{label}: {text}") for label, text in details(judgement, document))
            yield "      </failure>"
        else:
            self.counts["skipped"] += 1
            yield f'      <skipped message="{markup(why)}"/>'
        yield "    </testcase>"

    def named(self, name: str) -> str:
        """The attributes that name a case; one like another before it has a number."""
        short = clipped(name, _LONGEST_NAME)
        self.names[short] += 1
        number = f" ({self.names[short]})" if self.names[short] > 1 else ""
        return (
            f'classname="{markup(self.path)}" name="{markup(short + number)}" '
            f'file="{markup(file_path(self.file))}" time="0"'
        )


def _counted(counts: Counter[str]) -> str:
    return " ".join(f'{name}="{counts[name]}"' for name in ("tests", "failures", "errors", "skipped"))
