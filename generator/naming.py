"""Converts names of the contract to Python names: openapi-python-client's rules, with a few exceptions."""

from __future__ import annotations

import keyword

from openapi_python_client.strings import ClassName, PythonIdentifier

# openapi-python-client renames attributes that are also builtins (`type` to `type_`). That is only necessary for names
# that annotations use.
_USED_IN_ANNOTATIONS = frozenset({"bool", "dict", "float", "int", "list", "object", "str", "tuple"})


def identifier(name: str) -> str:
    """The name of an attribute or argument, such as `reference_id` for `referenceId`."""
    python_name = str(PythonIdentifier(name, prefix="field_"))
    plain = python_name.removesuffix("_")
    if python_name != plain and not keyword.iskeyword(plain) and plain not in _USED_IN_ANNOTATIONS:
        return plain if plain.isidentifier() else python_name
    return python_name


def module(operation_id: str) -> str:
    """The name of an operation's module, such as `create_app_user` for `createAppUser`."""
    return str(PythonIdentifier(operation_id, prefix="field_"))


def class_name(schema: str) -> str:
    """The name of a schema's class."""
    return str(ClassName(schema, prefix="field_"))


def constant(operation_id: str) -> str:
    """The name of an operation's constant in the operation table."""
    return module(operation_id).upper()
