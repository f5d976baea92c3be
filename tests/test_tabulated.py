"""Claims over tables, through everything that makes values of cells; the readings are written by hand."""

from __future__ import annotations

from typing import Any

import pytest

from auditor.kinds import registry
from tests.cases import audited, reading, selector, slots, stated

SPLIT = """| model | Speed (items/s) Oak | Speed (items/s) Elm |
|---|---|---|
| small | 46.7 | 27.3 |
| large | 129.7 | 83.1 |

"""
CONTINUED = """| | dev | test |
|---|---|---|
| Plain | 60.6 | 40.3 |
| + salt | 61.9 | 41.1 |
| Baked | 62.1 | 44.3 |
| + salt | 62.0 | 43.0 |

"""
DESCRIBED = """| case | command | time (s) |
|---|---|---|
| oak | grow --tall | 12.0 |
| elm | grow --wide | 9.0 |
| ash | prune | - |

"""
NESTED = """| site | crop | yield |
|---|---|---|
| North | rye | 3 |
| | oats | 5 |
| South | rye | 4 |
| | oats | 7 |

"""
GROUPED = """| system | score |
|---|---|
| Whole | 20.9 |
| *without parts* | |
| - cover | 19.2 |

"""
SCORES = """| system | BLEU | Accuracy |
|---|---|---|
| Ann | 20.9 | 71 |
| Ben | 19.2 | 70 |

"""
MIXED = """| | rule | Recall |
|---|---|---|
| East | plain | 0.51 |
| East | cut | 0.41 |
| West | plain | 0.53 |
| West | cut | 0.44 |

"""
METRICS_IN_ROWS = """| | field | Oak | Elm |
|---|---|---|---|
| Recall | East | 0.51 | 0.41 |
| Height | East | 12.0 | 14.0 |

"""
Claim = dict[str, Any]
Layout = tuple[str, str, str | None]

