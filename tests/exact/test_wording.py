"""How formulas read: the computation, what would flip it, and the notes, as whole texts."""

from __future__ import annotations

from fractions import Fraction

import pytest

from auditor.exact.evaluation import Trace, evaluate
from auditor.exact.expression import (
    Absent,
    Aggregate,
    Agree,
    All,
    Compare,
    Complement,
    Difference,
    Formula,
    Given,
    Magnitude,
    Not,
    Noted,
    Over,
    PercentChange,
    Ratio,
    Readings,
    Relation,
    Scaled,
    Settled,
    Share,
    Some,
    Stated,
    Tally,
    Term,
    Witness,
    unknown,
)
from auditor.exact.interval import Interval, exactly
from auditor.exact.numeral import parse_quantity
from auditor.exact.verdict import CONTRADICTED, SUPPORTED, Reason, unverifiable

HUNDRED = Fraction(100)
ROUNDING = "rounding-only: the printed numbers allow the stated one, their middles do not give it"
ABOUT = "about: ±5 %, and never less than half a unit of the last digit"


def value(label: str, written: str) -> Given:
    quantity = parse_quantity(written)
    assert quantity is not None
    return Given(quantity.interval, label, written, (0,))


def count(label: str, number: int) -> Given:
    return Given(exactly(number), label, str(number), (0,))


def claim(written: str) -> Stated:
    quantity = parse_quantity(written)
    assert quantity is not None
    note = "" if quantity.hedge is None else quantity.hedge.sentence
    return Stated(quantity.claimed, quantity.written, note, quantity.interval)


ADA, BO, CY, DI = value("Ada", "0.58"), value("Bo", "0.55"), value("Cy", "0.61"), value("Di", "0.20")
NOUGHT = Stated(exactly(0), "0")
MISSING = Absent("Eve", Reason.MISSING_VALUE)

more = Relation.GREATER

# -- terms: what each is called, in a comparison that shows it ----------------------------------

