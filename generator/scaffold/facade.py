"""Writes the facade method of an operation: imports, the name in the class docstring, signature, docstring and body."""

from __future__ import annotations

import ast
import re
import textwrap
from pathlib import Path

from .. import naming
from ..documentation import Documentation
from ..formatting import format_source
from .examples import Expressions
from .facts import Argument, Facts
from .source import add_import, end_of, insert_after

NAMESPACES = Path("orbitconnect", "_async", "namespaces")
_ACTING_USER = "The acting user's id. Optional on a client from `orbit.as_user(...)`."
_FORMATS = "The request and response formats are inferred."
_VALUES = " The known values are inferred."
_ERRORS = {
    "403": (
        "PermissionDeniedError",
        "If the acting user does not exist, is deactivated, or is not allowed to do this.",
    ),
    "404": ("NotFoundError", "If the {noun} does not exist{hidden}."),
    "409": ("ConflictError", "If the current state does not allow this."),
    "422": ("UnprocessableEntityError", "If a value is invalid."),
}
_RETRIES = {
    "safe": "The SDK retries this call after a failure. {reason}",
    "idempotency-key": "The SDK retries this call after a failure: the idempotency key prevents doing it twice.",
    "never": (
        "The SDK never retries this call once a byte has been sent: a retry could do it twice. If `error.sent` is "
        "True, `{check}` shows whether it took effect."
    ),
}


def has_method(text: str, name: str) -> bool:
    """Whether a namespace's class has a method."""
    return any(isinstance(node, ast.AsyncFunctionDef) and node.name == name for node in _class_of(text).body)


def add_method(root: Path, text: str, facts: Facts) -> str:
    """The namespace's module with the new method."""
    text = insert_after(text, end_of(_class_of(text)), "\n" + _method(root, text, facts))
    text = _list_method(text, facts.method)
    text = add_import(text, f"orbitconnect_api.api.{facts.namespace}", [facts.module])
    for model in facts.models:
        text = add_import(text, f"orbitconnect_api.models.{naming.module(model)}", [model])
    if facts.literals:
        text = add_import(text, "orbitconnect_api.literals", facts.literals)
    signature = " ".join(argument.annotation for argument in facts.arguments)
    for module, names in (
        ("typing", ["Any"]),
        ("collections.abc", ["Mapping", "Sequence"]),
        ("datetime", ["datetime"]),
        ("orbitconnect_api.types", ["UNSET", "Unset"]),
    ):
        needed = [name for name in names if re.search(rf"\b{name}\b", signature, re.IGNORECASE)]
        if needed:
            text = add_import(text, module, needed)
    if "omit_none(" in text:
        text = add_import(text, "..._facade.arguments", ["omit_none"])
    return format_source(root, str(NAMESPACES / f"{facts.namespace}.py"), text)


def _class_of(text: str) -> ast.ClassDef:
    return next(node for node in ast.parse(text).body if isinstance(node, ast.ClassDef))


def _list_method(text: str, name: str) -> str:
    """Add the name to the list in the class docstring."""
    found = re.search(r"^    Methods: (`.*?`)\.$", text, re.MULTILINE | re.DOTALL)
    if found is None:
        return text
    names = [*re.findall(r"`\w+`", found[1]), f"`{name}`"]
    wrapped = textwrap.fill(
        f"Methods: {', '.join(names)}.", 120, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False
    )
    return text[: found.start()] + wrapped + text[found.end() :]


def _method(root: Path, text: str, facts: Facts) -> str:
    positional = [f"{argument.name}: {argument.annotation}" for argument in facts.of("path")]
    keywords = [
        f"{argument.name}: {argument.annotation}" + (f" = {argument.default}" if argument.default else "")
        for argument in sorted(facts.of("query", "body"), key=lambda argument: argument.default is not None)
    ]
    if facts.actor:
        keywords.append("acting_user_id: str | None = None")
    arguments = ", ".join(["self", *positional, *(["*"] if keywords else []), *keywords])
    # In a class with a method named `list`, the type is `builtins.list`.
    result = re.sub(r"\blist\[", "builtins.list[", facts.result) if has_method(text, "list") else facts.result
    return (
        f"    async def {facts.method}({arguments}) -> {result}:\n"
        f'        """{_docstring(root, facts)}\n        """\n' + textwrap.indent(_body(facts), " " * 8)
    )


