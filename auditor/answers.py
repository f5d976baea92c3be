"""answers: where a model's answer about a document comes from: a recording, or the model, which is then recorded.

A project's own configuration may not say where documents and the key are sent, unless that
is this machine: a cloned repository would otherwise collect the keys of whoever audits it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from auditor.errors import RecordingMissing, UsageError
from auditor.recordings import Recording, name_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditor.document import Document
    from auditor.recordings import Store

TIMEOUT = 300.0
"""Seconds that a model has for one document."""

_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class Answered:
    """A raw answer about a document, and where it comes from."""

    answer: str
    """Letter for letter."""
    model: str
    """The model that answered, as it names itself."""
    stale: bool
    """Whether it answers another prompt or schema than today's."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Whom to ask; what is None is not configured."""

    model: str | None
    base_url: str | None
    """The server that the user names."""
    project_base_url: str | None
    """The server that the project's configuration names."""
    api_key: str | None = field(repr=False)

    @property
    def is_configured(self) -> bool:
        """Whether a model can be asked at all."""
        return bool(self.model and self.api_key)

    def server(self) -> str | None:
        """The address to ask, None for the default; UsageError where a project points away from this machine."""
        if self.base_url or not self.project_base_url:
            return self.base_url or None
        try:
            host = urlsplit(self.project_base_url).hostname
        except ValueError:
            host = None
        if host not in _THIS_MACHINE:
            message = (
                f"the project's base-url, {self.project_base_url}, is not on this machine, so no key is sent there"
            )
            raise UsageError(message, hint="if you trust that server, name it with --base-url or OPENAI_BASE_URL")
        return self.project_base_url


@dataclass(frozen=True)
class Answers:
    """The answers about a run's documents."""

    store: Store
    asking: Asking
    offline: bool
    """Whether no model may be asked."""
    record: bool
    """Whether a model is asked even where there is a recording."""
    announce: Callable[[str], None]
    """Told who is about to see a document, and where the answer went."""

    def __post_init__(self) -> None:
        """UsageError where a model is to be asked and cannot be."""
        if not self.record:
            return
        if self.offline:
            message = "--record asks a model, and --offline forbids it"
            raise UsageError(message, hint="leave one of them out")
        if not self.asking.model:
            message = "--record needs a model to ask, and none is named"
            raise UsageError(message, hint="name one with --model, or as model in auditor.toml")
        if not self.asking.api_key:
            message = "--record needs a key for the model's server, and OPENAI_API_KEY is not set"
            raise UsageError(message, hint="set OPENAI_API_KEY; for a server that takes no key, to any word")

    @cached_property
    def _digests(self) -> tuple[str, str]:
        from auditor import prompt  # noqa: PLC0415  it loads the kinds

        return prompt.digest(), prompt.schema_digest()

    def find(self, document: Document) -> Answered:
        """The recorded answer, or a new one where a model may be asked; ExtractionError where there is neither."""
        if not self.record:
            try:
                recording = self.store.load(document)
            except RecordingMissing:
                if self.offline or not self.asking.is_configured:
                    raise
            else:
                return Answered(recording.answer, recording.model_answered, recording.is_stale(*self._digests))
        return self._ask(document)

    def _ask(self, document: Document) -> Answered:
        from auditor.llm import client  # noqa: PLC0415  it takes a second to load, and a replay never needs it

        model, key, server = self.asking.model or "", self.asking.api_key or "", self.asking.server()
        self.announce(f"asking {model} at {client.origin(server)}, which will see {document.path}")
        answer = client.ask(document, model=model, base_url=server, api_key=key, timeout=TIMEOUT)
        prompt_sha256, schema_sha256 = self._digests
        recording = Recording(
            document=name_of(document),
            document_sha256=document.digest,
            prompt_sha256=prompt_sha256,
            schema_sha256=schema_sha256,
            model_asked=model,
            model_answered=answer.model,
            parameters=answer.parameters,
            usage=answer.usage,
            answer=answer.text,
        )
        self.announce(f"recorded in {self.store.save(document, recording)}")
        return Answered(answer.text, answer.model, stale=False)
