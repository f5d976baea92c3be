"""errors: everything that can go wrong for a user, each with what to do next.

AuditorError
├── UsageError            the command line or the configuration asks for something impossible
├── InputError            a document cannot be read as text
└── ExtractionError       a document has no usable reading
    ├── RecordingMissing    no recording, and asking a model is off or not configured
    ├── RecordingInvalid    a recording is damaged, of another document, or does not fit the schema
    ├── RecordingUntracked  a recording that only this machine has
    ├── ModelFailed         the model was asked and gave no usable answer
    └── ModelUnavailable    no model can be asked, about this document or any other

A bug is a traceback, never one of these.
"""

from __future__ import annotations


class AuditorError(Exception):
    """Base of every error a user can cause or mend."""

    def __init__(self, message: str, *, hint: str) -> None:
        super().__init__(message)
        self.message = message
        """What went wrong and where, one sentence."""
        self.hint = hint
        """What to do next, one sentence."""

    def __reduce__(self) -> tuple[object, ...]:
        """As it is sent to another process; of itself Python would make it anew without its hint, and fail."""
        return _made, (type(self), self.message, self.hint)


def _made(sort: type[AuditorError], message: str, hint: str) -> AuditorError:
    return sort(message, hint=hint)


class UsageError(AuditorError):
    """The command line or the configuration asks for something impossible."""


class InputError(AuditorError):
    """A document cannot be read as text."""


class ExtractionError(AuditorError):
    """A document has no usable reading."""


class RecordingMissing(ExtractionError):
    """No recording of the document as it is now, and no model to ask."""


class RecordingInvalid(ExtractionError):
    """A recording is damaged, of another document, or does not fit the schema."""


class RecordingUntracked(ExtractionError):
    """A recording that git does not track, where only tracked ones count."""


class ModelFailed(ExtractionError):
    """The model was asked and gave no usable answer."""


class ModelUnavailable(ExtractionError):
    """No model can be asked, about this document or any other: a rejected key, an empty account, a limit of the run."""
