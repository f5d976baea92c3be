"""Tests of config: which file rules, and the one sentence for everything that cannot stand in it."""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path

import pytest

from auditor.acceptance.selection import FileRule
from auditor.config import LIMIT, Config, load
from auditor.errors import UsageError
from auditor.exact.hedge import Widths
from auditor.exact.tolerance import Tolerances
from auditor.settings import SETTINGS as SETTINGS_
from auditor.settings import Setting, keys

ALL = """
recordings = "kept"
model = "small"
base-url = "http://localhost:1/v1"
format = "json"
select = ["comparison", "conclusion"]
ignore = ["vague"]
baseline = "accepted.json"
strict = true
text-column = "text"
id-column = "id"
suffixes = [".TEX", "md", ".md"]
exclude = ["/build/", "*.log.md"]
tolerances = { about = 0.1, up-to = 0, extreme = 2 }
per-file-ignores = { "docs/*" = ["trend", "magnitude"], "!README.md" = ["bold-best"] }
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder that a checkout ends at, with another configuration outside of it."""
    (tmp_path / "auditor.toml").write_text('model = "outside"\n', encoding="utf-8")
    root = tmp_path / "project"
    (root / "docs" / "deep").mkdir(parents=True)
    (root / ".git").mkdir()
    return root


def test_none(project: Path) -> None:
    assert load(project / "docs") == Config()
    assert Config().root is None


@pytest.mark.parametrize(("name", "header"), [("auditor.toml", ""), ("pyproject.toml", "[tool.auditor]\n")])
@pytest.mark.parametrize("start", [".", "docs", "docs/deep"])
def test_everything(name: str, header: str, start: str, project: Path) -> None:
    (project / name).write_text(header + ALL, encoding="utf-8")
    config = load(project / start)
    assert config == Config(
        file=project / name,
        recordings=project / "kept",
        model="small",
        base_url="http://localhost:1/v1",
        format="json",
        text_column="text",
        id_column="id",
        suffixes=(".md", ".tex"),
        exclude=("/build/", "*.log.md"),
        select=frozenset({"comparison", "conclusion"}),
        ignore=frozenset({"vague"}),
        baseline=project / "accepted.json",
        strict=True,
        tolerances=Tolerances(Widths(about=Fraction(1, 10), reach=Fraction(0)), extreme=Fraction(2)),
        files=(
            FileRule("docs/*", frozenset({"trend", "magnitude"})),
            FileRule("!README.md", frozenset({"bold-best"})),
        ),
    )
    assert config.root == project


def test_the_nearest_rules_alone(project: Path) -> None:
    (project / "auditor.toml").write_text(ALL, encoding="utf-8")
    (project / "docs" / "auditor.toml").write_text('model = "near"\n', encoding="utf-8")
    assert load(project / "docs" / "deep") == Config(file=project / "docs" / "auditor.toml", model="near")


def test_the_own_file_rules_before_the_shared_one(project: Path) -> None:
    (project / "auditor.toml").write_text('model = "own"\n', encoding="utf-8")
    (project / "pyproject.toml").write_text('[tool.auditor]\nmodel = "shared"\n', encoding="utf-8")
    assert load(project) == Config(file=project / "auditor.toml", model="own")


@pytest.mark.parametrize(
    "foreign",
    [
        "[project]\nname = 'x'\n",
        "[tool.other]\nmodel = 5\n",
        "not toml at all",
        "# auditor\n[tool]\n",
        "tool = 'auditor'\n",
    ],
)
def test_a_shared_file_about_other_tools_is_passed_by(foreign: str, project: Path) -> None:
    (project / "auditor.toml").write_text('model = "above"\n', encoding="utf-8")
    (project / "docs" / "pyproject.toml").write_text(foreign, encoding="utf-8")
    assert load(project / "docs") == Config(file=project / "auditor.toml", model="above")


def test_an_empty_file_ends_the_search(project: Path) -> None:
    (project / "auditor.toml").write_text(ALL, encoding="utf-8")
    (project / "docs" / "auditor.toml").write_text("", encoding="utf-8")
    assert load(project / "docs") == Config(file=project / "docs" / "auditor.toml")


def test_the_search_ends_at_a_checkout_whose_git_is_a_file(project: Path) -> None:
    (project / "auditor.toml").write_text(ALL, encoding="utf-8")
    (project / "docs" / ".git").write_text("gitdir: elsewhere\n", encoding="utf-8")
    assert load(project / "docs" / "deep") == Config()


def test_without_a_checkout_the_search_goes_to_the_top(tmp_path: Path) -> None:
    (tmp_path / "auditor.toml").write_text('model = "top"\n', encoding="utf-8")
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert load(tmp_path / "a" / "b") == Config(file=tmp_path / "auditor.toml", model="top")


