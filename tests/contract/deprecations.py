"""Compares what a method says about deprecated parts of its operation with the contract."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from generator.contract import Contract, OperationNode
from generator.deprecated_arguments import argument_texts
from generator.deprecation import facade_name_of, method_warning, note
from orbitconnect._facade.hints import OTHER_NAMES
from tests.contract.test_docstrings import docstring

MARK = "Deprecated since"


def problems(method: Any, name: str, contract: Contract, operation: OperationNode) -> Iterator[str]:
    """What to change in a method of the facade, named like `messages.send`."""
    doc = docstring(method)
    expected, found = method_warning(contract, operation, name), getattr(method, "__deprecated__", "")
    if expected != found:
        yield f"decorate it with @deprecated({expected!r})" if expected else "remove the decorator @deprecated"
    sentence = note(operation.data, facade_name_of(contract))
    if sentence and sentence not in doc.text:
        yield f"add a paragraph to its docstring: {sentence}"
    if not sentence and MARK in doc.text:
        yield f"remove the sentence that begins with `{MARK}` from its docstring"
    texts = argument_texts(contract, operation)
    parameters = inspect.signature(method).parameters
    for argument, text in doc.args.items():
        wire = [name for name in texts if argument in (name, *OTHER_NAMES.get(name, ()))]
        if wire and f"Deprecated {texts[wire[0]]}" not in text:
            yield f"add to the docstring of {argument}: Deprecated {texts[wire[0]]}"
        if not wire and MARK in text:
            yield f"remove the sentence that begins with `{MARK}` from the docstring of {argument}"
        if wire and parameters[argument].default is inspect.Parameter.empty:
            yield f"make {argument} optional: callers could not avoid the warning"