TERMS: list[tuple[Term, str]] = [
    (ADA, "Ada 0.58"),
    (claim("0.58"), "the stated 0.58"),
    (Difference(ADA, BO), "Ada 0.58 − Bo 0.55 = 0.03"),
    (Difference(ADA, Difference(BO, CY)), "Ada 0.58 − (Bo 0.55 − Cy 0.61) = 0.64"),
    (Difference(Difference(ADA, BO), CY), "(Ada 0.58 − Bo 0.55) − Cy 0.61 = -0.58"),
    (Ratio(ADA, BO), "Ada 0.58 / Bo 0.55 = 1.055"),
    (Ratio(Difference(ADA, DI), Difference(CY, DI)), "(Ada 0.58 − Di 0.20) / (Cy 0.61 − Di 0.20) = 0.9268"),
    (Ratio(ADA, Ratio(BO, CY)), "Ada 0.58 / (Bo 0.55 / Cy 0.61) = 0.6433"),
    (PercentChange(ADA, BO), "change from Bo 0.55 to Ada 0.58 = 5.455 %"),
    (Scaled(PercentChange(BO, ADA), Fraction(-1)), "−(change from Ada 0.58 to Bo 0.55) = 5.172 %"),
    (PercentChange(Difference(ADA, DI), BO), "change from Bo 0.55 to (Ada 0.58 − Di 0.20) = -30.91 %"),
    (Scaled(Ratio(ADA, BO), HUNDRED), "100 × Ada 0.58 / Bo 0.55 = 105.5"),
    (Scaled(Difference(ADA, BO), HUNDRED), "100 × (Ada 0.58 − Bo 0.55) = 3"),
    (Scaled(ADA, Fraction(1, 2)), "0.5 × Ada 0.58 = 0.29"),
    (Share(ADA, (BO, CY)), "Ada 0.58 as a share of Ada 0.58, Bo 0.55, Cy 0.61 = 33.33 %"),
    (Complement(Fraction(1), ADA), "1 − Ada 0.58 = 0.42"),
    (Magnitude(Difference(BO, ADA)), "gap between Bo 0.55 and Ada 0.58 = 0.03"),
    (Magnitude(PercentChange(BO, ADA)), "size of (change from Ada 0.58 to Bo 0.55) = 5.172 %"),
    (
        Ratio(Magnitude(Difference(ADA, DI)), Magnitude(Difference(CY, DI))),
        "(gap between Ada 0.58 and Di 0.20) / (gap between Cy 0.61 and Di 0.20) = 0.9268",
    ),
    (Over(Aggregate.MEAN, (ADA, BO, CY, DI)), "mean of Ada 0.58, Bo 0.55, Cy 0.61, Di 0.20 = 0.485"),
    (Over(Aggregate.SUM, (ADA, BO, CY, DI, ADA)), "sum of Ada 0.58, Bo 0.55, Cy 0.61, 2 more = 2.52"),
    (Difference(Over(Aggregate.SUM, (ADA, BO)), CY), "(sum of Ada 0.58, Bo 0.55) − Cy 0.61 = 0.52"),
    (Over(Aggregate.MEDIAN, (ADA, BO, CY, DI)), "median of Ada 0.58, Bo 0.55, Cy 0.61, Di 0.20 = 0.565"),
    (Over(Aggregate.MINIMUM, (ADA, BO, DI)), "minimum of Ada 0.58, Bo 0.55, Di 0.20 = 0.2"),
    (Over(Aggregate.MAXIMUM, (ADA, BO, DI)), "maximum of Ada 0.58, Bo 0.55, Di 0.20 = 0.58"),
    (Over(Aggregate.RANGE, (ADA, BO, DI)), "range of Ada 0.58, Bo 0.55, Di 0.20 = 0.38"),
    (Difference(claim("over 5"), ADA), "the stated 5 − Ada 0.58 = at least 4.415"),
    (Difference(claim("at most 5"), ADA), "the stated 5 − Ada 0.58 = at most 4.425"),
    (Difference(claim("over 5"), claim("over 5")), "the stated 5 − the stated 5 = any number"),
]


@pytest.mark.parametrize(("term", "text"), TERMS, ids=[text for _, text in TERMS])
def test_a_term_reads(term: Term, text: str) -> None:
    beyond = Stated(exactly(10**6), "million")
    sign = "≈" if text.endswith(("at least 4.415", "any number")) else "<"
    assert evaluate(Compare(term, more, beyond)).text == f"{text} {sign} the stated million"


def test_a_number_as_printed_is_computed_from_numbers_as_printed() -> None:
    """The middle of the interval of a quotient lies elsewhere: 1.75 / 0.3 would come to 5.835."""
    trace = evaluate(Compare(Ratio(value("Ada", "1.75"), value("Bo", "0.30")), Relation.AGREES, claim("5.83")))
    assert (trace.text, trace.notes) == ("Ada 1.75 / Bo 0.30 = 5.833 agrees with the stated 5.83", ())


# -- comparisons -------------------------------------------------------------------------------

