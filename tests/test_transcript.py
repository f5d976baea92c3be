from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.document import Span
from auditor.transcript import HEAD, TranscriptError, Turn, is_transcript, read, written

LENGTH = 100
TURN = '{"sample":1,"round":"whole","start":0,"end":100,"length":2}\n{}\n'

_SPANS = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, LENGTH)).filter(lambda ends: ends[0] < ends[1])
_TURNS = st.builds(
    Turn,
    st.integers(1, 9),
    st.sampled_from(["whole", "values", "claims"]),
    _SPANS.map(lambda ends: Span(*ends)),
    st.text() | st.just(HEAD + TURN) | st.just("\n" + TURN),
)


@given(st.lists(_TURNS, min_size=1, max_size=5))
def test_what_is_written_is_read(turns: list[Turn]) -> None:
    text = written(turns)
    assert is_transcript(text)
    assert read(text, LENGTH) == tuple(turns)


DAMAGED = {
    "nothing in it": (HEAD, "the transcript holds no answer"),
    "no line": (HEAD + "{}", "the transcript is damaged at character 19"),
    "cut": (HEAD + TURN[:-2], "the transcript is damaged at character 19"),
    "too short": (HEAD + TURN.replace('"length":2', '"length":1'), "the transcript is damaged at character 19"),
    "too long": (HEAD + TURN.replace('"length":2', '"length":20'), "the transcript is damaged at character 19"),
    "a negative length": (
        HEAD + TURN.replace('"length":2', '"length":-1'),
        "the transcript is damaged at character 19",
    ),
    "a key too many": (HEAD + TURN.replace('"start"', '"x":1,"start"'), "the transcript is damaged at character 19"),
    "no such round": (HEAD + TURN.replace("whole", "verdicts"), "the transcript is damaged at character 19"),
    "a true for a one": (
        HEAD + TURN.replace('"sample":1', '"sample":true'),
        "the transcript is damaged at character 19",
    ),
    "sample none": (HEAD + TURN.replace('"sample":1', '"sample":0'), "the transcript is damaged at character 19"),
    "beyond the document": (HEAD + TURN.replace('"end":100', '"end":101'), "the transcript is damaged at character 19"),
    "no stretch": (HEAD + TURN.replace('"end":100', '"end":0'), "the transcript is damaged at character 19"),
    "a list": (HEAD + "[" * 150 + "\n", "the transcript is damaged at character 19"),
    "the second": (HEAD + TURN + "x", "the transcript is damaged at character 82"),
}


@pytest.mark.parametrize(("text", "why"), DAMAGED.values(), ids=DAMAGED)
def test_damaged(text: str, why: str) -> None:
    with pytest.raises(TranscriptError) as caught:
        read(text, LENGTH)
    assert str(caught.value) == why


@pytest.mark.parametrize("text", ["", "{}", HEAD.strip(), " " + HEAD, '{"claims": []}'])
def test_an_answer_is_no_transcript(text: str) -> None:
    assert not is_transcript(text)
