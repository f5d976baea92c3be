"""conftest: a report built by hand over the two seeds, with everything that a format has to show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from auditor.document import Document, Span
from auditor.errors import InputError, RecordingMissing
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason, unverifiable
from auditor.judgement import Evidence, Judgement, Severity
from auditor.report import Audited, Covered, NotAudited, Rejected, Report, Use

if TYPE_CHECKING:
    from auditor.exact.verdict import Verdict

ROOT = Path(__file__).parents[2]


class _Reader:
    """Finds quotes in a document, so that the places below are real."""

    def __init__(self, path: str, text: str) -> None:
        self.document = Document(path, text)

    def at(self, quote: str, after: str = "") -> Span:
        start = self.document.text.index(quote, self.document.text.index(after))
        return Span(start, start + len(quote))

    def evidence(self, label: str, written: str, quote: str, after: str = "") -> Evidence:
        return Evidence(label, written, self.at(quote, after))

    def judge(self, kind: str, verdict: Verdict, quote: str, **more: Any) -> Judgement:  # noqa: ANN401
        return Judgement(kind, verdict, quote, self.at(quote), **more)

    def covered(self, what: str, use: Use, quote: str, why: str = "", after: str = "") -> Covered:
        return Covered(self.at(quote, after), what, use, why)


def _times() -> Audited:
    path = "seeds/000_a620958fcbd0573b.txt"
    read = _Reader(path, (ROOT / path).read_text(encoding="utf-8"))
    sft = (
        read.evidence("total training time of 59k (SFT)", "approximately 1.75", "approximately 1.75"),
        read.evidence("total training time of ReasonFlux-PRM-7B (1K) (SFT)", "approximately 0.3", "approximately 0.3"),
    )
    rl = (
        read.evidence("total training time of 59k (RL)", "approximately 1.2", "approximately 1.2"),
        read.evidence("total training time of ReasonFlux-PRM-7B (1K) (RL)", "approximately 1.8", "approximately 1.8"),
    )
    slower = (
        "total training time of 59k (SFT) 1.75 ≥ ReasonFlux-PRM-7B (1K) (SFT) 0.3; lower is better, so 59k is slower"
    )
    faster = "total training time of 59k (RL) 1.2 < ReasonFlux-PRM-7B (1K) (RL) 1.8; lower is better, so 59k is faster"
    lower = 'lower is better for total training time: "takes significantly longer to train"'
    return Audited(
        read.document,
        (
            read.judge(
                "count",
                SUPPORTED,
                "two bar charts",
                computation="2 levels of paradigm are introduced: Supervised Fine-tuning, Policy Optimization (RL)",
            ),
            read.judge(
                "comparison",
                SUPPORTED,
                'The "59k" model takes significantly longer to train than the "ReasonFlux-PRM-7B (1K)" model.',
                computation="59k (SFT) 1.75 > ReasonFlux-PRM-7B (1K) (SFT) 0.3",
                margin="flips if 59k (SFT) ≤ 0.3; stated 1.75",
                notes=("“significantly” is not judged: the text states no spread",),
            ),
            read.judge(
                "comparison",
                CONTRADICTED,
                '"59k" is faster in Supervised Fine-tuning',
                computation=slower,
                evidence=sft,
                margin="flips if 59k (SFT) < 0.3; stated 1.75",
                severity=Severity.CONCLUSION,
                mend=("say that 59k is slower in Supervised Fine-tuning", "correct 1.75 (13:47) or 0.3 (14:69)"),
                notes=(lower,),
            ),
            read.judge(
                "comparison",
                CONTRADICTED,
                "but slower in Policy Optimization (RL)",
                computation=faster,
                evidence=rl,
                margin="flips if 59k (RL) > 1.8; stated 1.2",
                severity=Severity.CONCLUSION,
                mend=("say that 59k is faster in Policy Optimization (RL)", "correct 1.2 (17:47) or 1.8 (18:69)"),
                notes=(lower,),
            ),
            read.judge(
                "comparison",
                SUPPORTED,
                "The difference in training time is more pronounced in the Supervised Fine-tuning chart.",
                computation="|1.75 - 0.3| = 1.45 > |1.2 - 1.8| = 0.6",
            ),
            read.judge(
                "unjudged",
                unverifiable(Reason.CAUSAL),
                "This could be due to differences in model architecture, learning rates, or other hyperparameters that "
                "are better suited to each training method.",
            ),
        ),
        (
            read.covered("number", Use.IGNORED, "59k", "part of a name"),
            read.covered("number", Use.IGNORED, "1", "number of a heading", after="**Chart 1: "),
            read.covered("number", Use.USED, "1.75"),
            read.covered("number", Use.USED, "0.3"),
            read.covered("number", Use.USED, "1.2"),
            read.covered("number", Use.USED, "1.8"),
            read.covered("sentence", Use.IGNORED, "### Overview", "heading"),
            read.covered(
                "sentence", Use.USED, "* **59k:** The dark blue bar reaches approximately 1.75 on the Y-axis."
            ),
            read.covered("sentence", Use.JUDGED, '* "59k" is faster in Supervised Fine-tuning, but slower'),
            read.covered("sentence", Use.UNREAD, "Further investigation would be needed", "no claim quotes it"),
        ),
        (),
        "gpt-5.1-2026-03-01",
    )


def _rewards() -> Audited:
    path = "seeds/003_c1bea226a4908a7c.txt"
    read = _Reader(path, (ROOT / path).read_text(encoding="utf-8"))
    return Audited(
        read.document,
        (
            Judgement("range", CONTRADICTED, "Training Reward (0.2 to 0.7", read.at("Training Reward (0.2 to 0.7"),
                computation="0.15 lies below 0.2 to 0.7",
                evidence=(
                    read.evidence("training reward of GRPO (4B, start)", "~0.15", "~0.15"),
                    read.evidence("training reward of MEL (4B, start)", "~0.18", "~0.18"),
                    read.evidence("training reward of GRPO (8B, start)", "~0.18", "~0.18", "#### 8B"),
                ),
                margin="flips if the axis starts at 0.15 or below; stated 0.2",
                severity=Severity.PRESENTATION,
                mend=("start the axis at 0.15 or below", "correct 0.15 (20:28), 0.18 (21:36) and 0.18 (24:28)"),
                implied=True,
            ),
            read.judge("trend", SUPPORTED, "rises steadily to ~0.38 by step 120",
                computation="GRPO (4B): 0.15 (start) < 0.38 (end)",
            ),
            read.judge("convergence", unverifiable(Reason.MISSING_VALUE), "converges with GRPO by step 60",
                computation="GRPO (4B, step 60) is not stated, MEL (4B, step 60) is not stated",
            ),
            read.judge("comparison", CONTRADICTED, "GRPO consistently outperforms MEL in larger models (14B)",
                computation="at start: GRPO 0.22 < MEL 0.25; at end: GRPO 0.55 < MEL 0.58",
                evidence=(
                    read.evidence("training reward of GRPO (14B, end)", "~0.55", "~0.55"),
                    read.evidence("training reward of MEL (14B, end)", "~0.58", "~0.58"),
                ),
                margin="flips if MEL (14B, end) ≤ 0.55; stated 0.58",
                severity=Severity.CONCLUSION,
                mend=("say that MEL outperforms GRPO in larger models (14B)", "correct 0.55 (28:46) or 0.58 (29:83)"),
            ),
            read.judge("unjudged", unverifiable(Reason.SUBJECTIVE), "These trends highlight the importance of model "
                "architecture design for scalability and training efficiency in machine learning systems."),
            Judgement("comparison", unverifiable(Reason.QUOTE_NOT_FOUND), "GRPO is twice as good as MEL", None),
        ),
        (
            read.covered("number", Use.USED, "0.15"),
            read.covered("number", Use.UNREAD, "40", "no value and no claim quotes it", after="steps 40"),
            read.covered("sentence", Use.IGNORED, "### Overview", "heading"),
        ),
        (Rejected("value 'training reward of GRPO'", "the quote “reaches 0.95” does not stand in the document", None),),
        "gpt-5.1-2026-03-01",
        stale=True,
    )  # fmt: skip


@pytest.fixture
def report() -> Report:
    """Both seeds, a document without claims, and two that could not be audited, one with a hostile name."""
    return Report((
        _times(),
        _rewards(),
        Audited(Document("notes/empty-of-claims.md", "Nothing here.\n"), (), (), (), "gpt-5.1-2026-03-01"),
        NotAudited(
            "docs/changed since.md",
            RecordingMissing(
                "docs/changed since.md has changed since the answer in docs/.audit/changed since.md.json was recorded",
                hint="record it: audit --record 'docs/changed since.md'",
            ),
        ),
        NotAudited(
            "bad\x1b[31m[red]name[/red]\n\u202e:bomb:.md",
            InputError("bad\x1b[31m[red]name[/red]\n\u202e:bomb:.md is empty", hint="there is nothing to audit"),
        ),
    ))  # fmt: skip
