"""Mistakes in schemas: their names, their types, and what they are composed of."""

from __future__ import annotations

from pathlib import Path

from generator.checks import alternatives, schemas
from tests.for_each import for_each
from tests.generator.mistakes.case import Case, check_case, every_report

ID = "          type: string\n          description: Its id."
TIME = "          type: [string, 'null']\n          format: date-time\n"
SOURCE = "          description: Where it comes from.\n"
EXAMPLES = "      examples: [red]\n"
THING = "#/components/schemas/Thing"
PARENT = "          anyOf:\n            - $ref: '#/components/schemas/Thing'\n            - type: 'null'\n"

COLOR = "    Color:\n      description: A color.\n      x-orbit-provenance: inferred\n"
REFERENCE = "          $ref: '#/components/schemas/Color'\n"
REQUIRED = "      required: [id]\n      properties:\n        id:\n          type"
REQUIRES_NAME = {REQUIRED: REQUIRED.replace("[id]", "[id, name]")}


def added(*properties: str) -> dict[str, str]:
    """Add properties to Thing."""
    return {"        madeAt:\n": "".join(f"        {line}\n" for line in properties) + "        madeAt:\n"}


def schema(name: str, *lines: str) -> dict[str, str]:
    """Add a schema, which Thing uses."""
    head = [f"{name}:", "  description: S.", "  x-orbit-provenance: inferred", "  examples: [{}]"]
    text = "".join(f"    {line}\n" for line in (*head, *(f"  {line}" for line in lines)))
    return {
        "    Color:\n": f"{text}    Color:\n",
        **added(f"extra: {{$ref: '#/components/schemas/{name}', description: E.}}"),
    }


def parent(*lines: str) -> dict[str, str]:
    """Describe the type of a property in another way."""
    return {PARENT: "".join(f"          {line}\n" for line in lines)}


