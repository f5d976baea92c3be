"""answers: where a model's answer about a document comes from: a recording, or the model, which is then recorded.

A project's own configuration may not say where documents and the key are sent, unless that
is this machine: a cloned repository would otherwise collect the keys of whoever audits it.
"""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from auditor import providers, transcript
from auditor.errors import AuditorError, ExtractionError, RecordingMissing, UsageError
from auditor.recordings import Recording, name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from auditor.document import Document
    from auditor.inputs.source import Source
    from auditor.llm.model import Answer
    from auditor.recordings import Store


class Answered(Struct, frozen=True):
    """A raw answer about a document, and where it comes from."""

    answer: str
    """Letter for letter."""
    model: str
    """The model that answered, as it names itself."""
    stale: bool
    """Whether it answers another prompt or schema than today's."""


@dataclass(frozen=True, slots=True)  # a struct would print the key
class Asking:
    """Whom to ask, and how; what is None is not configured."""

    model: str | None
    base_url: str | None
    """The server that the user names."""
    project_base_url: str | None
    """The server that the project's configuration names."""
    environment: Mapping[str, str] = field(repr=False)
    """Where the keys are."""
    mode: providers.Mode | None = None
    """How an answer is asked for; None is as the provider is known to take it."""
    jobs: int | None = None
    """How many documents at once; None is as many as the server is likely to take."""
    timeout: float = 300.0
    """Seconds that a model has for one document, everything included."""
    max_requests: int | None = None
    max_tokens: int | None = None

    @property
    def is_configured(self) -> bool:
        """Whether a model can be asked at all: it is named, and where it takes a key there is one."""
        return self.model is not None and providers.has_key(self.model, self._address, self.environment)

    @property
    def _address(self) -> str | None:
        return self.base_url or self.project_base_url or None

    def server(self) -> providers.Server:
        """Whom to ask; UsageError where a project points away from this machine."""
        if not self.base_url and self.project_base_url and not providers.is_this_machine(self.project_base_url):
            message = (
                f"the project's base-url, {self.project_base_url}, is not on this machine, so no key is sent there"
            )
            raise UsageError(message, hint="if you trust that server, name it with --base-url or OPENAI_BASE_URL")
        return providers.server(self.model or "", self._address, self.mode, self.environment)


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
    """Told who is about to see the documents, and what it took."""
    _failures: dict[str, ExtractionError] = field(default_factory=dict, init=False)
    _reused: Counter[str] = field(default_factory=Counter, init=False)

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
        self.asking.server()

    @cached_property
    def _digests(self) -> tuple[str, str]:
        from auditor import prompt  # noqa: PLC0415  it loads the kinds

        return prompt.digest(), prompt.schema_digest()

    def _digests_for(self, answer: str) -> tuple[str, str]:
        """Those of what is asked about a document, or about the parts of one."""
        if not transcript.is_in_parts(answer):
            return self._digests
        from auditor import rounds  # noqa: PLC0415  few documents are that long

        return rounds.kept()

    def find(self, document: Document) -> Answered:
        """The recorded answer; ExtractionError where there is none, with what `ask` met if it asked."""
        if document.path in self._failures:
            raise self._failures[document.path]
        recording = self.store.load(document)
        return Answered(
            recording.answer, recording.model_answered, recording.is_stale(*self._digests_for(recording.answer))
        )

    def ask(self, sources: Iterable[Source]) -> None:
        """Ask about every document that has no recording, where a model may be asked, and record the answers."""
        if self.offline or not (self.record or self.asking.is_configured):
            return
        missing = self._missing(sources)
        first = next(missing, None)
        if first is not None:
            self._fetch(first, missing)

    def _missing(self, sources: Iterable[Source]) -> Iterator[Document]:
        for source in sources:
            try:
                document = source.read()
                if not self.record:
                    self.store.load(document)
                    self._reused[""] += 1
                    continue
            except RecordingMissing:
                pass
            except AuditorError:  # whoever reports on the document meets it again
                continue
            yield document

    def _fetch(self, first: Document, others: Iterator[Document]) -> None:
        from auditor import fetching  # noqa: PLC0415  it loads a client library, which takes a second

        asking = self.asking
        server = asking.server()
        second = next(others, None)
        seen = first.path if second is None else f"{first.path} and every other document that has no recording"
        self.announce(f"asking {server.model} at {providers.origin(server.base_url)}, which will see {seen}")
        run = fetching.Fetching(
            server,
            self._keep,
            jobs=asking.jobs,
            timeout=asking.timeout,
            max_requests=asking.max_requests,
            max_tokens=asking.max_tokens,
        )
        try:
            run.run(itertools.chain([first] if second is None else [first, second], others))
        finally:
            self._failures.update(run.failures)
            self.announce(run.closing(self._reused.total()))

    def _keep(self, document: Document, answer: Answer) -> None:
        prompt_sha256, schema_sha256 = self._digests_for(answer.text)
        recording = Recording(
            document=name_of(document),
            document_sha256=document.digest,
            prompt_sha256=prompt_sha256,
            schema_sha256=schema_sha256,
            model_asked=self.asking.model or "",
            model_answered=answer.model,
            parameters=answer.parameters,
            usage=answer.usage,
            answer=answer.text,
        )
        self.store.save(document, recording)
