"""explanation: the page of a kind, a reason or a severity, made from the thing itself so that the two cannot part."""

from __future__ import annotations

import inspect
import re
import textwrap
from typing import TYPE_CHECKING, Annotated, Literal, get_args, get_origin

from auditor import vocabulary
from auditor.claim import Wire, fields_of
from auditor.errors import UsageError
from auditor.exact.verdict import Reason
from auditor.judgement import Severity
from auditor.kinds import find

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from auditor.claim import Claim, Example

_WIDTH = 80
_IMPLIED = "Nobody states this in words: it follows from what the document is."
_PLAIN: dict[object, str] = {str: "as the text has it", bool: "yes or no", int: "a number"}
_SELF_EVIDENT = ("kind", "quote")


def page(name: str) -> str:
    """What a name of a report means: a kind of claim with its fields and examples, a reason, or a severity."""
    found = find_page(name)
    if found is not None:
        return found
    known = ", ".join(vocabulary.names())
    message = f"there is no kind, reason or severity {name!r}"
    raise UsageError(message, hint=f"known are {known}")


def find_page(name: str) -> str | None:
    """What a name of a report means, None where it is not known."""
    kind = find(name)
    if kind is not None:
        return _text(_lines(name, kind))
    if name in vocabulary.unstated():
        return _text([name, "", *textwrap.wrap(f"{vocabulary.unstated()[name]} {_IMPLIED}", _WIDTH)])
    if name in set(Reason):
        return _text(
            [name, "", *textwrap.wrap(f"A reason why a claim is unverifiable: {Reason(name).meaning}.", _WIDTH)]
        )
    if name in set(Severity):
        return _text(
            [name, "", *textwrap.wrap(f"A severity: the contradiction spoils {Severity(name).meaning}.", _WIDTH)]
        )
    return None


def summary(name: str) -> str:
    """What a kind of claim says, in a sentence or two; empty where it is not known."""
    kind = find(name)
    if kind is None:
        return vocabulary.unstated().get(name, "")
    return " ".join(inspect.cleandoc(kind.__doc__ or "").split())


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _lines(name: str, kind: type[Claim]) -> Iterator[str]:
    yield from (name, "")
    for paragraph in inspect.cleandoc(kind.__doc__ or "").split("\n\n"):
        yield from textwrap.wrap(paragraph, _WIDTH)
        yield ""
    yield f"A contradiction spoils the document's {kind.severity}."
    yield from ("", "What is read from the text:")
    for field, annotation in fields_of(kind).items():
        if field not in _SELF_EVIDENT:
            yield from _hanging(f"  {field:<12}", _words(annotation))
    for example in kind.examples:
        yield from ("", "Example:")
        yield from _example(example)


def _example(example: Example) -> Iterator[str]:
    yield from _hanging("  ", example.text)
    yield from _hanging(f"  {example.verdict:<14}", str(example.claim["quote"]))


def _hanging(lead: str, text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead)) or [lead.rstrip()]


def _words(annotation: object) -> str:
    """A type as its reader would say it."""
    if get_origin(annotation) is Annotated:
        return _words(get_args(annotation)[0])
    if get_origin(annotation) is Literal:
        return ", ".join(map(str, get_args(annotation)))
    parts = [part for part in get_args(annotation) if part not in {Ellipsis, type(None)}]
    words = " or ".join(dict.fromkeys(_words(part) for part in parts)) if parts else _word(annotation)
    return f"{words}; may be left open" if type(None) in get_args(annotation) else words


def _word(annotation: object) -> str:
    if isinstance(annotation, type) and issubclass(annotation, Wire):
        clause = re.split("[;.]", inspect.cleandoc(annotation.__doc__ or annotation.__name__))[0]
        return clause[0].lower() + clause[1:]
    return _PLAIN.get(annotation, getattr(annotation, "__name__", str(annotation)))
