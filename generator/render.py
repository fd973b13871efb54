"""Runs openapi-python-client with the templates of this package on the reduced contract."""

from __future__ import annotations

import contextlib
import io
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.openapi import GeneratorData
from openapi_python_client.parser.properties import ModelProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.schema import UntrustedString
from openapi_python_client.strings import PythonIdentifier

from . import call_expressions, expressions, naming
from .codecs import CodecProperty, codec_of, needs_codec
from .contract import Contract, ContractError, JsonObject, Mistake, Pointer
from .documentation import Documentation
from .formatting import GeneratorFailure
from .lower import body_schema, event_schemas, lower, reachable, references, result_schemas
from .parameters import parameters
from .results import is_model_result, successes

TEMPLATES = Path(__file__).parent / "templates"
PACKAGE = "orbitconnect_api"
# Other versions would produce different bytes.
PINNED = {"openapi-python-client": "0.29.1", "ruff": "0.17.6"}
# openapi-python-client always writes these two modules. `types.py` replaces both.
_UNUSED_MODULES = ("client.py", "errors.py")


def render(contract: Contract, folder: Path) -> None:
    """Write the raw client's models and operations into a new folder.

    Raises:
        ContractError: If openapi-python-client drops a part of the contract or warns about it.
        GeneratorFailure: If a tool has the wrong version.
    """
    _check_versions()
    data = GeneratorData.from_dict(lower(contract), config=_config(folder))
    if isinstance(data, GeneratorError):
        raise ContractError(contract.path, [_mistake(contract, data)])
    _check_accepted(contract, data)
    data.enums = []
    data.models = [model for model in data.models if not expressions.is_free_form(model)]
    _add_codecs(contract, data)
    _rename(contract, data)
    project = Project(openapi=data, config=_config(folder), custom_template_path=TEMPLATES)
    project.env.filters["docstring"] = Documentation.wrapped
    project.env.filters["python_string"] = repr
    project.env.filters["class_docstring"] = Documentation.class_docstring
    project.env.globals.update(
        docs=Documentation(contract),
        expressions=expressions,
        calls=call_expressions,
        naming=naming,
        readers=_readers(contract),
        lazy_imports=_lazy_imports(data.models),
    )
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            project.build()
    except expressions.UnsupportedProperty as error:
        raise GeneratorFailure(f"The generator does not support {error}.") from None
    for name in _UNUSED_MODULES:
        (folder / name).unlink()
    (folder / "py.typed").touch()


def _config(folder: Path) -> Config:
    return Config.from_sources(
        ConfigFile(post_hooks=[], literal_enums=True, package_name_override=PACKAGE),
        MetaType.NONE,
        document_source=folder,
        file_encoding="utf-8",
        overwrite=True,
        output_path=folder,
    )


def _check_versions() -> None:
    for package, expected in PINNED.items():
        if (found := version(package)) != expected:
            raise GeneratorFailure(
                f"{package} {found} is installed, but the output needs {expected}. `make generate` installs it."
            )


def _add_codecs(contract: Contract, data: GeneratorData) -> None:
    """Replace the properties, parameters, bodies and results whose types openapi-python-client does not know."""
    models = {str(model.class_info.name): model for model in data.models}

    def coded(prop: Any, schema: JsonObject) -> Any:
        if isinstance(prop, ListProperty):
            prop.inner_property = coded(prop.inner_property, contract.resolve(schema)["items"])
            return prop
        if not needs_codec(contract, schema):
            return prop
        return CodecProperty.replacing(prop, codec_of(contract, schema), models)

    for model in data.models:
        described = _properties_of(contract, model)
        for properties in (model.required_properties or [], model.optional_properties or []):
            properties[:] = [coded(prop, described[_wire_name(prop)]) for prop in properties]
    operations = {naming.module(operation.id): operation for operation in contract.operations()}
    for collection in data.endpoint_collections_by_tag.values():
        for endpoint in collection.endpoints:
            operation = operations[str(endpoint.name)]
            types = {parameter.name: parameter.schema for parameter in parameters(contract, operation)}
            endpoint.query_parameters = [coded(prop, types[_wire_name(prop)]) for prop in endpoint.query_parameters]
            if endpoint.bodies and (body := body_schema(contract, operation)) is not None:
                endpoint.bodies[0].prop = coded(endpoint.bodies[0].prop, body)
            for response, success in zip(endpoint.responses.patterns, successes(contract, operation), strict=True):
                if success.schema is not None and not is_model_result(contract, success.schema):
                    codec = codec_of(contract, success.schema)
                    response.prop = CodecProperty.replacing(response.prop, codec, models)


