"""The Python expressions that templates use for a property: its type, its reader and its writer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from openapi_python_client.parser.properties import (
    AnyProperty,
    LiteralEnumProperty,
    ModelProperty,
)
from openapi_python_client.parser.properties.boolean import BooleanProperty
from openapi_python_client.parser.properties.datetime import DateTimeProperty
from openapi_python_client.parser.properties.file import FileProperty
from openapi_python_client.parser.properties.float import FloatProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.none import NoneProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.parser.properties.union import UnionProperty

from .codecs import CodecProperty


class UnsupportedProperty(Exception):
    """The generator cannot write code for the type of a property."""


def is_free_form(prop: PropertyProtocol) -> bool:
    """Whether a property is an object without described properties. Such an object is a plain dict in Python."""
    return isinstance(prop, ModelProperty) and not (prop.data.properties or prop.data.allOf)


def variants(prop: PropertyProtocol) -> list[PropertyProtocol]:
    """The alternatives of a union, without null. The property itself if it is not a union."""
    if isinstance(prop, UnionProperty):
        return [inner for inner in prop.inner_properties if not isinstance(inner, NoneProperty)]
    return [prop]


def is_nullable(prop: PropertyProtocol) -> bool:
    """Whether null is one of the alternatives."""
    if isinstance(prop, CodecProperty):
        return prop.codec.nullable
    if isinstance(prop, UnionProperty):
        return any(isinstance(inner, NoneProperty) for inner in prop.inner_properties)
    return isinstance(prop, NoneProperty)


def models_of(prop: PropertyProtocol) -> Iterator[ModelProperty]:
    """The models that the type of a property refers to."""
    for variant in variants(prop):
        if isinstance(variant, CodecProperty):
            yield from variant.models
        elif isinstance(variant, ListProperty):
            yield from models_of(variant.inner_property)
        elif isinstance(variant, ModelProperty) and not is_free_form(variant):
            yield variant


def is_file(prop: PropertyProtocol) -> bool:
    """Whether a property is a file or a list of files."""
    variant = variants(prop)[0]
    return isinstance(variant.inner_property if isinstance(variant, ListProperty) else variant, FileProperty)


def type_of(prop: PropertyProtocol, *, writing: bool = False) -> str:
    """The Python type of a property, without None and `UNSET`.

    Args:
        prop: The property.
        writing: Whether the type is for an argument, which accepts any mapping or sequence, or for a result.
    """
    types = dict.fromkeys(_plain_type(variant, writing) for variant in variants(prop))
    return " | ".join(types)


def _plain_type(prop: PropertyProtocol, writing: bool) -> str:
    match prop:
        case CodecProperty():
            return prop.codec.argument if writing else prop.codec.result
        case LiteralEnumProperty():
            literals = ", ".join(f'"{value}"' for value in sorted(map(str, prop.values)))
            return f"Literal[{literals}] | str"
        case StringProperty():
            return "str"
        case IntProperty():
            return "int"
        case FloatProperty():
            return "float"
        case BooleanProperty():
            return "bool"
        case DateTimeProperty():
            return "datetime | str" if writing else "datetime"
        case FileProperty() if writing:
            return "FileContent"
        case AnyProperty():
            return "Any"
        case ListProperty():
            kind = "Sequence" if writing else "list"
            return f"{kind}[{type_of(prop.inner_property, writing=writing)}]"
        case ModelProperty() if is_free_form(prop):
            return "Mapping[str, Any]" if writing else "dict[str, Any]"
        case ModelProperty():
            name = str(prop.class_info.name)
            return f"{name} | Mapping[str, Any]" if writing else name
    raise UnsupportedProperty(f"{type(prop).__name__} `{prop.python_name}`")


def own_codecs(properties: Iterable[PropertyProtocol]) -> dict[str, str]:
    """The codecs that a module creates: the expression for each name."""
    single = [prop.inner_property if isinstance(prop, ListProperty) else prop for prop in properties]
    codecs = [prop for prop in single if isinstance(prop, CodecProperty)]
    return {codec_name(prop): prop.codec.expression for prop in codecs if codec_name(prop) != prop.codec.expression}


def is_instant(prop: PropertyProtocol) -> bool:
    """Whether a property of a model is a time."""
    return isinstance(variants(prop)[0], DateTimeProperty)


def has_codec(prop: PropertyProtocol) -> bool:
    """Whether a property is read and written by a codec."""
    return isinstance(prop, CodecProperty)


def codec_name(prop: CodecProperty) -> str:
    """The name of a property's codec: that of the constant in its module, unless the codec has a name of its own."""
    expression = prop.codec.expression
    return expression if expression.isidentifier() else f"_{prop.python_name.upper()}"


def has_variants(models: Iterable[ModelProperty]) -> bool:
    """Whether a property of a model can be an `UnknownVariant`."""
    return any(
        isinstance(prop, CodecProperty) and "UnknownVariant" in prop.codec.result
        for model in models
        for prop in (*(model.required_properties or ()), *(model.optional_properties or ()))
    )


def base_class(properties: Iterable[PropertyProtocol], *, reads: bool) -> str:
    """The base class of a model with these properties."""
    if not reads:
        return "RequestModel"
    return "CodecModel" if any(isinstance(prop, CodecProperty) for prop in properties) else "Model"


