"""The Python expressions that the template of operations uses: for arguments, the body and the result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from openapi_python_client.parser.properties import ModelProperty
from openapi_python_client.parser.properties.datetime import DateTimeProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.parser.responses import Response
from openapi_python_client.schema import UntrustedString

from .bodies import Body
from .codecs import CodecProperty
from .documentation import Documentation
from .expressions import (
    UnsupportedProperty,
    codec_name,
    is_free_form,
    is_nullable,
    models_of,
    single_writer,
    type_of,
    variants,
)
from .parameters import Parameter
from .results import JSON, Success

Parameters = Mapping[str, Parameter]


def raw_name(prop: PropertyProtocol) -> str:
    """The name of a parameter or a property on the wire."""
    name = prop.name
    return name.get_untrusted_value() if isinstance(name, UntrustedString) else str(name)


def in_query(props: Iterable[PropertyProtocol], parameters: Parameters) -> list[PropertyProtocol]:
    """The parameters that are sent in the query."""
    return [prop for prop in props if parameters[raw_name(prop)].location == "query"]


def in_headers(props: Iterable[PropertyProtocol], parameters: Parameters) -> list[PropertyProtocol]:
    """The parameters that are sent as headers."""
    return [prop for prop in props if parameters[raw_name(prop)].location == "header"]


def is_styled(props: Iterable[PropertyProtocol], parameters: Parameters) -> bool:
    """Whether a query has lists or objects."""
    return any(parameters[raw_name(prop)].style != "single" for prop in props)


def header_writer(props: Iterable[PropertyProtocol], parameters: Parameters, accept: str) -> str:
    """The expression for the operation's own headers."""
    own = "".join(
        f"({parameters[raw_name(prop)].name!r}, {prop.python_name}, {argument_writer(prop)}), " for prop in props
    )
    fields = f"header_fields(({own}))" if own else ""
    fixed = f'(("accept", {accept!r}),)' if accept else ""
    return " + ".join(part for part in (fixed, fields) if part)


def accept(successes: Iterable[Success]) -> str:
    """The `Accept` header of an operation that returns bytes. Empty if it returns only JSON, the default."""
    types = dict.fromkeys(success.media_type for success in successes if success.part == "content")
    return ", ".join([*types, f"{JSON};q=0.9"]) if types else ""


def argument_writer(prop: PropertyProtocol) -> str:
    """The function that writes a parameter of the query or a header."""
    match variants(prop)[0]:
        case CodecProperty() as coded:
            return f"{codec_name(coded)}.write"
        case DateTimeProperty():
            return "write_since"
        case ListProperty(inner_property=inner):
            return f"WriteItems({argument_writer(inner)})"
        case ModelProperty() as model:
            return "write_dict" if is_free_form(model) else f"WriteModel({model.class_info.name}).sent"
        case single if name := single_writer(single):
            return name
    raise UnsupportedProperty(f"the parameter `{prop.python_name}`, which is not a single value")


def argument_type(prop: PropertyProtocol) -> str:
    """The Python type of a parameter of the query or a header."""
    return type_of(prop, writing=True).replace("datetime |", "datetime | date |")


def body_type(prop: PropertyProtocol | None, body: Body) -> str:
    """The Python type of the argument `body`."""
    kind = "FileContent" if prop is None else type_of(prop, writing=True)
    if isinstance(prop, ModelProperty):
        kind = str(prop.class_info.name)
    return kind if body.required else f"{kind} | None"


def body_writer(prop: PropertyProtocol | None, body: Body) -> str:
    """The argument of `Request` for the body."""
    match prop:
        case None:
            name, written = "payload", f"whole_file(body, {body.media_type!r})"
        case ModelProperty():
            name, written = "body", f"body_of(body, {prop.class_info.name})"
        case CodecProperty():
            name, written = "body", f'{codec_name(prop)}.write(body, "body")'
        case ListProperty():
            name, written = "body", f'{_items_writer(prop)}(body, "body")'
        case _:
            raise UnsupportedProperty("a body that is neither an object nor a list")
    if body.form in ("urlencoded", "multipart"):
        name, written = "payload", f"{body.form}_form({written})"
    return f"{name}={written}" if body.required else f"{name}=None if body is None else {written}"


def _items_writer(prop: ListProperty) -> str:
    models = list(models_of(prop.inner_property))
    return f"WriteItems(WriteModel({models[0].class_info.name}).sent)" if models else argument_writer(prop)


def body_text(docs: Documentation, prop: PropertyProtocol | None, body: Body) -> str:
    """The description of the argument `body`."""
    if prop is None:
        return f"The file to send, of the type `{body.media_type}`."
    if isinstance(prop, ModelProperty):
        return docs.schema(str(prop.class_info.name))
    described = [docs.schema(str(model.class_info.name)) for model in models_of(prop)]
    return " ".join(["The items to send." if isinstance(prop, ListProperty) else "The value to send.", *described])


def result_type(responses: Iterable[Response], successes: Iterable[Success]) -> str:
    """The Python type of an operation's result: a union of the types of all success responses."""
    types = [success_type(response.prop, success) for response, success in zip(responses, successes, strict=True)]
    parts = [part for kind in types for part in kind.split(" | ")]
    plain = [part for part in dict.fromkeys(parts) if part != "None"]
    return " | ".join([*plain, *(["None"] if "None" in parts else [])])


def success_type(prop: PropertyProtocol, success: Success) -> str:
    """The Python type of the result of one success response."""
    if success.part == "content":
        return "bytes"
    if success.is_nothing:
        return "None"
    return type_of(prop) + (" | None" if is_nullable(prop) else "")


def result_reader(prop: PropertyProtocol, success: Success, data_field: str) -> str:
    """The expression that reads an operation's result from `data`."""
    if success.part == "envelope":
        (model,) = (variant for variant in variants(prop) if isinstance(variant, ModelProperty))
        data = next(known for known in _properties(model) if raw_name(known) == data_field)
        name, nullable = model.class_info.name, is_nullable(data) or not data.required
        return f"result_envelope({name}, envelope, {data_field!r}, nullable={nullable})"
    if isinstance(prop, CodecProperty):
        read = f"result_of({codec_name(prop)}, data)"
        return f"None if data is None else {read}" if is_nullable(prop) else read
    lists = [variant for variant in variants(prop) if isinstance(variant, ListProperty)]
    models = [variant.class_info.name for variant in variants(prop) if isinstance(variant, ModelProperty)]
    if len(lists) + len(models) != len(variants(prop)) or len(lists) > 1 or len(models) > 2:
        raise UnsupportedProperty("a result that is not one or two objects, a list of objects, or null")
    if len(models) > 1:
        first, second = models
        expression = f"result_one_of({first}, {second}, data)"
    elif models:
        expression = f"result_model({models[0]}, data)"
    else:
        expression = ""
    for variant in lists:
        (item,) = models_of(variant)
        read_list = f"result_list({item.class_info.name}, data)"
        expression = f"{read_list} if isinstance(data, list) else {expression}" if expression else read_list
    return f"None if data is None else {expression}" if is_nullable(prop) else expression


def _properties(model: ModelProperty) -> list[PropertyProtocol]:
    return [*(model.required_properties or ()), *(model.optional_properties or ())]
