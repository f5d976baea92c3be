"""Long documents and several readings through the command: what is asked, kept, replayed and asked again."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from auditor import cli
from auditor.document import Document
from auditor.live import fetching
from auditor.llm.model import Answer
from auditor.parts.plan import CHUNK_TOKENS, SAMPLED, Plan
from auditor.recordings import Store
from auditor.report import Exit
from tests.long import Author, Long

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import BaseModel

PARTS = ("--chunk-tokens", "10000", "--model", "m", "--format", "json")


class Fake(Author):
    """Stands in for a server."""

    long = Long()
    calls = 0
    breaks_after = 1_000_000
    temperatures: tuple[float, ...] = ()

    def __init__(self, server: object, traffic: object, temperature: float) -> None:
        del server, traffic
        super().__init__(Fake.long)
        Fake.temperatures += (temperature,)

    async def converse(
        self, messages: Sequence[Mapping[str, str]], *, response_model: type[BaseModel], schema: Mapping[str, object]
    ) -> Answer:
        Fake.calls += 1
        if Fake.calls > Fake.breaks_after:
            return Answer("[\x1b]", "author-1", {}, {}, fault="gives an answer that does not fit the schema, twice")
        return await super().converse(messages, response_model=response_model, schema=schema)


@pytest.fixture
def _asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    monkeypatch.setattr(fetching, "Endpoint", Fake)
    monkeypatch.setattr(Fake, "calls", 0)
    monkeypatch.setattr(Fake, "temperatures", ())
    Path("long.md").write_text(Fake.long.document.text, encoding="utf-8")


def _judged(out: str) -> list[tuple[str, str, Any]]:
    (document,) = json.loads(out)["documents"]
    return [(each["verdict"], each["quote"], each["runs"]) for each in document["judgements"]]


@pytest.mark.usefixtures("_asked")
def test_a_long_document_is_recorded_once_and_replayed(capsys: pytest.CaptureFixture[str]) -> None:
    expected = [
        ("supported" if each.is_true else "contradicted", each.text.rstrip("."), None) for each in Fake.long.concluded
    ]
    assert cli.main([*PARTS, "long.md"]) == Exit.CONTRADICTED
    first = capsys.readouterr().out
    assert _judged(first) == expected
    assert Fake.calls == 18
    recording = Store().load(Document("long.md", Fake.long.document.text))
    assert (recording.parameters["parts"], recording.usage["prompt_tokens"]) == (9, 7 * 18)
    assert sorted(each.name for each in Path(".audit").iterdir()) == [".unfinished", "long.md.json"]
    assert [each.name for each in Path(".audit/.unfinished").iterdir()] == [".gitignore"]
    assert cli.main(["--offline", "--format", "json", "long.md"]) == Exit.CONTRADICTED
    assert capsys.readouterr().out == first
    assert not json.loads(first)["documents"][0]["stale"]
    assert Fake.calls == 18


@pytest.mark.usefixtures("_asked")
def test_what_was_answered_before_it_broke_off_is_not_asked_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as context:
        context.setattr(Fake, "breaks_after", 12)
        assert cli.main([*PARTS, "long.md"]) == Exit.INCOMPLETE
    out, err = capsys.readouterr()
    (document,) = json.loads(out)["documents"]
    assert document["error"]["message"] == "author at here gives an answer that does not fit the schema, twice"
    assert f"what was answered about long.md is in {Path('.audit/.rejected/long.md.json').absolute()}\n" in err
    rejected = json.loads(Path(".audit/.rejected/long.md.json").read_text(encoding="utf-8"))
    assert (rejected["why"], rejected["answer"]) == ("gives an answer that does not fit the schema, twice", ["[\x1b]"])
    assert Path(".audit/.unfinished/long.md.json").exists()
    monkeypatch.setattr(Fake, "calls", 0)
    assert cli.main([*PARTS, "long.md"]) == Exit.CONTRADICTED
    assert Fake.calls == 6
    assert not Path(".audit/.unfinished/long.md.json").exists()


@pytest.mark.usefixtures("_asked")
@pytest.mark.parametrize("damage", ["other", "cut", "gone", "list", "huge"])
def test_what_is_left_of_another_question_is_not_used(
    damage: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as context:
        context.setattr(Fake, "breaks_after", 12)
        cli.main([*PARTS, "long.md"])
    left = Path(".audit/.unfinished/long.md.json")
    content = json.loads(left.read_text(encoding="utf-8"))
    match damage:
        case "other":
            left.write_text(json.dumps({**content, "asked": "0"}), encoding="utf-8")
        case "cut":
            left.write_bytes(left.read_bytes()[:-9])
        case "gone":
            left.write_text(json.dumps({**content, "answer": content["answer"][:-3]}), encoding="utf-8")
        case "list":
            left.write_text("[]", encoding="utf-8")
        case _:
            os.truncate(left, 65 * 1024 * 1024)
    monkeypatch.setattr(Fake, "calls", 0)
    assert cli.main([*PARTS, "long.md"]) == Exit.CONTRADICTED
    assert Fake.calls == 18
    assert len(_judged(capsys.readouterr().out.partition("\n}\n")[2])) == len(Fake.long.concluded)


@pytest.mark.usefixtures("_asked")
def test_samples(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*PARTS, "--samples", "2", "long.md"]) == Exit.CONTRADICTED
    judged = _judged(capsys.readouterr().out)
    assert {json.dumps(runs) for _, _, runs in judged} == {'{"agreeing": 2, "of": 2}'}
    assert (Fake.calls, Fake.temperatures) == (36, (SAMPLED,))


@pytest.mark.usefixtures("_asked")
def test_a_forecast_counts_the_calls(capsys: pytest.CaptureFixture[str]) -> None:
    Path("short.md").write_text("A is 3.\n", encoding="utf-8")
    assert cli.main([*PARTS, "--samples", "2", "--dry-run", "long.md", "short.md"]) == Exit.CLEAN
    assert "34 requests, 68 if every answer has to be asked for again\n" in capsys.readouterr().out
    assert Fake.calls == 0


# characters, plan, and in how many calls it is read
CALLS = [
    (1, Plan(), 1),
    (4 * CHUNK_TOKENS, Plan(), 1),
    (4 * CHUNK_TOKENS + 1, Plan(), 4),
    (40, Plan(chunk_tokens=1), 20),
    (1, Plan(samples=3), 3),
    (9, Plan(chunk_tokens=1, samples=3), 18),
    (0, Plan(), 1),
]


@pytest.mark.parametrize(("size", "plan", "expected"), CALLS)
def test_calls(size: int, plan: Plan, expected: int) -> None:
    assert plan.calls(size) == expected
