"""The facade's docstrings repeat the contract's limits, defaults, sort orders and "(inferred)" marks word for word."""

from __future__ import annotations

import inspect
import re
from typing import Any, Final

import pytest

from generator.literals import listed_values
from orbitconnect import AsyncOrbitServer
from tests.contract.docstrings import docstring
from tests.contract.facade import CALLS, CONTRACT, METHODS, Call, in_contract, in_facade, method_of, namespace_file
from tests.contract.words import CLEARS, DEFAULT, DEFAULT_OF, LIMIT, ORDER, default_of, flat
from tests.for_each import for_each

NEVER_RETRIED: Final = "The SDK never retries this call once a byte has been sent"
RETRIED: Final = "The SDK retries this call"
INFERRED: Final = " (inferred)"
FORMATS: Final = "The request and response formats are inferred."
ACTING_USER: Final = "The acting user's id. Optional on a client from `orbit.as_user(...)`."
BEFORE_SENDING: Final = {"ValueError", "TypeError", "OSError", "ImportError"}


def limits_of(schema: dict[str, Any]) -> set[str]:
    """A schema's limits, in words.

    A docstring need not mention a minimum length of 1 if there is no other limit.
    """
    least, most = schema.get("minimum"), schema.get("maximum")
    found = set[str]()
    if least is not None and most is not None:
        found.add(f"{least} to {most}")
    elif least is not None:
        found.add("not negative" if least == 0 else f"at least {least}")
    elif most is not None:
        found.add(f"at most {most}")
    if "exclusiveMinimum" in schema:
        found.add(f"greater than {schema['exclusiveMinimum']}")
    if schema.get("minLength", 0) > 1:
        found.add(f"at least {schema['minLength']} characters")
    if "maxLength" in schema:
        found.add(f"at most {schema['maxLength']} characters")
    if "minItems" in schema:
        found.add("at least one id" if schema["minItems"] == 1 else f"at least {schema['minItems']} ids")
    if "maxItems" in schema:
        found.add(f"at most {schema['maxItems']} ids")
    return found


def limits_in(text: str) -> dict[str, str]:
    """The limits that the text states, each with or without "(inferred)"."""
    return {limit.lower(): mark for limit, mark in LIMIT.findall(text)}


def stated(limits: dict[str, str]) -> str:
    return ", ".join(f"`{limit}{mark}`" for limit, mark in sorted(limits.items())) or "none"


def remainder(text: str) -> str:
    """The text without its limits and defaults."""
    for pattern in (LIMIT, CLEARS, DEFAULT, DEFAULT_OF):
        text = pattern.sub("", text)
    return text


@for_each("call", CALLS)
def test_the_docstring_says_whether_the_call_is_retried(call: Call) -> None:
    retry = call.operation.data["x-orbit-retry"]
    text = docstring(method_of(call.method)).text
    assert (NEVER_RETRIED in text) == (retry == "never"), (
        f"{in_facade(call.method)}: the docstring must {'' if retry == 'never' else 'not '}say {NEVER_RETRIED!r}: "
        f"{in_contract(call.operation)} has x-orbit-retry: {retry}"
    )
    assert RETRIED not in text or retry != "never", (
        f"{in_facade(call.method)}: delete {RETRIED!r}: {in_contract(call.operation)} has x-orbit-retry: never"
    )


@for_each("call", CALLS)
def test_limits_are_the_contracts(call: Call) -> None:
    args = docstring(method_of(call.method)).args
    for name, field in call.arguments.items():
        described = limits_in(flat(field.description))
        # A limit that the description does not mention is inferred, as the contract's introduction says.
        expected = {limit: described.get(limit, INFERRED) for limit in limits_of(field.schema) | described.keys()}
        found = limits_in(args.get(name, ""))
        assert found == expected, (
            f"{in_facade(call.method)}: the docstring of {name} has the limits {stated(found)}. "
            f"{in_contract(call.operation)} has {stated(expected)}"
        )


@for_each("call", CALLS)
def test_defaults_are_the_contracts(call: Call) -> None:
    args = docstring(method_of(call.method)).args
    for name, field in call.arguments.items():
        expected = default_of(field.name, field.description, call.operation.data["description"])
        for pattern, stated in ((DEFAULT, expected), (CLEARS, CLEARS.findall(flat(field.description)))):
            found = pattern.findall(args.get(name, ""))
            assert found == stated, (
                f"{in_facade(call.method)}: the docstring of {name} says {found}. "
                f"{in_contract(call.operation)} says {stated} of its default, or of what null does"
            )
    named = dict(DEFAULT_OF.findall(flat(call.operation.data["description"])))
    unknown = named.keys() - {field.name for field in call.arguments.values()}
    assert not unknown, f"{in_contract(call.operation)}: the description has defaults of unknown fields: {unknown}"


