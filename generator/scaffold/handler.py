"""Writes the emulator's handler of an operation, which refuses the call until someone writes its body."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from .. import naming
from ..contract import Contract
from ..formatting import format_source
from .facts import Facts, shared_segments
from .source import add_import, end_of, insert_after

_EMULATOR = Path("orbitconnect", "emulator")
_TYPES = {"integer": "int", "number": "float", "boolean": "bool"}
_HANDLES = re.compile(r"@handles\(operations\.(\w+)\)")


def handler_file(root: Path, contract: Contract, facts: Facts) -> Path | None:
    """The module that handles the operation already, or those with the most similar paths."""
    paths = {naming.constant(operation.id): operation.path for operation in contract.operations()}
    own = naming.constant(facts.operation.id)
    best: tuple[int, Path] | None = None
    for path in sorted((root / _EMULATOR).rglob("*.py")):
        for constant in _HANDLES.findall(path.read_text(encoding="utf-8")):
            if constant == own:
                return path
            shared = shared_segments(paths.get(constant, ""), facts.operation.path)
            if best is None or shared > best[0]:
                best = (shared, path)
    return None if best is None else best[1]


def has_handler(text: str, facts: Facts) -> bool:
    """Whether a module handles the operation."""
    return naming.constant(facts.operation.id) in _HANDLES.findall(text)


def add_handler(root: Path, path: Path, text: str, facts: Facts) -> str:
    """The module with the new handler."""
    functions = [
        node
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef) and _HANDLES.search(ast.unparse(node).partition("def ")[0])
    ]
    text = insert_after(text, end_of(functions[-1]), "\n\n" + _handler(facts))
    level = "." * len(path.relative_to(root / _EMULATOR).parts)
    for model in [model for model in facts.models if model != facts.body]:
        text = add_import(text, f"orbitconnect_api.models.{naming.module(model)}", [model])
    text = add_import(text, f"{level}refusals", ["Refusal"])
    text = add_import(text, f"{level}rules", ["EMULATED"])
    return format_source(root, path.relative_to(root).as_posix(), text)


def _handler(facts: Facts) -> str:
    parameters = [f"{argument.name}: str" for argument in facts.of("path")]
    parameters += [
        f"{argument.name}: {_TYPES.get(argument.kind, 'str')}" + (" | None = None" if argument.default else "")
        for argument in sorted(facts.of("query"), key=lambda argument: argument.default is not None)
    ]
    signature = ", ".join(["context: RequestContext", *parameters])
    summary = str(facts.operation.data["summary"]).rstrip(".")
    return (
        f"@handles(operations.{naming.constant(facts.operation.id)})\n"
        f"def {facts.module}({signature}) -> {facts.result}:\n"
        f'    """{summary}."""\n'
        f'    raise Refusal(501, "not_emulated", "The handler of {facts.operation.id} is not written yet.", EMULATED)\n'
    )