def _body(facts: Facts) -> str:
    sent = [argument.name for argument in facts.of("path")]
    sent += [f"{argument.name}={argument.name}" for argument in facts.of("query")]
    lines = ""
    if facts.body:
        values = ", ".join(f"{field.name}={_value(field)}" for field in facts.of("body"))
        lines = f"body = {facts.body}({values})\n"
        sent.append("body=body")
    if facts.actor:
        sent.append("acting_user_id=acting_user_id")
    return f"{lines}return await self._executor.execute({facts.module}.build({', '.join(sent)}))\n"


def _value(argument: Argument) -> str:
    return f"omit_none({argument.name})" if argument.default == "None" else argument.name


def _docstring(root: Path, facts: Facts) -> str:
    data = facts.operation.data
    parts = [f"{str(data['summary']).rstrip('.')}."]
    description = str(data["description"]).strip()
    if data.get("x-orbit-provenance") == "inferred":
        description += f" {_FORMATS}"
    parts.append(Documentation.wrapped(description, 8))
    if facts.operation.method != "get":
        words = _RETRIES[data["x-orbit-retry"]].format(
            reason=data.get("x-orbit-retry-reason", ""), check=facts.check or "METHOD"
        )
        parts.append(Documentation.wrapped(words.strip(), 8))
    sections = [("Args", _arguments(facts)), ("Returns", _returns(facts)), ("Raises", _raises(facts))]
    parts += [f"{title}:\n{text}" for title, text in sections if text]
    parts.append(
        f"Example:\n            ```python\n{textwrap.indent(_example(root, facts), ' ' * 12)}\n            ```"
    )
    return "\n\n        ".join(parts)


def _arguments(facts: Facts) -> str:
    keywords = sorted(facts.of("query", "body"), key=lambda argument: argument.default is not None)
    is_observed = facts.operation.data.get("x-orbit-provenance") == "observed"
    found = [
        (argument.name, argument.description + (_VALUES if argument.has_inferred_values and is_observed else ""))
        for argument in (*facts.of("path"), *keywords)
    ]
    if facts.actor:
        found.append(("acting_user_id", _ACTING_USER))
    return "\n".join(_entry(f"{name}: {text}") for name, text in found)


def _returns(facts: Facts) -> str:
    return "" if facts.result == "None" else _entry(facts.returned)


def _raises(facts: Facts) -> str:
    ids = [argument.name.removesuffix("_id") for argument in facts.of("path")]
    noun = (ids[-1] if ids else "object").replace("_", " ")
    hidden = ", or the acting user cannot see it" if facts.actor else ""
    found = [
        (name, text.format(noun=noun, hidden=hidden))
        for status, (name, text) in _ERRORS.items()
        if status in facts.statuses
    ]
    found.sort(key=lambda entry: entry[0] != "NotFoundError")
    found.append(("OrbitServerError", f"For any {'other ' if found else ''}API or network error."))
    return "\n".join(_entry(f"{name}: {text}") for name, text in found)


def _entry(text: str) -> str:
    wrapped = Documentation.wrapped(text, 12, hanging=4, before=0)
    return f"            {wrapped}"


def _example(root: Path, facts: Facts) -> str:
    expressions = Expressions(root / NAMESPACES, facts.namespace)
    values = [expressions.of(argument) for argument in facts.of("path")]
    values += [
        f"{argument.name}={expressions.of(argument)}" for argument in facts.of("query", "body") if not argument.default
    ]
    if facts.actor:
        values.append("acting_user_id=alice.id")
    call = f"await orbit.{facts.name}({', '.join(values)})"
    if facts.result == "None":
        return call
    name = naming.module(re.findall(r"\w+", facts.result)[-1]).rpartition("_")[2]
    return f"{name}s = {call}" if facts.result.startswith("list[") else f"{name} = {call}"
