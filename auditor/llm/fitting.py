"""fitting: whether a text fits what was asked for, said so that a model can mend it and a prompt does not swell.

instructor gets a stand-in for the schema, which does the checking: it would generate and walk the
real one anew for every document, accept a key that stands twice, and put every one of ten thousand
errors into the second request.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from instructor.core import ResponseParsingError
from pydantic import BaseModel, ValidationError

from auditor import strictly

if TYPE_CHECKING:
    from typing import Self

LONGEST = 400_000
"""Characters of an answer that may go into a second request; a longer one is not asked for again."""

_SHOWN = 10
"""How many errors a second request names."""


class DoesNotFit(ResponseParsingError):
    """An answer does not fit the schema; instructor asks once more."""

    def __init__(self, reason: str, details: str) -> None:
        super().__init__(details)
        self.reason = reason
        """The first thing that is wrong with it."""


class TooLongToMend(Exception):
    """An answer does not fit the schema, and is too long to be sent back."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        """The first thing that is wrong with it."""


@cache
def stand_in(response_model: type[BaseModel]) -> type[BaseModel]:
    """A model without fields that takes what the real one takes."""

    class Fitting(BaseModel):
        @classmethod
        def model_validate_json(cls, json_data: str | bytes | bytearray, **_: Any) -> Self:
            text = json_data if isinstance(json_data, str) else json_data.decode()
            try:
                _check(text, response_model)
            except DoesNotFit as error:
                if len(text) > LONGEST:
                    raise TooLongToMend(error.reason) from error
                raise
            return cls()

    return Fitting


def _check(text: str, response_model: type[BaseModel]) -> None:
    try:
        response_model.model_validate_json(text)
        strictly.loaded(text)
    except ValidationError as error:
        first, *more = [
            f"{each['msg'][:200]} at {'.'.join(str(part) for part in each['loc'])[:100] or 'its start'}"
            for each in error.errors(include_url=False, include_context=False, include_input=False)[:_SHOWN]
        ]
        count = error.error_count()
        rest = [] if count <= _SHOWN else [f"and {count - _SHOWN:,} more"]
        raise DoesNotFit(first, "\n".join([first, *more, *rest])) from error
    except strictly.Unusable as error:
        raise DoesNotFit(str(error), str(error)) from error