COMPARISONS: list[tuple[Compare, str, str, str]] = [
    (Compare(ADA, more, BO), "supported", "Ada 0.58 > Bo 0.55", "flips if Ada ≤ 0.55; stated 0.58"),
    (Compare(ADA, Relation.LESS, BO), "contradicted", "Ada 0.58 > Bo 0.55", "flips if Ada < 0.55; stated 0.58"),
    (Compare(ADA, Relation.AT_LEAST, BO), "supported", "Ada 0.58 > Bo 0.55", "flips if Ada < 0.55; stated 0.58"),
    (Compare(ADA, Relation.AT_MOST, BO), "contradicted", "Ada 0.58 > Bo 0.55", "flips if Ada ≤ 0.55; stated 0.58"),
    (Compare(ADA, Relation.EQUAL, BO), "contradicted", "Ada 0.58 > Bo 0.55", "flips if Ada = 0.55; stated 0.58"),
    (Compare(ADA, Relation.DIFFERENT, BO), "supported", "Ada 0.58 > Bo 0.55", "flips if Ada = 0.55; stated 0.58"),
    (Compare(ADA, Relation.NOT_BELOW, BO), "supported", "Ada 0.58 > Bo 0.55", "flips if Ada < 0.55; stated 0.58"),
    (Compare(ADA, Relation.NOT_ABOVE, BO), "contradicted", "Ada 0.58 > Bo 0.55", "flips if Ada ≤ 0.55; stated 0.58"),
    (Compare(ADA, Relation.EQUAL, ADA), "supported", "Ada 0.58 = Ada 0.58", "flips if Ada ≠ 0.58; stated 0.58"),
    (Compare(ADA, more, value("Bo", "0.6")), "tie-at-precision", "Ada 0.58 ≈ Bo 0.6", ""),
    (Compare(count("Ada", 7), more, count("Bo", 7)), "contradicted", "Ada 7 = Bo 7", "flips if Ada > 7; stated 7"),
    (
        Compare(count("Ada", 7), Relation.DIFFERENT, count("Bo", 7)),
        "contradicted",
        "Ada 7 = Bo 7",
        "flips if Ada ≠ 7; stated 7",
    ),
    (
        Compare(Difference(ADA, BO), more, Difference(CY, DI)),
        "contradicted",
        "Ada 0.58 − Bo 0.55 = 0.03 < Cy 0.61 − Di 0.20 = 0.41",
        "flips if Ada 0.58 − Bo 0.55 > 0.41; computed 0.03",
    ),
    (Compare(ADA, more, MISSING), "missing-value", "no value for Eve", ""),
    (Compare(ADA, more, Absent("Ada or Bo?", Reason.AMBIGUOUS_SUBJECT)), "ambiguous-subject", "Ada or Bo?", ""),
    (Compare(Ratio(ADA, count("Bo", 0)), more, BO), "undefined", "the divisor may be zero", ""),
    (
        Compare(PercentChange(ADA, value("Bo", "-0.55")), more, BO),
        "undefined",
        "a percentage of a number below zero has no settled meaning",
        "",
    ),
    (Compare(Over(Aggregate.MEAN, ()), more, BO), "missing-value", "no values to take the mean of", ""),
    (
        Compare(ADA, Relation.AGREES, claim("0.58")),
        "supported",
        "Ada 0.58 agrees with the stated 0.58",
        "flips if Ada is below 0.57 or above 0.59; stated 0.58",
    ),
    (
        Compare(ADA, Relation.AGREES, claim("0.8")),
        "contradicted",
        "Ada 0.58 against the stated 0.8",
        "flips if Ada is between 0.745 and 0.855; stated 0.58",
    ),
    (
        Compare(Difference(ADA, BO), Relation.AGREES, claim("0.3")),
        "contradicted",
        "Ada 0.58 − Bo 0.55 = 0.03 against the stated 0.3",
        "flips if the result is between 0.24 and 0.36; computed 0.03",
    ),
    (
        Compare(count("Ada", 7), Relation.AGREES, Stated(exactly(7), "7")),
        "supported",
        "Ada 7 agrees with the stated 7",
        "flips if Ada ≠ 7; stated 7",
    ),
    (
        Compare(count("Ada", 7), Relation.AGREES, Stated(exactly(8), "8")),
        "contradicted",
        "Ada 7 against the stated 8",
        "flips if Ada = 8; stated 7",
    ),
    (
        Compare(count("Ada", 7), Relation.AGREES, Stated(Interval(Fraction(8), None), "8")),
        "contradicted",
        "Ada 7 against the stated 8",
        "flips if Ada ≥ 8; stated 7",
    ),
    (
        Compare(count("Ada", 7), Relation.AGREES, Stated(Interval(Fraction(5), None), "5")),
        "supported",
        "Ada 7 agrees with the stated 5",
        "flips if Ada < 5; stated 7",
    ),
    (
        Compare(count("Ada", 7), Relation.AGREES, Stated(Interval(None, Fraction(5)), "5")),
        "contradicted",
        "Ada 7 against the stated 5",
        "flips if Ada ≤ 5; stated 7",
    ),
    (
        Compare(count("Ada", 7), Relation.AGREES, Stated(Interval(None, Fraction(9)), "9")),
        "supported",
        "Ada 7 agrees with the stated 9",
        "flips if Ada > 9; stated 7",
    ),
    (
        Compare(count("Ada", 7), Relation.AGREES, Stated(Interval(None, None), "anything")),
        "supported",
        "Ada 7 agrees with the stated anything",
        "",
    ),
    (
        Compare(value("Ada", "1,234,567"), Relation.AGREES, claim("1,234,570")),
        "contradicted",
        "Ada 1,234,567 against the stated 1,234,570",
        "flips if Ada is between 1,234,569 and 1,234,571; stated 1,234,567",
    ),
    (
        Compare(ADA, Relation.SIMILAR, BO),
        "within-tolerance",
        "Ada 0.58 > Bo 0.55",
        "",
    ),
    (
        Compare(ADA, Relation.SIMILAR, BO, tolerance=Fraction(1, 10)),
        "supported",
        "Ada 0.58 > Bo 0.55",
        "flips if the gap is above 0.058 (10 % of 0.58); it is 0.03",
    ),
    (
        Compare(ADA, Relation.SIMILAR, BO, tolerance=Fraction(0)),
        "contradicted",
        "Ada 0.58 > Bo 0.55",
        "flips if the gap is at most 0 (0 % of 0.58); it is 0.03",
    ),
    (
        Compare(ADA, Relation.SIMILAR, DI),
        "contradicted",
        "Ada 0.58 > Di 0.20",
        "flips if the gap is at most 0.029 (5 % of 0.58); it is 0.38",
    ),
    (
        Compare(Over(Aggregate.RANGE, (ADA, BO, CY)), Relation.SIMILAR, NOUGHT, scale=Stated(exactly(2), "the axis")),
        "supported",
        "range of Ada 0.58, Bo 0.55, Cy 0.61 = 0.06 > the stated 0",
        "flips if the gap is above 0.1 (5 % of 2); it is 0.06",
    ),
    (
        Compare(ADA, Relation.SIMILAR, BO, scale=MISSING),
        "missing-value",
        "no value for Eve",
        "",
    ),
]


