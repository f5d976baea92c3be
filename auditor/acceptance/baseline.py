"""baseline: the findings that a project has accepted, so that only new ones count.

A finding is known by its document, its fingerprint, which is made of its content and kind and
of no line number, and its verdict: what was unverifiable and is now contradicted is new. What
is in the baseline and no longer found is reported. The file is read as strictly as a recording.
"""

from __future__ import annotations

import json
import stat
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from auditor import strictly
from auditor.errors import UsageError
from auditor.exact.verdict import CONTRADICTED, SUPPORTED
from auditor.files import atomically
from auditor.files.relative import relative
from auditor.fingerprint import fingerprints
from auditor.judgement import By, Suppression
from auditor.notation import json_text
from auditor.report import About, Audited, NotAudited, Remark, Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from auditor.judgement import Judgement

FORMAT = "audit-baseline/1"
"""What a baseline says of itself first; another reading of the file needs another number."""
LIMIT = 64 * 1024 * 1024
"""The most bytes a baseline may have."""

_REWRITE = "write it anew with --write-baseline"


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """One accepted finding."""

    document: str
    """The path from the baseline's folder, with slashes."""
    fingerprint: str
    kind: str
    verdict: str
    quote: str
    """For a reader; what is held against the document is the fingerprint."""


@dataclass(frozen=True)
class Baseline:
    """Accepted findings, and the folder from which their documents are named."""

    folder: str
    """Absolute."""
    known: tuple[Known, ...] = ()

    @cached_property
    def _by_document(self) -> dict[str, dict[str, Known]]:
        found: dict[str, dict[str, Known]] = {}
        for one in self.known:
            found.setdefault(one.document, {})[one.fingerprint] = one
        return found

    def apply(self, entry: Audited | NotAudited, path: str) -> Audited | NotAudited:
        """The document, at this absolute path, with what is accepted marked and what is gone remarked on."""
        here = self._by_document.get(relative(path, self.folder))
        if here is None or entry.document is None:
            return entry
        seen, judgements = set(), []
        for judgement, fingerprint in zip(
            entry.judgements, fingerprints(entry.judgements, entry.document), strict=True
        ):
            accepted = here.get(fingerprint)
            matches = accepted is not None and accepted.verdict == judgement.verdict.name
            if matches:
                seen.add(fingerprint)
            if matches and judgement.suppression is None:
                judgements.append(replace(judgement, suppression=Suppression(By.BASELINE, "accepted before")))
            else:
                judgements.append(judgement)
        remarks = [_gone(one) for one in here.values() if one.fingerprint not in seen and isinstance(entry, Audited)]
        return replace(entry, judgements=tuple(judgements), remarks=(*entry.remarks, *remarks))


class Update(NamedTuple):
    """A baseline written anew, and what that changes."""

    baseline: Baseline
    added: tuple[Known, ...]
    removed: tuple[Known, ...]


def updated(old: Baseline, report: Report, paths: Iterable[str], *, strict: bool) -> Update:
    """A baseline of what fails the run; of documents that this run did not audit, what was accepted stays.

    `paths` are the absolute ones of the report's documents. What was accepted and is still found stays, too.
    """
    accepted = set(old.known)
    kept: set[Known] = set()
    audited: set[str] = set()
    for entry, path in zip(report.documents, paths, strict=True):
        if isinstance(entry, Audited):
            document = relative(path, old.folder)
            audited.add(document)
            kept |= {one for one, fails in _findings(entry, document, strict=strict) if fails or one in accepted}
    elsewhere = {one for one in accepted if one.document not in audited}
    new = kept | elsewhere
    return Update(
        Baseline(old.folder, tuple(sorted(new))), tuple(sorted(new - accepted)), tuple(sorted(accepted - new))
    )


