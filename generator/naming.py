"""How names of the contract become names in Python: the rules of openapi-python-client, and where ours differ."""

from __future__ import annotations

import keyword

from openapi_python_client.strings import ClassName, PythonIdentifier

# openapi-python-client renames what is also a builtin (`type` to `type_`). An attribute or a keyword argument may well
# be called `type`; only the names that annotations use have to be kept free.
_USED_IN_ANNOTATIONS = frozenset({"bool", "dict", "float", "int", "list", "object", "str", "tuple"})


def identifier(name: str) -> str:
    """The attribute or argument for a name of the contract, such as `reference_id` for `referenceId`."""
    python_name = str(PythonIdentifier(name, prefix="field_"))
    plain = python_name.removesuffix("_")
    if python_name != plain and not keyword.iskeyword(plain) and plain not in _USED_IN_ANNOTATIONS:
        return plain if plain.isidentifier() else python_name
    return python_name


def module(operation_id: str) -> str:
    """The module of an operation, such as `create_app_user` for `createAppUser`."""
    return str(PythonIdentifier(operation_id, prefix="field_"))


def class_name(schema: str) -> str:
    """The class of a schema."""
    return str(ClassName(schema, prefix="field_"))


def constant(operation_id: str) -> str:
    """The constant of an operation in the operation table."""
    return module(operation_id).upper()
