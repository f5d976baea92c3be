"""failures: what went wrong between us and a server, in one sentence of ours, and what to do about it.

A server's own words are shown only where they help, cut short and without the key, which a
message about a rejected key likes to repeat.
"""

from __future__ import annotations

import email.utils
import math
import time
from dataclasses import dataclass, field

import openai

from auditor.errors import ExtractionError, ModelFailed, ModelUnavailable
from auditor.llm.transport import Unusable
from auditor.providers import is_this_machine

AGAIN = "run the same command again in a while: what is recorded is not asked again"
ANOTHER = "record it again, or ask another model with --model"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a failure is about."""

    name: str
    """The model."""
    origin: str
    """Its server."""
    api_key: str = field(repr=False)
    key_name: str
    """The variable of the environment that holds the key."""

    def failure(self, cause: BaseException) -> ExtractionError:
        """What went wrong; a bug is raised as it is."""
        match cause:
            case Unusable():
                return ModelFailed(f"{self.name} at {self.origin} {cause}", hint=ANOTHER)
            case openai.APITimeoutError():
                return ModelFailed(f"{self.name} at {self.origin} does not answer", hint=AGAIN)
            case openai.APIConnectionError():
                here = is_this_machine(self.origin)
                what = "see that a server runs there" if here else "check the network, the proxy, and --base-url"
                hint = f"{what}; then {AGAIN.partition(':')[0]}"
                return ModelFailed(f"{self.origin} cannot be reached, or breaks off", hint=hint)
            case openai.APIStatusError():
                return self._status(cause)
            case _:
                raise cause

    def _status(self, error: openai.APIStatusError) -> ExtractionError:
        status, key = error.status_code, self.key_name
        kind: type[ExtractionError] = ModelFailed
        if error.code == "insufficient_quota":
            kind, what, hint = ModelUnavailable, "has no quota left for this API key", f"see to it, then {AGAIN}"
        elif error.code == "context_length_exceeded":
            what, hint = "finds the document too long for the model", "split it, or ask another --model"
        elif status == _UNAUTHORIZED:
            kind, what, hint = ModelUnavailable, "rejects the API key", f"set {key} to a key of that server"
        elif status == _PAYMENT:
            kind, what, hint = ModelUnavailable, "asks to be paid first", f"see to the account, then {AGAIN}"
        elif status == _NOT_FOUND:
            kind, what, hint = ModelUnavailable, f"does not have {self.name}", "check --model, and --base-url"
        elif status in _STATUS:
            what, hint = _STATUS[status]
        elif status >= _SERVER_ERROR:
            what, hint = "fails", AGAIN
        elif status < _CLIENT_ERROR:
            what = "redirects to another address, which is not followed"
            hint = "name that address with --base-url if you trust it"
        else:
            what, hint = (
                f"refuses the request{self._words(error)}",
                "check --model, and --mode: not every model takes a JSON schema",
            )
        return kind(f"{self.origin} {what} (status {status})", hint=hint)

    def _words(self, error: openai.APIStatusError) -> str:
        said = error.body.get("message") if isinstance(error.body, dict) else None
        words = " ".join(str(said or "").replace(self.api_key, "...").split())[:200]
        return f": {words}" if words else ""


_UNAUTHORIZED, _PAYMENT, _NOT_FOUND, _TOO_MANY = 401, 402, 404, 429
_CLIENT_ERROR, _SERVER_ERROR = 400, 500
_STATUS = {
    403: ("does not let this API key use the model", "ask for another model with --model, or use another key"),
    413: ("finds the document too large", "split the document"),
    _TOO_MANY: ("asks for fewer requests", f"ask for fewer at once with --jobs, or {AGAIN}"),
}
_PASSING = {408, 409, 425}
"""What a status says that may be otherwise in a moment, besides those of a server that fails."""


def is_passing(error: openai.APIStatusError) -> bool:
    """Whether the same request may succeed in a moment."""
    return error.status_code in _PASSING or error.status_code >= _SERVER_ERROR


def is_limit(error: openai.APIStatusError) -> bool:
    """Whether there are too many requests at the moment."""
    return error.status_code == _TOO_MANY and error.code != "insufficient_quota"


def wait_wanted(error: openai.APIStatusError) -> float | None:
    """The seconds that a server asks to wait, if it says so."""
    said = error.response.headers.get("retry-after", "")
    try:
        seconds = float(said)
    except ValueError:
        moment = email.utils.parsedate_tz(said)
        if moment is None:
            return None
        seconds = email.utils.mktime_tz(moment) - time.time()
    return max(seconds, 0.0) if math.isfinite(seconds) else None
