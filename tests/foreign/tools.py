"""How each tool generates a client, and how its result is compiled and run."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .commands import Failure, Workplace

HERE: Final = Path(__file__).resolve().parent
ALL_PARTS: Final = ("story", "error", "enum", "event")


@dataclass(frozen=True)
class Tool:
    """A tool that generates clients from the contract."""

    name: str
    package: str
    """The package in a lock file that has the tool's version."""
    folder: str
    """The folder of its story and its configuration, below `tests/foreign`."""
    generate: Callable[[Workplace], str]
    """Generates the client into `generated`, and returns the tool's output."""
    compile: Callable[[Workplace], object]
    run: Callable[[Workplace], str]
    expected_warnings: Sequence[tuple[str, str]] = ()
    """The warnings that are accepted: a pattern, and why."""
    is_fast: bool = False

    def warnings(self, output: str) -> list[str]:
        """The unexpected warnings in the tool's output."""
        found = [
            line for line in output.splitlines() if re.search(r"\bWARN\b|[Ww]arning|[Uu]nable to|✗|[Ss]kipping", line)
        ]
        return [line for line in found if not any(re.search(pattern, line) for pattern, _ in self.expected_warnings)]


# ── TypeScript ──


def _compile_typescript(place: Workplace) -> None:
    place.node("tsc", "--project", "tsconfig.json")


def _run_typescript(place: Workplace) -> str:
    place.node("esbuild", "story.ts", "--bundle", "--format=esm", "--outfile=story.mjs", "--log-level=warning")
    return place.node_program("story.mjs")


def _openapi_typescript(place: Workplace) -> str:
    return place.node("openapi-typescript", place.contract, "--output", "generated/schema.ts")


def _hey_api(place: Workplace) -> str:
    return place.node("openapi-ts", "--input", place.contract, "--output", "generated", "--no-log-file")


def _orval(place: Workplace) -> str:
    return place.node("orval", "--config", "orval.config.ts")


def _kubb(place: Workplace) -> str:
    return place.node("kubb", "generate", "--config", "kubb.config.ts")


# ── Python ──


def _openapi_python_client(place: Workplace) -> str:
    (place.path / "config.yaml").write_text("package_name_override: generated\n", encoding="utf-8")
    options = ("--meta", "none", "--config", "config.yaml", "--output-path", "generated", "--overwrite")
    return place.python_tool("openapi-python-client", "generate", "--path", place.contract, *options)


def _datamodel_codegen(place: Workplace) -> str:
    return place.python_tool(
        "datamodel-codegen",
        *("--input", place.contract, "--input-file-type", "openapi", "--output", "generated.py"),
        *("--output-model-type", "pydantic_v2.BaseModel", "--target-python-version", "3.11"),
        *("--use-annotated", "--formatters", "builtin", "--disable-timestamp"),
    )


def _compile_python(place: Workplace) -> None:
    place.python("-W", "error", "-c", _IMPORT_ALL)
    place.python("-m", "mypy", "--strict", "--follow-imports", "silent", "--no-incremental", "story.py")


_IMPORT_ALL: Final = """
import importlib, pkgutil, generated
for found in pkgutil.walk_packages(getattr(generated, '__path__', ()), 'generated.'):
    importlib.import_module(found.name)
"""


def _run_python(place: Workplace) -> str:
    return place.python("story.py")


# ── openapi-generator ──


def _openapi_generator(language: str, *options: str) -> Callable[[Workplace], str]:
    def generate(place: Workplace) -> str:
        if shutil.which("java") is None:
            raise Failure("openapi-generator needs Java. Run: apt-get install default-jre-headless")
        # Naming the parts leaves out the methods for webhooks. For Python, the tool writes these in invalid syntax.
        # Documentation and tests of the client are not needed here.
        parts = "apis,models,supportingFiles,apiDocs=false,modelDocs=false,apiTests=false,modelTests=false"
        # By default, the tool's clients refuse responses with fields that the contract does not list.
        open_models = "disallowAdditionalPropertiesIfNotPresent=false"
        return place.python_tool(
            "openapi-generator-cli",
            *("generate", "--input-spec", place.contract, "--generator-name", language, "--output", "generated"),
            *("--global-property", parts, "--additional-properties", open_models, *options),
        )

    return generate


def _openapi_generator_python(place: Workplace) -> str:
    output = _openapi_generator("python", "--package-name", "generated")(place)
    (place.path / "generated").rename(place.path / "project")
    (place.path / "project" / "generated").rename(place.path / "generated")
    return output


def _compile_go(place: Workplace) -> None:
    if shutil.which("go") is None:
        raise Failure("The Go client needs Go. Run: apt-get install golang-go")
    story = place.path / "generated" / "story"
    story.mkdir()
    shutil.copy(place.path / "main.go", story)
    place.run("go", "vet", ".", "./story", cwd=place.path / "generated")
    place.run("go", "build", "-o", place.path / "story", "./story", cwd=place.path / "generated")


def _run_go(place: Workplace) -> str:
    return place.run(place.path / "story")


_OPENAPI_GENERATOR_WARNINGS: Final = (
    (r"OpenAPI 3\.1 support is still in beta", "the tool prints this for every document of version 3.1"),
    (r"Failed to get the schema name: null", "the alternative `null` of a nullable property has no name"),
    (r"Skipping generation of Webhooks", "the clients call operations; deliveries are read with the models"),
)

TOOLS: Final = (
    Tool(
        "openapi-typescript + openapi-fetch",
        "openapi-typescript",
        "typescript/openapi-typescript",
        _openapi_typescript,
        _compile_typescript,
        _run_typescript,
        is_fast=True,
    ),
    Tool(
        "hey-api",
        "@hey-api/openapi-ts",
        "typescript/hey-api",
        _hey_api,
        _compile_typescript,
        _run_typescript,
        is_fast=True,
    ),
    Tool("orval", "orval", "typescript/orval", _orval, _compile_typescript, _run_typescript),
    Tool("kubb", "@kubb/cli", "typescript/kubb", _kubb, _compile_typescript, _run_typescript),
    Tool(
        "openapi-python-client",
        "openapi-python-client",
        "python/openapi_python_client",
        _openapi_python_client,
        _compile_python,
        _run_python,
        is_fast=True,
    ),
    Tool(
        "datamodel-code-generator",
        "datamodel-code-generator",
        "python/datamodel_code_generator",
        _datamodel_codegen,
        _compile_python,
        _run_python,
        (
            (r"fields holding AnyUrl are written without", "the tool's type for URLs has no limits of length"),
            (r"NamingHintWarning", "the two alternatives of an open enum have no names of their own"),
        ),
    ),
    Tool(
        "openapi-generator python",
        "openapi-generator-cli",
        "python/openapi_generator",
        _openapi_generator_python,
        _compile_python,
        _run_python,
        (
            *_OPENAPI_GENERATOR_WARNINGS,
            (r"Codegen property is null", "`data` of the envelope has no type: it can be any JSON value"),
        ),
    ),
    Tool(
        "openapi-generator typescript-fetch",
        "openapi-generator-cli",
        "typescript/openapi-generator",
        _openapi_generator("typescript-fetch"),
        _compile_typescript,
        _run_typescript,
        _OPENAPI_GENERATOR_WARNINGS,
    ),
    Tool(
        "openapi-generator go",
        "openapi-generator-cli",
        "go",
        _openapi_generator("go", "--package-name", "orbit", "--git-user-id", "example", "--git-repo-id", "orbit"),
        _compile_go,
        _run_go,
        _OPENAPI_GENERATOR_WARNINGS,
    ),
)
