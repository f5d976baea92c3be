"""Long documents: where they are cut, and that what is said in one part is judged on the values of another."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from auditor.document import Document
from auditor.errors import ModelFailed
from auditor.llm.asking import ask
from auditor.llm.model import Answer
from auditor.parts import rounds
from auditor.parts.cutting import split
from auditor.parts.plan import CHARACTERS_PER_TOKEN, Plan
from auditor.pipeline import audit
from auditor.prompt import folder
from auditor.report import Use
from tests.cases import stated
from tests.long import Author, Long

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pydantic import BaseModel

    from auditor.transcript import Round, Turn

PLAN = Plan(chunk_tokens=10_000)


@pytest.fixture(scope="module")
def long() -> Long:
    made = Long()
    assert len(made.document.text) > 200_000
    return made


def _expected(long: Long) -> list[tuple[int, str, str]]:
    """The line, the words and the verdict of every conclusion: the author wrote them in the order of the text."""
    document, at, found = long.document, 0, []
    for concluded in long.concluded:
        at = document.text.index(concluded.text, at)
        verdict = "supported" if concluded.is_true else "contradicted"
        found.append((document.position(at).line, concluded.text.rstrip("."), verdict))
        at += 1
    return found


def test_what_one_part_concludes_is_judged_on_the_values_of_another(long: Long) -> None:
    document, author = long.document, Author(long)
    parts = split(document, PLAN.chunk_tokens)
    answer = asyncio.run(ask(document, author, PLAN))
    assert len(parts) > 5
    assert len(author.asked) == 2 * len(parts)
    room = PLAN.chunk_tokens * CHARACTERS_PER_TOKEN
    assert all(len(messages[1]["content"]) < room * 5 // 4 + 500 for messages in author.asked)
    assert (answer.usage, answer.parameters["parts"]) == (
        {"prompt_tokens": 7 * 2 * len(parts), "completion_tokens": 3 * 2 * len(parts)},
        len(parts),
    )
    audited = audit(document, answer.text)
    found = [
        (document.position(entry.span.start).line, entry.quote, entry.verdict.name)
        for entry in audited.judgements
        if entry.span is not None
    ]
    assert found == _expected(long)
    assert any(verdict == "contradicted" for _, _, verdict in found[:12])  # the summary, on values of the last sections
    assert (audited.rejected, len(audited.judgements)) == ((), len(found))
    unread = {
        document.text[slice(*entry.span)]
        for entry in audited.coverage
        if entry.use is Use.UNREAD and entry.what == "number"
    }
    assert unread == {"two"}


def test_a_document_that_fits_is_asked_about_once_as_ever(long: Long) -> None:
    document = Document("short.md", long.document.text[:2000])

    class Whole(Author):
        async def converse(
            self,
            messages: Sequence[Mapping[str, str]],
            *,
            response_model: type[BaseModel],
            schema: Mapping[str, object],
        ) -> Answer:
            del response_model, schema
            self.asked.append(messages)
            return Answer('{"claims": []}', "m", {"prompt_tokens": 7}, {"temperature": 0})

    author = Whole(long)
    answer = asyncio.run(ask(document, author, PLAN))
    assert answer == Answer('{"claims": []}', "m", {"prompt_tokens": 7}, {"temperature": 0})
    assert [[message["role"] for message in messages] for messages in author.asked] == [["system", "user"]]


class Failing(Author):
    """Answers some requests, and then nothing that is an answer."""

    good = 5

    async def converse(
        self, messages: Sequence[Mapping[str, str]], *, response_model: type[BaseModel], schema: Mapping[str, object]
    ) -> Answer:
        answer = await super().converse(messages, response_model=response_model, schema=schema)
        if len(self.asked) > self.good:
            return Answer("[]", answer.model, {}, {}, fault="gives an answer that does not fit the schema, twice")
        return answer


def test_a_run_that_broke_off_asks_only_for_what_is_missing(long: Long) -> None:
    kept: list[Turn] = []
    with pytest.raises(ModelFailed) as caught:
        asyncio.run(ask(long.document, Failing(long), PLAN, keep=kept.append))
    assert caught.value.message == "author at here gives an answer that does not fit the schema, twice"
    assert len(kept) == Failing.good
    author = Author(long)
    again = asyncio.run(ask(long.document, author, PLAN, had=kept))
    whole = asyncio.run(ask(long.document, Author(long), PLAN))
    assert len(author.asked) == 2 * len(split(long.document, PLAN.chunk_tokens)) - Failing.good
    assert again.text == whole.text


def test_what_does_not_fit_in_one_part_is_dropped_there_alone(long: Long) -> None:
    class Careless(Author):
        async def converse(
            self,
            messages: Sequence[Mapping[str, str]],
            *,
            response_model: type[BaseModel],
            schema: Mapping[str, object],
        ) -> Answer:
            answer = await super().converse(messages, response_model=response_model, schema=schema)
            content = json.loads(answer.text)
            if "Part 3 of" in messages[1]["content"] and content.get("claims"):
                content["claims"][0]["relation"] = "beats"
                return Answer(
                    json.dumps(content), answer.model, {}, {}, fault="gives an answer that does not fit, twice"
                )
            return answer

    document = long.document
    audited = audit(document, asyncio.run(ask(document, Careless(long), PLAN)).text)
    (refused,) = audited.rejected
    assert refused.what == "claim 1 of the answer about part 3"
    assert refused.span is not None
    part = split(document, PLAN.chunk_tokens)[2]
    assert part.span.covers(refused.span)
    told = [(entry[0], entry[1]) for entry in _expected(long)]
    told.remove((document.position(refused.span.start).line, document.text[slice(*refused.span)]))
    assert [(document.position(e.span.start).line, e.quote) for e in stated(audited) if e.span] == told


# -- where it is cut --------------------------------------------------------------------------------------------

WORDS = "Word after word after word. "
TABLE = "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 12
FENCE = "```\n# no heading\n\n" + "code\n\n" * 12 + "```\n"

# a text, the characters of a part, and what each part begins with, with the headings above it
CUTS = {
    "short": ("# A\n\n" + WORDS, 400, [("# A", [])]),
    "before a heading": (f"# A\n\n{WORDS * 3}\n\n# B\n\n{WORDS * 3}\n", 120, [("# A", []), ("# B", [])]),
    "before the higher heading": (
        f"# A\n\n{WORDS}\n\n## A1\n\n{WORDS * 2}\n\n# B\n\n{WORDS}\n\n## B1\n\n{WORDS * 2}\n", 180,
        [("# A", []), ("# B", [])],
    ),
    "not where a part would be all but empty": (
        f"# A\n\n{WORDS}\n\n# B\n\n{WORDS * 2}\n\n{WORDS * 4}\n", 180, [("# A", []), (WORDS[:12], ["# B"])],
    ),
    "between paragraphs": (f"# A\n\n{WORDS * 2}\n\n{WORDS * 2}\n", 100, [("# A", []), (WORDS[:12], ["# A"])]),
    "between sentences of a paragraph": (WORDS * 6, 100, [(WORDS[:12], []), (WORDS[:12], [])]),
    "not inside a table": (f"{WORDS}\n\n{TABLE}\n{WORDS}\n", 160, [(WORDS[:12], []), ("| a | b |", []), (WORDS[:12], [])]),
    "not inside a fence": (f"{WORDS}\n\n{FENCE}\n{WORDS}\n", 110, [(WORDS[:12], []), ("```\n# no", []), (WORDS[:12], [])]),
    "underlined headings": (
        f"A\n===\n\n{WORDS * 2}\n\nB\n---\n\n{WORDS * 2}\n\nC\n---\n\n{WORDS * 2}\n", 90,
        [("A\n===", []), ("B\n---", ["A"]), ("C\n---", ["A"])],
    ),
    "under a heading that has ended": (
        f"# A\n\n## A1\n\n{WORDS * 2}\n\n# B\n\n{WORDS * 2}\n\n{WORDS * 3}\n", 110,
        [("# A", []), ("# B", []), (WORDS[:12], ["# B"])],
    ),
    "one word without end": ("x" * 250, 100, [("xxx", []), ("xxx", []), ("xxx", [])]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "size", "expected"), CUTS.values(), ids=CUTS)
def test_cut(text: str, size: int, expected: list[tuple[str, list[str]]]) -> None:
    found = split(Document("a.md", text), size // CHARACTERS_PER_TOKEN)
    assert "".join(text[slice(*part.span)] for part in found) == text
    shown = [
        (text[slice(*part.span)][: len(begin)], list(part.headings))
        for part, (begin, _) in zip(found, expected, strict=False)
    ]
    assert (shown, len(found)) == (expected, len(expected))


_BLOCKS = st.sampled_from(
    ["# A", "## B", "C\n---", WORDS, WORDS * 4, TABLE, FENCE, "- item\n- item", "> said", "", "x" * 90]
)


@example("## B\n\n# A\n\nWord after word after word. ", 3)  # the higher heading leaves no room for what follows
@given(st.lists(_BLOCKS, max_size=30).map("\n\n".join), st.integers(1, 200))
def test_every_code_point_is_in_one_part_and_no_part_is_too_long(text: str, tokens: int) -> None:
    document = Document("a.md", text)
    found = split(document, tokens)
    assert "".join(text[slice(*part.span)] for part in found) == text
    assert all(len(rounds.shown(document, *part.span)) <= tokens * CHARACTERS_PER_TOKEN for part in found)


# -- what is sent -----------------------------------------------------------------------------------------------


def test_the_kept_digests_are_those_of_both_rounds(request: pytest.FixtureRequest) -> None:
    """`--update-golden` writes them: recordings of long documents are stale from then on."""
    if request.config.getoption("--update-golden"):
        made = json.dumps(rounds.digests()._asdict(), indent=1)
        (folder() / rounds.KEPT).write_text(f"{made}\n", encoding="utf-8")
    assert json.loads((folder() / rounds.KEPT).read_text(encoding="utf-8")) == rounds.digests()._asdict()


@pytest.mark.parametrize("which", ["values", "claims"])
def test_request_of_a_round(which: Round, golden: Callable[[str, str], None]) -> None:
    names = '{"metrics":["time"]}' if which == "claims" else ""
    messages = rounds.messages(which, "# A\n\n{{ text }} $kinds\n", ["# Über", '## "B"'], "2 of 3", names)
    sent = {"messages": messages, "schema": rounds.request(which).schema}
    golden(f"request-{which}.json", json.dumps(sent, indent=1, ensure_ascii=False) + "\n")