def _findings(entry: Audited, document: str, *, strict: bool) -> Iterator[tuple[Known, bool]]:
    """Everything that a baseline may hold of a document, and whether it fails the run."""
    for judgement, fingerprint in zip(entry.judgements, fingerprints(entry.judgements, entry.document), strict=True):
        if judgement.verdict != SUPPORTED and judgement.suppression is None:
            known = Known(document, fingerprint, judgement.kind, judgement.verdict.name, _line(judgement))
            yield known, strict or judgement.verdict == CONTRADICTED


def _line(judgement: Judgement) -> str:
    return " ".join(judgement.quote.split())


def _gone(one: Known) -> Remark:
    text = f"the baseline accepts a {one.verdict} {one.kind} that is no longer found: “{one.quote}”"
    return Remark(About.BASELINE_STALE, text, _REWRITE, None)


# -- the file -----------------------------------------------------------------------------------------------


def load(place: Path) -> Baseline:
    """The baseline in a file; UsageError where there is none, or another version of one."""
    hint = f"make it with --write-baseline --baseline {place.name}, or check the name"
    try:
        status = place.stat()
        if not stat.S_ISREG(status.st_mode):
            message = f"the baseline {place} is not a file"
            raise UsageError(message, hint="name a file")
        if status.st_size > LIMIT:
            message = f"the baseline {place} is larger than {LIMIT // (1024 * 1024)} MB"
            raise UsageError(message, hint=_REWRITE)
        content = _content(place.read_bytes())
        return Baseline(str(place.parent), tuple(sorted(_entries(content))))
    except FileNotFoundError as error:
        message = f"there is no baseline {place}"
        raise UsageError(message, hint=hint) from error
    except strictly.Unusable as error:
        message = f"the baseline {place} is not usable: {error}"
        raise UsageError(message, hint=f"mend it, or remove it and {_REWRITE}") from error
    except OSError as error:
        message = f"the baseline {place} cannot be read: {error.strerror or error}"
        raise UsageError(message, hint="make it readable, or name another one") from error


def save(place: Path, baseline: Baseline) -> None:
    """Write a baseline in one step; UsageError where that fails."""
    lines = ",".join(f"\n  {json_text(_named(one), unicode=True).rstrip()}" for one in baseline.known)
    text = f'{{\n "format": "{FORMAT}",\n "findings": [{lines}\n ]\n}}\n'
    try:
        atomically.write(place, text.encode("utf-8"))
    except OSError as error:
        message = f"the baseline {place} cannot be written: {error.strerror or error}"
        raise UsageError(message, hint="make room or make the place writable, or name another file") from error


def _named(one: Known) -> dict[str, str]:
    return {field.name: getattr(one, field.name) for field in fields(Known)}


def _content(data: bytes) -> dict[str, object]:
    content = strictly.mapping(data)
    if not str(content.get("format", "")).startswith("audit-baseline/"):
        message = "it is not a baseline of audit"
        raise strictly.Unusable(message)
    if content["format"] != FORMAT:
        message = f"it is of another version, {json.dumps(content['format'])[:40]}; this audit reads {FORMAT}"
        raise strictly.Unusable(message)
    return content


def _entries(content: dict[str, object]) -> Iterator[Known]:
    unknown = sorted(set(content) - {"format", "findings"})
    if unknown:
        message = f"it has an unknown key, {json.dumps(unknown[0][:40])}"
        raise strictly.Unusable(message)
    findings = content.get("findings")
    if not isinstance(findings, list):
        message = '"findings" is not a list'
        raise strictly.Unusable(message)
    wanted = {field.name for field in fields(Known)}
    for number, finding in enumerate(findings, start=1):
        if not isinstance(finding, dict) or set(finding) != wanted or not _all_text(finding):
            message = f"finding {number} is not an object of the strings {', '.join(sorted(wanted))}"
            raise strictly.Unusable(message)
        yield Known(**finding)


def _all_text(finding: dict[str, object]) -> bool:
    return all(isinstance(value, str) for value in finding.values())
