"""kept: the documents of a run in their order, the first in memory and the rest in a file that nobody else sees.

A data set has a hundred thousand of them, and a report goes through them one by one.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, TYPE_CHECKING, overload

from auditor.errors import UsageError

if TYPE_CHECKING:
    from auditor.report import Audited, NotAudited

IN_MEMORY = 500
"""So many are kept in memory; what they hold is a few times their text."""


class Kept(Sequence["Audited | NotAudited"]):
    """Documents that were audited, or not."""

    def __init__(self, entries: Iterable[Audited | NotAudited]) -> None:
        """Take all of them; UsageError where there is no room for them."""
        self._near: list[Audited | NotAudited] = []
        self._far: IO[bytes] | None = None
        self._places: list[int] = []
        for entry in entries:
            if len(self._near) < IN_MEMORY:
                self._near.append(entry)
            else:
                self._put_away(entry)

    def _put_away(self, entry: Audited | NotAudited) -> None:
        import pickle  # noqa: PLC0415  few runs have so many documents
        import tempfile  # noqa: PLC0415  likewise

        try:
            if self._far is None:
                self._far = tempfile.TemporaryFile()  # noqa: SIM115  it is closed, and so removed, when this is gone
                weakref.finalize(self, self._far.close)
            self._places.append(self._far.tell())
            pickle.dump(entry, self._far, pickle.HIGHEST_PROTOCOL)
            self._far.flush()
        except OSError as error:
            message = f"a report of so many documents needs room in {tempfile.gettempdir()}: {error.strerror or error}"
            raise UsageError(message, hint="make room there, or name another folder as TMPDIR") from error

    def _fetch(self, number: int) -> Audited | NotAudited:
        import pickle  # noqa: PLC0415  likewise

        assert self._far is not None  # noqa: S101  something was put away
        self._far.seek(self._places[number])
        entry: Audited | NotAudited = pickle.load(self._far)  # noqa: S301  what was put away above, in a file without a name
        return entry

    def __len__(self) -> int:
        return len(self._near) + len(self._places)

    def __iter__(self) -> Iterator[Audited | NotAudited]:
        yield from self._near
        for number in range(len(self._places)):
            yield self._fetch(number)

    @overload
    def __getitem__(self, number: int) -> Audited | NotAudited: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Audited | NotAudited]: ...

    def __getitem__(self, number: int | slice) -> Audited | NotAudited | Sequence[Audited | NotAudited]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        number = range(len(self))[number]
        return self._near[number] if number < len(self._near) else self._fetch(number - len(self._near))