SORTED = """| engine | fuel | range |
|---|---|---|
| Ox | gas | 410 |
| Elk | wood | 380 |
| Roe | gas | 350 |

"""
SALES = """| Segment (€ million) | 2023 | 2024 | Change |
|---|---|---|---|
| Oak | 171.2 | 184.6 | +7.8 % |
| Elm | 64.9 | 62.3 | -4.0 % |

"""
IN_MILLIONS = """| Segment | Revenue (€ million) |
|---|---|
| Oak | 184.6 |
| Elm | 62.3 |

"""
SCALED = """| Capacity | Oak | Elm |
|---|---|---|
| 1 % | 38.2 | 26.5 |
| 5 % | 61.0 | 55.4 |
| 10 % | 72.4 | 70.1 |

"""
MIXED_SCALE = """| SNR | errors |
|---|---|
| clean | 9.9 |
| 20 dB | 10.6 |
| 0 dB | 31.7 |

"""
LEAGUE = """| club | Pts |
|---|---|
| Oak | 14 |
| Elm | 11 |

"""
GO = """```
BenchmarkGet/oak-8              53073861     22.61 ns/op
BenchmarkGet/elm-8              18504240     64.85 ns/op
BenchmarkGetParallel/oak-8     310077519      3.87 ns/op
BenchmarkGetParallel/elm-8      69284064     17.32 ns/op
```

"""
YEARS = {
    "metrics": {"revenue": {"unit": "€ million"}},
    "subjects": {"Oak": {}, "Elm": {}},
    "dimensions": {"year": ["2023", "2024"]},
}
RACE = """| pos | rider | time |
|---|---|---|
| 1 | Ann | 41.5 |
| 2 | Ben | 42.0 |
| 3 | Cat | 44.1 |
| 4 | Dan | 44.9 |
| 5 | Eve | 47.2 |

"""
STAGES = """| stage | route | distance |
|---|---|---|
| p | Ash | 5.8 km |
| 1 | Ash to Bay | 168.5 km |
| 2 | Bay to Cob | 192.0 km |
| 3 | Cob to Dee | 141.3 km |
| 4 | Dee to Elm | 155.7 km |

"""
SHOTS = """| method | **Bank** K=1 | **Bank** K=5 | **Mart** K=1 | **Mart** K=5 |
|---|---|---|---|---|
| Oak | 31 | 74 | 44 | 87 |
| Elm | 49 | 76 | 68 | 85 |

"""
BESIDE = """| tool | small | large | memory |
|---|---|---|---|
| Oak | 0.9 s | 6.4 s | 84 MB |
| Elm | 1.1 s | 5.9 s | 231 MB |

"""
SWEPT = """| learning rate | 16 | 32 |
|---|---|---|
| 1e-5 | 61.2 | 60.8 |
| 3e-5 | 66.7 | 67.1 |
| 1e-4 | 70.3 | 71.8 |

"""
ACROSS = """| | 0 | 10 | 20 | 40 |
|---|---|---|---|---|
| Oak | 0.1 | 1.7 | 2.4 | 3.1 |
| Elm | 0.1 | 0.9 | 0.7 | 0.2 |

"""
HOURS = """| model | hours | clean | noisy |
|---|---|---|---|
| Oak | 10 | 9.4 | 15.2 |
| Oak | 100 | 6.1 | 10.8 |
| Elm | 10 | 7.7 | 13.9 |
| Elm | 100 | 6.3 | 11.5 |

"""
ENCODERS = """| system | F1 |
|---|---|
| *small* | |
| Oak | 61.1 |
| Elm | 62.0 |
| *large* | |
| Oak | 63.2 |
| Elm | 64.1 |

"""
CONFUSED = """| gold | Fear | Joy | Calm |
|---|---|---|---|
| Fear | 50 | 4 | 9 |
| Joy | 3 | 61 | 12 |
| Calm | 20 | 31 | 47 |

"""
TAKEN: dict[str, Any] = {
    "metrics": {"messages": {}},
    "dimensions": {"gold": ["Fear", "Joy", "Calm"], "predicted": ["Fear", "Joy", "Calm"]},
}
TRAINED: dict[str, Any] = {
    "metrics": {"error": {"better": "lower"}},
    "subjects": {"Oak": {}, "Elm": {}},
    "dimensions": {"hours": ["10", "100"], "test": ["clean", "noisy"]},
}
DIFFERS: Claim = {"kind": "difference", "relation": "more", "measure": "amount"}
FARTHEST: Claim = {"kind": "superlative", "end": "highest", "rank": 1, "across": "subject", "among": []}
COMPARES: Claim = {"kind": "comparison", "relation": "greater"}
TWICE = "| tool | time (s) |\n|---|---|\n| Oak | 1.0 |\n| Elm | 2.0 |\n\n| tool | time (s) |\n|---|---|\n| Oak | 50 |\n| Elm | 40 |\n\n"
CASES = [
    (
        "a unit over the labels is that of all numbers",
        SALES,
        ("subject", "year", "revenue"),
        YEARS,
        {
            "kind": "aggregate",
            "quote": "In 2024 the two made €246.9 million",
            "take": "sum",
            "of": "revenue;; 2024",
            "number": "€246.9 million",
        },
        "supported: sum of Oak (2024) 184.6, Elm (2024) 62.3 = 246,900,000 agrees with the stated €246.9 million",
    ),
    (
        "a unit over the labels, and another number",
        SALES,
        ("subject", "year", "revenue"),
        YEARS,
        {
            "kind": "aggregate",
            "quote": "In 2024 the two made €264.9 million",
            "take": "sum",
            "of": "revenue;; 2024",
            "number": "€264.9 million",
        },
        "contradicted: sum of Oak (2024) 184.6, Elm (2024) 62.3 = 246,900,000 against the stated €264.9 million",
    ),
    (
        "a column in millions",
        IN_MILLIONS,
        ("subject", "metric", None),
        {"metrics": {"Revenue (€ million)": {}}, "subjects": {"Oak": {}, "Elm": {}}},
        {
            "kind": "threshold",
            "quote": "Oak stays below €150 million",
            "of": "Revenue (€ million); Oak",
            "relation": "below",
            "bound": "€150 million",
        },
        "contradicted: Oak 184.6 > the stated €150 million",
    ),
    (
        "rows of a scale that have their unit",
        SCALED,
        ("Capacity", "subject", "hits"),
        {
            "metrics": {"hits": {}},
            "subjects": {"Oak": {}, "Elm": {}},
            "dimensions": {"Capacity": ["1 %", "5 %", "10 %"]},
        },
        {**COMPARES, "quote": "at 1 % Elm hits more than Oak", "left": "hits; Elm; 1 %", "right": "; Oak; 1 %"},
        "contradicted: Elm (1 %) 26.5 < Oak (1 %) 38.2",
    ),
    (
        "points of a league are counted",
        LEAGUE,
        ("subject", "metric", None),
        {"metrics": {"Pts": {"unit": "points"}}, "subjects": {"Oak": {}, "Elm": {}}},
        {**DIFFERS, "quote": "Oak is four ahead of Elm", "left": "Pts; Oak", "size": "four", "right": "; Elm"},
        "contradicted: Oak 14 − Elm 11 = 3 against the stated four",
    ),
    (
        "rows of a scale that the reading knows, words among them",
        MIXED_SCALE,
        ("SNR", "metric", None),
        {"metrics": {"errors": {}}, "dimensions": {"SNR": ["clean", "20 dB", "0 dB"]}},
        {
            **COMPARES,
            "quote": "there are more errors at 20 dB than at 0 dB",
            "left": "errors;; 20 dB",
            "right": ";; 0 dB",
        },
        "contradicted: errors (20 dB) 10.6 < errors (0 dB) 31.7",
    ),
    (
        "two words in the name of a benchmark that are one level",
        GO,
        ("subject", "metric", None),
        {
            "metrics": {"ns/op": {}},
            "subjects": {"oak": {}, "elm": {}},
            "dimensions": {"benchmark": ["Get", "GetParallel"]},
        },
        {
            **COMPARES,
            "quote": "oak takes longer than elm in GetParallel",
            "left": "ns/op; oak; GetParallel",
            "right": "; elm; GetParallel",
        },
        "contradicted: ns/op of oak (GetParallel) 3.87 < ns/op of elm (GetParallel) 17.32",
    ),
    (
        "what one of two tables says, and the other does not",
        TWICE,
        ("subject", "metric", None),
        {},
        {**COMPARES, "quote": "Oak takes longer than Elm", "left": "time; Oak", "right": "; Elm"},
        "unverifiable: Oak (1) 1.0 < Elm (1) 2.0; Oak (2) 50 > Elm (2) 40",
    ),
    (
        "what neither of two tables says",
        TWICE.replace("50", "30"),
        ("subject", "metric", None),
        {},
        {**COMPARES, "quote": "Oak takes longer than Elm", "left": "time; Oak", "right": "; Elm"},
        "contradicted: Oak (1) 1.0 < Elm (1) 2.0; Oak (2) 30 < Elm (2) 40",
    ),
    (
        "a column of numbers that are the levels of a dimension",
        HOURS,
        ("subject", "test", "error"),
        TRAINED,
        {
            **COMPARES,
            "quote": "with 100 hours Oak makes more errors than Elm",
            "left": "error; Oak; hours=100, clean",
            "right": "; Elm; hours=100, clean",
        },
        "contradicted: Oak (100, clean) 6.1 < Elm (100, clean) 6.3",
    ),
    (
        "a column headed by a dimension that holds other numbers than its levels",
        HOURS.replace("| Elm | 100 |", "| Elm | 960 |"),
        ("subject", "test", "error"),
        TRAINED,
        {
            **COMPARES,
            "quote": "with 100 hours Oak makes more errors than Elm",
            "left": "error; Oak; hours=100, clean",
            "right": "; Elm; hours=100, clean",
        },
        "unverifiable: no value for error of Oak (100, clean)",
    ),
    (
        "a label over several rows that is a level",
        ENCODERS,
        ("subject", "metric", None),
        {"metrics": {"F1": {}}, "subjects": {"Oak": {}, "Elm": {}}, "dimensions": {"encoder": ["small", "large"]}},
        {
            **DIFFERS,
            "quote": "Elm leads Oak by 1.9 with the small encoder",
            "left": "F1; Elm; small",
            "size": "1.9",
            "right": "; Oak; small",
        },
        "contradicted: Elm (small) 62.0 − Oak (small) 61.1 = 0.9 against the stated 1.9",
    ),
    (
        "two dimensions of the same levels",
        CONFUSED,
        ("gold", "predicted", "messages"),
        TAKEN,
        {
            **FARTHEST,
            "quote": "Calm messages are most often taken for Fear",
            "which": "messages;; gold=Calm, predicted=Fear",
            "across": "predicted",
            "among": ["Fear", "Joy"],
        },
        "contradicted: messages (Calm, Joy) 31 > messages (Calm, Fear) 20",
    ),
    (
        "two dimensions of the same levels, and it is so",
        CONFUSED,
        ("gold", "predicted", "messages"),
        TAKEN,
        {
            **FARTHEST,
            "quote": "Calm messages are most often taken for Joy",
            "which": "messages;; gold=Calm, predicted=Joy",
            "across": "predicted",
            "among": ["Fear", "Joy"],
        },
        "supported: messages (Calm, Fear) 20 < messages (Calm, Joy) 31",
    ),
    (
        "the peak of a series that a table has whole",
        ACROSS,
        ("subject", "position", "reward"),
        {"metrics": {"reward": {}}, "subjects": {"Oak": {}, "Elm": {}}},
        {
            **DIFFERS,
            "quote": "Elm loses 0.2 of its peak by 40",
            "left": "reward; Elm;; peak",
            "size": "0.2",
            "right": "; Elm;; 40",
        },
        "contradicted: Elm (10) 0.9 − Elm (40) 0.2 = 0.7 against the stated 0.2",
    ),
    (
        "columns that are the points of a series",
        ACROSS,
        ("subject", "position", "reward"),
        {"metrics": {"reward": {}}, "subjects": {"Oak": {}, "Elm": {}}},
        {
            **DIFFERS,
            "quote": "Oak gains 1.9 from 10 to 40",
            "left": "reward; Oak;; 40",
            "size": "1.9",
            "right": "; Oak;; 10",
        },
        "contradicted: Oak (40) 3.1 − Oak (10) 1.7 = 1.4 against the stated 1.9",
    ),
    (
        "a column of another metric among columns that are levels",
        BESIDE,
        ("subject", "size", "time"),
        {
            "metrics": {"time": {}, "memory": {}},
            "subjects": {"Oak": {}, "Elm": {}},
            "dimensions": {"size": ["small", "large"]},
        },
        {**COMPARES, "quote": "Oak needs more memory than Elm", "left": "memory; Oak", "right": "; Elm"},
        "contradicted: memory of Oak 84 MB < memory of Elm 231 MB",
    ),
    (
        "rows for what was varied, which is no whole number",
        SWEPT,
        ("learning rate", "batch", "accuracy"),
        {"metrics": {"accuracy": {}}, "dimensions": {"learning rate": ["1e-5", "3e-5", "1e-4"], "batch": ["16", "32"]}},
        {**COMPARES, "quote": "16 does better than 32 at 1e-4", "left": "accuracy;; 1e-4, 16", "right": ";; 1e-4, 32"},
        "contradicted: accuracy (16, 1e-4) 70.3 < accuracy (32, 1e-4) 71.8",
    ),
    (
        "a place that only describes its row keeps no two of them apart",
        RACE,
        ("subject", "metric", None),
        {"metrics": {"time": {}}, "subjects": {"Ann": {}, "Cat": {}}},
        {**DIFFERS, "quote": "Cat took 3.5 longer than Ann", "left": "time; Cat", "size": "3.5", "right": "; Ann"},
        "contradicted: time of Cat 44.1 − time of Ann 41.5 = 2.6 against the stated 3.5",
    ),
    (
        "a place that a claim names",
        STAGES,
        ("position", "metric", None),
        {"metrics": {"distance": {}}},
        {
            **DIFFERS,
            "quote": "stage 2 is 50.7 km longer than 3",
            "left": "distance;;; 2",
            "size": "50.7 km",
            "right": ";;; 3",
        },
        "supported: distance (Bay to Cob) 192.0 km − distance (Cob to Dee) 141.3 km = 50.7 agrees with the stated 50.7 km",
    ),
    (
        "subjects that are known by the number of their row",
        STAGES,
        ("subject", "metric", None),
        {"metrics": {"distance": {}}, "subjects": {"1": {"aliases": ["stage 1"]}, "2": {"aliases": ["stage 2"]}}},
        {
            **DIFFERS,
            "quote": "stage 2 is 23.5 km longer than stage 1",
            "left": "distance; 2",
            "size": "23.5 km",
            "right": "; 1",
        },
        "supported: 2 192.0 km − 1 168.5 km = 23.5 agrees with the stated 23.5 km",
    ),
    (
        "subjects that are known by their labels",
        STAGES,
        ("subject", "metric", None),
        {"metrics": {"distance": {}}, "subjects": {"Ash": {}, "2": {"aliases": ["stage 2"]}}},
        {**COMPARES, "quote": "stage 2 is longer than Ash", "left": "distance; 2", "right": "; Ash"},
        "unverifiable: no value for distance of 2",
    ),
    (
        "levels that are written with a sign of equality",
        SHOTS,
        ("subject", "shop", "score"),
        {
            "metrics": {"score": {}},
            "subjects": {"Oak": {}, "Elm": {}},
            "dimensions": {"shop": ["Bank", "Mart"], "K": ["K=1", "K=5"]},
        },
        {**COMPARES, "quote": "With K=5 Elm is above Oak", "left": "score; Elm; K=5", "right": "; Oak; K=5"},
        "contradicted: Elm (K=5, Mart) 85 < Oak (K=5, Mart) 87",
    ),
    (
        "a header of a metric and a subject",
        SPLIT,
        ("size", "subject", "speed"),
        {"metrics": {"speed": {"aliases": ["Speed (items/s)"]}}, "subjects": {"Oak": {}, "Elm": {}}},
        {**COMPARES, "quote": "Elm is faster than Oak", "left": "speed; Elm", "right": "; Oak"},
        "contradicted: Elm (small) 27.3 < Oak (small) 46.7 (and 1 more of 2)",
    ),
    (
        "a header of a metric and a subject, and it is so",
        SPLIT,
        ("size", "subject", "speed"),
        {"metrics": {"speed": {"aliases": ["Speed (items/s)"]}}, "subjects": {"Oak": {}, "Elm": {}}},
        {**COMPARES, "quote": "Oak is faster than Elm", "left": "speed; Oak", "right": "; Elm"},
        "supported: Oak (small) 46.7 > Elm (small) 27.3; Oak (large) 129.7 > Elm (large) 83.1",
    ),
    (
        "a row that continues the one that it stands under",
        CONTINUED,
        ("subject", "split", "score"),
        {
            "metrics": {"score": {}},
            "subjects": {"Baked": {}, "Baked + salt": {}, "Plain": {}, "Plain + salt": {}},
            "dimensions": {"split": ["dev", "test"]},
        },
        {**COMPARES, "quote": "Baked + salt is higher than Baked", "left": "score; Baked + salt", "right": "; Baked"},
        "contradicted: Baked + salt (test) 43.0 < Baked (test) 44.3 (and 1 more of 2)",
    ),
    (
        "another row of that label",
        CONTINUED,
        ("subject", "split", "score"),
        {
            "metrics": {"score": {}},
            "subjects": {"Baked": {}, "Baked + salt": {}, "Plain": {}, "Plain + salt": {}},
            "dimensions": {"split": ["dev", "test"]},
        },
        {**COMPARES, "quote": "Plain + salt is higher than Plain", "left": "score; Plain + salt", "right": "; Plain"},
        "supported: Plain + salt (dev) 61.9 > Plain (dev) 60.6; Plain + salt (test) 41.1 > Plain (test) 40.3",
    ),
    (
        "a column that only describes its rows tells no values apart",
        DESCRIBED,
        ("subject", "metric", None),
        {"metrics": {"time (s)": {"aliases": ["time"]}}},
        {
            "kind": "superlative",
            "quote": "oak takes the least time",
            "which": "time (s); oak",
            "end": "lowest",
            "rank": 1,
            "across": "subject",
            "among": [],
        },
        "contradicted: elm 9.0 < oak 12.0",
    ),
    (
        "rows of two names, one of them repeated",
        NESTED,
        ("site", "metric", None),
        {"metrics": {"yield": {}}, "dimensions": {"site": ["North", "South"], "crop": ["rye", "oats"]}},
        {**COMPARES, "quote": "rye yields more than oats", "left": "yield;; rye", "right": ";; oats"},
        "contradicted: yield (rye, South) 4 < yield (oats, South) 7 (and 1 more of 2)",
    ),
    (
        "a level that is read as a subject",
        NESTED,
        ("site", "metric", None),
        {"metrics": {"yield": {}}, "dimensions": {"site": ["North", "South"], "crop": ["rye", "oats"]}},
        {**COMPARES, "quote": "oats yield more than rye", "left": "yield; oats", "right": "; rye"},
        "supported: yield (oats, North) 5 > yield (rye, North) 3; yield (oats, South) 7 > yield (rye, South) 4",
    ),
    (
        "where in a table a row stands is nothing that two rows could share",
        GROUPED,
        ("subject", "metric", None),
        {"metrics": {"score": {}}},
        {**COMPARES, "quote": "- cover is higher than Whole", "left": "score; - cover", "right": "; Whole"},
        "contradicted: - cover (without parts) 19.2 < Whole 20.9",
    ),
    (
        "subjects in the second column, under no name of theirs",
        MIXED,
        ("subject", "metric", None),
        {
            "metrics": {"Recall": {}},
            "subjects": {"plain": {}, "cut": {}},
            "dimensions": {"field": ["East", "West"]},
        },
        {**COMPARES, "quote": "cut has more recall than plain", "left": "Recall; cut", "right": "; plain"},
        "contradicted: cut (East) 0.41 < plain (East) 0.51 (and 1 more of 2)",
    ),
    (
        "metrics that name rows",
        METRICS_IN_ROWS,
        ("field", "subject", None),
        {
            "metrics": {"Recall": {}, "Height": {}},
            "subjects": {"Oak": {}, "Elm": {}},
            "dimensions": {"field": ["East"]},
        },
        {**COMPARES, "quote": "Oak has more height than Elm", "left": "Height; Oak", "right": "; Elm"},
        "contradicted: Height of Oak (East) 12.0 < Height of Elm (East) 14.0",
    ),
    (
        "metrics of which more is usually better",
        SCORES,
        ("subject", "metric", None),
        {},
        {**COMPARES, "quote": "Ben outperforms Ann", "relation": "better", "left": "; Ben", "right": "; Ann"},
        "contradicted: BLEU of Ben 19.2 < BLEU of Ann 20.9 (and 1 more of 2)",
    ),
    (
        "a metric of which nobody knows what is better",
        SCORES.replace("BLEU", "Hue"),
        ("subject", "metric", None),
        {},
        {**COMPARES, "quote": "Ben outperforms Ann", "relation": "better", "left": "; Ben", "right": "; Ann"},
        "unverifiable: is more or less of Hue better? (the other 1 of 2 can be judged)",
    ),
    (
        "a column that describes the rows tells none of them apart",
        SORTED,
        ("subject", "metric", None),
        {"dimensions": {"fuel": ["gas", "wood"]}},
        {**COMPARES, "quote": "Elk goes farther than Ox", "left": "range; Elk", "right": "; Ox"},
        "contradicted: Elk (wood) 380 < Ox (gas) 410",
    ),
    (
        "nor does it for what comes first",
        SORTED,
        ("subject", "metric", None),
        {"dimensions": {"fuel": ["gas", "wood"]}},
        {**FARTHEST, "quote": "Roe goes the farthest", "which": "range; Roe"},
        "contradicted: Ox (gas) 410 > Roe (gas) 350 (and 1 more of 2)",
    ),
    (
        "the first of its own sort, which the words may name otherwise",
        SORTED,
        ("subject", "metric", None),
        {"dimensions": {"fuel": ["gas", "wood"]}},
        {**FARTHEST, "quote": "Elk goes the farthest of what burns logs", "which": "range; Elk"},
        "unverifiable: nothing of its own sort comes before it; as read: Ox (gas) 410 > Elk (wood) 380",
    ),
    (
        "a sort that is named",
        SORTED,
        ("subject", "metric", None),
        {"dimensions": {"fuel": ["gas", "wood"]}},
        {**FARTHEST, "quote": "With gas, Roe goes the farthest", "which": "range; Roe; gas"},
        "contradicted: Ox (gas) 410 > Roe (gas) 350",
    ),
    (
        "a sort that the words name, and the reading does not",
        SORTED,
        ("subject", "metric", None),
        {"dimensions": {"fuel": ["gas", "wood"]}},
        {**FARTHEST, "quote": "With wood, Elk goes the farthest", "which": "range; Elk"},
        "unverifiable: the passage speaks of wood, the reading of all; as read: Ox (gas) 410 > Elk (wood) 380",
    ),
]


