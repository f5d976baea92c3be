"""claim: what a kind of claim must provide, and the selectors by which claims name values.

A claim is a query over the table of values, so that code and not the model decides
which values it must hold for. A kind is a class with named slots and one method that
lowers them to a formula; whatever looks up values is handed to it as a `Table`.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Protocol, get_type_hints

from msgspec import Meta, Struct
from msgspec.structs import replace

from auditor.judgement import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from auditor.exact.expression import Formula, Leaf, Relation, Stated, Term
    from auditor.exact.numeral import Quantity
    from auditor.exact.verdict import Reason
    from auditor.tables.lookup import Records

Text = Annotated[str, Meta(max_length=4000)]
"""A string of the model's; the cap keeps a runaway answer from costing time."""


class Wire(Struct, frozen=True, forbid_unknown_fields=True):
    """Whatever the model sends: closed, frozen, and never corrected."""


def fields_of(wire: type[Wire]) -> dict[str, Any]:
    """The fields of an object on the wire with their types, in order."""
    hints = get_type_hints(wire, include_extras=True)
    return {name: hints[name] for name in wire.__struct_fields__}


class Selector(Wire, frozen=True):
    """Names values by their key; an empty list or null leaves the key open, several names restrict it."""

    metric: Text | None
    subjects: tuple[Text, ...]
    levels: tuple[Text, ...]
    at: Text | None

    def opened(self, key: str) -> Selector:
        """The same values with one more key left open: "subject", "position", "metric"; a stretch of points stays one."""
        match key:
            case "subject":
                return replace(self, subjects=())
            case "position":
                return self if self.at is not None and ".." in self.at else replace(self, at=THROUGHOUT)
            case "metric":
                return replace(self, metric=None)
            case _:
                return self


THROUGHOUT = "throughout"
"""The point of a selector that means every point of the series."""


class Over(Wire, frozen=True):
    """For how many of what is left open it holds; `exceptions`: "all but these", with "only": these alone."""

    how: Literal["all", "any", "none", "most", "only", "exactly", "at least", "at most"]
    number: Text | None
    exceptions: tuple[Text, ...]


Comparative = Literal["greater", "less", "better", "worse", "equal", "similar", "different", "at least", "at most"]
"""How two values stand: of the metric's number, except better and worse, which go by its polarity."""


class Example(Struct, frozen=True):
    """A text with its reading, shown to the model and judged in the tests."""

    text: str
    """A whole small document."""
    values: tuple[tuple[str, str, str, str, str], ...]
    """metric, subject, levels ("dimension=level, ..."), point, number as written: one a value, in the text's order."""
    claim: Mapping[str, Any]
    """The claim as the model should send it, without its kind."""
    verdict: str
    """What the judge must say."""
    better: str = "unknown"
    """The polarity of every metric in it."""
    unit: str | None = None
    """The unit of every metric in it; "count" for things counted."""


class Unjudgeable(Exception):
    """Raised while a claim is lowered, where it cannot be; becomes the verdict's reason."""

    def __init__(self, reason: Reason, text: str) -> None:
        super().__init__(text)
        self.reason = reason
        self.text = text


Body = Callable[..., "Formula"]
"""Takes one leaf a selector, or one sequence of leaves where a key was gathered."""


