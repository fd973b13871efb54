"""`python -m generator`: build, check, watch, host, scaffold, diff, references."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from .base_url import NoBaseUrl, set_base_url
from .contract import ContractError
from .diff import command as diff
from .formatting import GeneratorFailure
from .mirror import CannotMirror, sources
from .output import Changes, Paths, build, compare
from .references import dangling, message, references
from .scaffold import command as scaffold

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status."""
    options = _parser().parse_args(arguments)
    paths = Paths(options.contract.resolve(), options.root.resolve())
    if options.command == "watch":
        return _watch(paths)
    if options.command == "diff":
        return diff.run(options, paths.root)
    if options.command == "scaffold":
        return scaffold.run(options, paths.root)
    if options.command == "references":
        return _references(paths.root, options.name)
    if options.command == "host":
        return _host(paths, options.url)
    return _run(paths, writes=options.command == "build")


def _run(paths: Paths, *, writes: bool) -> int:
    started = time.perf_counter()
    progress = _Progress()
    try:
        changes = (build if writes else compare)(paths, progress)
    except ContractError as error:
        progress.end()
        for mistake in error.mistakes:
            print(f"{_shown(error.path)}:{mistake.line}: {mistake}", file=sys.stderr)
        count = len(error.mistakes)
        print(f"\n{count} mistake{'s' * (count != 1)} in the contract; nothing was written.", file=sys.stderr)
        return 1
    except (CannotMirror, GeneratorFailure) as error:
        progress.end()
        print(f"{error}\nNothing was written.", file=sys.stderr)
        return 1
    progress.end()
    seconds = time.perf_counter() - started
    if writes:
        print(f"{_summary(changes)} ({seconds:.1f} s)")
        return _report_dangling(paths.root)
    if not changes:
        print(f"The generated code is up to date ({seconds:.1f} s).")
        return _report_dangling(paths.root)
    for sign, names in (("+", changes.added), ("~", changes.changed), ("-", changes.removed)):
        for name in names:
            print(f"  {sign} {name}", file=sys.stderr)
    print("The generated code is out of date. Run `make generate` and commit the result.", file=sys.stderr)
    return 1


def _host(paths: Paths, url: str) -> int:
    """Change the base URL in the contract, and build."""
    try:
        set_base_url(paths.contract, url)
    except NoBaseUrl as error:
        print(f"{error} Nothing was written.", file=sys.stderr)
        return 1
    print(f"{_shown(paths.contract)}: the base URL is now {url}")
    return _run(paths, writes=True)


def _report_dangling(root: Path) -> int:
    """Report what refers to generated names that no longer exist, and return the exit status."""
    found = dangling(root)
    if found:
        print(message(found), file=sys.stderr)
    return int(bool(found))


def _references(root: Path, name: str) -> int:
    """Print the lines that refer to a name, for example before it is removed."""
    found = references(root, name)
    for reference in found:
        print(reference)
    print(f"{len(found)} line{'s' * (len(found) != 1)} refer to {name}.", file=sys.stderr)
    return 0


def _summary(changes: Changes) -> str:
    if not changes:
        return "Nothing changed."
    lines = []
    for word, paths in (("added", changes.added), ("changed", changes.changed), ("removed", changes.removed)):
        operations = changes.operations(paths)
        if paths:
            named = ", ".join(operations[:8]) + (f" and {len(operations) - 8} more" if len(operations) > 8 else "")
            plural = "s" * (len(operations) != 1)
            lines.append(
                f"{word}: {len(operations)} operation{plural}{f' ({named})' if named else ''}, "
                f"{len(paths) - len(operations)} other files"
            )
    return "\n".join(lines)


def _watch(paths: Paths) -> int:
    """Regenerate whenever the contract or an `_async` module changes, until interrupted."""
    print(f"Watching {_shown(paths.contract)}; press Ctrl-C to stop.")
    seen: object = None
    try:
        while True:
            found = _state(paths)
            if found != seen:
                seen = found
                print(time.strftime("%H:%M:%S "), end="", flush=True)
                _run(paths, writes=True)
            time.sleep(0.3)
    except KeyboardInterrupt:
        print()
        return 0


def _state(paths: Paths) -> list[tuple[str, int, int]]:
    watched = [paths.contract, *sources(paths.root)]
    states = []
    for path in watched:
        try:
            found = path.stat()
        except FileNotFoundError:
            continue  # An editor that replaces a file can remove it for a moment.
        states.append((str(path), found.st_mtime_ns, found.st_size))
    return states


class _Progress:
    """Shows the current step on one line of a terminal. Prints nothing if standard error is not a terminal."""

    def __init__(self) -> None:
        self._shows = sys.stderr.isatty()

    def __call__(self, step: str) -> None:
        if self._shows:
            print(f"\r\033[K⋯ {step}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self._shows:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def _shown(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="generator", description="Generate the raw client and the _sync/ folders.")
    commands = parser.add_subparsers(dest="command", required=True)
    differences = commands.add_parser("diff", help="compare two versions of the contract", description=diff.DESCRIPTION)
    diff.add_arguments(differences)
    text = "list the lines that refer to an operation, a facade method, a model or an event"
    usages = commands.add_parser("references", help=text, description=text)
    usages.add_argument("name", help="a name such as deleteThing, things.delete, Thing or thing.made")
    stubs = commands.add_parser("scaffold", help="write the stubs of a new operation", description=scaffold.DESCRIPTION)
    scaffold.add_arguments(stubs)
    text = "change the API's base URL in the contract, and build"
    host = commands.add_parser("host", help=text, description=text)
    host.add_argument("url", help="the base URL, such as https://HOST/api/v1")
    added = [differences, usages, stubs, host]
    for name, text in (
        ("build", "write generated/ and every _sync/ folder"),
        ("check", "report whether they are up to date; write nothing"),
        ("watch", "build again whenever the contract or an `_async` module changes"),
    ):
        added.append(commands.add_parser(name, help=text, description=text))
    for command in added:
        command.add_argument("--contract", type=Path, default=ROOT / "openapi" / "orbit.yaml", help="the contract")
        command.add_argument("--root", type=Path, default=ROOT, help="the folder with generated/ and orbitconnect/")
    return parser


if __name__ == "__main__":
    sys.exit(main())