LISTS = "{type: array, items: {type: string}}, {type: array, items: {type: integer}}"
PART = "        part: {$ref: '#/components/schemas/Part', description: P.}\n"
TWO_WAY = {
    "    Event:\n": (
        "    Part:\n      description: P.\n      x-orbit-provenance: inferred\n      examples: [{}]\n"
        "      type: object\n      properties: {id: {type: string, readOnly: true, description: I.}}\n    Event:\n"
    ),
    "        color:\n          $ref": f"{PART}        color:\n          $ref",
    "        note:\n": f"{PART}        note:\n",
}
"""A model that requests and results share, and of which requests omit a property."""
NAMES = {
    "attributes that collide": Case(
        added("made_at: {type: string, description: Again.}"),
        "        madeAt:",
        "`madeAt` collides with `made_at`",
        "Add `x-orbit-name` to one of them",
        added("made_at: {type: string, x-orbit-name: remade_at, description: Again.}"),
    ),
    "an attribute that breaks its model": Case(
        added("to_dict: {type: string, description: No.}"),
        "        to_dict:",
        "`to_dict` cannot be the name of an attribute",
        "such as `to_dict_`",
        added("to_dict: {type: string, x-orbit-name: to_dict_, description: No.}"),
    ),
    "an attribute that hides a function from its model": Case(
        added("mask: {type: string, format: password, description: No.}"),
        "        mask:",
        "`mask` cannot be the name of an attribute",
        "such as `mask_`",
        added("mask: {type: string, format: password, x-orbit-name: mask_, description: No.}"),
    ),
    "a chosen name that hides a type": Case(
        added("size: {type: string, x-orbit-name: str, description: No.}"),
        "        size:",
        "`str` cannot be the name of an attribute",
        "such as `size_`",
        added("size: {type: string, x-orbit-name: size_, description: No.}"),
    ),
    "a private attribute": Case(
        {"        madeAt:": "        _made:"},
        "        _made:",
        "`_made` cannot be the name of an attribute",
        "such as `made_`",
        {"        madeAt:\n": "        _made:\n          x-orbit-name: made_\n"},
    ),
    "an attribute with other letters": Case(
        added("größe: {type: string, description: No.}"),
        "        größe:",
        "`größe` cannot be the name of an attribute",
        "Add `x-orbit-name`",
        added("größe: {type: string, x-orbit-name: size, description: No.}"),
    ),
    "a chosen name that is a keyword": Case(
        added("size: {type: string, x-orbit-name: class, description: No.}"),
        "        size:",
        "`class` cannot be the name of an attribute",
        "such as `size_`",
        added("size: {type: string, x-orbit-name: size_, description: No.}"),
    ),
    "a class that hides a name": Case(
        schema("Literal", "type: string"),
        "    Literal:",
        "`Literal` cannot be the name of a model",
        "Add `x-orbit-name` with a PascalCase name",
        schema("Literal", "type: string", "x-orbit-name: LiteralText"),
    ),
    "classes that share a module": Case(
        schema("COlor", "type: string"),
        "    Color:",
        "`Color` collides with `COlor`",
        "Add `x-orbit-name` to one",
        schema("COlor", "type: string", "x-orbit-name: OtherColor"),
    ),
    "a chosen name without effect": Case(
        added("tags: {type: array, items: {type: string, x-orbit-name: tag}, description: T.}"),
        "        tags:",
        "`x-orbit-name` has no effect here",
        "Write it on the property",
        added("tags: {type: array, items: {type: string}, x-orbit-name: tag, description: T.}"),
    ),
    "a model that takes the name of a form for requests": Case(
        {
            **schema("PartInput", "type: object", "properties: {a: {type: string, description: A.}}"),
            **TWO_WAY,
        },
        "    PartInput:",
        "`PartInput` collides with `Part`",
        "Add `x-orbit-name` to PartInput",
        {
            **schema(
                "PartInput",
                "x-orbit-name: InputPart",
                "type: object",
                "properties: {a: {type: string, description: A.}}",
            ),
            **TWO_WAY,
        },
    ),
}
TYPES = {
    "no description of a property": Case(
        {"          description: Its id.\n": ""},
        "        id:",
        "the property has no description",
        "Describe what it means",
        {"Its id.": "The id."},
    ),
    "no description": Case(
        {"      description: A color.\n": ""},
        "    Color:",
        "`description` is missing",
        "The text becomes the docstring",
        {"A color.": "The color."},
    ),
    "no example": Case(
        {EXAMPLES: ""},
        "    Color:",
        "`examples` is missing",
        "one realistic example",
        {EXAMPLES: "      examples: [blue]\n"},
    ),
    "no provenance": Case(
        {COLOR: "    Color:\n      description: A.\n"},
        "    Color:",
        "`x-orbit-provenance` is missing",
        "Write one of: observed",
        {COLOR: "    Color:\n      description: A.\n      x-orbit-provenance: observed\n"},
    ),
    "a schema that is not a mapping": Case(
        {"          description: How many.\n": "          description: How many.\n"} | added("size: true"),
        "        size:",
        "the schema is not a mapping",
        "Describe it with `type` or `$ref`",
        added("size: {type: integer, description: S.}"),
    ),
    "a key that JSON Schema has and the generator ignores": Case(
        added("size: {type: integer, multipleOf: 5, description: S.}"),
        "        size:",
        "`multipleOf` is not supported in a schema",
        "Remove it: the generator would ignore it",
        added("size: {type: integer, description: A multiple of 5.}"),
    ),
    "nullable": Case(
        added("size: {type: integer, nullable: true, description: S.}"),
        "        size:",
        "`nullable` is not supported in a schema",
        "Write `type: [string, 'null']`",
        added("size: {type: [integer, 'null'], description: S.}"),
    ),
    "keys beside a reference": Case(
        {REFERENCE: f"{REFERENCE}          maxLength: 5\n"},
        "        color:",
        "`$ref` hides the keys beside it",
        "Move them into the component",
        {"        - {type: string, minLength: 1}": "        - {type: string, minLength: 1, maxLength: 5}"},
    ),
    "an unknown type": Case(
        {ID: ID.replace("string", "strng")},
        "        id:",
        "'strng' is not a type",
        "string",
        {ID: ID.replace("string", "number")},
    ),
    "an unknown type of additional properties": Case(
        {TIME: "          type: object\n          additionalProperties: {type: strng}\n"},
        "          additionalProperties: {type: strng}",
        "'strng' is not a type",
        "string",
        {TIME: "          type: object\n          additionalProperties: {type: string}\n"},
    ),
    "several types": Case(
        {TIME: "          type: [string, integer]\n"},
        "        madeAt:",
        "several types: string, integer",
        "Write `anyOf` with one type in each alternative",
        {TIME: "          anyOf: [{type: string}, {type: integer}]\n"},
    ),
    "a list of anything": Case(
        added("tags: {type: array, description: T.}"),
        "        tags:",
        "`items` is missing",
        "Describe the items of the list",
        added("tags: {type: array, items: {type: string}, description: T.}"),
    ),
    "an unknown format": Case(
        {"format: date-time": "format: hostname"},
        "        madeAt:",
        "the format `hostname` is not supported for string",
        "Or remove it, and explain the format in the description",
        {TIME: "          type: [string, 'null']\n", "When it was made.": "A host name."},
    ),
    "a format of another type": Case(
        {"format: date-time": "format: int64"},
        "        madeAt:",
        "the format `int64` is not supported for string",
        "Write one of: ",
        {"format: date-time": "format: decimal"},
    ),
    "a format of no type": Case(
        added("size: {format: date, description: S.}"),
        "        size:",
        "the format `date` is not supported for any type",
        "Remove it",
        added("size: {description: A date.}"),
    ),
    "a default without effect": Case(
        {EXAMPLES: f"{EXAMPLES}      default: red\n"},
        "      default: red",
        "`default` has no effect here",
        "Write it on the property that has this type",
        {"          description: Its color.\n": "          description: Its color.\n          default: red\n"},
    ),
    "a property without direction": Case(
        added("size: {type: integer, readOnly: true, writeOnly: true, description: S.}"),
        "        size:",
        "both `readOnly` and `writeOnly`",
        "Remove one of them",
        added("size: {type: integer, readOnly: true, description: S.}"),
    ),
    "an object without a name": Case(
        added("size: {type: object, properties: {x: {type: number, description: X.}}, description: S.}"),
        "        size:",
        "the object has properties but no name",
        "Move it to components.schemas, and use `$ref`",
        schema("Size", "type: object", "properties: {x: {type: number, description: X.}}"),
    ),
    "an enum without a name": Case(
        added("size: {type: string, enum: [s, m], description: S.}"),
        "        size:",
        "the enum has no name",
        "Move it to components.schemas, and use `$ref`",
        schema("Size", "type: string", "enum: [s, m]"),
    ),
    "an enum of numbers": Case(
        schema("Size", "type: integer", "enum: [1, 2]"),
        "    Size:",
        "values that are not strings",
        "Write `type: string`, and list only strings",
        schema("Size", "type: string", "enum: ['1', '2']"),
    ),
    "an enum that repeats a value": Case(
        schema("Size", "type: string", "enum: [s, s]"),
        "    Size:",
        "the enum contains a value twice",
        "Remove one of them",
        schema("Size", "type: string", "enum: [s]"),
    ),
    "a required property that is missing": Case(
        REQUIRES_NAME,
        "      required: [id, name]",
        "`name` is required but not described",
        "Describe the property, or remove it from `required`",
        added("name: {type: string, description: N.}") | REQUIRES_NAME,
    ),
    "a deprecation without effect": Case(
        added("tags: {type: array, items: {type: string, deprecated: true}, description: T.}"),
        "        tags:",
        "`deprecated` is not supported here",
        "Write it on the property",
        added(
            "tags: {type: array, items: {type: string}, deprecated: true, description: T.,"
            " x-orbit-deprecated: {since: 1.2.0, reason: It is not used.}}"
        ),
    ),
    "a list that contains itself": Case(
        schema("Tree", "type: array", "items: {$ref: '#/components/schemas/Tree'}"),
        "    Tree:",
        "`Tree` contains itself without an object between",
        "Put an object with `properties` in between",
        schema(
            "Tree",
            "type: object",
            "properties: {parts: {type: array, items: {$ref: '#/components/schemas/Tree'}, description: P.}}",
        ),
    ),
}
COMPOSED = {
    "a part that is not an object": Case(
        schema("Mixed", "allOf: [{$ref: '#/components/schemas/Color'}]"),
        "      allOf:",
        "a part of `allOf` is not an object",
        "Describe anything else as a property",
        schema("Mixed", "type: object", "properties: {color: {$ref: '#/components/schemas/Color', description: C.}}"),
    ),
    "a part that contains itself": Case(
        schema("Mixed", "allOf: [{$ref: '#/components/schemas/Mixed'}]", "properties: {a: {description: A.}}"),
        "      allOf:",
        "`allOf` contains Mixed in itself",
        "Remove the reference to Mixed",
        schema("Mixed", "properties: {a: {description: A.}}", "type: object"),
    ),
    "parts that contradict each other": Case(
        schema("Mixed", f"allOf: [{{$ref: '{THING}'}}]", "properties: {id: {type: integer, description: I.}}"),
        "      allOf:",
        "the parts of `allOf` describe `id` with different values for `type`",
        "Describe it in one of them only, or write the same value in both",
        schema("Mixed", f"allOf: [{{$ref: '{THING}'}}]", "properties: {id: {type: string, const: a, description: I.}}"),
    ),
    "a composed object without a name": Case(
        parent(
            "allOf:", f"  - $ref: '{THING}'", "  - {type: object, properties: {x: {type: string, description: X.}}}"
        ),
        "          allOf:",
        "the composed object has no name",
        "Move it to components.schemas, and use `$ref`",
        schema("Mixed", f"allOf: [{{$ref: '{THING}'}}]", "properties: {x: {type: string, description: X.}}"),
    ),
    "a requirement that no part describes": Case(
        schema("Mixed", f"allOf: [{{$ref: '{THING}'}}]", "required: [name]"),
        "      required: [name]",
        "`name` is required but not described",
        "Describe the property",
        schema("Mixed", f"allOf: [{{$ref: '{THING}'}}]", "required: [color]"),
    ),
    "oneOf and anyOf": Case(
        parent("oneOf: [{type: 'null'}]", "anyOf:", f"  - $ref: '{THING}'"),
        "        parent:",
        "both `oneOf` and `anyOf`",
        "List all alternatives in one of them",
        parent("oneOf:", "  - type: 'null'", f"  - $ref: '{THING}'"),
    ),
    "several lists": Case(
        parent(f"anyOf: [{LISTS}]"),
        "        parent:",
        "several alternatives are lists",
        "Write one list, whose `items` have alternatives",
        parent("type: array", "items: {anyOf: [{type: string}, {type: integer}]}"),
    ),
    "several lists in a map": Case(
        parent("type: object", f"additionalProperties: {{anyOf: [{LISTS}]}}"),
        "          additionalProperties:",
        "several alternatives are lists",
        "Write one list, whose `items` have alternatives",
        parent(
            "type: object", "additionalProperties: {type: array, items: {anyOf: [{type: string}, {type: integer}]}}"
        ),
    ),
    "several lists in a list": Case(
        parent("type: array", f"items: {{anyOf: [{LISTS}]}}"),
        "          items:",
        "several alternatives are lists",
        "Write one list, whose `items` have alternatives",
        parent("type: array", "items: {type: array, items: {anyOf: [{type: string}, {type: integer}]}}"),
    ),
    "an object that anything fits": Case(
        parent("anyOf:", f"  - $ref: '{THING}'", "  - {type: object, additionalProperties: true}"),
        "        parent:",
        "an alternative is an object without described properties",
        "Remove it, or describe its properties",
        parent("anyOf:", f"  - $ref: '{THING}'", "  - $ref: '#/components/schemas/CreateThingBody'"),
    ),
    "models that nothing tells apart": Case(
        schema("Twin", f"allOf: [{{$ref: '{THING}'}}]")
        | parent("anyOf:", f"  - $ref: '{THING}'", "  - $ref: '#/components/schemas/Twin'"),
        "        parent:",
        "nothing tells Thing and Twin apart",
        "or a required property that only one of them has",
        schema("Twin", f"allOf: [{{$ref: '{THING}'}}]", "required: [color]")
        | parent("anyOf:", f"  - $ref: '{THING}'", "  - $ref: '#/components/schemas/Twin'"),
    ),
    "a discriminator without alternatives": Case(
        {REQUIRED: f"      discriminator: {{propertyName: id}}\n{REQUIRED}"},
        "      discriminator:",
        "the discriminator does not choose between models",
        "Add `oneOf` with a `$ref` to each variant",
        parent(
            "discriminator: {propertyName: color}",
            "oneOf:",
            f"  - $ref: '{THING}'",
            "  - $ref: '#/components/schemas/CreateThingBody'",
        ),
    ),
    "a discriminator that a variant lacks": Case(
        parent(
            "discriminator: {propertyName: colour}",
            "oneOf:",
            f"  - $ref: '{THING}'",
            "  - $ref: '#/components/schemas/CreateThingBody'",
        ),
        "          discriminator:",
        "CreateThingBody has no property `colour`",
        "Did you mean `color`?",
        parent(
            "discriminator: {propertyName: color}",
            "oneOf:",
            f"  - $ref: '{THING}'",
            "  - $ref: '#/components/schemas/CreateThingBody'",
        ),
    ),
    "a mapping to another schema": Case(
        parent(
            "discriminator: {propertyName: color, mapping: {red: '#/components/schemas/ThingEventData'}}",
            "oneOf:",
            f"  - $ref: '{THING}'",
            "  - $ref: '#/components/schemas/CreateThingBody'",
        ),
        "          discriminator:",
        "`ThingEventData` is not one of the alternatives",
        "Add `$ref: '#/components/schemas/ThingEventData'` to the alternatives",
        parent(
            "discriminator: {propertyName: color, mapping: {red: '#/components/schemas/Thing'}}",
            "oneOf:",
            f"  - $ref: '{THING}'",
            "  - $ref: '#/components/schemas/CreateThingBody'",
        ),
    ),
    "a discriminator inside an alternative": Case(
        schema(
            "Choice",
            "discriminator: {propertyName: color}",
            f"oneOf: [{{$ref: '{THING}'}}, {{$ref: '#/components/schemas/CreateThingBody'}}]",
        )
        | parent(
            "anyOf:", "  - $ref: '#/components/schemas/Choice'", "  - $ref: '#/components/schemas/ThingEventData'"
        ),
        "        parent:",
        "an alternative has a discriminator of its own",
        "List the alternatives of the nested schema here",
        parent(
            "anyOf:",
            f"  - $ref: '{THING}'",
            "  - $ref: '#/components/schemas/CreateThingBody'",
            "  - $ref: '#/components/schemas/ThingEventData'",
        ),
    ),
}
CASES = NAMES | TYPES | COMPOSED


@for_each("name", CASES)
def check_each(name: str, tmp_path: Path) -> None:
    check_case(CASES[name], tmp_path)


def test_every_mistake_is_reported_and_every_remedy_works(tmp_path: Path) -> None:
    with every_report(schemas, alternatives):
        check_each(tmp_path=tmp_path)  # type: ignore[call-arg]  # `for_each` passes fixtures on.
