"""`python -m generator scaffold`."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..bodies import body_of
from ..contract import Contract, ContractError, OperationNode
from ..expansion import expand
from ..formatting import GeneratorFailure
from ..loading import load
from ..parameters import parameters
from ..results import Success, is_model_result, successes
from . import facade, handler, tables
from .facts import Facts, facts

DESCRIPTION = """\
Write the parts of a new operation that are made by hand: the facade method with its docstring, the emulator's handler,
the row and the cases of tests/wire, the call in the emulator's story, and the line in CHANGELOG.md. What exists already
stays as it is. Edit the contract and run `make generate` first.
"""


@dataclass(frozen=True)
class Step:
    """A change of one file."""

    path: Path
    what: str
    exists: Callable[[str], bool]
    edit: Callable[[str], str]
    remains: str
    """What is left to do by hand. Empty if nothing is."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("operation", help="the operationId, such as `getConversation`")
    parser.add_argument("--dry-run", action="store_true", help="show the changes, and write nothing")


def run(options: argparse.Namespace, root: Path) -> int:
    """Write the parts and return the exit status."""
    try:
        # `make generate` has checked the contract: without it, there is no raw function.
        contract = expand(load(options.contract))
        for step in [
            step for found in _facts(contract, options.operation, root) for step in _steps(root, contract, found)
        ]:
            _apply(root, step, is_dry=options.dry_run)
    except (ContractError, GeneratorFailure, Unsupported) as error:
        print(error, file=sys.stderr)
        return 1
    print("\nThen run: make generate")
    return 0


class Unsupported(Exception):
    """The operation cannot be scaffolded."""


def _facts(contract: Contract, name: str, root: Path) -> Iterator[Facts]:
    operation = _operation(contract, name)
    methods = operation.data.get("x-orbit-facade") or []
    if not methods:
        raise Unsupported(f"{name} has no facade method. Add `x-orbit-facade: [namespace.method]` to the contract.")
    body = body_of(contract, operation)
    if body is not None and (body.form != "json" or "$ref" not in (body.schema or {})):
        raise Unsupported(f"{name} does not send a JSON object with a schema of its own. Write its method by hand.")
    if any(success.part == "content" or not _is_known(contract, success) for success in successes(contract, operation)):
        raise Unsupported(f"{name} returns something else than models. Write its method by hand.")
    if any(parameter.location == "header" for parameter in parameters(contract, operation)):
        raise Unsupported(f"{name} has a header as a parameter. Write its method by hand.")
    for method in methods:
        found = facts(contract, operation, str(method))
        raw = root / "generated" / "orbitconnect_api" / "api" / found.namespace / f"{found.module}.py"
        if not raw.is_file():
            raise Unsupported(f"{name} has no raw function yet. Run `make generate` first.")
        if not (root / facade.NAMESPACES / f"{found.namespace}.py").is_file():
            raise Unsupported(
                f"There is no namespace `{found.namespace}`. Copy {facade.NAMESPACES / 'users.py'}, and add the class"
                " to _async/namespace_classes.py and _async/client.py."
            )
        yield found


def _is_known(contract: Contract, success: Success) -> bool:
    return success.schema is None or is_model_result(contract, success.schema)


def _operation(contract: Contract, name: str) -> OperationNode:
    known = {operation.id: operation for operation in contract.operations()}
    if name not in known:
        nearest = difflib.get_close_matches(name, known, n=1)
        hint = f"Did you mean `{nearest[0]}`?" if nearest else "Add it to openapi/orbit.yaml first."
        raise Unsupported(f"The contract has no operation `{name}`. {hint}")
    return known[name]


def _steps(root: Path, contract: Contract, found: Facts) -> Iterator[Step]:
    yield Step(
        facade.NAMESPACES / f"{found.namespace}.py",
        f"the method {found.name}",
        lambda text: facade.has_method(text, found.method),
        lambda text: facade.add_method(root, text, found),
        "read the docstring: the result, when each error occurs, the example",
    )
    path = handler.handler_file(root, contract, found)
    if path is not None:
        yield Step(
            path.relative_to(root),
            f"the handler {found.module}",
            lambda text: handler.has_handler(text, found),
            lambda text: handler.add_handler(root, path, text, found),
            "write the handler's body, and a test of its rules in tests/emulator/",
        )
    yield Step(
        tables.ROWS,
        f"the row of {found.name}",
        lambda text: tables.has_row(text, found),
        lambda text: tables.add_row(text, found),
        f"replace each {tables.FILL}, and confirm the row, with what the vendor's SDKs send",
    )
    if tables.needs_case(found):
        yield Step(
            tables.CASES,
            f"the cases of {found.name}",
            lambda text: tables.has_case(text, found),
            lambda text: tables.add_case(root, text, found),
            "",
        )
    yield Step(
        tables.STORY,
        f"a call of {found.name}",
        lambda text: tables.has_call(text, found),
        lambda text: tables.add_call(root, text, found),
        "",
    )
    line = tables.changelog_line(found)
    yield Step(
        tables.CHANGELOG, "a line", lambda text: f"`{found.name}`" in text,
        lambda text: tables.add_to_changelog(text, line), "",
    )  # fmt: skip


def _apply(root: Path, step: Step, *, is_dry: bool) -> None:
    path = root / step.path
    old = path.read_text(encoding="utf-8")
    if step.exists(old):
        print(f"= {step.path}: {step.what} exists already")
        return
    new = step.edit(old)
    print(f"+ {step.path}: {step.what}" + (f"\n    To do: {step.remains}." if step.remains else ""))
    if is_dry:
        lines = difflib.unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True), n=1)
        print("".join(list(lines)[2:]))
    else:
        path.write_text(new, encoding="utf-8")
