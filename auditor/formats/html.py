"""html: one page that a reviewer reads: the text with every claim marked, and what each was judged on beside it.

Nothing in it runs and nothing is fetched: a click on a claim is a link to its card, which
shows where the card is the target of the address, and filters are check boxes.
"""

from __future__ import annotations

import base64
import hashlib
from importlib import resources
from typing import TYPE_CHECKING

from auditor.notation import finished_markup, markup
from auditor.page.card import Claim, card, item, verdict_word
from auditor.page.marked import marked
from auditor.page.measures import Measured
from auditor.page.plot import plots
from auditor.report import Audited, Exit, Use, suppressed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from auditor.formats import RenderOptions
    from auditor.page.plot import Plot
    from auditor.report import NotAudited, Report, Value

_VERDICTS = ("contradicted", "unverifiable", "supported")
_MOST_RULES = 2000
"""The most claims that are marked in the text, with their evidence, while their card is open: each takes two rules."""
_MOST_HOVERED = 500
"""The most claims whose evidence is marked while the pointer is on them."""
_HEADS = {
    Exit.CLEAN: "Nothing is contradicted",
    Exit.CONTRADICTED: "Contradictions found",
    Exit.INCOMPLETE: "Not everything could be audited",
    Exit.USAGE: "A suppression is not understood",
}


def render(report: Report, options: RenderOptions) -> Iterator[str]:
    """The whole page."""
    page = _Page(report, strict=options.strict)
    return finished_markup(page.lines(), unicode=options.unicode)


class _Page:
    """The report with its claims numbered through."""

    def __init__(self, report: Report, *, strict: bool) -> None:
        self.report = report
        self.exit = report.exit(strict=strict)
        self.kinds = sorted({judgement.kind for judgement in report.judgements})
        self.verdicts = report.totals.verdicts
        number = {kind: place for place, kind in enumerate(self.kinds)}
        count = 0
        self.claims: list[list[Claim]] = []
        for entry in report.documents:
            judgements = () if entry.document is None else entry.judgements
            self.claims.append([
                Claim(count + place, judgement, number[judgement.kind])
                for place, judgement in enumerate(judgements, start=1)
            ])  # fmt: skip
            count += len(judgements)
        self.values: list[dict[int, Value]] = []
        self.plots: list[tuple[Plot, ...]] = []
        values = drawn = 0
        for entry in report.documents:
            own = entry.values if isinstance(entry, Audited) else ()
            self.values.append(dict(enumerate(own, start=values + 1)))
            self.plots.append(plots(own, drawn + 1))
            values, drawn = values + len(own), drawn + len(self.plots[-1])

    def lines(self) -> Iterator[str]:
        """Every line of the page."""
        style = self.style()
        digest = base64.b64encode(hashlib.sha256(style.encode("ascii")).digest()).decode("ascii")
        policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        yield from (
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>audit: {self.verdicts['contradicted']} contradicted</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            '<a class="skip" href="#documents">Skip to the documents</a>',
        )
        yield from self.head()
        yield from self.filters()
        yield '<main id="documents">'
        for number, (entry, claims) in enumerate(zip(self.report.documents, self.claims, strict=True)):
            yield from self.document(number, entry, claims)
        yield from ("</main>", "</body>", "</html>")

    def style(self) -> str:
        """The style sheet, with rules for each kind and each claim; those by `:has` are few, for they are slow."""
        rules = [resources.files("auditor").joinpath("page/style.css").read_text(encoding="ascii")]
        for place in range(len(self.kinds)):
            hidden = f".filters:has(#kind{place}:not(:checked)) ~ main .k{place}"
            rules.append(f"{hidden}:is(.item, .badge) {{ display: none; }}")
            rules.append(f"{hidden}.m {{ text-decoration-line: none; background: none; pointer-events: none; }}")
        gravest = sorted((claim for claims in self.claims for claim in claims), key=lambda claim: claim.rank)
        for claim in gravest[:_MOST_RULES]:
            opened = f"#c{claim.number}:target ~ .columns"
            rules.append(f"{opened} .e{claim.number} {{ background: var(--evidence); }}")
            if claim.judgement.span is not None:
                rules.append(f"#c{claim.number} {{ position-anchor: --t{claim.number}; }}")
                rules.append(f"#t{claim.number} {{ anchor-name: --t{claim.number}; }}")
            rules.append(f"{opened} .p{claim.number} {{ background: var(--tint); outline: 2px solid var(--tone); }}")
        for claim in gravest[:_MOST_HOVERED]:
            hovered = f".text:has(.p{claim.number}:hover) .e{claim.number}"
            rules.append(f"{hovered} {{ background: var(--evidence); }}")
        return "\n".join(rules)

    def head(self) -> Iterator[str]:
        """What the run amounts to, and the documents in it."""
        documents = len(self.report.documents)
        yield "<header>"
        word = _HEADS[self.exit] if documents else "No document was named"
        if self.exit is Exit.CONTRADICTED and not self.verdicts["contradicted"]:
            word = "Not everything could be verified"
        yield f'<h1 class="exit{int(self.exit)}"><span class="name">audit</span> {word}</h1>'
        counts = "".join(
            f'<li class="{name}"><b>{self.verdicts[name]}</b> {verdict_word(name)}</li>' for name in _VERDICTS
        )
        if known := suppressed(self.report.judgements):
            counts += f"<li>{known}</li>"
        yield f'<ul class="counts">{counts}</ul>'
        if documents > 1:
            yield '<nav aria-label="Documents"><ol class="contents">'
            for number, entry in enumerate(self.report.documents):
                yield f'<li><a href="#d{number}"><bdi>{markup(_path(entry), prose=False)}</bdi></a> {_counts(entry)}</li>'
            yield "</ol></nav>"
        yield "</header>"

    def filters(self) -> Iterator[str]:
        """The check boxes that say which claims are marked and listed."""
        yield '<div class="filters" role="group" aria-label="What to show">'
        for name in _VERDICTS:
            yield _box(f"show-{name}", f"{verdict_word(name)} <b>{self.verdicts[name]}</b>", name)
        yield _box("show-unread", "not read", "unread")
        if self.kinds:
            counts = [0] * len(self.kinds)
            for claims in self.claims:
                for claim in claims:
                    counts[claim.kind] += 1
            yield f'<details class="kinds"><summary>kinds of claim <b>{len(self.kinds)}</b></summary><div>'
            for place, kind in enumerate(self.kinds):
                yield _box(f"kind{place}", f"{markup(kind)} <b>{counts[place]}</b>", "")
            yield "</div></details>"
        yield "</div>"

    def document(self, number: int, entry: Audited | NotAudited, claims: Sequence[Claim]) -> Iterator[str]:
        """One document: what it amounts to, its text, its claims."""
        yield f'<section class="document" id="d{number}">'
        yield f"<h2><bdi>{markup(_path(entry), prose=False)}</bdi></h2>"
        yield from _banners(entry)
        if isinstance(entry, Audited):
            yield from _ledger(entry)
        document = entry.document
        if document is None:
            yield "</section>"
            return
        coverage = entry.coverage if isinstance(entry, Audited) else ()
        values, drawings = self.values[number], self.plots[number]
        listed = sorted(claims, key=lambda claim: _VERDICTS.index(claim.verdict))
        around = [None, *(claim.number for claim in listed), None]
        for place, claim in enumerate(listed):  # before the text, so that rules for it can start from the open card
            yield from card(claim, document, drawings, before=around[place], after=around[place + 2])
        yield from Measured(values, drawings).lines()
        yield '<div class="columns">'
        yield '<div class="text" role="region" aria-label="The text, with its claims marked">'
        yield from marked(document, claims, coverage, values)
        yield "</div>"
        yield '<nav class="index" aria-label="Claims of this document">'
        for name in _VERDICTS:
            group = [claim for claim in listed if claim.verdict == name]
            if group:
                yield f'<h3 class="{name}">{verdict_word(name)} <span>{len(group)}</span></h3><ol class="{name}">'
                yield from (item(claim, document) for claim in group)
                yield "</ol>"
        yield "</nav></div>"
        yield "</section>"


