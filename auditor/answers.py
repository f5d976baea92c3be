"""answers: where a model's answer about a document comes from: a recording, or the model, which is then recorded.

A project's own configuration may not say where documents and the key are sent, unless that
is this machine: a cloned repository would otherwise collect the keys of whoever audits it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from auditor import aside, providers, transcript
from auditor.errors import AuditorError, ExtractionError, RecordingMissing, UsageError
from auditor.files import keeping
from auditor.live.forecast import Found
from auditor.live.limits import Limits
from auditor.live.progress import unseen
from auditor.recordings import Recording, name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from auditor.aside import Unfinished
    from auditor.document import Document
    from auditor.inputs.source import Source
    from auditor.live.forecast import Forecast
    from auditor.live.progress import Progress
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
    is_ours: bool = True
    """Whether the user names the model, and not the project's configuration."""

    @property
    def is_configured(self) -> bool:
        """Whether a model can be asked at all: it is named, and where it takes a key there is one."""
        return self.model is not None and self._missing_key is None

    @property
    def without_key(self) -> str | None:
        """The variable that lacks the key of the model that the user names; None where nothing is missing."""
        return self._missing_key if self.is_ours else None

    @property
    def _missing_key(self) -> str | None:
        return None if self.model is None else providers.missing_key(self.model, self._address, self.environment)

    @property
    def _address(self) -> str | None:
        return self.base_url or self.project_base_url or None

    def server(self) -> providers.Server:
        """Whom to ask; UsageError where a project points away from this machine, or to a file to be loaded."""
        name = self.model or ""
        if name.startswith(providers.FILE):
            if not self.is_ours:
                message = (
                    f"the project names a file as its model, {name}, and a file from elsewhere is not loaded unasked"
                )
                raise UsageError(message, hint="if you trust that file, name it with --model")
            return providers.server(name, None, None, {})
        if not self.base_url and self.project_base_url and not providers.is_this_machine(self.project_base_url):
            message = (
                f"the project's base-url, {self.project_base_url}, is not on this machine, so no key is sent there"
            )
            raise UsageError(message, hint="if you trust that server, name it with --base-url or OPENAI_BASE_URL")
        return providers.server(self.model or "", self._address, self.mode, self.environment)


class Answers(Struct, frozen=True):
    """The answers about a run's documents."""

    store: Store
    asking: Asking
    offline: bool
    """Whether no model may be asked."""
    record: bool
    """Whether a model is asked even where there is a recording."""
    announce: Callable[[str], None]
    """Told who is about to see the documents, and what it took."""
    limits: Limits = msgspec.field(default_factory=Limits)
    progress: Progress = unseen
    """Shows how far it is."""
    _failures: dict[str, ExtractionError] = msgspec.field(default_factory=dict)

    def __post_init__(self) -> None:
        """UsageError where a model is to be asked and cannot be."""
        if not self.record:
            return
        if self.offline:
            message = "--record asks a model, and --offline forbids it"
            raise UsageError(message, hint="leave one of them out")
        if not self.asking.model:
            message = "--record needs a model to ask, and none is named"
            raise UsageError(
                message,
                hint="name one with --model, such as gpt-4.1-mini or ollama/qwen3:8b, or as model in auditor.toml",
            )
        self.asking.server()

    def find(self, document: Document) -> Answered:
        """The recorded answer; ExtractionError where there is none, with what `ask` met if it asked."""
        if document.path in self._failures:
            raise self._failures[document.path]
        try:
            return recorded(document, self.store)
        except RecordingMissing as error:
            key = None if self.offline else self.asking.without_key
            if key is None or error.hint != self.store.hint(document):
                raise
            hint = f"the model's server takes a key: set {key}, and run the same command again"
            raise RecordingMissing(error.message, hint=hint) from error

    @property
    def _may_ask(self) -> bool:
        return not self.offline and (self.record or self.asking.is_configured)

    def ask(self, sources: Iterable[Source]) -> None:
        """Ask about every document that has no recording, where a model may be asked, and record the answers."""
        if not self._may_ask:
            return
        found = self._sorted(sources)
        if found.missing:
            self._fetch(found)

    def counted(self, sources: Iterable[Source]) -> Forecast:
        """What `ask` would send."""
        return self._sorted(sources).forecast(self.asking.server() if self._may_ask else None, self.limits.plan)

    def _sorted(self, sources: Iterable[Source]) -> Found:
        """Which documents have a recording; those that have none are kept as sources, to be read again in their turn."""
        found = Found()
        for source in sources:
            try:
                document = source.read()
                if self.record or not self._is_recorded(document):
                    keeping.check(self.store.place_of(document), document.path)
                    found.missing.append(source)
                    found.sizes.append(len(document.text))
                else:
                    found.recorded += 1
            except ExtractionError as error:
                self._failures[source.name] = error
                found.unusable += 1
            except AuditorError:  # whoever reports on the document meets it again
                found.unusable += 1
        return found

    def _is_recorded(self, document: Document) -> bool:
        try:
            self.store.load(document)
        except RecordingMissing:
            return False
        return True

    def _fetch(self, found: Found) -> None:
        from auditor.live import fetching  # noqa: PLC0415  it loads a client library, which takes a second

        server = self.asking.server()
        seen = found.missing[0].name if len(found.missing) == 1 else f"{len(found.missing):,} documents"
        self.announce(f"asking {server.model} at {providers.origin(server.base_url)}, which will see {seen}")
        run = fetching.Fetching(server, self, self.limits, self.announce)
        try:
            with self.progress(len(found.missing)) as show:
                run.run((source.read() for source in found.missing), found.sizes, show)
        except KeyboardInterrupt:
            self.announce("interrupted; what is recorded is not asked again by the same command")
            raise
        finally:
            self._failures.update(run.failures)
            self.announce(run.closing(found.recorded))

    def refuse(self, document: Document, answer: str, why: str) -> None:
        """Keep apart what is no answer, and tell where."""
        self.announce(
            f"what was answered about {document.path} is in {aside.reject(self.store, document, answer, why)}"
        )

    def unfinished(self, document: Document) -> Unfinished:
        """What was answered about a document before its reading broke off."""
        from auditor.parts import rounds  # noqa: PLC0415  it loads the kinds

        told = (
            *digests_for(""),
            *rounds.kept(),
            self.asking.model,
            self.asking.server().base_url,
            *self.limits.plan.told,
        )
        return aside.Unfinished(self.store, document, told)

    def keep(self, document: Document, answer: Answer) -> None:
        """Record an answer."""
        prompt_sha256, schema_sha256 = digests_for(answer.text)
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
        if transcript.is_transcript(answer.text):
            self.unfinished(document).forget()


def recorded(document: Document, store: Store) -> Answered:
    """The recorded answer about a document; RecordingMissing or RecordingInvalid where there is none."""
    recording = store.load(document)
    return Answered(recording.answer, recording.model_answered, recording.is_stale(*digests_for(recording.answer)))


def digests_for(answer: str) -> tuple[str, str]:
    """The digests of the prompt and the schema that an answer would have today: a long document's has its own."""
    if transcript.is_in_parts(answer):
        from auditor.parts import rounds  # noqa: PLC0415  few documents are that long

        return rounds.kept()
    from auditor import prompt  # noqa: PLC0415  it loads the kinds

    return prompt.digest(), prompt.schema_digest()
