"""A table of passages with readings: where the words bear a reading out the guards are silent, where not they doubt it.

The quote stands between ⟦ and ⟧. A reading is written "Ada less Bo", "Ada/wet less Bo/wet", "Ada highest",
"Ada increases", "Ada above 0.5", "- greater Bo" where the first subject is left open, and "; all" or
"; throughout" behind it for its quantifier or point. A metric is written with its polarity: "time, lower".
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from auditor.document import Document
from auditor.grounded import Reading
from auditor.guards.claims import contradiction_doubts, doubts
from auditor.partial import salvage
from tests.cases import over, reading, selector

DIMENSIONS = {"weather": ["wet", "dry"], "size": ["4B", "14B"]}
SUBJECTS: dict[str, dict[str, Any]] = {"Ada": {"aliases": ["A."]}, "Bo": {}, "Cy": {}}


SILENT = [
    # direction, as it is read
    ("⟦Ada is faster than Bo⟧.", "Ada less Bo", "time, lower"),
    ("⟦Ada is slower than Bo⟧.", "Ada greater Bo", "time, lower"),
    ("⟦Ada is faster than Bo⟧.", "Ada greater Bo", "speed, higher"),
    ("⟦Ada is slower than Bo⟧.", "Ada less Bo", "throughput, higher"),
    ("⟦Ada outperforms Bo⟧.", "Ada greater Bo", "accuracy, higher"),
    ("⟦Ada outperforms Bo⟧.", "Ada less Bo", "loss, lower"),
    ("⟦Ada is better than Bo⟧.", "Ada better Bo", "loss, lower"),
    ("⟦Ada has a higher loss than Bo⟧.", "Ada greater Bo", "loss, lower"),
    ("⟦Ada takes longer than Bo⟧.", "Ada greater Bo", "time, lower"),
    ("⟦Ada is more efficient than Bo⟧.", "Ada less Bo", "time, lower"),
    ("⟦Ada exceeds Bo⟧.", "Ada greater Bo", "score, higher"),
    ("⟦Ada lags behind Bo⟧.", "Ada less Bo", "score, higher"),
    # the words do not settle it
    ("⟦Ada is better than Bo⟧.", "Ada greater Bo", "spread, unknown"),
    ("⟦Ada is faster than Bo⟧.", "Ada greater Bo", "score, higher"),
    ("⟦Ada and Bo differ⟧.", "Ada greater Bo", "score, higher"),
    ("⟦Ada is higher at first but lower in the end than Bo⟧.", "Ada greater Bo", "score, higher"),
    ("⟦Ada takes more than 3 s⟧.", "Ada less Bo", "time, lower"),
    ("⟦Ada wins at most 3 rounds more than Bo⟧.", "Ada greater Bo", "score, higher"),
    ("⟦The effect is more pronounced for Ada⟧.", "Ada less Bo", "score, higher"),
    ("⟦In larger models, Ada is lower⟧.", "Ada less Bo", "score, higher"),
    # word order
    ("⟦Compared to Bo, Ada is faster⟧.", "Ada less Bo", "time, lower"),
    ("⟦Than Bo, Ada is faster⟧.", "Ada less Bo", "time, lower"),
    ("⟦Relative to Bo, Ada has a lower score⟧.", "Ada less Bo", "score, higher"),
    ("⟦Higher than Bo is Ada⟧.", "Ada greater Bo", "score, higher"),
    ("⟦Bo is slower than Ada⟧.", "Ada less Bo", "time, lower"),
    ("⟦Bo is outperformed by Ada⟧.", "Ada greater Bo", "score, higher"),
    ("⟦Bo is surpassed by Ada⟧.", "Ada greater Bo", "score, higher"),
    ("⟦Ada beats both Bo and Cy⟧.", "Ada greater Cy", "score, higher"),
    ("⟦the advantage of Ada over Bo⟧ is clear.", "Ada greater Bo", "score, higher"),
    ("⟦Ada improved more, p < 0.05⟧.", "Ada below 0.05", "p, unknown"),
    ("⟦Both runs undercut the dense Bo⟧.", "- less Bo; all", "loss, lower"),
    # negation
    ("⟦Ada is not slower than Bo⟧.", "Ada less Bo", "time, lower"),
    ("⟦Ada does not exceed Bo⟧.", "Ada less Bo", "score, higher"),
    ("⟦Ada isn't better than Bo⟧.", "Ada less Bo", "score, higher"),
    ("⟦Ada never falls⟧.", "Ada increases", "score, higher"),
    ("⟦No one exceeds Ada⟧.", "- greater Ada; none", "score, higher"),
    # elliptical subjects
    ("Ada starts well, ⟦but is slower than Bo⟧.", "Ada greater Bo", "time, lower"),
    ("Ada is quick when wet, ⟦but slower when dry⟧.", "Ada/dry greater Bo/dry", "time, lower"),
    ("Against Bo, Ada is ⟦faster⟧.", "Ada less Bo", "time, lower"),
    ("⟦It rises⟧ in the end.", "Ada increases", "score, higher"),
    # series, bounds, first places
    ("⟦Ada rises to 0.5⟧.", "Ada increases", "score, higher"),
    ("⟦Ada declines⟧.", "Ada decreases", "score, higher"),
    ("⟦The loss of Ada improves, it drops⟧.", "Ada decreases", "loss, lower"),
    ("⟦Ada has the highest score⟧.", "Ada highest", "score, higher"),
    ("⟦Ada is the fastest⟧.", "Ada lowest", "time, lower"),
    ("⟦Ada is the most efficient⟧.", "Ada best", "time, lower"),
    ("⟦Ada stays above 0.5⟧.", "Ada above 0.5", "score, higher"),
    ("⟦Ada stays under 0.5⟧.", "Ada below 0.5", "score, higher"),
    ("⟦Ada is tested under both conditions and is higher than Bo⟧.", "Ada greater Bo", "score, higher"),
    # words that are no directions here
    ("⟦Ada is more affordable than Bo⟧.", "Ada less Bo", "cost, lower"),
    ("⟦Ada is more compact than Bo⟧.", "Ada less Bo", "size, lower"),
    ("⟦Ada is no longer the worst⟧, she says.", "Ada best", "score, higher"),
    ("⟦The growth of Ada trails that of Bo⟧.", "Ada less Bo", "growth, unknown"),
    ("⟦With increasing rain, Ada worsens⟧.", "Ada decreases", "score, higher"),
    ("⟦As the rain increases, Ada worsens⟧.", "Ada decreases", "score, higher"),
    ("⟦Ada is twice as fast as Bo⟧.", "Ada less Bo", "time, lower"),
    # one named beside another
    ("⟦Ada, unlike Bo, is faster⟧.", "Ada less Bo", "time, lower"),
    ("⟦Ada, not Bo, is faster⟧.", "Ada less Bo", "time, lower"),
    ("⟦Ada rather than Bo has the higher score⟧.", "Ada greater Bo", "score, higher"),
    ("⟦Ada, in contrast to Bo, is faster⟧.", "Ada less Bo", "time, lower"),
    ("⟦Ada is not only faster than Bo, but calm⟧.", "Ada less Bo", "time, lower"),
    ("⟦Without loss, Ada is faster than Bo⟧.", "Ada less Bo", "time, lower"),
    ("⟦Scores are higher than with Bo when using Ada⟧.", "Ada greater Bo", "score, higher"),
    ("⟦While Bo is slower, Ada is faster⟧.", "Ada less Bo", "time, lower"),
    ("⟦No one is faster than Ada⟧.", "Ada lowest", "time, lower"),
    ("⟦It takes Ada longer than Bo⟧.", "Ada greater Bo", "time, lower"),
    ("⟦Moving from Bo to Ada, scores increase⟧.", "Ada greater Bo", "score, higher"),
    ("⟦Ada reduces the errors of Bo⟧.", "Ada less Bo", "errors, lower"),
    ("⟦Ada improves⟧.", "Ada increases", "score, higher"),
    ("⟦it can improve all of them under any condition (i.e., Ada)⟧.", "Ada better Bo", "score, higher"),
    ("⟦The results above show that Ada is slower than Bo⟧.", "Ada greater Bo", "time, lower"),
    # names and levels
    ("⟦A. is faster than Bo⟧.", "Ada less Bo", "time, lower"),
    ("⟦When wet, Ada is faster than Bo⟧.", "Ada/wet less Bo/wet", "time, lower"),
    ("## wet\n\n⟦Ada is faster than Bo⟧.", "Ada/wet less Bo/wet", "time, lower"),
    ("## dry\n\nText.\n\n## wet\n\n⟦Ada is faster than Bo⟧.", "Ada/wet less Bo/wet", "time, lower"),
    ("## wet\n\n⟦When dry, Ada is faster than Bo⟧.", "Ada/dry less Bo/dry", "time, lower"),
    ("The weather matters. ⟦Ada is faster than Bo⟧.", "Ada/wet less Bo/wet", "time, lower"),
    # for how many
    ("⟦Ada is faster than Bo in all weathers⟧.", "Ada less Bo; all", "time, lower"),
    ("⟦Ada is mostly faster than Bo⟧.", "Ada less Bo; most", "time, lower"),
    ("⟦Ada is always faster than Bo⟧.", "Ada less Bo; throughout", "time, lower"),
    ("⟦Ada consistently outperforms Bo⟧.", "Ada greater Bo; throughout", "score, higher"),
    ("⟦Ada rises steadily⟧.", "Ada increases steadily", "score, higher"),
    ("⟦Ada rises steadily⟧, while Bo fluctuates.", "Ada increases steadily", "score, higher"),
    ("⟦Ada rises⟧, though it dips now and then.", "Ada increases", "score, higher"),
    # what is no possibility, but a month
    ("⟦In May, Ada is faster than Bo⟧.", "Ada less Bo", "time, lower"),
    ("⟦on may 14 , and in may alone, Ada is faster than Bo⟧.", "Ada less Bo", "time, lower"),
    ("⟦Ada has the most points⟧.", "Ada highest", "points, higher"),
    ("⟦Ada needs at most 0.5⟧.", "Ada below 0.5", "time, lower"),
]

DOUBTED = [
    # direction, turned round
    ("⟦Ada is faster than Bo⟧.", "Ada greater Bo", "time, lower", "'faster' says the opposite of the reading"),
    ("⟦Ada is slower than Bo⟧.", "Ada less Bo", "time, lower", "'slower' says the opposite of the reading"),
    ("⟦Ada is faster than Bo⟧.", "Ada less Bo", "speed, higher", "'faster' says the opposite of the reading"),
    ("⟦Ada is slower than Bo⟧.", "Ada greater Bo", "throughput, higher", "'slower' says the opposite of the reading"),
    ("⟦Ada is quicker than Bo⟧.", "Ada greater Bo", "latency, lower", "'quicker' says the opposite of the reading"),
    ("⟦Ada outperforms Bo⟧.", "Ada less Bo", "accuracy, higher", "'outperforms' says the opposite of the reading"),
    ("⟦Ada outperforms Bo⟧.", "Ada greater Bo", "loss, lower", "'outperforms' says the opposite of the reading"),
    ("⟦Ada is better than Bo⟧.", "Ada worse Bo", "loss, lower", "'better' says the opposite of the reading"),
    ("⟦Ada has a lower score than Bo⟧.", "Ada greater Bo", "score, higher", "'lower' says the opposite of the reading"),
    ("⟦Ada takes longer than Bo⟧.", "Ada less Bo", "time, lower", "'takes longer' says the opposite of the reading"),
    (
        "⟦Ada is less accurate than Bo⟧.",
        "Ada greater Bo",
        "score, higher",
        "'less accurate' says the opposite of the reading",
    ),
    ("⟦Ada trails Bo⟧.", "Ada greater Bo", "score, higher", "'trails' says the opposite of the reading"),
    # word order
    ("⟦Compared to Bo, Ada is faster⟧.", "Ada greater Bo", "time, lower", "'faster' says the opposite of the reading"),
    ("⟦Bo is slower than Ada⟧.", "Ada greater Bo", "time, lower", "'slower' says the opposite of the reading"),
    ("⟦Bo is faster than Ada⟧.", "Ada less Bo", "time, lower", "'faster' says the opposite of the reading"),
    ("⟦Higher than Bo is Ada⟧.", "Bo greater Ada", "score, higher", "'Higher' says the opposite of the reading"),
    (
        "⟦Relative to Bo, Ada has a lower score⟧.",
        "Ada greater Bo",
        "score, higher",
        "'lower' says the opposite of the reading",
    ),
    (
        "⟦Bo is outperformed by Ada⟧.",
        "Bo greater Ada",
        "score, higher",
        "'outperformed' says the opposite of the reading",
    ),
    ("⟦Bo is surpassed by Ada⟧.", "Ada less Bo", "score, higher", "'surpassed' says the opposite of the reading"),
    (
        "⟦the advantage of Ada over Bo⟧ is clear.",
        "Bo greater Ada",
        "score, higher",
        "'advantage' says the opposite of the reading",
    ),
    # negation
    ("⟦Ada is not faster than Bo⟧.", "Ada less Bo", "time, lower", "'faster' says the opposite of the reading"),
    ("⟦Ada does not exceed Bo⟧.", "Ada greater Bo", "score, higher", "'exceed' says the opposite of the reading"),
    ("⟦Ada isn't better than Bo⟧.", "Ada greater Bo", "score, higher", "'better' says the opposite of the reading"),
    ("⟦Ada never rises⟧.", "Ada increases", "score, higher", "'rises' says the opposite of the reading"),
    ("⟦Ada fails to surpass Bo⟧.", "Ada greater Bo", "score, higher", "'surpass' says the opposite of the reading"),
    # elliptical subjects
    (
        "Ada starts well, ⟦but is slower than Bo⟧.",
        "Ada less Bo",
        "time, lower",
        "'slower' says the opposite of the reading",
    ),
    ("Bo starts well, ⟦but is slower⟧.", "Ada greater Bo", "time, lower", "'slower' says the opposite of the reading"),
    # one named beside another
    ("⟦Ada, unlike Bo, is faster⟧.", "Ada greater Bo", "time, lower", "'faster' says the opposite of the reading"),
    ("⟦Ada, not Bo, is faster⟧.", "Bo less Ada", "time, lower", "'faster' says the opposite of the reading"),
    (
        "⟦Ada rather than Bo has the higher score⟧.",
        "Bo greater Ada",
        "score, higher",
        "'higher' says the opposite of the reading",
    ),
    (
        "⟦Ada is not only faster than Bo, but calm⟧.",
        "Ada greater Bo",
        "time, lower",
        "'faster' says the opposite of the reading",
    ),
    (
        "⟦Scores are higher than with Bo when using Ada⟧.",
        "Bo greater Ada",
        "score, higher",
        "'higher' says the opposite of the reading",
    ),
    (
        "⟦While Bo is slower, Ada is faster⟧.",
        "Ada greater Bo",
        "time, lower",
        "'slower' says the opposite of the reading",
    ),
    (
        "⟦It takes Ada longer than Bo⟧.",
        "Ada less Bo",
        "time, lower",
        "'takes Ada longer' says the opposite of the reading",
    ),
    (
        "⟦Moving from Bo to Ada, scores increase⟧.",
        "Bo greater Ada",
        "score, higher",
        "'increase' says the opposite of the reading",
    ),
    (
        "⟦Ada reduces the errors of Bo⟧.",
        "Ada greater Bo",
        "errors, lower",
        "'reduces' says the opposite of the reading",
    ),
    ("⟦Ada improves⟧.", "Ada decreases", "score, higher", "'improves' says the opposite of the reading"),
    ("⟦Ada worsens⟧.", "Ada increases", "score, higher", "'worsens' says the opposite of the reading"),
    ("⟦Ada is the most efficient⟧.", "Ada worst", "time, lower", "'most efficient' says the opposite of the reading"),
    ("⟦Ada is the least accurate⟧.", "Ada best", "score, higher", "'least accurate' says the opposite of the reading"),
    # series, bounds, first places
    ("⟦Ada rises to 0.5⟧.", "Ada decreases", "score, higher", "'rises' says the opposite of the reading"),
    ("⟦Ada declines⟧.", "Ada increases", "score, higher", "'declines' says the opposite of the reading"),
    ("⟦Ada has the highest score⟧.", "Ada lowest", "score, higher", "'highest' says the opposite of the reading"),
    ("⟦Ada is the fastest⟧.", "Ada highest", "time, lower", "'fastest' says the opposite of the reading"),
    ("⟦Ada is the worst⟧.", "Ada best", "time, lower", "'worst' says the opposite of the reading"),
    ("⟦Ada stays above 0.5⟧.", "Ada below 0.5", "score, higher", "'above' says the opposite of the reading"),
    ("⟦Ada does not stay below 0.5⟧.", "Ada below 0.5", "score, higher", "'below' says the opposite of the reading"),
    (
        "⟦Ada is among the highest⟧.",
        "Ada highest",
        "score, higher",
        "'among the highest' does not say that it is the first of all",
    ),
    # names and levels
    ("⟦Cy is faster⟧.", "Ada less Bo", "time, lower", "the passage speaks of Cy, the reading of Ada, Bo"),
    ("⟦Bo rises⟧.", "Ada increases", "score, higher", "the passage speaks of Bo, the reading of Ada"),
    (
        "⟦When wet, Ada is faster than Bo⟧. It may be dry.",
        "Ada/dry less Bo/dry",
        "time, lower",
        "the passage speaks of wet, the reading of dry",
    ),
    (
        "## wet\n\n⟦Ada is faster than Bo⟧.\n\n## dry",
        "Ada/dry less Bo/dry",
        "time, lower",
        "the passage speaks of wet, the reading of dry",
    ),
    (
        "## dry\n\nText.\n\n## wet\n\n⟦Ada is faster than Bo⟧.",
        "Ada/dry less Bo/dry",
        "time, lower",
        "the passage speaks of wet, the reading of dry",
    ),
    (
        "**14B**\n\n⟦Ada is faster than Bo⟧.\n\n**4B**\n\nText.",
        "Ada/4B less Bo/4B",
        "time, lower",
        "the passage speaks of 14B, the reading of 4B",
    ),
    # what is possible
    ("⟦Ada may be faster than Bo⟧.", "Ada less Bo", "time, lower", "'may' says no more than that it is possible"),
    # alike
    (
        "⟦What holds for Ada is also seen with Bo⟧.",
        "Ada equal Bo",
        "score, higher",
        "no word says that the two are alike",
    ),
    # steadily
    (
        "⟦Ada steadily rises⟧, though marked by growing volatility.",
        "Ada increases steadily",
        "score, higher",
        "'though marked by growing volatility' takes back that it is steady",
    ),
    (
        "⟦Ada steadily rises with minor dips⟧.",
        "Ada increases steadily",
        "score, higher",
        "'with minor dips' takes back that it is steady",
    ),
    # for how many
    (
        "⟦Ada is mostly faster than Bo⟧.",
        "Ada less Bo; all",
        "time, lower",
        "'mostly' says less than that it holds for all",
    ),
    (
        "⟦Ada is generally faster than Bo⟧.",
        "Ada less Bo",
        "time, lower",
        "'generally' says less than that it holds for all",
    ),
    (
        "⟦Ada tends to be faster than Bo⟧.",
        "Ada less Bo; all",
        "time, lower",
        "'tends' says less than that it holds for all",
    ),
    (
        "⟦In many weathers Ada is faster than Bo⟧.",
        "Ada less Bo; all",
        "time, lower",
        "'many' says less than that it holds for all",
    ),
    ("⟦Most are above 0.5⟧.", "- above 0.5; all", "score, higher", "'Most' says less than that it holds for all"),
    (
        "Overall, ⟦Ada is faster than Bo⟧.",
        "Ada less Bo",
        "time, lower",
        "'Overall' says less than that it holds for all",
    ),
    ("⟦Ada is faster than Bo⟧.", "Ada less Bo; throughout", "time, lower", "no word says that it holds at every point"),
    ("⟦Ada rises⟧.", "Ada increases steadily", "score, higher", "no word says that it holds at every point"),
]

POLARITIES = [
    ("time", "lower", None),
    ("training time", "higher", "a lower time is usually better, the reading says higher"),
    ("latency", "higher", "a lower latency is usually better, the reading says higher"),
    ("validation loss", "higher", "a lower loss is usually better, the reading says higher"),
    ("error", "lower", None),
    ("errors", "higher", "a lower errors is usually better, the reading says higher"),
    ("perplexity", "higher", "a lower perplexity is usually better, the reading says higher"),
    ("failure rate", "higher", "a lower failure is usually better, the reading says higher"),
    ("accuracy", "higher", None),
    ("accuracy", "lower", "a higher accuracy is usually better, the reading says lower"),
    ("throughput", "lower", "a higher throughput is usually better, the reading says lower"),
    ("reward", "lower", "a higher reward is usually better, the reading says lower"),
    ("BLEU-4", "lower", "a higher BLEU-4 is usually better, the reading says lower"),
    ("speed-up of the time", "higher", None),
    ("speed-up of the time", "lower", None),
    ("timeliness", "higher", None),
    ("time", "unknown", None),
    ("accuracy", "neither", None),
    ("score", "lower", None),
    ("size", "higher", None),
]
"""A metric's name, the polarity read, and what speaks against it."""


