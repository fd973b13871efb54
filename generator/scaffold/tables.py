"""Writes what the tests know of an operation: its row, its cases, its call in the story; and the changelog's line."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from ..formatting import format_source
from .examples import example_of, literal
from .facts import Argument, Facts
from .source import calls_in, end_of, insert_after

ROWS = Path("tests", "wire", "operations.yaml")
CASES = Path("tests", "wire", "cases.py")
STORY = Path("tests", "emulator", "test_every_method.py")
CHANGELOG = Path("CHANGELOG.md")
FILL = "FILL"
"""Stands for what a person must look up in the vendor's SDKs. The tests name every row that contains it."""


def add_row(text: str, facts: Facts) -> str:
    """The table of requests with a row, after the other rows of the namespace."""
    keywords = [
        argument.name + (f"={argument.default}" if argument.default else "")
        for argument in sorted(facts.of("query", "body"), key=lambda argument: argument.default is not None)
    ]
    arguments = [argument.name for argument in facts.of("path")] + (["*"] if keywords else []) + keywords
    row = [
        f"  - name: {facts.name}",
        f'    python: "{facts.name}({", ".join(arguments)})"',
        f"    known_from: {FILL}",
        f"    method: {facts.operation.method.upper()}",
        f"    path: {facts.operation.path}",
    ]
    if facts.of("query"):
        row.append(f'    query: "{_fields(facts.of("query"))}"')
    if facts.has_object:
        row.append(f'    body: "{_fields(facts.of("body")) or "{}"}"')
    row += [f'    returns: "{facts.result}"', f"    actor: {FILL}", f"    retry: {FILL}", f"    wire: {FILL}"]
    rows = [match.start() for match in re.finditer(r"^  - name: ", text, re.MULTILINE)] + [len(text)]
    last = max(index for index in range(len(rows) - 1) if text.startswith(f"  - name: {facts.namespace}.", rows[index]))
    return text[: rows[last + 1]] + "\n".join(row) + "\n" + text[rows[last + 1] :]


def has_row(text: str, facts: Facts) -> bool:
    """Whether the table has a row of the method."""
    return f"  - name: {facts.name}\n" in text


def _fields(arguments: list[Argument]) -> str:
    return " ".join(argument.wire_name + ("*" if argument.default is None else "") for argument in arguments)


def needs_case(facts: Facts) -> bool:
    """Whether a method has more arguments than the ids in its path."""
    return bool(facts.of("query", "body"))


def has_case(text: str, facts: Facts) -> bool:
    """Whether there are cases of the method."""
    return f'"{facts.name}": [' in text


def add_case(root: Path, text: str, facts: Facts) -> str:
    """The cases with two more: all arguments, and only the required ones."""
    fields = facts.of("query", "body")
    required = [field for field in fields if field.default is None]
    cases = [_case(chosen, has_object=facts.has_object) for chosen in (required, fields)]
    entry = f'        "{facts.name}": [{", ".join(dict.fromkeys(cases))}],\n'
    function = next(node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef) and node.name == "cases")
    table = next(node.value for node in function.body if isinstance(node, ast.Return))
    assert isinstance(table, ast.Dict)
    last = max(
        end_of(value)
        for key, value in zip(table.keys, table.values, strict=True)
        if isinstance(key, ast.Constant) and str(key.value).startswith(f"{facts.namespace}.")
    )
    return format_source(root, CASES.as_posix(), insert_after(text, last, entry))


def _case(fields: list[Argument], *, has_object: bool) -> str:
    sent = ", ".join(f'"{field.wire_name}": {_sent(field)}' for field in fields)
    given = "".join(f", {field.name}={_given(field)}" for field in fields)
    return f"{'sends' if has_object else 'asks'}({{{sent}}}{given})"


def _given(field: Argument) -> str:
    if "datetime" in field.annotation:
        return '"2026-01-05T09:30:00+00:00"'
    values = {"integer": "1", "number": "1.5", "boolean": "True", "array": "[]", "object": "{}"}
    return values.get(field.kind, f't("{field.name[:1]}")')


def _sent(field: Argument) -> str:
    texts = {"integer": '"1"', "number": '"1.5"', "boolean": '"true"'}
    return texts.get(field.kind, _given(field)) if field.place == "query" else _given(field)


def has_call(text: str, facts: Facts) -> bool:
    """Whether the story calls the method."""
    return f'"{facts.name}"' in text


def add_call(root: Path, text: str, facts: Facts) -> str:
    """The story with a call of the method, with the variables that other calls in that part of the story use."""
    chapter = max(
        (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.AsyncFunctionDef)),
        key=lambda node: sum(_method_of(call).startswith(f"{facts.namespace}.") for call in calls_in(node)),
    )
    user = chapter.args.args[1].arg
    objects = [
        call.args[1].id
        for call in calls_in(chapter)
        if _method_of(call).startswith(f"{facts.namespace}.")
        and len(call.args) > 1
        and isinstance(call.args[1], ast.Name)
    ]
    ids = [*objects[:1], *["None"] * len(facts.of("path"))][: len(facts.of("path"))]
    fields = [field for field in facts.of("query", "body") if field.default is None]
    values = [f'"{facts.name}"', *ids, *(f"{field.name}={literal(example_of(field))}" for field in fields)]
    call_text = f"await {user}({', '.join(values)})"
    line = f"        {call_text}\n" if facts.result == "None" else f"        assert {call_text}\n"
    last = chapter.body[-1]
    at = last.lineno - 1 if isinstance(last, ast.Return) else end_of(last)
    return format_source(root, STORY.as_posix(), insert_after(text, at, line))


def _method_of(call: ast.Call) -> str:
    first = call.args[0] if call.args else None
    return str(first.value) if isinstance(first, ast.Constant) else ""


def changelog_line(facts: Facts) -> str:
    """The line for users."""
    summary = str(facts.operation.data["summary"]).rstrip(".")
    return f"- `{facts.name}`: {summary[:1].lower()}{summary[1:]}.\n"


def add_to_changelog(text: str, line: str) -> str:
    """The changelog with a line at the end of the first list in "Added" of the next version."""
    start = text.index("### Added", text.index("## [Unreleased]"))
    first = re.compile(r"^- .*\n(?:(?:  |- ).*\n)*", re.MULTILINE).search(text, start)
    at = first.end() if first else text.index("\n", start) + 1
    return text[:at] + line + text[at:]