def field_class(prop: PropertyProtocol, *, reads: bool) -> str:
    """The class of a property's entry in `FIELDS`."""
    return "CodecField" if reads and isinstance(prop, CodecProperty) else "Field"


def reader(prop: PropertyProtocol, source: str) -> str:
    """The expression that reads a property of a model. `source` evaluates to the JSON value, or None.

    The expression runs for every field of every object in a response. For speed, it calls no function if the value is
    missing, a plain value of the right type, an object without described properties, a list of anything, or an empty
    list. It first checks what is most likely: None if the property can be null, otherwise a value of the right type.
    The expression for a time raises `TypeError` or `ValueError` for a value that only `read_datetime` can read.
    """
    alternatives = variants(prop)
    if len(alternatives) > 1:
        raise UnsupportedProperty(f"the property `{prop.python_name}`, which has several types")
    plain = _python_type(alternatives[0])
    if plain is not None and prop.required:
        return f"value if type(value := {source}) is {plain} else read_{plain}(value)"
    if plain is not None and not is_nullable(prop):
        return f"value if type(value := {source}) is {plain} or value is None else read_{plain}(value)"
    if plain is not None:
        return f"value if (value := {source}) is None or type(value) is {plain} else read_{plain}(value)"
    match alternatives[0]:
        case CodecProperty() as coded:
            call = f"{codec_name(coded)}.read(value)"
        case DateTimeProperty() if prop.required:
            return f"value if (value := from_iso({source})).tzinfo else as_utc(value)"
        case DateTimeProperty():
            return f"value if (value := {source}) is None or (value := from_iso(value)).tzinfo else as_utc(value)"
        case ListProperty(inner_property=inner):
            return _list_reader(inner, source, required=prop.required)
        case ModelProperty() as model if is_free_form(model):
            return f"value if type(value := {source}) is dict else read_dict(value)"
        case ModelProperty() as model:
            call = f"read_model({model.class_info.name}, value)"
        case _:
            return source
    if prop.required:
        return call.replace("value", source)
    return f"None if (value := {source}) is None else {call}"


def _list_reader(item: PropertyProtocol, source: str, *, required: bool) -> str:
    """The expression that reads a list of items."""
    models, plain = list(models_of(item)), _python_type(item)
    if not models and plain is None:
        return f"value if type(value := {source}) is list else read_list(value)"
    call = f"read_models({models[0].class_info.name}, value)" if models else f"read_items(read_{plain}, value)"
    if required:
        return f"[] if (value := {source}) == [] else {call}"
    return f"{call} if (value := {source}) else [] if isinstance(value, list) else None"


def _python_type(prop: PropertyProtocol) -> str | None:
    """The Python type of a plain JSON value. None if the property is not a plain value."""
    match prop:
        case LiteralEnumProperty() | StringProperty():
            return "str"
        case IntProperty():
            return "int"
        case FloatProperty():
            return "float"
        case BooleanProperty():
            return "bool"
    return None


def readability(prop: PropertyProtocol) -> str:
    """The function that returns None if the property cannot be read from a JSON value."""
    variant = variants(prop)[0]
    match variant:
        case CodecProperty():
            return f"{codec_name(variant)}.read"
        case DateTimeProperty():
            return "read_datetime"
        case ListProperty():
            return "read_list"
        case ModelProperty():
            return "read_dict" if is_free_form(variant) else "read_object"
    return f"read_{_python_type(variant) or 'any'}"


def request_reader(prop: PropertyProtocol, name: str) -> str:
    """The expression that reads a property of a request model from `src_dict`, if present.

    The expression accepts any value; the writer rejects values that cannot be sent.
    """
    read = f'src_dict.get("{name}", UNSET)'
    if prop.python_name != name:
        read = f'read_sent(src_dict, "{name}", "{prop.python_name}")'
    return f"read_sent_datetime({read})" if isinstance(variants(prop)[0], DateTimeProperty) else read


def writer(prop: PropertyProtocol, *, reads: bool, late: Collection[str] = ()) -> str:
    """The function that writes a property of a model, or `None` if the value is sent unchanged.

    Args:
        prop: The property.
        reads: Whether the model occurs in responses. Values from a response are written unchanged, even if their type
            is wrong.
        late: The models that do not exist yet when the class is created: itself, and those imported when first used.
    """
    match variants(prop)[0]:
        case CodecProperty() as coded:
            return f"{codec_name(coded)}.write"
        case DateTimeProperty():
            return "write_datetime"
        case ListProperty(inner_property=inner):
            if list(models_of(inner)):
                return "write_models"
            if isinstance(inner, FileProperty):
                return "WriteItems(write_file)"
            return "write_texts" if isinstance(inner, StringProperty) and not reads else "write_list"
        case ModelProperty() as model if is_free_form(model):
            return "write_dict"
        case FileProperty():
            return "write_file"
        case ModelProperty() as model:
            name = str(model.class_info.name)
            return "write_model" if name in late else f"WriteModel({name}){'' if reads else '.sent'}"
        case _ if reads:
            return "None"
        case single:
            return single_writer(single) or "None"


def single_writer(prop: PropertyProtocol) -> str | None:
    """The function that writes a plain value. None if the property is not a plain value."""
    match prop:
        case LiteralEnumProperty() | StringProperty():
            return "write_text"
        case BooleanProperty():
            return "write_boolean"
        case IntProperty():
            return "write_integer"
        case FloatProperty():
            return "write_number"
    return None