@pytest.mark.parametrize(
    ("text", "layout", "names", "claim", "expected"),
    [pytest.param(*case[1:], id=case[0]) for case in CASES],
)
def test_a_claim_over_a_table(text: str, layout: Layout, names: dict[str, Any], claim: Claim, expected: str) -> None:
    text = f"{text}{claim['quote']}.\n"
    answer = reading(text, (), [slots(registry()[claim["kind"]], claim)], **names)
    rows, columns, metric = layout
    answer["tables"] = [{"number": 1, "rows": rows, "columns": columns, "metric": metric, "levels": []}]
    (judgement,) = stated(audited(text, answer))
    assert f"{judgement.verdict.name}: {judgement.computation}" == expected


DRAWN = """```
threads   speed
      1      10
      2      19
      4      35
```

| disk | size |
|---|---|
| Oak | 12 |
| Elm | 15 |

"""


def test_of_two_totals_the_one_that_the_metric_has_is_meant() -> None:
    text = """| Year | Pupils |
|---|---|
| 5 | 120 |
| 6 | 134 |
| Total | 254 |

| Kind | Cost |
|---|---|
| Staff | 410 |
| Trips | 35 |
| Total | 445 |

There are at least 264 pupils in all.
"""
    claim = {
        "kind": "threshold",
        "quote": "There are at least 264 pupils in all",
        "of": selector("Pupils; ; Total"),
        "relation": "at least",
        "bound": "264",
        "over": None,
    }
    dimensions = {"Year": ["5", "6", "Total"], "Kind": ["Staff", "Trips", "Total"]}
    answer = reading(text, (), [claim], metrics={"Pupils": {}, "Cost": {}}, dimensions=dimensions)
    answer["tables"] = [
        {"number": number, "rows": rows, "columns": "metric", "metric": None, "levels": []}
        for number, rows in ((1, "Year"), (2, "Kind"))
    ]
    (judgement,) = stated(audited(text, answer))
    assert (
        f"{judgement.verdict.name}: {judgement.computation}"
        == "contradicted: Pupils (Total) 254 against the stated 264"
    )


