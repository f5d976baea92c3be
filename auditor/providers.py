"""providers: what a model's name says: whose server it is, which key it takes, and in which mode it is asked.

All but one of these speak OpenAI's language, if not only that, so that one path with all its checks serves them. Nothing
here loads a client library: whether a model can be asked at all is a question of every run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from msgspec import Struct

from auditor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_BASE_URL = "https://api.openai.com/v1"
"""Whom to ask where nobody says."""

Mode = Literal["json_schema", "tools"]
Language = Literal["chat", "messages"]
"""What a server speaks: OpenAI's language, or Anthropic's."""

THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
"""Hosts to which a key may go unasked, and without one."""

FILE = "gguf:"
"""What a model's name begins with that is a file, and the address of such a model."""

HERE = "this machine"
"""Who sees what such a model is asked."""

NO_KEY = "none"
"""What is sent as the key to a server that takes none."""


@dataclass(frozen=True, slots=True)
class Server:
    """Whom to ask, and in which way."""

    model: str
    base_url: str
    api_key: str = field(repr=False)
    mode: Mode = "json_schema"
    """Whether the schema is that of the answer, or of a tool that is to be called with it."""
    key_name: str = "OPENAI_API_KEY"
    """The variable of the environment that holds the key."""
    language: Language = "chat"


class Provider(Struct, frozen=True):
    """A server that is known by name."""

    base_url: str
    key_name: str | None
    """The variable of the environment that holds its key; None where it takes none."""
    mode: Mode = "json_schema"
    language: Language = "chat"


PROVIDERS: Mapping[str, Provider] = {
    "anthropic": Provider("https://api.anthropic.com", "ANTHROPIC_API_KEY", "tools", "messages"),
    "cerebras": Provider("https://api.cerebras.ai/v1", "CEREBRAS_API_KEY"),
    "deepseek": Provider("https://api.deepseek.com/beta", "DEEPSEEK_API_KEY", "tools"),
    "fireworks": Provider("https://api.fireworks.ai/inference/v1", "FIREWORKS_API_KEY"),
    "gemini": Provider("https://generativelanguage.googleapis.com/v1beta/openai", "GEMINI_API_KEY"),
    "groq": Provider("https://api.groq.com/openai/v1", "GROQ_API_KEY"),
    "llamacpp": Provider("http://localhost:8080/v1", None),
    "lmstudio": Provider("http://localhost:1234/v1", None),
    "mistral": Provider("https://api.mistral.ai/v1", "MISTRAL_API_KEY"),
    "ollama": Provider("http://localhost:11434/v1", None),
    "openai": Provider(DEFAULT_BASE_URL, "OPENAI_API_KEY"),
    "openrouter": Provider("https://openrouter.ai/api/v1", "OPENROUTER_API_KEY"),
    "together": Provider("https://api.together.xyz/v1", "TOGETHER_API_KEY"),
    "vllm": Provider("http://localhost:8000/v1", None),
    "xai": Provider("https://api.x.ai/v1", "XAI_API_KEY"),
}
"""By the part of a model's name before the first slash."""


def server(name: str, base_url: str | None, mode: Mode | None, environment: Mapping[str, str]) -> Server:
    """Whom a name means; UsageError where it means nobody, or the key is missing.

    A file is a file whatever server is named. With a base URL the name is the server's own, letter for letter: many have a slash in it.
    """
    if name.startswith(FILE):
        return Server(name, FILE, NO_KEY)
    if base_url:
        origin(base_url)
        is_here = is_this_machine(base_url)
        key = environment.get("OPENAI_API_KEY") or (NO_KEY if is_here else None)
        return Server(name, base_url, _present(key, "OPENAI_API_KEY"), mode or "json_schema")
    before, slash, after = name.partition("/")
    if slash and before not in PROVIDERS:
        message = f"{before!r} in --model {name} is no provider"
        hint = f"take one of {', '.join(PROVIDERS)}, or name the server with --base-url"
        raise UsageError(message, hint=hint)
    provider = PROVIDERS[before if slash else "openai"]
    key = NO_KEY if provider.key_name is None else environment.get(provider.key_name)
    known = provider.key_name or "OPENAI_API_KEY"
    if provider.language == "messages" and mode == "json_schema":
        message = f"{before} takes the schema as that of a tool only, and --mode is json_schema"
        raise UsageError(message, hint="leave --mode out, or take --mode tools")
    present = _present(key, known)
    mode = mode or provider.mode
    return Server(after if slash else name, provider.base_url, present, mode, known, provider.language)


def missing_key(name: str, base_url: str | None, environment: Mapping[str, str]) -> str | None:
    """The variable that lacks the key that a model's server takes; None also for a name that is asked, and fails."""
    try:
        server(name, base_url, None, environment)
    except _KeyMissing as error:
        return error.key_name
    except UsageError:
        return None
    return None


class _KeyMissing(UsageError):
    """A server takes a key, and there is none."""

    def __init__(self, key_name: str) -> None:
        message = f"the model's server takes a key, and {key_name} is not set"
        super().__init__(message, hint=f"set {key_name}; for a server that takes no key, to any word")
        self.key_name = key_name


def _present(key: str | None, key_name: str) -> str:
    if key:
        return key
    raise _KeyMissing(key_name)


def origin(base_url: str | None) -> str:
    """Who will see the document, as scheme://host:port; UsageError where that is no address."""
    address = base_url or DEFAULT_BASE_URL
    if address == FILE:
        return HERE
    hint = f"name it like {DEFAULT_BASE_URL} or http://localhost:11434/v1"
    try:
        parts = urlsplit(address)
        port = "" if parts.port is None else f":{parts.port}"
    except ValueError as error:
        message = f"{address!r} is not the address of a server"
        raise UsageError(message, hint=hint) from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        message = f"{address!r} is not the address of a server"
        raise UsageError(message, hint=hint)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}{port}"


def is_this_machine(base_url: str) -> bool:
    """Whether an address is on this machine."""
    try:
        return base_url == FILE or urlsplit(base_url).hostname in THIS_MACHINE
    except ValueError:
        return False


def is_known(wanted: Server) -> bool:
    """Whether a server is that of a provider who keeps to schemas and refuses prompts that are too long."""
    return wanted.base_url == FILE or any(
        wanted.base_url == each.base_url for each in PROVIDERS.values() if each.key_name
    )


def gguf_path(name: str) -> str:
    """The file that such a name names."""
    return name.removeprefix(FILE)
