"""The facade's docstrings repeat the contract's limits, defaults, sort orders and "(inferred)" marks word for word."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import pytest

from orbitconnect import AsyncOrbitServer
from orbitconnect._facade.hints import OTHER_NAMES
from tests.contract.facade import METHODS, method_of
from tests.for_each import for_each
from tests.yaml_files import contract

CONTRACT: Final = contract()

MARK: Final = r"( \((?:[\w ]+ )?inferred\))?"
LIMIT: Final = re.compile(
    r"(at (?:most|least) \w+ (?:characters?|ids?)|\b\d+ to \d+|not negative|greater than 0)" + MARK, re.IGNORECASE
)
DEFAULT: Final = re.compile(r"The server defaults to ([^.]+)\.")
DEFAULT_OF: Final = re.compile(r"The server's default for `(\w+)` is ([^.]+)\.")
CLEARS: Final = re.compile(r"(?:None|Null) clears (?:it|a field)" + MARK)
ORDER: Final = re.compile(r"\b(newest|oldest|most recently)\b[\w ]* first")
INFERRED: Final = " (inferred)"
FORMATS: Final = "The request and response formats are inferred."
ACTING_USER: Final = "The acting user's id. Optional on a client from `orbit.as_user(...)`."
BEFORE_SENDING: Final = {"ValueError", "TypeError", "OSError", "ImportError"}


class Docstring(NamedTuple):
    """The sections of a docstring in Google style."""

    summary: str
    text: str
    args: dict[str, str]
    returns: str
    raises: dict[str, str]
    example: str


def docstring(method: Any) -> Docstring:
    text, *sections = re.split(r"^(Args|Returns|Raises|Example):\n", inspect.getdoc(method) or "", flags=re.MULTILINE)
    found = dict(zip(sections[::2], sections[1::2], strict=True))
    return Docstring(
        text.partition("\n")[0],
        flat(text),
        entries(found.get("Args", "")),
        flat(found.get("Returns", "")),
        entries(found.get("Raises", "")),
        found.get("Example", ""),
    )


def entries(section: str) -> dict[str, str]:
    found = re.split(r"^    (\w+): ", section, flags=re.MULTILINE)[1:]
    return {name: flat(text) for name, text in zip(found[::2], found[1::2], strict=True)}


def flat(text: str) -> str:
    return " ".join(text.split())


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in node:
        return node
    target: Any = CONTRACT
    for step in node["$ref"].removeprefix("#/").split("/"):
        target = target[step]
    return {**resolved(target), **{key: value for key, value in node.items() if key != "$ref"}}


class Field(NamedTuple):
    """A parameter or a body property of an operation."""

    name: str
    description: str
    schema: dict[str, Any]


def fields_of(item: dict[str, Any], operation: dict[str, Any]) -> list[Field]:
    parameters = [resolved(node) for node in (*item.get("parameters", ()), *operation.get("parameters", ()))]
    found = [Field(node["name"], node["description"], node["schema"]) for node in parameters if node["in"] != "header"]
    if "requestBody" in operation:
        content = resolved(operation["requestBody"])["content"]
        body = resolved(content["application/json"]["schema"])
        for name, node in body.get("properties", {}).items():
            found.append(Field(name, resolved(node)["description"], resolved(node)))
    return found


class Case(NamedTuple):
    """A method of the facade and its operation."""

    method: str
    operation: dict[str, Any]
    fields: list[Field]


FIXED: Final = {
    (f"realtime.{method}", "transition_type") for method in ("chat_to_call", "call_to_meeting", "meeting_to_chat")
}
"""The fields for which a method always sends the same value."""

CASES: Final = [
    Case(method, operation, fields_of(item, operation))
    for item in CONTRACT["paths"].values()
    for operation in item.values()
    if isinstance(operation, dict)
    for method in operation["x-orbit-facade"]
]
IDS: Final = [case.method for case in CASES]


def arguments(case: Case) -> Iterator[tuple[str, Field]]:
    """A method's arguments, each with the field in which it is sent."""
    names = inspect.signature(method_of(case.method)).parameters
    for field in case.fields:
        found = [name for name in (field.name, *OTHER_NAMES.get(field.name, ())) if name in names]
        if (case.method, field.name) not in FIXED:
            yield found[0], field


def limits_of(schema: dict[str, Any]) -> set[str]:
    """A schema's limits, in words.

    A docstring need not mention a minimum length of 1 if there is no other limit.
    """
    least, most = schema.get("minimum"), schema.get("maximum")
    found = {f"{least} to {most}"} if most is not None else {"not negative"} if least == 0 else set[str]()
    if "maxLength" in schema:
        found.add(f"at most {schema['maxLength']} characters")
    if schema.get("minItems") == 1:
        found.add("at least one id")
    if "exclusiveMinimum" in schema:
        found.add(f"greater than {schema['exclusiveMinimum']}")
    return found


def limits_in(text: str) -> dict[str, str]:
    """The limits that the text states, each with or without "(inferred)"."""
    return {limit.lower(): mark for limit, mark in LIMIT.findall(text)}