def _properties_of(contract: Contract, model: ModelProperty) -> JsonObject:
    found: JsonObject = contract.data["components"]["schemas"][str(model.class_info.name)]["properties"]
    return found


def _wire_name(prop: Any) -> str:
    return prop.name.get_untrusted_value() if isinstance(prop.name, UntrustedString) else str(prop.name)


def _rename(contract: Contract, data: GeneratorData) -> None:
    """Name properties and arguments according to `naming.py`."""
    for model in data.models:
        described = _properties_of(contract, model)
        for prop in (*(model.required_properties or ()), *(model.optional_properties or ())):
            wire_name = _wire_name(prop)
            prop.python_name = _identifier(naming.attribute(wire_name, described[wire_name]))
    docs = Documentation(contract)
    for collection in data.endpoint_collections_by_tag.values():
        for endpoint in collection.endpoints:
            known = docs.operation(endpoint.name).parameters
            for prop in (*endpoint.path_parameters, *endpoint.query_parameters):
                prop.python_name = _identifier(known[_wire_name(prop)].argument)


def _identifier(name: str) -> Any:
    return str.__new__(PythonIdentifier, name)


def _readers(contract: Contract) -> set[str]:
    """The schemas that occur in responses or events. All other schemas occur only in request bodies."""
    results = [result_schemas(contract, operation) for operation in contract.operations()]
    return reachable([results, event_schemas(contract)], contract.data["components"]["schemas"])


def _lazy_imports(models: list[ModelProperty]) -> dict[str, set[str]]:
    """The models that each model must import lazily, because they refer back to it."""
    uses = {
        str(model.class_info.name): {
            str(used.class_info.name)
            for prop in (*(model.required_properties or ()), *(model.optional_properties or ()))
            for used in expressions.models_of(prop)
        }
        for model in models
    }

    def leads_to(start: str, goal: str) -> bool:
        seen, open_names = set[str](), [start]
        while open_names:
            name = open_names.pop()
            if name == goal:
                return True
            if name not in seen:
                seen.add(name)
                open_names.extend(uses.get(name, ()))
        return False

    return {name: {used for used in found if used != name and leads_to(used, name)} for name, found in uses.items()}


def _check_accepted(contract: Contract, data: GeneratorData) -> None:
    """Check that openapi-python-client dropped nothing and warned about nothing."""
    operations = [error for known in data.endpoint_collections_by_tag.values() for error in known.parse_errors]
    # A mistake in a schema is reported again for every operation that uses the schema. Only the schema's own report is
    # kept.
    if problems := data.errors or operations:
        raise ContractError(contract.path, [_mistake(contract, problem) for problem in problems])
    _check_complete(contract, data)


def _check_complete(contract: Contract, data: GeneratorData) -> None:
    """Check that every operation and model was generated: openapi-python-client may omit some without an error."""
    expected = {naming.module(operation.id): operation for operation in contract.operations()}
    written = {
        str(endpoint.name)
        for collection in data.endpoint_collections_by_tag.values()
        for endpoint in collection.endpoints
    }
    mistakes = [
        contract.mistake(operation.pointer, "openapi-python-client dropped the operation", "Simplify the operation.")
        for name, operation in expected.items()
        if name not in written
    ]
    models = {str(model.class_info.name) for model in data.models}
    schemas = contract.data["components"]["schemas"]
    for operation in contract.operations():
        for name in references([body_schema(contract, operation), *result_schemas(contract, operation)]):
            if schemas[name].get("properties") and name not in models:
                pointer = ("components", "schemas", name)
                mistakes.append(
                    contract.mistake(pointer, "openapi-python-client dropped the model", "Simplify the schema.")
                )
    if mistakes:
        raise ContractError(contract.path, mistakes)


def _mistake(contract: Contract, problem: GeneratorError) -> Mistake:
    text = " ".join(f"{problem.header or ''} {problem.detail or ''}".split())
    pointer: Pointer = ()
    for operation in contract.operations():
        if f"{operation.method.upper()} {operation.path} " in text:
            pointer = operation.pointer
    if named := re.search(r"/components/schemas/(\w+)", text):
        pointer = ("components", "schemas", named[1])
    remedy = "Use only constructs that other parts of the contract use."
    if duplicate := re.search(r'duplicate models with name "(\w+)"', text):
        remedy = f"Add `x-orbit-name` to the component {duplicate[1]}: an object without properties takes this name."
    return contract.mistake(pointer, f"openapi-python-client rejects it: {text}", remedy)
