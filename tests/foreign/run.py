"""Generates clients in other languages from the contract, and calls the emulator with each: `make foreign-clients`.

Each tool generates a client in a temporary folder. The client is compiled in the language's strict mode, and a story of
ten calls is told with it: `tests/foreign/LANGUAGE/TOOL`. Two servers answer: the emulator, and one that responds with
values that the contract does not list. The result is a table. Then the SDK's examples run through Prism, which compares
each request and response with the contract. The exit status is 1 if a step failed.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.yaml_files import CONTRACT

from .commands import Failure, Workplace, install_node_packages, install_python_packages
from .proxy import validate_examples
from .servers import KNOWN_EVENT, UNKNOWN_EVENT, emulator, odd_server
from .tools import ALL_PARTS, HERE, TOOLS, Tool

_KEY: Final = "sk_test_foreign"
_FAST_PACKAGES: Final = HERE.parents[1] / "openapi" / "lint"
_SLOW_PACKAGES: Final = HERE / "typescript"
_REQUIREMENTS: Final = HERE / "python" / "requirements.txt"


@dataclass
class Result:
    """What became of one tool's client."""

    tool: Tool
    version: str
    warnings: list[str] = field(default_factory=list)
    compiled: bool = False
    passed: tuple[str, ...] = ()
    """The parts of the story that succeeded."""
    failure: str = ""
    seconds: float = 0

    @property
    def is_success(self) -> bool:
        """Whether the client has no unexpected warning, was compiled, and told the whole story."""
        return not self.failure and not self.warnings and self.passed == ALL_PARTS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the tools and print the table."""
    parser = argparse.ArgumentParser(description="Generates foreign clients, and calls the emulator with them.")
    parser.add_argument("tools", nargs="*", help="names of tools, or parts of them (default: all)")
    parser.add_argument("--fast", action="store_true", help="run only the tools that need a few seconds")
    parser.add_argument("--install", action="store_true", help="install the tools, and do nothing else")
    parser.add_argument("--environment", type=Path, required=True, help="the virtual environment of the Python tools")
    parser.add_argument("--jobs", type=int, default=2, help="how many tools run at the same time (default: 2)")
    options = parser.parse_args(arguments)
    if options.install:
        install_node_packages(_SLOW_PACKAGES)
        install_python_packages(options.environment.absolute(), _REQUIREMENTS)
        return 0
    chosen = [
        tool
        for tool in TOOLS
        if (not options.tools or any(name in tool.name for name in options.tools))
        and (tool.is_fast or not options.fast)
    ]
    # On SIGTERM, exit normally, so that the servers and the tools are ended too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with (
        odd_server() as odd_url,
        tempfile.TemporaryDirectory() as folder,
        ThreadPoolExecutor(max_workers=options.jobs) as pool,
    ):
        results = list(pool.map(lambda tool: _try(tool, Path(folder), options.environment.absolute(), odd_url), chosen))
    print(_table(results))
    for result in results:
        _explain(result)
    # Prism needs no client of its own: it validates the SDK's examples.
    is_valid = bool(options.fast or options.tools) or _validate_examples()
    return 0 if results and all(result.is_success for result in results) and is_valid else 1


def _validate_examples() -> bool:
    """Run the SDK's examples through Prism, and print what it found."""
    calls, violations = validate_examples()
    print(f"\nPrism validated {calls} requests and responses of the SDK's examples: {len(violations)} violations.")
    print("\n".join(violations))
    return calls > 0 and not violations


def _try(tool: Tool, folder: Path, environment: Path, odd_url: str) -> Result:
    """Generate, compile and run one client, with an emulator of its own."""
    began = time.monotonic()
    result = Result(tool, _version(tool))
    try:
        with emulator() as url:
            place = _prepare(tool, folder / re.sub(r"\W+", "-", tool.name), environment, url, odd_url)
            result.warnings = tool.warnings(tool.generate(place))
            tool.compile(place)
            result.compiled = True
            output = tool.run(place)
        result.passed = tuple(re.findall(r"^passed: (\w+)$", output, re.MULTILINE))
    except Failure as failure:
        result.failure = str(failure)
        result.passed = tuple(re.findall(r"^passed: (\w+)$", result.failure, re.MULTILINE))
    result.seconds = time.monotonic() - began
    return result


def _prepare(tool: Tool, path: Path, environment: Path, url: str, odd_url: str) -> Workplace:
    """Copy the contract and the tool's files into a folder."""
    language = path / tool.folder.partition("/")[0]
    place = path / tool.folder
    shutil.copytree(HERE / tool.folder, place)
    for shared in (HERE / tool.folder).parent.glob("*") if "/" in tool.folder else ():
        if shared.is_file():
            shutil.copy(shared, language)
    if language.name == "typescript":
        shutil.copy(language / "tsconfig.json", place)
        (language / "node_modules").symlink_to(_FAST_PACKAGES / "node_modules")
        if not tool.is_fast:
            (place / "node_modules").symlink_to(_SLOW_PACKAGES / "node_modules")
    shutil.copy(CONTRACT, place / "contract.yaml")
    variables = {
        "ORBIT_URL": url,
        "ORBIT_ODD_URL": odd_url,
        "ORBIT_KEY": _KEY,
        "ORBIT_UNKNOWN_EVENT": json.dumps(UNKNOWN_EVENT),
        "ORBIT_KNOWN_EVENT": json.dumps(KNOWN_EVENT),
        "PYTHONPATH": f"{place}:{language}",
        "MYPYPATH": str(language),
        "GOCACHE": str(path / "go-cache"),
        "TMPDIR": str(path),
    }
    folders = (_FAST_PACKAGES / "node_modules", _SLOW_PACKAGES / "node_modules")
    return Workplace(place, place / "contract.yaml", folders, environment, variables)


def _version(tool: Tool) -> str:
    """A tool's version, as pinned."""
    packages: dict[str, str] = {}
    for folder in (_FAST_PACKAGES, _SLOW_PACKAGES):
        packages |= json.loads((folder / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    pinned = dict(re.findall(r"^([\w.-]+)==(\S+)$", _REQUIREMENTS.read_text(encoding="utf-8"), re.MULTILINE))
    return str({**packages, **pinned}[tool.package])


def _table(results: list[Result]) -> str:
    """The results as a Markdown table."""
    rows = [
        "| tool | version | warnings | compiled | story | unknown values | seconds |",
        "| - | - | - | - | - | - | - |",
    ]
    for result in results:
        marks = (
            "✓" if result.compiled else "✗",
            "✓" if {"story", "error"} <= set(result.passed) else "✗",
            "✓" if {"enum", "event"} <= set(result.passed) else "✗",
        )
        cells = (result.tool.name, result.version, str(len(result.warnings)), *marks, f"{result.seconds:.0f}")
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def _explain(result: Result) -> None:
    """Print why a tool failed."""
    if result.is_success:
        return
    print(f"\n✗ {result.tool.name}: parts of the story that succeeded: {', '.join(result.passed) or 'none'}")
    for warning in result.warnings[:20]:
        print(f"  unexpected warning: {warning}")
    print(result.failure[-6_000:])


if __name__ == "__main__":
    sys.exit(main())
