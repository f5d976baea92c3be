"""table: the report for a person at a terminal, one row a claim.

A verdict is told by sign, word and colour, and nothing by colour alone. What a narrow
terminal shows one below the other, a wide one shows side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from auditor.exact.verdict import CONTRADICTED
from auditor.formats import Show, chosen
from auditor.layout import Column, Line, Piece, beside, cells, clipped, flowed, hanging, painted, wrapped
from auditor.notation import inert
from auditor.report import Audited, NotAudited, Use, suppressed, suppressed_by
from auditor.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from auditor.document import Document
    from auditor.formats import RenderOptions
    from auditor.judgement import Judgement
    from auditor.report import Covered, Report

_NARROWEST, _SIDE_BY_SIDE, _WIDEST = 40, 76, 150
_VERDICT_WIDTH = 14
_QUOTE_LINES, _TEXT_LINES, _EVIDENCE_LINES = 5, 8, 12
"""The most lines that one quote, one other text and one list of evidence may take; the JSON report has them whole."""

_STYLES = {"contradicted": "bold red", "unverifiable": "yellow", "supported": "green"}
_WORDS = {"contradicted": "CONTRADICTED", "unverifiable": "unverifiable", "supported": "supported"}
_COUNTED: Final = ("number", "sentence")
_LISTED_FIRST = (Use.UNREAD, Use.IGNORED, Use.JUDGED, Use.USED)
_ASCII = str.maketrans({"≥": ">=", "≤": "<=", "≠": "!=", "≈": "~", "×": "x", "±": "+-", "→": "->", "−": "-", "–": "-"})


class _Signs(Struct, frozen=True):
    """What the table draws with."""

    contradicted: str = "✘"
    unverifiable: str = "?"
    supported: str = "✔"
    rule: str = "─"
    bar: str = "│"
    dot: str = "·"
    ellipsis: str = "…"


def render(report: Report, options: RenderOptions) -> Iterator[str]:
    """The report as lines of at most the given width, unless that is less than any table needs."""
    for line in _Table(options).report(report):
        yield f"{inert(painted(line, colour=options.colour))}\n"


class _Table:
    """What the options settle once, so that the methods below speak of the report alone."""

    def __init__(self, options: RenderOptions) -> None:
        self.options = options
        self.width = min(max(options.width, _NARROWEST), _WIDEST)
        self.signs = _Signs() if options.unicode else _Signs("x", "?", "+", "-", "|", "|", "...")

    def report(self, report: Report) -> Iterator[Line]:
        """Every document and, where there are several, the sums."""
        for entry in report.documents:
            yield from self.title(entry.path if isinstance(entry, NotAudited) else entry.document.path)
            yield from self.not_audited(entry) if isinstance(entry, NotAudited) else self.audited(entry)
            yield ()
        yield from self.totals(report)

    def title(self, path: str) -> Iterator[Line]:
        """The name of a document, drawn out to the whole width."""
        *above, last = wrapped(self.shown(path, prose=False) or "''", self.width)
        yield from ((Piece(line, "bold"),) for line in above)
        rule = self.signs.rule * (self.width - cells(last) - 1)
        yield Piece(last, "bold"), Piece(" "), Piece(rule, "dim")

    def not_audited(self, entry: NotAudited) -> Iterator[Line]:
        """A document that nothing is known about, and what to do."""
        yield from self.labelled("! NOT AUDITED", entry.error.message, label_style="bold magenta", prose=False)
        yield from self.labelled("         hint", entry.error.hint, prose=False)
        yield from self.remarks(entry)
        judgements = chosen(entry.judgements, self.options)
        if entry.document is not None and judgements:
            yield from self.labelled("", "what its tables get wrong by themselves:")
            yield from self.rows(judgements, entry.document)

    def remarks(self, entry: Audited | NotAudited) -> Iterator[Line]:
        """What is wrong with what suppresses."""
        for remark in entry.remarks:
            where = f"{entry.document.place(remark.span)}  " if remark.span and entry.document else ""
            label = f"! {remark.about.replace('-', ' ').upper()}"
            yield from self.labelled(label, f"{where}{remark.text}; {remark.hint}", label_style="bold yellow")

    def audited(self, entry: Audited) -> Iterator[Line]:
        """The rows of a document, and what they and its coverage add up to."""
        if entry.stale:
            text = "this reading answers an older prompt or schema; record it anew with audit --record"
            yield from self.labelled("! STALE", text, label_style="bold yellow")
        yield from self.remarks(entry)
        judgements = chosen(entry.judgements, self.options)
        yield from self.rows(judgements, entry.document)
        if not entry.judgements:
            text = "no claim was found in this document, so nothing was checked"
            yield from self.labelled("! NOT AUDITED", text, label_style="bold magenta")
        counting = sum(judgement.suppression is None for judgement in entry.judgements)
        listed = sum(judgement.suppression is None for judgement in judgements)
        yield from self.sums(entry, hidden=counting - listed)
        if self.options.coverage:
            yield from self.ledger(entry)

    # -- rows ---------------------------------------------------------------------------------------------

    def rows(self, judgements: Sequence[Judgement], document: Document) -> Iterator[Line]:
        """Judgements, side by side or stacked as the width allows."""
        yield from (self.side_by_side if self.width >= _SIDE_BY_SIDE else self.stacked)(judgements, document)

    def side_by_side(self, judgements: Sequence[Judgement], document: Document) -> Iterator[Line]:
        """A row in four columns; what a contradiction rests on stands below it over the whole width."""
        if not judgements:
            return
        places = [document.place(judgement.span) for judgement in judgements]
        first = max(5, *map(len, places))
        rest = self.width - first - _VERDICT_WIDTH - 6
        widths = (first, rest * 2 // 5, _VERDICT_WIDTH, rest - rest * 2 // 5)
        heads = ("where", "claim", "verdict", "why")
        yield from beside([Column([(Piece(head, "dim"),)], width) for head, width in zip(heads, widths, strict=True)])
        for place, judgement in zip(places, judgements, strict=True):
            cells_ = (
                [Piece(place, "dim")],
                self.quote(judgement, widths[1]),
                self.verdict(judgement),
                self.why(judgement, widths[3]),
            )
            yield from beside(
                [Column([(piece,) for piece in cell], width) for cell, width in zip(cells_, widths, strict=True)]
            )
            yield from self.grounds(judgement, document, " " * (first + 2))
            yield ()

    def stacked(self, judgements: Sequence[Judgement], document: Document) -> Iterator[Line]:
        """A row as a block: verdict and place, claim, why, and what a contradiction rests on."""
        for judgement in judgements:
            verdict, *marks = self.verdict(judgement)
            place = document.place(judgement.span)
            heads = (verdict, Piece(place), *(Piece(mark.text.strip(), mark.style) for mark in marks))
            yield from flowed(((head,) for head in heads), self.width, gap="  ", indent="  ")
            indent = Piece("  ")
            yield from ((indent, piece) for piece in self.quote(judgement, self.width - 2))
            yield from ((indent, indent, piece) for piece in self.why(judgement, self.width - 4))
            yield from self.grounds(judgement, document, "    ")
            yield ()

    def quote(self, judgement: Judgement, width: int) -> list[Piece]:
        """What is claimed."""
        return self.folded(judgement.quote or "(no words)", width, lines=_QUOTE_LINES)

    def verdict(self, judgement: Judgement) -> list[Piece]:
        """Sign and word, and below them what sort of claim it is and what a contradiction spoils."""
        name = judgement.verdict.name
        known = judgement.suppression is not None
        lines = [Piece(f"{getattr(self.signs, name)} {_WORDS[name]}", "dim" if known else _STYLES[name])]
        if known:
            lines.append(Piece("  suppressed", "dim"))
        if judgement.severity is not None:
            lines.append(Piece(f"  {judgement.severity}", "red"))
        sort = f"implied {judgement.kind}" if judgement.implied else judgement.kind
        return [*lines, *(Piece(f"  {part.text}", "dim") for part in self.folded(sort, _VERDICT_WIDTH - 2))]

    def why(self, judgement: Judgement, width: int) -> list[Piece]:
        """The reason where there is no verdict, the computation, and what was applied to get there."""
        reason = judgement.verdict.reason
        known = judgement.suppression
        parts = [] if known is None else self.folded(known.sentence, width)
        parts += [] if reason is None else self.folded(f"{reason}: {reason.meaning}", width)
        parts += self.folded(judgement.computation, width)
        if judgement.verdict != CONTRADICTED:
            for note in judgement.notes:
                parts += self.folded(note, width, "dim")
        return parts

    def grounds(self, judgement: Judgement, document: Document, indent: str) -> Iterator[Line]:
        """What a contradiction rests on, what would flip it, and how to mend it."""
        if judgement.verdict != CONTRADICTED:
            return
        indent = f"{indent}{self.signs.bar} "
        given = judgement.evidence[:_EVIDENCE_LINES]
        places = [document.place(statement.span) for statement in given]
        widest = max(map(len, places), default=0)
        for number, (place, statement) in enumerate(zip(places, given, strict=True)):
            label = f"{'' if number else 'evidence':8}  {place:{widest}}"
            yield from self.labelled(label, f"{statement.label}: {statement.written}", indent=indent)
        if len(judgement.evidence) > _EVIDENCE_LINES:
            yield from self.labelled(" " * 8, f"and {len(judgement.evidence) - _EVIDENCE_LINES} more", indent=indent)
        for note in judgement.notes:
            yield from self.labelled("note    ", note, indent=indent)
        if judgement.margin:
            yield from self.labelled("margin  ", judgement.margin, indent=indent)
        for number, way in enumerate(judgement.mend):
            yield from self.labelled("mend    " if number == 0 else "or      ", way, indent=indent)

    # -- sums ---------------------------------------------------------------------------------------------

    def sums(self, entry: Audited, *, hidden: int) -> Iterator[Line]:
        """What a document amounts to: verdicts, coverage, the model that read it."""
        if entry.judgements:
            tail = f"{self.signs.dot} {hidden} not listed (--show {self.options.show})"
            yield from flowed([*self.tally(entry), *([(Piece(tail, "dim"),)] if hidden else [])], self.width)
        counts = [f"{what}s: {', '.join(f'{entry.used(what)[use]} {use}' for use in Use)}" for what in _COUNTED]
        yield from self.listed(counts)
        where = "" if self.options.coverage else " (--coverage lists them)"
        if entry.unborne:
            count = "1 statement" if entry.unborne == 1 else f"{entry.unborne} statements"
            text = f"the document does not bear out {count} of the reading{where}"
            yield from self.labelled("!", text, label_style="bold yellow")
        if entry.malformed:
            count = "1 item" if entry.malformed == 1 else f"{entry.malformed} items"
            text = f"{count} of the answer, not fitting the schema, had to be dropped{where}"
            yield from self.labelled("!", text, label_style="bold yellow")
        last = [f"read by {entry.model}"]
        if where and any(entry.used(what)[Use.UNREAD] for what in _COUNTED):
            last.append("--coverage lists what is unread")
        yield from self.listed(last)

    def tally(self, found: Audited | Report) -> Iterator[Line]:
        """How many claims have each verdict, and how many do not count."""
        if isinstance(found, Audited):
            verdicts, known = found.tally(), suppressed(found.judgements)
        else:
            verdicts, known = found.totals.verdicts, suppressed_by(found.totals.suppressed)
        for name, comma in (("contradicted", ","), ("supported", ","), ("unverifiable", "," if known else "")):
            yield Piece(f"{verdicts[name]} {name}", _STYLES[name] if verdicts[name] else "dim"), Piece(comma)
        if known:
            where = "" if self.options.show is Show.SUPPRESSED else f" {self.signs.dot} --show suppressed"
            yield (Piece(f"{known}{where}", "dim"),)

    def listed(self, parts: Iterable[str]) -> Iterator[Line]:
        """Parts of one line, or one below the other where a line does not hold them."""
        kept = [self.shown(part) for part in parts]
        whole = f" {self.signs.dot} ".join(kept)
        for text in [whole] if cells(whole) <= self.width else kept:
            yield from ((piece,) for piece in self.folded(text, self.width, "dim"))

    def ledger(self, entry: Audited) -> Iterator[Line]:
        """Every number and sentence with its place, what was passed over first; and what was refused."""
        for refused in entry.rejected:
            text = f"{entry.document.place(refused.span)}  {refused.what}: {refused.why}"
            yield from self.labelled("rejected", text, label_style="yellow")
        for what in _COUNTED:
            for use in _LISTED_FIRST:
                found = [covered for covered in entry.coverage if (covered.what, covered.use) == (what, use)]
                if found:
                    yield (Piece(f"{what}s {use}", "bold yellow" if use is Use.UNREAD else "bold"),)
                for covered in found:
                    yield from self.covered(covered, entry.document)

    def covered(self, covered: Covered, document: Document) -> Iterator[Line]:
        """One entry of the ledger."""
        label = document.place(covered.span).ljust(7)
        why = f"  ({covered.why})" if covered.why else ""
        yield from self.labelled(label, document.text[covered.span.start : covered.span.end] + why, indent="  ")

    def totals(self, report: Report) -> Iterator[Line]:
        """The sums over all documents."""
        if not report.documents:
            yield (Piece("! NOTHING AUDITED", "bold magenta"), Piece("  no document was named"))
        elif len(report.documents) > 1:
            yield (Piece(self.signs.rule * self.width, "dim"),)
            heads = [(Piece(f"{len(report.documents)} documents:", "bold"),), *self.tally(report)]
            yield from flowed(heads, self.width)
            if missed := report.totals.not_audited + report.totals.silent:
                yield (Piece(f"{missed} of them not audited", "bold magenta"),)

    # -- text ---------------------------------------------------------------------------------------------

    def shown(self, text: str, *, prose: bool = True) -> str:
        """Any text as it may be printed: one line, nothing unseen, and ASCII where nothing else can be encoded."""
        text = visible(text, prose=prose)
        if self.options.unicode or text.isascii():
            return text
        return "".join(c if c.isascii() else f"\\u{{{ord(c):x}}}" for c in text.translate(_ASCII))

    def folded(
        self, text: str, width: int, style: str = "", *, lines: int = _TEXT_LINES, prose: bool = True
    ) -> list[Piece]:
        """A text in lines, cut in the middle where it takes too many."""
        shown = self.shown(text, prose=prose)
        return [Piece(line, style) for line in clipped(shown, width, lines, self.signs.ellipsis)]

    def labelled(
        self, label: str, text: str, *, label_style: str = "dim", indent: str = "", prose: bool = True
    ) -> list[Line]:
        """A text after a label, below which nothing else stands."""
        lead = (Piece(label, label_style), Piece("  "))
        room = self.width - cells(indent) - cells(label) - 2
        return hanging(lead, self.folded(text, room, prose=prose), indent=(Piece(indent, "red"),))
