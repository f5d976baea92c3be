"""Tests of the distribution: what is built runs from any folder, with the prompt in it."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from shutil import copytree, ignore_patterns

from auditor import prompt

ROOT = Path(__file__).parents[1]
PACKED = ("auditor", "prompts", "pyproject.toml", "README.md", "LICENSE")


def test_the_wheel_carries_the_prompt(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name in PACKED:  # a copy, so that nothing is built into the checkout
        if (ROOT / name).is_dir():
            copytree(ROOT / name, source / name, ignore=ignore_patterns("__pycache__"))
        else:
            (source / name).write_bytes((ROOT / name).read_bytes())
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(source)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("claim_auditor-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert {Path(name).parts[0] for name in archive.namelist()} == {
            "auditor",
            wheel.name.replace("-py3-none-any.whl", ".dist-info"),
        }
        assert "auditor/py.typed" in archive.namelist()
        archive.extractall(tmp_path / "installed")
    program = "import auditor, auditor.prompt; print(auditor.__file__, auditor.prompt.digest(), sep='\\n')"
    isolated = [
        sys.executable,
        "-P",
        "-c",
        f"import sys; sys.path.insert(0, {str(tmp_path / 'installed')!r}); {program}",
    ]
    (tmp_path / "elsewhere").mkdir()
    done = subprocess.run(isolated, cwd=tmp_path / "elsewhere", check=True, capture_output=True, text=True)
    assert done.stdout.splitlines() == [str(tmp_path / "installed" / "auditor" / "__init__.py"), prompt.digest()]