@pytest.mark.parametrize(("compare", "verdict", "text", "margin"), COMPARISONS)
def test_a_comparison_reads(compare: Compare, verdict: str, text: str, margin: str) -> None:
    trace = evaluate(compare)
    assert (str(trace.verdict.reason or trace.verdict.name), trace.text, trace.margin) == (verdict, text, margin)


@pytest.mark.parametrize(
    ("left", "right", "verdict", "notes"),
    [
        (Difference(ADA, BO), claim("0.03"), "supported", ()),
        (Difference(ADA, BO), claim("0.04"), "supported", (ROUNDING,)),
        (Difference(ADA, BO), claim("0.3"), "contradicted", ()),
        (Difference(ADA, BO), claim("about 0.03"), "supported", (ABOUT,)),
        (Difference(ADA, BO), claim("about 0.04"), "supported", (ABOUT, ROUNDING)),
        (Difference(ADA, BO), claim("about 0.3"), "contradicted", (ABOUT,)),
        (Difference(ADA, BO), claim("over 0.02"), "supported", ("over: more than",)),
        (claim("about 0.6"), claim("about 0.6"), "supported", (ABOUT,)),
        (PercentChange(ADA, BO), claim("5.5 %"), "supported", ()),
        (PercentChange(ADA, BO), claim("5.4 %"), "supported", (ROUNDING,)),
    ],
)
def test_a_recomputed_number_is_noted_where_only_rounding_or_a_hedge_makes_it_fit(
    left: Term, right: Stated, verdict: str, notes: tuple[str, ...]
) -> None:
    trace = evaluate(Compare(left, Relation.AGREES, right))
    assert (trace.verdict.name, trace.notes) == (verdict, notes)