def test_a_folder_or_a_pipe_of_that_name_is_passed_by(project: Path) -> None:
    (project / "auditor.toml").mkdir()
    os.mkfifo(project / "pyproject.toml")
    assert load(project) == Config()


SETTINGS = f"the settings are {', '.join(keys())}"
FOLDER = 'name a place in the project: recordings = "recordings"'
STRING = "is not a string with something in it"
SHARE = "is not a number from 0 to 1"
ABOUT = "write it as about = 0.05, or another number"
NAMES = 'write it as ["comparison", "missing-value"]'
TABLE = 'write it as per-file-ignores = { "docs/*.md" = ["comparison"] }'
LIST = 'write it as exclude = ["/build/", "*.log.md"]'
WRONG = {
    "unknown key": ("modle = 'x'", "1: 'modle' is not a setting", "did you mean model?"),
    "underscore": ("base_url = 'x'", "1: 'base_url' is not a setting", "did you mean base-url?"),
    "nothing like it": ("colour = true", "1: 'colour' is not a setting", SETTINGS),
    "table": ("[tool.auditor]\nmodel = 'x'", "1: 'tool' is not a setting", SETTINGS),
    "empty key": ("'' = 1", "1: '' is not a setting", SETTINGS),
    "number": ("model = 5", f"1: 'model' {STRING}", 'write it as model = "..."'),
    "list": ("recordings = ['a']", f"1: 'recordings' {STRING}", 'write it as recordings = "..."'),
    "no such format": ("format = 'jsn'", "1: 'format' is 'jsn', and there is no such format", "did you mean json?"),
    "dotted": ("format.a = 'x'", f"1: 'format' {STRING}", 'write it as format = "..."'),
    "blank": ("base-url = ' '", f"1: 'base-url' {STRING}", 'write it as base-url = "..."'),
    "absolute": ("recordings = '/etc'", "1: 'recordings' is '/etc', which is not below {folder}", FOLDER),
    "above": ("recordings = '../x'", "1: 'recordings' is '../x', which is not below {folder}", FOLDER),
    "above, roundabout": (
        "recordings = 'a/../../x'",
        "1: 'recordings' is 'a/../../x', which is not below {folder}",
        FOLDER,
    ),
    "a string for a list": ("exclude = 'a'", "1: 'exclude' is not a list of strings with something in them", LIST),
    "an empty list": ("exclude = []", "1: 'exclude' is not a list of strings with something in them", LIST),
    "a list of numbers": ("exclude = [1]", "1: 'exclude' is not a list of strings with something in them", LIST),
    "a list with nothing in it": (
        "exclude = ['a', ' ']",
        "1: 'exclude' is not a list of strings with something in them",
        LIST,
    ),
    "itself": ("recordings = '.'", "1: 'recordings' is '.', which is not below {folder}", FOLDER),
    "NUL": ('recordings = "a\\u0000"', "1: 'recordings' is 'a\\x00', which is not below {folder}", FOLDER),
    "baseline above": (
        "baseline = '../b.json'",
        "1: 'baseline' is '../b.json', which is not below {folder}",
        'name a place in the project: baseline = "audit-baseline.json"',
    ),
    "no table of tolerances": (
        "tolerances = 0.1",
        "1: 'tolerances' is not a table of numbers",
        "write it as tolerances = { about = 0.1 }",
    ),
    "unknown tolerance": (
        "[tolerances]\nabout = 0.1\nnearby = 0.1",
        "3: 'tolerances'.'nearby' is not a tolerance",
        "did you mean nearly?",
    ),
    "string for a number": ("tolerances.about = '5 %'", f"1: 'tolerances'.'about' {SHARE}", ABOUT),
    "flag for a number": ("tolerances.about = true", f"1: 'tolerances'.'about' {SHARE}", ABOUT),
    "negative": ("tolerances.about = -0.1", f"1: 'tolerances'.'about' {SHARE}", ABOUT),
    "per cent for a share": ("tolerances.about = 5", f"1: 'tolerances'.'about' {SHARE}", ABOUT),
    "no number": ("tolerances.about = nan", f"1: 'tolerances'.'about' {SHARE}", ABOUT),
    "without end": ("tolerances.about = inf", f"1: 'tolerances'.'about' {SHARE}", ABOUT),
    "of many digits": ("tolerances.about = 1e-99999999", f"1: 'tolerances'.'about' {SHARE}", ABOUT),
    "very large": ("tolerances.about = 1e99999999", f"1: 'tolerances'.'about' {SHARE}", ABOUT),
    "tolerances that do not go together": (
        "model = 'a'\n[tolerances]\nslight = 0.3",
        (
            "2: 'tolerances' has a slight gap that is more than a substantial one, or a substantial one that is more than "
            "an extreme one"
        ),
        "keep slight ≤ substantial ≤ extreme; what is left out has its default",
    ),
    "string for a flag": (
        "\n\nstrict = 'yes'",
        "3: 'strict' is neither true nor false",
        "write true or false, without quotation marks",
    ),
    "string for names": ("select = 'comparison'", "1: 'select' is not a list of names", NAMES),
    "number among names": ("ignore = ['trend', 3]", "1: 'ignore' is not a list of names", NAMES),
    "unknown name": (
        "model = 'a'\n# names\nignore = [\n  'trend',\n  'comparisn',\n]\nformat = 'json'",
        "3: 'ignore' names 'comparisn', which is no kind of claim, reason or severity",
        "did you mean comparison?",
    ),
    "list for patterns": ("per-file-ignores = ['a']", "1: 'per-file-ignores' is not a table of patterns", TABLE),
    "unknown name for a pattern": (
        "model = 'a'\n[per-file-ignores]\n'a.md' = ['trend']\n'b.md' = ['trends']",
        "4: 'per-file-ignores'.'b.md' names 'trends', which is no kind of claim, reason or severity",
        "did you mean trend?",
    ),
    "empty pattern": (
        "[per-file-ignores]\n'!' = ['trend']",
        "2: 'per-file-ignores'.'!' has an empty pattern",
        'name files, such as "docs/*.md"',
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong(name: str, project: Path) -> None:
    text, message, hint = WRONG[name]
    file = project / "auditor.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        load(project)
    assert (caught.value.message, caught.value.hint) == (f"{file}:{message.format(folder=project)}", hint)


def test_a_mistake_in_the_shared_file_has_its_line(project: Path) -> None:
    file = project / "pyproject.toml"
    text = '[project]\nname = """\nmodle\n"""\n\n[tool.other]\nmodle = 1\n\n[tool.auditor]\nmodel = "a"\nmodle = "b"\n'
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        load(project)
    assert caught.value.message == f"{file}:11: 'modle' is not a setting"


@pytest.mark.parametrize("setting", SETTINGS_, ids=lambda setting: setting.key)
def test_the_example_of_a_setting_is_one(setting: Setting, project: Path) -> None:
    (project / "auditor.toml").write_text(setting.example, encoding="utf-8")
    assert load(project) != Config(file=project / "auditor.toml")


NOT_TOML = {
    "syntax": b"model = ",
    "key twice": b"model = 'a'\nmodel = 'b'",
    "Latin-1": b"model = 'caf\xe9'",
    "nested": b"model = " + b"[" * 5000,
    "a key of many parts": b".".join([b"a"] * 20_000) + b" = 1",
    "a table of many parts": b"[" + b".".join([b"a"] * 20_000) + b"]",
}


@pytest.mark.parametrize("name", NOT_TOML)
def test_not_toml(name: str, project: Path) -> None:
    file = project / "auditor.toml"
    file.write_bytes(NOT_TOML[name])
    with pytest.raises(UsageError) as caught:
        load(project)
    assert caught.value.message.startswith(f"{file} is not TOML: ")
    assert caught.value.hint == "mend the file"


def test_many_dots_elsewhere_are_no_key(project: Path) -> None:
    (project / "auditor.toml").write_text(f'model = "{"." * 2000}"\n# {"." * 2000}\n', encoding="utf-8")
    assert load(project).model == "." * 2000


def test_the_table_of_a_shared_file_must_be_one(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool]\nauditor = 'small'\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        load(project)
    assert (caught.value.message, caught.value.hint) == (
        f"{project / 'pyproject.toml'}: tool.auditor is not a table",
        "write it as [tool.auditor], with the settings below it",
    )


def test_too_large(project: Path) -> None:
    with (project / "auditor.toml").open("wb") as file:
        file.truncate(LIMIT + 1)
    with pytest.raises(UsageError) as caught:
        load(project)
    assert (caught.value.message, caught.value.hint) == (
        f"{project / 'auditor.toml'} is larger than 1 MB, too large for a configuration",
        "make it smaller, or put the settings into an auditor.toml beside it",
    )


def test_unreadable(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "auditor.toml").write_text(ALL, encoding="utf-8")

    def refused(_file: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refused)
    with pytest.raises(UsageError) as caught:
        load(project)
    assert (caught.value.message, caught.value.hint) == (
        f"{project / 'auditor.toml'} cannot be read: Permission denied",
        "make it readable for the user who runs audit",
    )