def _claim(written: str, quote: str, metric: str) -> dict[str, Any]:
    written, _, how = written.partition("; ")
    first, word, *rest = written.split()
    at = "throughout" if how == "throughout" else ""
    quantifier = over(how) if how not in {"", "throughout"} else None
    mine = _named(first, metric, at)
    common = {"quote": quote, "over": quantifier}
    match word:
        case "highest" | "lowest" | "best" | "worst":
            return {
                **common,
                "kind": "superlative",
                "which": mine,
                "end": word,
                "rank": 1,
                "across": "subject",
                "among": [],
            }
        case "increases" | "decreases":
            steady = rest == ["steadily"]
            return {**common, "kind": "trend", "series": mine, "along": None, "shape": word, "steady": steady}
        case "above" | "below":
            return {**common, "kind": "threshold", "of": mine, "relation": word, "bound": rest[0]}
        case _:
            return {**common, "kind": "comparison", "left": mine, "relation": word, "right": _named(rest[0], "", at)}


def _named(name: str, metric: str, at: str) -> dict[str, Any]:
    subject, _, level = name.partition("/")
    return selector(f"{metric}; {subject.removeprefix('-')}; {level}; {at}")


def _doubts(passage: str, written: str, metric: str) -> list[str]:
    name, better = metric.split(", ")
    quote = passage[passage.index("⟦") + 1 : passage.index("⟧")]
    text = passage.replace("⟦", "").replace("⟧", "")
    metrics = {name: {"better": better}}
    answer = reading(
        text, (), [_claim(written, quote, name)], metrics=metrics, subjects=SUBJECTS, dimensions=DIMENSIONS
    )
    read = Reading(Document("case.txt", text), salvage(json.dumps(answer)))
    (placed,) = read.claims
    assert placed.span is not None
    around = read.passage(placed.span)
    return [*doubts(placed.claim, around, read.names, better, name), *contradiction_doubts(placed.claim, around)]


@pytest.mark.parametrize(("passage", "written", "metric"), SILENT)
def test_silent_where_the_words_bear_the_reading_out(passage: str, written: str, metric: str) -> None:
    assert _doubts(passage, written, metric) == []


@pytest.mark.parametrize(("passage", "written", "metric", "doubt"), DOUBTED)
def test_in_doubt_where_the_words_speak_against_the_reading(
    passage: str, written: str, metric: str, doubt: str
) -> None:
    assert _doubts(passage, written, metric) == [doubt]


@pytest.mark.parametrize(("name", "better", "doubt"), POLARITIES)
def test_a_polarity_that_the_metric_s_name_speaks_against(name: str, better: str, doubt: str | None) -> None:
    answer = reading("Text.", (), (), metrics={name: {"better": better}})
    read = Reading(Document("case.txt", "Text."), salvage(json.dumps(answer)))
    assert [rejected.why for rejected in read.rejected] == ([] if doubt is None else [doubt])
    assert read.facts.metrics[name].better == (better if doubt is None else "unknown")