# -- formulas ----------------------------------------------------------------------------------

LEAD = Compare(ADA, more, BO)  # supported, and near to flipping
AHEAD = Compare(CY, more, DI)  # supported, and far from it
TRAIL = Compare(BO, more, ADA)  # contradicted, nearly not
BEHIND = Compare(DI, more, CY)  # contradicted by far
LOST = Compare(ADA, more, MISSING)
TIED = Compare(ADA, more, ADA)
WORDS = Witness("stated in words", "Ada leads", 3)

FORMULAS: list[tuple[Formula, Trace]] = [
    (All(()), Trace(SUPPORTED, "nothing to compare")),
    (Some(()), Trace(CONTRADICTED, "nothing to compare")),
    (Readings(()), Trace(CONTRADICTED, "nothing to compare")),
    (
        All((LEAD, AHEAD)),
        Trace(
            SUPPORTED, "Ada 0.58 > Bo 0.55; Cy 0.61 > Di 0.20", (ADA, BO, CY, DI), "flips if Ada ≤ 0.55; stated 0.58"
        ),
    ),
    (All((LEAD, TRAIL)), Trace(CONTRADICTED, "Bo 0.55 < Ada 0.58", (BO, ADA), "flips if Bo > 0.58; stated 0.55")),
    (
        All((TRAIL, BEHIND, LEAD)),
        Trace(
            CONTRADICTED,
            "Di 0.20 < Cy 0.61 (and 1 more of 3)",
            (DI, CY),
            "flips if Di > 0.61; stated 0.20; 1 more would have to change too",
        ),
    ),
    (
        All((LEAD, LOST)),
        Trace(unverifiable(Reason.MISSING_VALUE), "no value for Eve (the other 1 of 2 can be judged)", (ADA, BO)),
    ),
    (
        Some((TRAIL, BEHIND)),
        Trace(
            CONTRADICTED, "Bo 0.55 < Ada 0.58; Di 0.20 < Cy 0.61", (BO, ADA, DI, CY), "flips if Bo > 0.58; stated 0.55"
        ),
    ),
    (Some((TRAIL, AHEAD)), Trace(SUPPORTED, "Cy 0.61 > Di 0.20", (CY, DI), "flips if Cy ≤ 0.20; stated 0.61")),
    (
        All((Settled(CONTRADICTED, "as names"), Settled(CONTRADICTED, "as words"))),
        Trace(CONTRADICTED, "as names (and 1 more of 2)"),
    ),
    (
        All((Settled(CONTRADICTED, "as names"), TIED, TRAIL)),
        Trace(
            CONTRADICTED,
            "Bo 0.55 < Ada 0.58 (and 1 more of 3)",
            (BO, ADA),
            "flips if Bo > 0.58; stated 0.55; 1 more would have to change too",
        ),
    ),
    (Settled(SUPPORTED, "in words", (WORDS,), (ADA,)), Trace(SUPPORTED, "in words", (ADA, WORDS))),
    (unknown(Reason.VAGUE, "how many?"), Trace(unverifiable(Reason.VAGUE), "how many?")),
    (
        Agree((LEAD, AHEAD)),
        Trace(
            SUPPORTED, "Ada 0.58 > Bo 0.55; Cy 0.61 > Di 0.20", (ADA, BO, CY, DI), "flips if Ada ≤ 0.55; stated 0.58"
        ),
    ),
    (
        Agree((LEAD, BEHIND)),
        Trace(unverifiable(Reason.MIXED_EVIDENCE), "Ada 0.58 > Bo 0.55; Di 0.20 < Cy 0.61", (ADA, BO, DI, CY)),
    ),
    (
        Agree((LEAD, LOST)),
        Trace(unverifiable(Reason.MISSING_VALUE), "no value for Eve (the other 1 of 2 can be judged)", (ADA, BO)),
    ),
    (Not(LEAD), Trace(CONTRADICTED, "Ada 0.58 > Bo 0.55", (ADA, BO), "flips if Ada ≤ 0.55; stated 0.58")),
    (
        Not(Compare(ADA, Relation.AGREES, claim("0.8"))),
        Trace(
            SUPPORTED,
            "Ada 0.58 against the stated 0.8",
            (ADA, claim("0.8")),
            "flips if Ada is between 0.745 and 0.855; stated 0.58",
        ),
    ),
    (
        Noted(LEAD, "a reading", "supported"),
        Trace(SUPPORTED, "Ada 0.58 > Bo 0.55", (ADA, BO), "flips if Ada ≤ 0.55; stated 0.58", notes=("a reading",)),
    ),
    (
        Noted(LEAD, "a reading", "contradicted"),
        Trace(SUPPORTED, "Ada 0.58 > Bo 0.55", (ADA, BO), "flips if Ada ≤ 0.55; stated 0.58"),
    ),
    (
        Readings((TRAIL, BEHIND), (Noted(LEAD, "the other way round"), Noted(LOST, "no"), Noted(TRAIL, "no"))),
        Trace(
            CONTRADICTED,
            "Bo 0.55 < Ada 0.58",
            (BO, ADA),
            "flips if Bo > 0.58; stated 0.55",
            notes=("the other way round",),
        ),
    ),
    (
        Readings((TRAIL, AHEAD), (Noted(LEAD, "the other way round"),)),
        Trace(SUPPORTED, "Cy 0.61 > Di 0.20", (CY, DI), "flips if Cy ≤ 0.20; stated 0.61"),
    ),
    # the longer ones are cut short
    (
        All(tuple(Compare(count(name, 9), more, DI) for name in "ABCDE")),
        Trace(
            SUPPORTED,
            "A 9 > Di 0.20; B 9 > Di 0.20; C 9 > Di 0.20; and 2 more",
            (count("A", 9), DI, *(count(name, 9) for name in "BCDE")),
            "flips if A ≤ 0.20; stated 9",
        ),
    ),
    # a tally flips by the fewest parts that can change its count, and by no other
    (
        Tally((AHEAD, TRAIL), 0, 0),
        Trace(CONTRADICTED, "1 of 2 hold, 0 claimed: Cy 0.61 > Di 0.20", (CY, DI), "flips if Cy ≤ 0.20; stated 0.61"),
    ),
    (
        Tally((LEAD, AHEAD, TRAIL), 0, 0),
        Trace(
            CONTRADICTED,
            "2 of 3 hold, 0 claimed: Ada 0.58 > Bo 0.55; Cy 0.61 > Di 0.20",
            (ADA, BO, CY, DI),
            "flips if Ada ≤ 0.55; stated 0.58; 1 more would have to change too",
        ),
    ),
    (
        Tally((LEAD, Settled(SUPPORTED, "in words")), 0, 0),
        Trace(
            CONTRADICTED,
            "2 of 2 hold, 0 claimed: Ada 0.58 > Bo 0.55; in words",
            (ADA, BO),
            "flips if Ada ≤ 0.55; stated 0.58; 1 more would have to change too",
        ),
    ),
    (
        Tally((BEHIND, TRAIL), 0, 0),
        Trace(
            SUPPORTED,
            "0 of 2 hold, 0 claimed: Di 0.20 < Cy 0.61; Bo 0.55 < Ada 0.58",
            (DI, CY, BO, ADA),
            "flips if Bo > 0.58; stated 0.55",
        ),
    ),
    (
        Tally((LEAD, AHEAD, TRAIL), 1, 3),
        Trace(
            SUPPORTED,
            "2 of 3 hold, at least 1 claimed: Ada 0.58 > Bo 0.55; Cy 0.61 > Di 0.20",
            (ADA, BO, CY, DI),
            "flips if Ada ≤ 0.55; stated 0.58; 1 more would have to change too",
        ),
    ),
    (
        Tally((LEAD, BEHIND), 0, 1),
        Trace(
            SUPPORTED,
            "1 of 2 hold, at most 1 claimed: Di 0.20 < Cy 0.61",
            (DI, CY),
            "flips if Di > 0.61; stated 0.20",
        ),
    ),
    (
        Tally((LEAD, AHEAD, BEHIND), 1, 2),
        Trace(
            SUPPORTED,
            "2 of 3 hold, 1 to 2 claimed: Ada 0.58 > Bo 0.55; Cy 0.61 > Di 0.20; Di 0.20 < Cy 0.61",
            (ADA, BO, CY, DI),
            "flips if Di > 0.61; stated 0.20",
        ),
    ),
    (
        Tally((AHEAD, TRAIL, BEHIND), 2, 3),
        Trace(
            CONTRADICTED,
            "1 of 3 hold, at least 2 claimed: Bo 0.55 < Ada 0.58; Di 0.20 < Cy 0.61",
            (BO, ADA, DI, CY),
            "flips if Bo > 0.58; stated 0.55",
        ),
    ),
    (
        Tally((LEAD, TIED), 2, 2),
        Trace(
            unverifiable(Reason.TIE_AT_PRECISION),
            "1 of 2 hold for certain, at least 2 claimed: Ada 0.58 = Ada 0.58",
            (ADA, BO),
        ),
    ),
    (Tally((LEAD,), 3, 1), Trace(CONTRADICTED, "1 of 1 hold, at least 3 claimed: Ada 0.58 > Bo 0.55", (ADA, BO))),
    (Tally((), 0, 0), Trace(SUPPORTED, "0 of 0 hold, 0 claimed")),
    (Tally((), 1, 1), Trace(CONTRADICTED, "0 of 0 hold, at least 1 claimed")),
]


