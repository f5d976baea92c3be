"""live: documents, a good answer about them, and what a run of the command over them comes to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from auditor import cli
from tests.cases import reading, selector
from tests.rude import Rude, always, completion, http

if TYPE_CHECKING:
    import pytest

    from auditor.providers import Mode
    from tests.rude import Behaviour

KEY = "sk-canary-0123456789"
CANARY = "The canary sings where nobody hears it"
QUOTE = "the score of A is higher than that of B"
CLAIM = {
    "kind": "comparison",
    "quote": QUOTE,
    "left": selector("score; A; "),
    "relation": "greater",
    "right": selector("; B; "),
    "over": None,
}


def text(number: int) -> str:
    return f"Report no {number}.\n\n{CANARY}. The score of A is 3, the score of B is 2; {QUOTE}.\n"


def answer() -> str:
    rows = [
        ("score", name, "", "", written, f"score of {name} is {written}") for name, written in (("A", "3"), ("B", "2"))
    ]
    return json.dumps(reading(text(0), rows, [CLAIM], better="higher"))


def good(mode: Mode) -> Behaviour:
    return always(http(completion(answer(), mode)))


def documents(count: int) -> list[str]:
    """So many documents in the folder where one is, from number 1."""
    for number in range(1, count + 1):
        Path(f"{number}.md").write_text(text(number), encoding="utf-8")
    return [f"{number}.md" for number in range(1, count + 1)]


class Run(NamedTuple):
    """What a run came to."""

    exit: int
    failures: dict[str, str]
    """What is said of the documents that were not audited, by their names."""
    err: str
    out: str


def run(
    server: Rude | str, paths: list[str], capsys: pytest.CaptureFixture[str], *options: str, mode: Mode = "json_schema"
) -> Run:
    """The command over documents, with a server; the address of the server becomes HERE."""
    url = server if isinstance(server, str) else server.url
    told = ["--format", "json", "--base-url", url, "--model", "small", "--mode", mode, "--no-probe", *options]
    code = cli.main([*told, *paths])
    out, err = (part.replace(url.removesuffix("/v1"), "HERE") for part in capsys.readouterr())
    entries = json.loads(out)["documents"] if out.startswith("{") else []
    failures = {
        entry["path"]: f"{entry['error']['message']} | {entry['error']['hint']}"
        for entry in entries
        if entry["status"] == "not-audited"
    }
    return Run(code, failures, err, out)
