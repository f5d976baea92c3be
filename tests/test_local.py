"""A model that is a file: loaded and run for real, with random weights, whose answers fit the schema and mean nothing."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from auditor import cli, prompt, wire
from auditor.document import Document
from auditor.errors import ModelFailed, UsageError
from auditor.llm.local import Gguf
from auditor.llm.traffic import Traffic
from auditor.partial import salvage
from auditor.pipeline import audit
from auditor.providers import server
from auditor.report import Exit

if TYPE_CHECKING:
    from auditor.llm.model import Answer

TEXT = "Ada took 41 s and Bo took 52 s. Ada is faster.\n"


def _written(path: Path, context: int = 10_240) -> Path:
    """A llama of one layer over single characters, with random weights; `gguf` writes what llama.cpp reads."""
    gguf = pytest.importorskip("gguf")
    numpy = pytest.importorskip("numpy")
    random = numpy.random.default_rng(0)
    width, inner, heads = 32, 64, 2
    kinds = gguf.TokenType
    tokens = [("<unk>", kinds.UNKNOWN), ("<s>", kinds.CONTROL), ("</s>", kinds.CONTROL)]
    tokens += [(f"<0x{byte:02X}>", kinds.BYTE) for byte in range(256)]
    tokens += [(character, kinds.NORMAL) for character in ["\u2581", *map(chr, range(33, 127))]]
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("tiny")
    writer.add_context_length(context)
    writer.add_embedding_length(width)
    writer.add_block_count(1)
    writer.add_feed_forward_length(inner)
    writer.add_head_count(heads)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(width // heads)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list([token.encode() for token, _ in tokens])
    writer.add_token_scores([0.0] * len(tokens))
    writer.add_token_types([kind for _, kind in tokens])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    shapes = {"token_embd": (len(tokens), width), "output": (len(tokens), width)}
    shapes |= {f"blk.0.attn_{name}": (width, width) for name in ("q", "k", "v", "output")}
    shapes |= {"blk.0.ffn_gate": (inner, width), "blk.0.ffn_up": (inner, width), "blk.0.ffn_down": (width, inner)}
    for name, shape in shapes.items():
        writer.add_tensor(f"{name}.weight", random.normal(0, 0.5, shape).astype(numpy.float32))
    for name in ("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"):
        writer.add_tensor(f"{name}.weight", numpy.ones(width, numpy.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("llama_cpp", reason="the extra local is not installed")
    return _written(tmp_path_factory.mktemp("models") / "tiny.gguf")


def _model(path: Path, temperature: float = 1, seed: int = 0) -> Gguf:
    return Gguf(server(f"gguf:{path}", None, None, {}), Traffic(), temperature, seed)


def _asked(model: Gguf, document: Document) -> Answer:
    return asyncio.run(
        model.converse(prompt.messages(document), response_model=wire.answer_model(), schema=wire.schema())
    )


def _answer(model: Gguf, document: Document) -> Answer | None:
    """The answer, None where chance goes on longer than the model can hold."""
    try:
        return _asked(model, document)
    except ModelFailed as error:
        if "cuts the answer short" not in error.message:
            raise
        return None


def test_a_random_model_fits_the_schema_and_nothing_of_it_survives_grounding(tiny: Path) -> None:
    document = Document("a.md", TEXT)
    read = 0
    for seed in range(4):
        answer = _answer(_model(tiny, seed=seed), document)
        if answer is None:
            continue
        assert (answer.model, answer.parameters) == ("tiny", {"mode": "grammar", "temperature": 1})
        assert answer.fault is None or "tables" in answer.fault  # a grammar does not say how great a number may be
        partial = salvage(answer.text)
        assert all(dropped.what.startswith("table ") for dropped in partial.dropped)
        read += len(partial.extraction.values) + len(partial.extraction.claims)
        audited = audit(document, answer.text)
        assert audited.values == ()
        assert len(audited.rejected) >= len(partial.extraction.values)
        assert {entry.verdict.name for entry in audited.judgements} <= {"unverifiable"}
    assert read > 0


def test_it_is_loaded_once_and_answers_in_turn(tiny: Path) -> None:
    model = _model(tiny)
    schema = {
        "type": "object",
        "properties": {"claims": {"type": "array", "items": {"type": "null"}}},
        "required": ["claims"],
    }

    async def both() -> list[Answer]:
        one = [
            model.converse([{"role": "user", "content": "x"}], response_model=wire.answer_model(), schema=schema)
            for _ in "ab"
        ]
        return await asyncio.gather(*one)

    first, second = asyncio.run(both())
    assert {type(json.loads(answer.text)["claims"]) for answer in (first, second)} == {list}
    assert first.fault is not None
    assert first.fault.startswith("gives an answer that does not fit the schema: ")


def test_a_question_that_is_too_long_is_not_begun(tmp_path: Path) -> None:
    pytest.importorskip("llama_cpp", reason="the extra local is not installed")
    model = _model(_written(tmp_path / "small.gguf", context=2048))
    with pytest.raises(ModelFailed) as caught:
        _asked(model, Document("a.md", TEXT))
    assert caught.value.message.startswith(
        f"gguf:{tmp_path}/small.gguf holds 2,048 tokens, and the question alone has "
    )
    assert caught.value.hint == "lower --chunk-tokens, or take a model that holds more"


def test_through_the_command(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(TEXT, encoding="utf-8")
    code = cli.main(["--model", f"gguf:{tiny}", "--format", "json", "a.md"])
    out, err = capsys.readouterr()
    (document,) = json.loads(out)["documents"]
    assert err.startswith(f"asking gguf:{tiny} at this machine, which will see a.md\n1 request, ")
    if document["status"] == "audited":
        assert (document["model"], document["values"]) == ("tiny", [])
        assert (tmp_path / ".audit" / "a.md.json").exists()
    assert code in {Exit.CLEAN, Exit.INCOMPLETE}


REFUSED = {
    "none.gguf": (None, "the model none.gguf cannot be read: No such file or directory"),
    "text.gguf": (b"hello", "the model text.gguf is no GGUF file"),
    "cut.gguf": (b"GGUF\x03\0\0\0", "the model cut.gguf is a GGUF file that llama.cpp cannot load"),
}


@pytest.mark.parametrize(("name", "content", "message"), [(name, *each) for name, each in REFUSED.items()], ids=REFUSED)
def test_a_file_that_is_no_model(
    name: str, content: bytes | None, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name == "cut.gguf":
        pytest.importorskip("llama_cpp", reason="the extra local is not installed")
    monkeypatch.chdir(tmp_path)
    if content is not None:
        Path(name).write_bytes(content)
    with pytest.raises(UsageError) as caught:
        Gguf(server(f"gguf:{name}", None, None, {}), Traffic())
    assert caught.value.message == message


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "llama_cpp", None)
    (tmp_path / "a.gguf").write_bytes(b"GGUF")
    with pytest.raises(UsageError) as caught:
        Gguf(server(f"gguf:{tmp_path / 'a.gguf'}", None, None, {}), Traffic())
    assert (caught.value.message, caught.value.hint) == (
        "a model that is a file needs llama-cpp-python, which is not installed",
        "pip install 'claim-auditor[local]'",
    )


def test_a_project_may_not_name_a_file_to_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "auditor.toml").write_text('model = "gguf:evil.gguf"\n', encoding="utf-8")
    Path("a.md").write_text(TEXT, encoding="utf-8")
    assert cli.main(["--record", "a.md"]) == Exit.USAGE
    assert capsys.readouterr().err == (
        "error: the project names a file as its model, gguf:evil.gguf, and a file from elsewhere is not loaded unasked\n"
        "hint: if you trust that file, name it with --model\n"
    )
