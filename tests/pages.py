"""Runs the code of README.md and docs/*.md as if a reader had pasted it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parents[1]
PAGES: Final = ["README.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]

_FENCE: Final = re.compile(r"^```(\S*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE: Final = re.compile(r"# ([\w/]+\.py)\n")

# The blocks run in a `__main__` that has none of this program's names.
_PASTE: Final = """
def paste():
    import ast, asyncio, contextlib, inspect, json, sys, types

    page, blocks, emulate = json.load(sys.stdin)
    main = sys.modules["__main__"] = types.ModuleType("__main__")
    with contextlib.ExitStack() as stack:
        if emulate:
            import orbitconnect_api.operations as operations
            from orbitconnect.emulator import Emulator

            operations.BASE_URL = stack.enter_context(stack.enter_context(Emulator()).serve()).api_url
        runner = stack.enter_context(asyncio.Runner())
        for line, block in blocks:
            flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
            code = compile("\\n" * line + block, page, "exec", flags=flags, dont_inherit=True)
            awaitable = eval(code, main.__dict__)
            if code.co_flags & inspect.CO_COROUTINE:
                runner.run(awaitable)

paste()
"""


class Block(NamedTuple):
    """A block of code in a page."""

    line: int
    """The number of lines before the block."""
    text: str

    @property
    def file(self) -> str | None:
        """The name of the file that the block shows, if its first line is a comment with a file name."""
        found = _FILE.match(self.text)
        return found[1] if found else None


def blocks_of(page: str, language: str = "python") -> list[Block]:
    """The blocks of a page in one language."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return [
        Block(text.count("\n", 0, found.start(2)), found[2]) for found in _FENCE.finditer(text) if found[1] == language
    ]


def run_page(page: str, folder: Path, *after: str, python: str | Path = sys.executable) -> list[str]:
    """Run a page's Python blocks in one new interpreter, then further blocks.

    If a page creates an `OrbitServer()`, the environment contains a test key, and an emulator replaces the API.

    Args:
        page: The page's path.
        folder: The working directory.
        after: Blocks that check the results of the page's code.
        python: The interpreter.

    Returns:
        The lines that were printed.
    """
    pasted = [block for block in blocks_of(page) if block.file is None]
    emulate = any(re.search(r"\bOrbitServer\(\)", block.text) for block in pasted)
    environment = _environment()
    if emulate:
        environment["ORBIT_SECRET_KEY"] = "sk_test_page"
    program = json.dumps([page, [*pasted, *((0, block) for block in after)], emulate])
    return _run([python, "-W", "error", "-c", _PASTE], folder, environment, program)


def run_files(page: str, folder: Path, *, python: str | Path = sys.executable) -> list[str]:
    """Write the files that a page shows and run pytest on them.

    Args:
        page: The page's path.
        folder: The folder in which the files are written.
        python: The interpreter.

    Returns:
        The lines that pytest printed, or none if the page shows no file.
    """
    files = {block.file: block.text for block in blocks_of(page) if block.file}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    if not files:
        return []
    # pytest-asyncio warns about a setting that no page needs.
    without = ("-p", "no:asyncio", "-p", "no:cacheprovider")
    return _run([python, "-m", "pytest", "-q", "-W", "error", *without], folder, _environment())


def _environment() -> dict[str, str]:
    # Pass on neither the developer's key nor the settings of the current pytest run.
    return {name: value for name, value in os.environ.items() if not name.startswith(("ORBIT", "PYTEST"))}


def _run(command: list[str | Path], folder: Path, environment: dict[str, str], given: str = "") -> list[str]:
    ended = subprocess.run(
        command,
        input=given,
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment,
        timeout=120,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, ""), ended.stdout + ended.stderr
    return ended.stdout.splitlines()