def _path(entry: Audited | NotAudited) -> str:
    return entry.document.path if isinstance(entry, Audited) else entry.path


def _counts(entry: Audited | NotAudited) -> str:
    if not isinstance(entry, Audited) or not entry.judgements:
        return '<span class="missing">! not audited</span>'
    verdicts = entry.tally()
    return "".join(
        f'<span class="{name}">{verdict_word(name)} {verdicts[name]}</span> ' for name in _VERDICTS if verdicts[name]
    )


def _banners(entry: Audited | NotAudited) -> Iterator[str]:
    if not isinstance(entry, Audited):
        yield f'<p class="banner"><b>! Not audited.</b> {markup(entry.error.message)}<br>{markup(entry.error.hint)}</p>'
        if entry.judgements:
            yield '<p class="banner">What its tables get wrong by themselves is shown below.</p>'
    elif not entry.judgements:
        yield '<p class="banner"><b>! Not audited.</b> No claim was found in this document, so nothing was checked.</p>'
    elif entry.stale:
        yield (
            '<p class="banner"><b>! Stale.</b> This reading answers an older prompt or schema; '
            "record it anew with <code>audit --record</code>.</p>"
        )
    for remark in entry.remarks:
        where = "" if entry.document is None or remark.span is None else f"{entry.document.place(remark.span)} "
        yield f'<p class="banner"><b>! {remark.about.meaning}</b> {where}{markup(remark.text)}<br>{markup(remark.hint)}</p>'


def _ledger(entry: Audited) -> Iterator[str]:
    counts = [
        f"{what}s: {', '.join(f'{entry.used(what)[use]} {use}' for use in Use)}" for what in ("number", "sentence")
    ]
    yield f'<p class="ledger">{" · ".join([*counts, f"read by {markup(entry.model)}"])}</p>'
    if entry.rejected:
        told = " ".join(_refused(entry))
        yield f'<details class="rejected"><summary>! {told}</summary><ul>'
        yield from (f"<li>{markup(refused.what)}: {markup(refused.why)}</li>" for refused in entry.rejected)
        yield "</ul></details>"


def _refused(entry: Audited) -> Iterator[str]:
    if entry.unborne:
        count = "1 statement" if entry.unborne == 1 else f"{entry.unborne} statements"
        yield f"The document does not bear out {count} of the reading"
    if entry.malformed:
        count = "1 item" if entry.malformed == 1 else f"{entry.malformed} items"
        yield f"{count} of the answer, not fitting the schema, had to be dropped"


def _box(name: str, label: str, sort: str) -> str:
    box = f'<input type="checkbox" id="{name}" checked autocomplete="off">'
    return f'<label class="{sort}">{box} <span>{label}</span></label>'
