"""The picture of the table in the README, made from the real thing: `python -m tests.picture` writes docs/table.svg."""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console
from rich.text import Text

from auditor import config, formats, pipeline, sources
from auditor.formats import RenderOptions, Show
from auditor.recordings import Store
from auditor.report import Report

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "table.svg"
SEED = "seeds/003_c1bea226a4908a7c.txt"
WIDTH, ROWS = 100, 3


def picture() -> str:
    """The contradictions of a seed as they stand in a terminal, as SVG that loads nothing from elsewhere."""
    settings = config.load(ROOT)
    document = sources.read(str(ROOT / SEED))
    document = type(document)(SEED, document.text)
    recording = Store(settings.recordings, settings.root).load(type(document)(str(ROOT / SEED), document.text))
    audited = pipeline.audit(document, recording.answer, model=recording.model_answered)
    options = RenderOptions(width=WIDTH, colour=True, unicode=True, show=Show.CONTRADICTED)
    shown = formats.render("table", Report((audited,)), options)
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    for line in "\n\n".join(shown.split("\n\n")[:ROWS]).splitlines():
        console.print(Text.from_ansi(line), no_wrap=True, crop=True)
    svg = console.export_svg(title=f"audit --show contradicted {SEED}", unique_id="audit")
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
