"""auditor: does what a document concludes follow from the values that it states?

    Document ──► Extraction ──► grounding ──► Facts ──► Judgements ──► Report ──► a format
     (text)      a model or      quotes to     one table  kinds lower    verdicts,   table, json, …
                 a recording     spans, and    of values  claims to      reasons,
                                 numbers                  expressions    coverage

A language model reads and never judges; everything after the extraction is exact,
deterministic and offline, and takes the extraction for hostile input.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as type checkers know it; typing itself takes longer to load than all else that is wanted here
if TYPE_CHECKING:
    from auditor.answers import Answered
    from auditor.document import Document, Position, Span
    from auditor.errors import AuditorError, ExtractionError, InputError
    from auditor.exact.verdict import Reason, Verdict
    from auditor.judgement import Evidence, Judgement, Severity
    from auditor.library import audit, recordings_of
    from auditor.recordings import Store
    from auditor.report import Audited, Covered, NotAudited, Rejected, Use

__version__ = "0.1.0"

__all__ = [
    "Answered",
    "Audited",
    "AuditorError",
    "Covered",
    "Document",
    "Evidence",
    "ExtractionError",
    "InputError",
    "Judgement",
    "NotAudited",
    "Position",
    "Reason",
    "Rejected",
    "Severity",
    "Span",
    "Store",
    "Use",
    "Verdict",
    "audit",
    "recordings_of",
]

_HOMES = {
    "answers": ("Answered",),
    "document": ("Document", "Position", "Span"),
    "errors": ("AuditorError", "ExtractionError", "InputError"),
    "exact.verdict": ("Reason", "Verdict"),
    "judgement": ("Evidence", "Judgement", "Severity"),
    "library": ("audit", "recordings_of"),
    "recordings": ("Store",),
    "report": ("Audited", "Covered", "NotAudited", "Rejected", "Use"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """What is public, from the module that has it, when it is asked for: importing auditor loads nothing."""
    home = _HOME_OF.get(name)
    if home is None:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module  # noqa: PLC0415  with it, importing auditor would load something

    return getattr(import_module(f"{__name__}.{home}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