class Table(Protocol):
    """The facts as one claim sees them; every lookup may raise Unjudgeable."""

    def each(
        self,
        over: Over | None,
        selectors: Sequence[Selector],
        body: Callable[..., Formula],
        inner: Callable[[tuple[Formula, ...]], Formula] | None = None,
        opened: str = "",
    ) -> Formula:
        """The body for every binding of what the selectors leave open.

        A key open in all selectors varies together, and `over` says for how many of its values the body
        must hold. A key open in some of them only varies there, and `inner` joins those (default: all).
        `opened` opens a key ("subject", "position", "metric" or a dimension) of the last selector, for all but the
        names that it has there.
        """

    def pairs(self, selectors: Sequence[Selector]) -> Sequence[tuple[tuple[Leaf, ...], tuple[Leaf, ...]]]:
        """Every two things that have a value for each selector, one leaf a selector; they differ in one key if any do."""

    def values(self, selectors: Sequence[Selector]) -> Sequence[Leaf]:
        """Every value that the selectors name."""

    def states(self, selector: Selector) -> bool:
        """Whether the claim itself states one of the values that the selector names, and nothing else does."""

    def paired(self, left: Selector, right: Selector, body: Callable[..., Formula]) -> Formula:
        """The body for every binding, given the pairs of values at the positions both series share, in order."""

    def gathered(
        self, over: Over | None, selectors: Sequence[Selector], along: str | None, body: Callable[..., Formula]
    ) -> Formula:
        """The body for every binding, given for each selector the leaves along one key, in their order.

        `along` is a dimension, None for positions along an axis, or "" for everything that is open: together, or,
        as another reading, for each value of one key that is open in all selectors.
        """

    def operator(self, word: Comparative, selector: Selector) -> Relation:
        """The relation that a word means for the selector's metric."""

    def stated(self, written: str) -> Quantity:
        """A number that the claim states, re-parsed from its quote."""

    def converted(self, quantity: Quantity, selector: Selector) -> Quantity:
        """The number in the unit in which the selector's metric is counted."""

    def claimed(self, quantity: Quantity) -> Stated:
        """The number as an operand, widened by its hedge."""

    def apart(self, word: Comparative, selectors: Sequence[Selector], body: Callable[..., Formula]) -> Formula:
        """The body for the selectors, or for each metric by itself where they leave open which and the word is "better".

        What comes out for each metric has to agree. Metrics of which neither more nor less is better do not count; one
        of which nobody knows keeps the others from refuting anything.
        """

    def better(self, selector: Selector) -> str:
        """The polarity, "higher", "lower" or "unknown", of the selector's metric; noted as used."""

    def is_percentage(self, selector: Selector) -> bool:
        """Whether the metric is counted in percent, so that its differences are points."""

    def scale(self, selector: Selector) -> Term | None:
        """The length of the metric's axis, against which changes count as small; None where no axis is stated."""

    def position(self, written: str) -> Fraction | None:
        """Where along an axis a place lies that is no plain number ("2001/02"), None for a name."""

    def is_ordered(self, of: str) -> bool:
        """Whether the levels of a dimension have an order."""

    def names(self, of: str) -> tuple[str, ...]:
        """The subjects ("subjects") or a dimension's levels that the document introduces."""

    def declared(self, of: str) -> tuple[str, ...]:
        """Those of a dimension's levels that the reading itself gives, besides what tables add."""

    def named(self, of: str, name: str) -> str:
        """The one name of a subject or level that may go by several; the name itself where it is unknown."""

    def records(self, number: int) -> Records:
        """The rows of a table of the document, counted from 1, cell by cell."""

    def compared(self) -> tuple[tuple[str, ...], ...]:
        """The subjects that have values of one metric, for each metric; each group once."""


class Claim(Wire, frozen=True):
    """One statement that the document's own values can bear out or refute."""

    quote: Text

    severity: ClassVar[Severity] = Severity.CONCLUSION
    pooled: ClassVar[bool] = False
    """Whether its values make one number together, so that no word can say for how many of them it holds."""
    numbers: ClassVar[tuple[str, ...]] = ()
    """The fields that hold a number as written in the quote."""
    says: ClassVar[str] = ""
    """What a contradiction means, for the ways to mend it."""
    examples: ClassVar[tuple[Example, ...]] = ()

    @abstractmethod
    def formula(self, table: Table) -> Formula:
        """The claim as a formula over the table's values."""

    def reading(self) -> tuple[Selector, str, Selector | None] | None:
        """For the guards: first operand, direction, second operand if any.

        A direction is "greater", "less", "better", "worse", "rises" or "falls"; of two gaps it is "gap greater" or
        "gap less", of one that grows or shrinks "width greater" or "width less", of a peak or trough "extreme greater"
        or "extreme less", of a list "order greater" where each item is greater than the next.
        """
        return None

    def contrary(self) -> str:
        """For the guards: a pattern of words that say the opposite, where `reading` has no direction to tell."""
        return ""

    def written(self) -> tuple[str, ...]:
        """For the guards: what the passage must say, in words or numbers of its own, beside names and stated numbers.

        Behind a " | " stand other words that would do.
        """
        return ()

    def slot(self, name: str, default: Any = None) -> Any:
        """What stands in a field that some kinds have; the default for the others."""
        return getattr(self, name) if name in self.__struct_fields__ else default

    def operands(self) -> tuple[Selector, ...]:
        """Every selector of the claim."""
        return tuple([value for name in self.__struct_fields__ if type(value := getattr(self, name)) is Selector])

    def stated_numbers(self) -> tuple[str, ...]:
        """The numbers that the claim states, as written."""
        return tuple([value for field in self.numbers if (value := getattr(self, field)) is not None])


Leaves = Sequence["Leaf"]
"""Values along one key, in order."""
