"""Mistakes in the document as a whole."""

from __future__ import annotations

from pathlib import Path

from generator.checks import document
from tests.for_each import for_each
from tests.generator.mistakes.case import Case, check_case, every_report

TIMESTAMP = (
    "    RequestTimestamp: {name: x-request-timestamp, in: header, description: When., schema: {type: string}}\n"
)
PROVENANCE = "      x-orbit-provenance: inferred\n"
REASON = "x-orbit-retry-reason: It is gone either way."
URL = "https://api.test/v1"

CASES = {
    "a $ref without a target": Case(
        {"components/responses/Thing'": "components/responses/Thingg'"},
        "components/responses/Thingg'",
        "`#/components/responses/Thingg` does not exist",
        "Did you mean `Thing`?",
        {"components/responses/Thing'": "components/responses/Thing'"},
    ),
    "another version of OpenAPI": Case(
        {"openapi: 3.1.0": "openapi: 3.0.3"},
        "openapi: 3.0.3",
        "the OpenAPI version is '3.0.3'",
        "Write `openapi: 3.1.0`.",
        {"openapi: 3.1.0": "openapi: 3.1.0"},
    ),
    "invalid OpenAPI": Case(
        {"  version: 1.0.0": "  versoin: 1.0.0"},
        "info:",
        "invalid OpenAPI: 'version' is a required property",
        "See the OpenAPI 3.1 specification",
        {"  version: 1.0.0": "  version: 1.0.1"},
    ),
    "a slash at the end of the base URL": Case(
        {URL: f"{URL}/"},
        "servers:",
        "the base URL is not a single fixed URL",
        "with an https URL that has no variables and no trailing slash",
        {URL: "https://other.test"},
    ),
    "no TLS": Case(
        {URL: URL.replace("https", "http")},
        "servers:",
        "the base URL is not a single fixed URL",
        "with an https URL",
        {URL: "https://other.test:8443/v2"},
    ),
    "a missing component": Case(
        {TIMESTAMP: ""},
        "  parameters:",
        "the component RequestTimestamp is missing",
        "Add it under components.parameters",
        {TIMESTAMP: TIMESTAMP.replace("x-request-timestamp", "x-sent-at")},
    ),
    "a vendor's URL that is none": Case(
        {URL: f"{URL}\n    x-orbit-vendor-urls: [nowhere]"},
        "    x-orbit-vendor-urls: [nowhere]",
        "it is not a list of base URLs",
        "List https URLs that have no variables",
        {URL: f"{URL}\n    x-orbit-vendor-urls: [https://other.test/v1]"},
    ),
    "an unknown extension": Case(
        {"x-orbit-facade: [things.create]": "x-orbit-fasade: [things.create]"},
        "x-orbit-fasade",
        "`x-orbit-fasade` is not a known extension",
        "Did you mean `x-orbit-facade`?",
        {"x-orbit-facade: [things.create]": "x-orbit-facade: [things.make]"},
    ),
    "an unknown provenance": Case(
        {PROVENANCE: PROVENANCE.replace("inferred", "guessed")},
        "x-orbit-provenance: guessed",
        "'guessed' is not a provenance",
        "Write one of: observed,",
        {PROVENANCE: PROVENANCE.replace("inferred", "observed")},
    ),
    "an unknown retry class": Case(
        {"x-orbit-retry: safe": "x-orbit-retry: sometimes"},
        "x-orbit-retry: sometimes",
        "'sometimes' is not a retry class",
        "Write one of: safe, idempotency-key, never.",
        {"x-orbit-retry: safe": "x-orbit-retry: never"},
    ),
    "a string for a boolean": Case(
        {"x-orbit-actor: true": "x-orbit-actor: yes"},
        "x-orbit-actor: yes",
        "'yes' is not a boolean",
        "Write `true` or `false`.",
        {"x-orbit-actor: true": "x-orbit-actor: true"},
    ),
    "an empty retry reason": Case(
        {REASON: "x-orbit-retry-reason: ''"},
        "x-orbit-retry-reason: ''",
        "the retry reason is empty",
        "Write one sentence, or remove the key",
        {f"      {REASON}\n": ""},
    ),
}


@for_each("name", CASES)
def check_each(name: str, tmp_path: Path) -> None:
    check_case(CASES[name], tmp_path)


def test_every_mistake_is_reported_and_every_remedy_works(tmp_path: Path) -> None:
    with every_report(document):
        check_each(tmp_path=tmp_path)  # type: ignore[call-arg]  # `for_each` passes fixtures on.