def remainder(text: str) -> str:
    """The text without its limits and defaults."""
    for pattern in (LIMIT, CLEARS, DEFAULT, DEFAULT_OF):
        text = pattern.sub("", text)
    return text


@for_each("case", CASES)
def test_limits_are_the_contracts(case: Case) -> None:
    args = docstring(method_of(case.method)).args
    for name, field in arguments(case):
        described = limits_in(flat(field.description))
        # A limit that the description does not mention is inferred, as the contract's introduction says.
        expected = {limit: described.get(limit, INFERRED) for limit in limits_of(field.schema) | described.keys()}
        assert limits_in(args[name]) == expected, name


@for_each("case", CASES)
def test_defaults_are_the_contracts(case: Case) -> None:
    args = docstring(method_of(case.method)).args
    named = dict(DEFAULT_OF.findall(flat(case.operation["description"])))
    for name, field in arguments(case):
        description = flat(field.description)
        expected = DEFAULT.findall(description) or [named[key] for key in {field.name} & named.keys()]
        assert DEFAULT.findall(args[name]) == expected, name
        assert CLEARS.findall(args[name]) == CLEARS.findall(description), name
    assert named.keys() <= {field.name for _, field in arguments(case)}


@for_each("case", CASES)
def test_inferred_arguments_are_the_contracts(case: Case) -> None:
    args = docstring(method_of(case.method)).args
    for name, field in arguments(case):
        marked = "inferred" in remainder(flat(field.description))
        if "enum" in str(field.schema.get("anyOf")) and case.operation["x-orbit-provenance"] == "observed":
            marked |= field.schema["x-orbit-provenance"] == "inferred"
        assert ("inferred" in remainder(args[name])) == marked, name


@for_each("case", CASES)
def test_inferred_behaviour_is_the_contracts(case: Case) -> None:
    doc = docstring(method_of(case.method))
    description = remainder(flat(case.operation["description"]))
    assert ORDER.findall(doc.text + doc.returns) == ORDER.findall(description)
    is_inferred = case.operation["x-orbit-provenance"] == "inferred"
    assert (FORMATS in doc.text) == is_inferred, (
        f"{case.method}: the docstring must contain this sentence if, and only if, the operation is inferred: {FORMATS}"
    )
    marks = description.count("inferred") + is_inferred
    # The description of the return value can have its own marks, which come from the model.
    assert doc.text.count("inferred") <= marks <= (doc.text + doc.returns).count("inferred")


@pytest.mark.parametrize("tag", CONTRACT["tags"], ids=lambda tag: tag["name"])
def test_a_namespace_is_described_as_in_the_contract(tag: dict[str, str]) -> None:
    name, description = tag["name"], tag["description"]
    kind = getattr(AsyncOrbitServer, name)
    module = inspect.getdoc(inspect.getmodule(kind)) or ""
    assert (inspect.getdoc(kind) or "").partition("\n")[0] == description
    assert vars(AsyncOrbitServer)[name].__doc__ == description
    assert module.partition("\n")[0] == f"`orbit.{name}`: {description[0].lower()}{description[1:]}"


@for_each("method", METHODS)
def test_every_argument_is_described_in_order(method: str) -> None:
    doc = docstring(method_of(method))
    assert list(doc.args) == list(inspect.signature(method_of(method)).parameters)[1:]
    assert doc.args.get("acting_user_id", ACTING_USER) == ACTING_USER


@for_each("method", METHODS)
def test_the_first_line_is_an_instruction_that_fits_a_tooltip(method: str) -> None:
    summary = docstring(method_of(method)).summary
    assert re.match(r"[A-Z][a-z]*([^s]|ss) ", summary), "write `Send`, not `Sends`"
    assert summary.endswith(".")
    assert len(summary) <= 80


@for_each("method", METHODS)
def test_errors_are_described_in_the_usual_words(method: str) -> None:
    raises = docstring(method_of(method)).raises
    if method == "realtime.escalate":  # The method only creates a context manager.
        assert raises.keys() == {"ValueError"}
        return
    name, text = list(raises.items())[-1]
    others = raises.keys() - {name} - BEFORE_SENDING
    assert name == "OrbitServerError"
    assert re.fullmatch(
        rf"(From the iterator, f|F)or any {'other ' if others else ''}API or network error( that is not temporary)?\.",
        text,
    )
    order = [name in BEFORE_SENDING for name in raises]
    assert order == sorted(order, reverse=True), "first what is raised before anything is sent"


def test_the_patterns_find_what_they_are_for() -> None:
    text = "Your own id. At most 255 characters (inferred). The server defaults to `text` (inferred). Null clears it."
    assert limits_in(text) == {"at most 255 characters": INFERRED}
    assert limits_in("The loss in percent, 0 to 100 (unit and limits inferred).") == {
        "0 to 100": " (unit and limits inferred)"
    }
    assert DEFAULT.findall(text) == ["`text` (inferred)"]
    assert CLEARS.findall(text) == [""]
    assert remainder(text) == "Your own id. .  ."
    assert ORDER.findall("The messages, newest first (inferred), or the oldest change first.") == ["newest", "oldest"]
