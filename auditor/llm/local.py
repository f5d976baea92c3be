"""local: a model that is a GGUF file and runs in this process, held to our schema by a grammar.

llama-cpp-python is an extra of the distribution. The weights are loaded once, and one
question is answered at a time: the processor has no more to give. A question that does
not fit into what the model can hold is not begun.
"""

from __future__ import annotations

import asyncio
import ctypes
import json
import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.errors import ModelFailed, UsageError
from auditor.llm.fitting import DoesNotFit, TooLongToMend, stand_in
from auditor.llm.model import Answer
from auditor.providers import HERE, gguf_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pydantic import BaseModel

    from auditor.llm.traffic import Traffic
    from auditor.providers import Server

LONGEST = 32_768
"""Tokens of context that memory is taken for, where the model has more."""

ROOM = 1_024
"""Tokens that an answer needs at the least."""

_MAGIC = b"GGUF"
_OVERHEAD = 64
"""Tokens that a chat template adds, at the most."""

# The library's own rule lets a string hold what JSON does not: characters below the space.
_CHAR, _JSON_CHAR = '[^"\\\\]', '[^"\\\\\\x00-\\x1F\\x7F]'


class Gguf:
    """A model in a file."""

    origin = HERE

    def __init__(self, server: Server, traffic: Traffic, temperature: float = 0, seed: int = 0) -> None:
        """Load it; UsageError where the file is no model, or the extra is not installed."""
        self.name = server.model
        self._path = gguf_path(server.model)
        self._traffic = traffic
        self._temperature = temperature
        self._busy = threading.Lock()
        self._llama = _loaded(self._path, seed)
        self._context: int = self._llama.n_ctx()

    async def close(self) -> None:
        """Give the memory back, unless a question that nobody waits for any more is still in work."""
        if self._busy.acquire(blocking=False):
            self._llama.close()

    async def converse(
        self, messages: Sequence[Mapping[str, str]], *, response_model: type[BaseModel], schema: Mapping[str, object]
    ) -> Answer:
        """The answer to messages; the grammar makes it fit, so that it is not asked for twice."""
        tokens = self._needed(messages)
        if tokens + ROOM > self._context:
            message = f"{self.name} holds {self._context:,} tokens, and the question alone has {tokens:,}"
            hint = "lower --chunk-tokens, or take a model that holds more"
            raise ModelFailed(message, hint=hint)
        await self._traffic.admit(tokens)
        usage: dict[str, int] = {}
        try:
            stop = threading.Event()
            text, ended, usage = await _in_thread(lambda: self._answered(messages, schema, stop), stop)
        finally:
            self._traffic.done(tokens, usage)
        if not ended:
            message = f"{self.name} cuts the answer short: it is longer than the {self._context:,} tokens that it holds"
            raise ModelFailed(message, hint="lower --chunk-tokens, or take a model that holds more")
        called = self._llama.metadata.get("general.name") or Path(self._path).stem
        parameters: dict[str, str | float | bool] = {"mode": "grammar", "temperature": self._temperature}
        return Answer(text, called, usage, parameters, _fault(text, response_model))

    def _needed(self, messages: Sequence[Mapping[str, str]]) -> int:
        return _OVERHEAD + sum(len(self._llama.tokenize(each["content"].encode())) for each in messages)

    def _answered(
        self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, object], stop: threading.Event
    ) -> tuple[str, bool, dict[str, int]]:
        """The text, whether it came to its end, and what it took, once it is its turn."""
        from llama_cpp import LlamaGrammar  # noqa: PLC0415  it was loaded with the model

        with self._busy:
            if stop.is_set():
                raise _Stopped
            found = self._llama.create_chat_completion(
                messages=[dict(message) for message in messages],
                grammar=LlamaGrammar.from_string(_grammar(schema), verbose=False),
                temperature=self._temperature,
                max_tokens=None,
            )
            choice = found["choices"][0]
            usage = {name: found["usage"][name] for name in ("prompt_tokens", "completion_tokens")}
            return choice["message"]["content"], choice["finish_reason"] == "stop", usage


class _Stopped(Exception):
    """Nobody waits for the answer any more."""


def _loaded(path: str, seed: int) -> Any:
    try:
        with Path(path).open("rb") as file:
            magic = file.read(len(_MAGIC))
    except OSError as error:
        message = f"the model {path} cannot be read: {error.strerror}"
        raise UsageError(message, hint="name a file after gguf:, such as gguf:models/small.gguf") from error
    if magic != _MAGIC:
        message = f"the model {path} is no GGUF file"
        raise UsageError(message, hint="take a file that ends in .gguf and is whole")
    try:
        import llama_cpp  # noqa: PLC0415  an extra of the distribution
    except ImportError as error:
        message = "a model that is a file needs llama-cpp-python, which is not installed"
        raise UsageError(message, hint="pip install 'claim-auditor[local]'") from error
    llama_cpp.llama_log_set(_silent(), ctypes.c_void_p(0))
    try:
        known = llama_cpp.Llama(path, vocab_only=True, verbose=False)
        trained = int(known.metadata.get(f"{known.metadata.get('general.architecture')}.context_length", 0))
        known.close()
        return llama_cpp.Llama(path, n_ctx=min(trained or LONGEST, LONGEST), verbose=False, seed=seed)
    except (ValueError, RuntimeError, AssertionError) as error:
        message = f"the model {path} is a GGUF file that llama.cpp cannot load"
        raise UsageError(
            message, hint="take another file: this one is damaged, or of a kind that is not known"
        ) from error


@cache
def _silent() -> Any:
    """Takes what the library says, for nobody; made once and kept, since the library keeps its address."""
    import llama_cpp  # noqa: PLC0415  it was loaded just now

    return llama_cpp.llama_log_callback(lambda _level, _text, _data: None)


@cache
def _compiled(schema: str) -> str:
    from llama_cpp import llama_grammar  # noqa: PLC0415  it was loaded with the model

    made: str = llama_grammar.json_schema_to_gbnf(schema)
    return made.replace(f"char ::= {_CHAR}", f"char ::= {_JSON_CHAR}")


def _grammar(schema: Mapping[str, object]) -> str:
    return _compiled(json.dumps(schema))


def _fault(text: str, response_model: type[BaseModel]) -> str | None:
    try:
        stand_in(response_model).model_validate_json(text)
    except (DoesNotFit, TooLongToMend) as error:
        return f"gives an answer that does not fit the schema: {error.reason}"
    return None


async def _in_thread(work: Callable[[], Any], stop: threading.Event) -> Any:
    """What a function returns that may take minutes; a thread of the pool would keep the process from ending."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Any] = loop.create_future()

    def settle(found: Any, error: BaseException | None) -> None:
        if done.cancelled():
            return
        if error is None:
            done.set_result(found)
        else:
            done.set_exception(error)

    def run() -> None:
        found, failed = None, None
        try:
            found = work()
        except BaseException as error:  # noqa: BLE001  it is raised where somebody waits
            failed = error
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, found, failed)

    threading.Thread(target=run, daemon=True, name="gguf").start()
    try:
        return await done
    finally:
        stop.set()
