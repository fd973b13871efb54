"""All texts install an extra with the same command, never by a name that anybody could register on a package index."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from orbitconnect._extras import command

ROOT = Path(__file__).parents[1]
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
FOLDERS = (
    "orbitconnect",
    "generated",
    "generator",
    "openapi",
    "docs",
    "tests",
    "examples",
    "benchmarks",
    ".ci",
    ".github",
)
SUFFIXES = {".py", ".md", ".yaml", ".yml", ".toml", ".txt", ".jinja", ".cfg", ".sh", ".ini", ".json", ""}
# Each installer's command with the bare package name, with or without extras, and the project's page on PyPI.
BY_NAME = re.compile(
    r"(?:install|add|requires?|inject|run --with)\s+(?:-\S+\s+)*[\"']?orbitconnect(?![\w./*-])"
    r"|pypi\.org/\S*orbitconnect"
)


def texts() -> list[Path]:
    files = [path for path in ROOT.iterdir() if path.is_file()]
    for folder in FOLDERS:
        files += [path for path in (ROOT / folder).rglob("*") if path.is_file()]
    skipped = {"node_modules", "__pycache__", "corpus"}
    files = [path for path in files if path.suffix in SUFFIXES and not skipped & set(path.parts)]
    return [path for path in files if path != Path(__file__)]


def test_no_text_installs_the_project_from_an_index() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in texts()
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines()
        if BY_NAME.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        'pip install "orbitconnect[fast]"',
        "pip install 'orbitconnect[redis]'",
        "pip install orbitconnect",
        "python -m pip install --upgrade orbitconnect",
        "uv add orbitconnect[otel]",
        "poetry add orbitconnect",
        "https://pypi.org/project/orbitconnect/",
    ],
)
def test_installing_from_an_index_is_recognized(line: str) -> None:
    assert BY_NAME.search(line)
    assert not BY_NAME.search(command("fast"))


def test_the_documentation_gives_the_same_command() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    lines = [line for page in pages for line in page.read_text(encoding="utf-8").splitlines() if ".whl" in line]
    with_extra = [line.partition("  #")[0] for line in lines if "[" in line]
    assert len(with_extra) >= 4
    assert set(with_extra) <= {command(extra) for extra in EXTRAS}


# The missing package, the extra that installs it, and code that needs it.
NEEDED = [
    ("opentelemetry", "otel", "import orbitconnect.otel"),
    ("aiohttp", "fast", "orbitconnect.AsyncOrbitServer('sk_test_x', transport='aiohttp')"),
    ("rich", "progress", "from orbitconnect._transfers.progress_bar import _new_bars; _new_bars()"),
    ("uvicorn", "emulator", "from orbitconnect.emulator import Emulator; Emulator().serve()"),
    ("flask", "flask", "import orbitconnect.webhooks.flask"),
    ("django", "django", "import orbitconnect.webhooks.django"),
    ("redis", "redis", "import orbitconnect.webhooks.once.redis"),
    ("sqlalchemy", "sqlalchemy", "import orbitconnect.webhooks.once.sqlalchemy"),
    ("starlette", "starlette", "import orbitconnect.webhooks.starlette"),
    ("socksio", "socks", "os.environ['ALL_PROXY'] = 'socks5://127.0.0.1:1'; orbitconnect.OrbitServer('sk_test_x')"),
]


def without_proxies() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}


def test_errors_name_the_extra_and_the_command() -> None:
    program = """
import os
import sys
import orbitconnect
from tests.test_extras import NEEDED

for missing, extra, code in NEEDED:
    for name in [name for name in sys.modules if name.partition(".")[0] == missing]:
        del sys.modules[name]
    sys.modules[missing] = None
    try:
        exec(code)
    except ImportError as error:
        print(missing, extra, error.name.partition(".")[0], str(error).rpartition(": ")[2], sep="|")
"""
    command_line = [sys.executable, "-c", program]
    done = subprocess.run(
        command_line, capture_output=True, text=True, check=True, cwd=ROOT, env=without_proxies(), timeout=60
    )
    assert done.stdout.splitlines() == [f"{missing}|{extra}|{missing}|{command(extra)}" for missing, extra, _ in NEEDED]
    assert {extra for _, extra, _ in NEEDED} | {"fastapi"} == set(EXTRAS)
