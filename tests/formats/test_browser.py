"""The page in a real browser, without a script: what is picked shows, what is filtered goes, nothing is fetched, and it is quick.

Skipped where no Chromium is installed.
"""

from __future__ import annotations

import os
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any

import pytest

from auditor import formats, pipeline, sources
from auditor.document import Document
from auditor.formats import RenderOptions
from auditor.recordings import Store
from auditor.report import Report
from tests.benchmarks.documents import sized

if TYPE_CHECKING:
    from collections.abc import Iterator

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := which(name))), None)
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
ROOT = Path(__file__).parents[2]
SEED = "seeds/003_c1bea226a4908a7c.txt"
CLAIM = "GRPO consistently outperforms MEL in larger models (14B)"
WIDTHS = (400, 900, 1400)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    document = sources.read(str(ROOT / SEED))
    document = Document(SEED, document.text)
    recording = Store(ROOT / "fixtures", ROOT).load(Document(str(ROOT / SEED), document.text))
    entry = pipeline.audit(document, recording.answer, model=recording.model_answered)
    file = tmp_path_factory.mktemp("page") / "page.html"
    file.write_text(formats.render("html", Report((entry,)), RenderOptions()), encoding="utf-8")
    return file


@pytest.fixture
def page(browser: Any, page_file: Path) -> Iterator[Any]:  # noqa: ANN401
    """The page of a seed, in a browser that runs no script of a page and tells what it asks for and complains about."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1400, "height": 900})
    opened = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(page_file.as_uri())
    yield opened
    assert said == []
    assert {url.partition("#")[0] for url in asked} == {page_file.as_uri()}
    context.close()


def _claim(page: Any) -> Any:  # noqa: ANN401
    return page.locator(".index .item a", has_text=CLAIM)


def _colour(place: Any) -> str:  # noqa: ANN401
    return str(place.evaluate("element => getComputedStyle(element).backgroundColor"))


def test_a_claim_that_is_picked_shows_what_it_was_judged_on_and_where(page: Any) -> None:  # noqa: ANN401
    assert page.locator(".card:visible").count() == 0
    _claim(page).click()
    card = page.locator(".card:visible")
    assert card.count() == 1
    told = card.inner_text()
    for part in (CLAIM, "contradicted", "~0.22 < MEL (14B, start) ~0.25", "flips if", "To mend it, either", "24:31"):
        assert part in told
    assert card.locator("svg .ring").count() == 2
    number = card.locator(".number").inner_text()
    evidence = page.locator(f".text .e{number}")
    assert evidence.all_inner_texts() == ["0.22", "0.25"]
    assert {_colour(place) for place in evidence.all()} == {"rgb(255, 241, 168)"}
    assert page.locator(f".text .p{number}").first.is_visible()
    box = page.locator(f".text .p{number}").first.bounding_box()
    assert 60 < box["y"] < 840  # the text went to it
    card.locator(".close").click()
    assert page.locator(".card:visible").count() == 0


def test_the_pointer_on_a_claim_marks_its_evidence(page: Any) -> None:  # noqa: ANN401
    mark = page.locator(".text a.m", has_text=CLAIM).first
    number = mark.get_attribute("href")[2:]
    before = _colour(page.locator(f".text .e{number}").first)
    mark.hover()
    assert {before, _colour(page.locator(f".text .e{number}").first)} == {"rgba(0, 0, 0, 0)", "rgb(255, 241, 168)"}


def test_everything_can_be_reached_with_the_keyboard(page: Any) -> None:  # noqa: ANN401
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the documents"
    _claim(page).focus()
    page.keyboard.press("Enter")
    assert CLAIM in page.locator(".card:visible").inner_text()
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("aria-label") == "Close"
    page.locator(".card:visible [rel=next]").focus()
    page.keyboard.press("Enter")
    assert "GRPO overtakes MEL" in page.locator(".card:visible blockquote").inner_text()


@pytest.mark.parametrize("verdict", ["contradicted", "unverifiable", "supported"])
def test_a_verdict_can_be_left_out(verdict: str, page: Any) -> None:  # noqa: ANN401
    others = page.locator(f".item:not(.{verdict})").count()
    assert page.locator(f".item.{verdict}:visible").count() > 0
    page.locator(f"#show-{verdict}").click()
    assert page.locator(f".item.{verdict}:visible").count() == 0
    assert page.locator(f".badge.{verdict}:visible").count() == 0
    assert page.locator(".item:visible").count() == others


def test_a_kind_can_be_left_out(page: Any) -> None:  # noqa: ANN401
    page.locator(".kinds summary").click()
    label = page.locator(".kinds label", has_text="comparison")
    count = int(label.locator("b").inner_text())
    before = page.locator(".item:visible").count()
    label.click()
    assert page.locator(".item:visible").count() == before - count


def test_a_value_in_the_table_leads_to_where_it_is_stated(page: Any) -> None:  # noqa: ANN401
    table = page.locator(".metric table").first
    assert table.inner_text().splitlines()[0].lower().split() == ["model", "size", "start", "60", "100", "end"]
    table.locator("a", has_text="~0.60").click()
    assert page.locator(".v:target").inner_text() == "0.60"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_its_window_in_either_scheme(width: int, scheme: str, browser: Any, page_file: Path) -> None:  # noqa: ANN401
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
    opened = context.new_page()
    opened.goto(f"{page_file.as_uri()}#c30")
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    if "SCREENSHOTS" in os.environ:
        opened.screenshot(path=Path(os.environ["SCREENSHOTS"]) / f"{width}-{scheme}.png")
    faint = opened.evaluate(_CONTRASTS)
    assert [entry for entry in faint if entry[1] < 4.5] == []
    context.close()


# The contrast of every text with what lies behind it, as WCAG defines it: each class of it that there is, once.
_CONTRASTS = """() => {
  const parse = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] > .99) return colour;
    }
    return [255, 255, 255];
  };
  const found = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest("svg, style") || !element.checkVisibility()) continue;
    const [one, other] = [light(parse(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(one, other) + .05) / (Math.min(one, other) + .05);
    found.set(`${element.tagName}.${element.className}`, Math.min(ratio, found.get(`${element.tagName}.${element.className}`) ?? 99));
  }
  return [...found];
}"""


def test_on_paper_every_claim_is_there_with_its_verdict_and_nothing_to_press(page: Any) -> None:  # noqa: ANN401
    page.emulate_media(media="print")
    assert page.locator(".card:visible").count() == page.locator(".item").count()
    assert page.locator(".filters:visible, .steps:visible, .close:visible, .index:visible").count() == 0
    assert page.locator(".counts").is_visible()


def test_a_long_document_with_many_claims_opens_at_once(browser: Any, tmp_path: Path) -> None:  # noqa: ANN401
    document, answer = sized(300, 500)
    filler = "What follows is meant for readers who want to see the numbers first.\n"
    document = Document("long.md", document.text + filler * ((100_000 - len(document.text)) // len(filler)))
    entry = pipeline.audit(document, answer)
    assert len(entry.judgements) >= 500
    (tmp_path / "long.html").write_text(formats.render("html", Report((entry,)), RenderOptions()), encoding="utf-8")
    times = []
    for _ in range(3):
        opened = browser.new_page(viewport={"width": 1400, "height": 900})
        opened.goto((tmp_path / "long.html").as_uri())
        times.append(opened.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))
        opened.close()
    assert min(times) < 1000