@pytest.mark.parametrize(("numbers", "means"), [((1, 2), 2), ((1,), 1)], ids=["counted", "not counted"])
def test_a_drawn_table_may_not_be_counted(numbers: tuple[int, ...], means: int) -> None:
    claim = {
        "kind": "rows",
        "quote": "Oak has 15",
        "table": means,
        "where": [{"column": "disk", "test": "is", "value": "Oak"}],
        "has": [{"column": "size", "test": "is", "value": "15"}],
        "than": [],
        "over": None,
    }
    text = f"{DRAWN}Oak has 15.\n"
    answer = reading(text, (), [claim])
    answer["tables"] = [
        {"number": number, "rows": "subject", "columns": "metric", "metric": None, "levels": []} for number in numbers
    ]
    (judgement,) = stated(audited(text, answer))
    assert (
        f"{judgement.verdict.name}: {judgement.computation}"
        == "contradicted: 0 of 1 rows where disk is 'Oak': size is '15'"
    )


def test_rows_of_two_tables_that_differ_in_case_alone_are_two() -> None:
    text = "| tool | speed |\n|---|---|\n| Oak | 5 |\n\n## Later\n\n| tool | speed |\n|---|---|\n| OAK | 9 |\n"
    result = audited(text, reading(text, (), ()))
    assert [judgement.computation for judgement in result.judgements if judgement.verdict.name == "contradicted"] == []