@for_each("call", CALLS)
def test_inferred_arguments_are_the_contracts(call: Call) -> None:
    args = docstring(method_of(call.method)).args
    for name, field in call.arguments.items():
        marked = "inferred" in remainder(flat(field.description))
        if listed_values(field.schema) and call.operation.data["x-orbit-provenance"] == "observed":
            marked |= field.schema["x-orbit-provenance"] == "inferred"
        assert ("inferred" in remainder(args.get(name, ""))) == marked, (
            f"{in_facade(call.method)}: the docstring of {name} must {'' if marked else 'not '}be marked as inferred, "
            f"like {field.name} of {in_contract(call.operation)}"
        )


@for_each("call", CALLS)
def test_inferred_behaviour_is_the_contracts(call: Call) -> None:
    doc = docstring(method_of(call.method))
    description = remainder(flat(call.operation.data["description"]))
    found, expected = ORDER.findall(doc.text + doc.returns), ORDER.findall(description)
    assert found == expected, (
        f"{in_facade(call.method)}: the docstring states the sort orders {found}, "
        f"{in_contract(call.operation)} states {expected}"
    )
    is_inferred = call.operation.data["x-orbit-provenance"] == "inferred"
    assert (FORMATS in doc.text) == is_inferred, (
        f"{in_facade(call.method)}: the docstring must contain this sentence if, and only if, "
        f"{in_contract(call.operation)} is inferred: {FORMATS}"
    )
    marks = description.count("inferred") + is_inferred
    # The description of the return value can have its own marks, which come from the model.
    assert doc.text.count("inferred") <= marks <= (doc.text + doc.returns).count("inferred"), (
        f"{in_facade(call.method)}: the docstring must mark as inferred what the description of "
        f"{in_contract(call.operation)} marks: {marks} passages"
    )


_USED: Final = {operation.data["tags"][0] for operation in CONTRACT.operations()}
NAMESPACES: Final = [tag for tag in CONTRACT.data["tags"] if tag["name"] in _USED]
"""The tags of operations. Events have a tag of their own."""


@pytest.mark.parametrize("tag", NAMESPACES, ids=lambda tag: tag["name"])
def test_a_namespace_is_described_as_in_the_contract(tag: dict[str, str]) -> None:
    name, description = tag["name"], tag["description"]
    kind = getattr(AsyncOrbitServer, name)
    module = inspect.getdoc(inspect.getmodule(kind)) or ""
    file = namespace_file(name)
    assert (inspect.getdoc(kind) or "").partition("\n")[0] == description, f"{file}: begin the class docstring so"
    assert vars(AsyncOrbitServer)[name].__doc__ == description, f"orbitconnect/_async/client.py: describe {name} so"
    expected = f"`orbit.{name}`: {description[0].lower()}{description[1:]}"
    assert module.partition("\n")[0] == expected, f"{file}: begin the module docstring so"


@pytest.mark.parametrize("tag", NAMESPACES, ids=lambda tag: tag["name"])
def test_the_description_of_a_class_lists_its_methods(tag: dict[str, str]) -> None:
    text = inspect.getdoc(getattr(AsyncOrbitServer, tag["name"])) or ""
    listed = re.findall(r"`(\w+)`", text.partition("Methods:")[2])
    methods = [method.partition(".")[2] for method in METHODS if method.startswith(f"{tag['name']}.")]
    assert sorted(listed) == sorted(methods), (
        f"{namespace_file(tag['name'])}: the class docstring lacks the methods {sorted({*methods} - {*listed})}, "
        f"and has {sorted({*listed} - {*methods})}, which do not exist"
    )


@for_each("method", METHODS)
def test_every_argument_is_described_in_order(method: str) -> None:
    doc = docstring(method_of(method))
    described, taken = list(doc.args), list(inspect.signature(method_of(method)).parameters)[1:]
    assert described == taken, f"{in_facade(method)}: the docstring describes {described}, the signature has {taken}"
    assert doc.args.get("acting_user_id", ACTING_USER) == ACTING_USER, f"{in_facade(method)}: write {ACTING_USER}"


@for_each("method", METHODS)
def test_the_first_line_is_an_instruction_that_fits_a_tooltip(method: str) -> None:
    summary = docstring(method_of(method)).summary
    assert re.match(r"[A-Z][a-z]*([^s]|ss) ", summary), f"{in_facade(method)}: write `Send`, not `Sends`"
    assert summary.endswith("."), f"{in_facade(method)}: end the first line of the docstring with a period"
    assert len(summary) <= 80, f"{in_facade(method)}: shorten the first line of the docstring to 80 characters"


@for_each("method", METHODS)
def test_errors_are_described_in_the_usual_words(method: str) -> None:
    raises = docstring(method_of(method)).raises
    if method == "realtime.escalate":  # The method only creates a context manager.
        assert raises.keys() == {"ValueError"}
        return
    name, text = list(raises.items())[-1]
    others = raises.keys() - {name} - BEFORE_SENDING
    assert name == "OrbitServerError", f"{in_facade(method)}: describe OrbitServerError last"
    assert re.fullmatch(
        rf"(From the iterator, f|F)or any {'other ' if others else ''}API or network error( that is not temporary)?\.",
        text,
    ), f"{in_facade(method)}: OrbitServerError is raised 'for any {'other ' if others else ''}API or network error'"
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