@pytest.mark.parametrize(("formula", "expected"), FORMULAS)
def test_a_formula_reads(formula: Formula, expected: Trace) -> None:
    trace = evaluate(formula)
    assert (trace.verdict, trace.text, trace.leaves, trace.margin, trace.notes) == (
        expected.verdict,
        expected.text,
        expected.leaves,
        expected.margin,
        expected.notes,
    )


def test_what_lies_nearest_to_an_end_of_its_range_gives_the_margin() -> None:
    axis = Stated(Interval(Fraction(0), Fraction(1), True, True), "axis 0 to 1")
    rows = [value("Ada", "0.50"), value("Bo", "0.97"), value("Cy", "0.10")]
    trace = evaluate(All(tuple(Compare(row, Relation.AGREES, axis) for row in rows)))
    assert trace.margin == "flips if Bo is below -0.005 or above 1.005; stated 0.97"


def test_sums_of_decimals_are_exact() -> None:
    """As floats 0.1 + 0.2 is not 0.3, and a one behind thirty digits is lost."""
    tenths = [Given(exactly(Fraction(n, 10)), f"{n} tenths", f"0.{n}", (0,)) for n in (1, 2, 3)]
    total = Compare(Over(Aggregate.SUM, tuple(tenths[:2])), Relation.AT_LEAST, tenths[2])
    assert (evaluate(total).verdict, evaluate(Not(total)).verdict) == (SUPPORTED, CONTRADICTED)
    large = count("Ada", 10**30 + 1)
    assert evaluate(Compare(large, more, count("Bo", 10**30))).verdict == SUPPORTED
