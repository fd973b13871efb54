"""The parts of `make mutants`: which functions are changed, and which tests must notice."""

from __future__ import annotations

from typing import NamedTuple


class Part(NamedTuple):
    """Some modules and their tests."""

    mutated: tuple[str, ...]
    """Modules as `package.module.*`, and functions by mutmut's names."""
    tests: tuple[str, ...]
    """Files and folders of tests that start no other process and wait for nothing."""


def _modules(package: str, *names: str) -> tuple[str, ...]:
    return tuple(f"{package}.{name}.*" for name in names)


PARTS = {
    "calls": Part(
        (
            *_modules("orbitconnect._pipeline", "retry", "prepare", "json_writer", "settings", "raw"),
            *(
                f"orbitconnect_api.values.x_{name}__mutmut_*"
                for name in ("path_segment", "query_string", "_any_plain", "text_of", "_quote")
            ),
        ),
        (
            "tests/pipeline/test_retry.py",
            "tests/pipeline/test_prepare.py",
            "tests/properties/test_json_writer.py",
            "tests/pipeline/test_settings.py",
            "tests/pipeline/test_raw_paths.py",
            "tests/raw/test_segments.py",
            "tests/raw/test_operations.py",
            "tests/pipeline/test_executor.py",
            "tests/pipeline/test_clients.py",
            "tests/pipeline/test_observers.py",
        ),
    ),
    "webhooks": Part(
        (
            *_modules("orbitconnect.webhooks", "signature", "age", "headers", "parsing", "dedupe"),
            *_modules("orbitconnect.webhooks.once", "keys", "memory", "steps", "durations"),
        ),
        (
            "tests/webhooks/test_verify.py",
            "tests/webhooks/test_refusals.py",
            "tests/webhooks/test_age.py",
            "tests/webhooks/test_headers.py",
            "tests/webhooks/test_events.py",
            "tests/webhooks/test_dedupe.py",
            "tests/webhooks/once/test_handling.py",
            "tests/webhooks/once/test_contract.py",
        ),
    ),
    "transfers": Part(
        _modules("orbitconnect._transfers", "plan", "signed_url", "download_sink", "failures", "upload_chunks"),
        (
            "tests/transfers/test_policy.py",
            "tests/transfers/test_download_sinks.py",
            "tests/transfers/test_downloads.py",
            "tests/transfers/test_uploads.py",
            "tests/transfers/test_edges.py",
        ),
    ),
    "paging": Part(
        _modules("orbitconnect._paging", "by_change", "by_growing", "by_sequence", "walk"),
        (
            "tests/paging/test_iterator.py",
            "tests/paging/test_machine.py",
            "tests/paging/test_order.py",
            "tests/paging/test_servers.py",
        ),
    ),
    "emulator": Part(
        _modules("orbitconnect.emulator", "json_text", "validation", "access", "router", "refusals"),
        (
            "tests/emulator/test_validation.py",
            "tests/emulator/test_requests.py",
            "tests/emulator/test_users.py",
            "tests/emulator/test_conversations.py",
            "tests/emulator/test_rate_limits.py",
        ),
    ),
    "generator": Part(
        (
            *_modules("generator", "contract", "naming", "lower", "request_schemas", "operation_table"),
            *_modules(
                "generator.checks",
                "bodies",
                "document",
                "events",
                "names",
                "operations",
                "parameters",
                "responses",
                "schemas",
            ),
        ),
        (
            "tests/generator/mistakes",
            "tests/generator/test_request_schemas.py",
            "tests/generator/test_build.py",
        ),
    ),
}
