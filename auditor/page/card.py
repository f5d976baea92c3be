"""card: one claim as HTML: its line in the list of claims, and all that it was judged on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from auditor.judgement import Severity
from auditor.notation import clipped, markup
from auditor.page.plot import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from auditor.document import Document
    from auditor.judgement import Judgement
    from auditor.page.plot import Plot

_SIGNS = {"contradicted": "✘", "unverifiable": "?", "supported": "✔"}
_LONGEST_ITEM, _MOST_PLOTS = 160, 3


class Claim(NamedTuple):
    """A judgement as the page knows it."""

    number: int
    """Counted from 1 through the whole report."""
    judgement: Judgement
    kind: int
    """The place of its kind among those of the report."""

    @property
    def verdict(self) -> str:
        """The verdict's name, which is also its class in the page."""
        return self.judgement.verdict.name

    @property
    def classes(self) -> str:
        """What filters and colours go by."""
        return f"{self.verdict} k{self.kind}{' suppressed' if self.judgement.suppression else ''}"

    @property
    def sign(self) -> str:
        """The verdict in one sign."""
        return _SIGNS[self.verdict]

    @property
    def rank(self) -> int:
        """The smaller, the graver."""
        severity = self.judgement.severity
        within = 0 if severity is None else tuple(Severity).index(severity)
        return len(Severity) * tuple(_SIGNS).index(self.verdict) + within

    @property
    def home(self) -> str:
        """The anchor to go back to: the place in the text, or in the list where there is none."""
        return f"i{self.number}" if self.judgement.span is None else f"t{self.number}"


def verdict_word(name: str) -> str:
    """A verdict by sign and word."""
    return f"{_SIGNS[name]} {name}"


def item(claim: Claim, document: Document) -> str:
    """The line in the list of claims."""
    judgement = claim.judgement
    quote = markup(clipped(judgement.quote, _LONGEST_ITEM)) or "(no words)"
    return (
        f'<li class="item {claim.classes}" id="i{claim.number}"><a href="#c{claim.number}">'
        f'<span class="sign">{claim.sign}<small>{claim.number}</small></span> <span class="what">{quote}</span> '
        f'<span class="where">{document.place(judgement.span)}</span></a></li>'
    )


def card(
    claim: Claim, document: Document, plots: Iterable[Plot], *, before: int | None, after: int | None
) -> Iterator[str]:
    """All that is known of a claim, and the numbers of those before and after it in the list."""
    judgement, number = claim.judgement, claim.number
    reason = judgement.verdict.reason
    lost = " lost" * (judgement.span is None)
    yield f'<div class="spot{lost}" id="c{number}"><article class="card {claim.verdict}" aria-label="Claim {number}">'
    marks = [f'<span class="severity">{judgement.severity}</span>'] if judgement.severity else []
    marks += ["<span>implied</span>"] if judgement.implied else []
    marks += ["<span>suppressed</span>"] if judgement.suppression else []
    yield (
        f'<h4><span class="number">{number}</span> <span class="verdict">{verdict_word(claim.verdict)}</span> <span>{markup(judgement.kind)}</span> '
        f'{" ".join(marks)}<a class="close" href="#{claim.home}" aria-label="Close">×</a></h4>'
    )
    yield f"<blockquote>{markup(judgement.quote) or '(no words)'}</blockquote>"
    if reason is not None:
        yield f'<p class="reason"><b>{reason}</b>: {markup(reason.meaning)}</p>'
    if judgement.suppression is not None:
        yield f'<p class="reason">{markup(judgement.suppression.sentence)}</p>'
    if judgement.computation:
        yield f'<p class="computation"><code>{markup(judgement.computation)}</code></p>'
    yield from _drawn(claim, plots)
    yield from _evidence(claim, document)
    if judgement.margin:
        yield f'<p class="margin"><b>Margin</b> {markup(judgement.margin)}</p>'
    yield from (f'<p class="note"><b>Note</b> {markup(note)}</p>' for note in judgement.notes)
    if judgement.mend:
        yield "<p><b>To mend it</b>, either</p>" if len(judgement.mend) > 1 else "<p><b>To mend it</b></p>"
        yield f'<ul class="mend">{"".join(f"<li>{markup(way)}</li>" for way in judgement.mend)}</ul>'
    back = f'<a href="#c{before}" rel="prev">← {before}</a>' if before else "<span></span>"
    on = f'<a href="#c{after}" rel="next">{after} →</a>' if after else "<span></span>"
    where = "in the list" if judgement.span is None else f"in the text, {document.place(judgement.span)}"
    yield f'<p class="steps">{back} <a href="#{claim.home}">{where}</a> {on}</p>'
    yield "</article></div>"


def _drawn(claim: Claim, plots: Iterable[Plot]) -> Iterator[str]:
    """The drawings that the evidence is in, with rings around it."""
    places = [given.span for given in claim.judgement.evidence if given.span is not None]
    drawn = [(plot, dots) for plot in plots if (dots := plot.dots_at(places))] if places else []
    for plot, dots in drawn[:_MOST_PLOTS]:
        title = f"{plot.metric}{f' ({plot.title})' if plot.title else ''}"
        label = clipped(f"{title}, with the evidence ringed", _LONGEST_ITEM)
        yield f"<figure>{shown(plot, label, dots)}<figcaption>{markup(clipped(title, _LONGEST_ITEM))}</figcaption></figure>"


def _evidence(claim: Claim, document: Document) -> Iterator[str]:
    if not claim.judgement.evidence:
        return
    yield "<table><thead><tr><th>Evidence</th><th>value</th><th>where</th></tr></thead><tbody>"
    for number, given in enumerate(claim.judgement.evidence):
        where = document.place(given.span)
        if given.span is not None:
            where = f'<a href="#c{claim.number}e{number}">{where}</a>'
        yield f"<tr><td>{markup(given.label)}</td><td>{markup(given.written)}</td><td>{where}</td></tr>"
    yield "</tbody></table>"
