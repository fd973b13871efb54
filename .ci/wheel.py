"""Builds sdist and wheel into dist/, looks at what is in them, and runs the examples on the wheel alone.

Twice: with the newest dependencies that fit, and with the oldest that the wheel says it works with. Then it runs the
code of all pages of the documentation on the wheel with its extras.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tests.pages import PAGES, blocks_of, run_files, run_page  # noqa: E402

DIST = ROOT / "dist"
PACKAGES = {"orbitconnect": ROOT / "orbitconnect", "orbitconnect_api": ROOT / "generated" / "orbitconnect_api"}
# What the pages import besides the extras.
FOR_PAGES = ("pytest", "punq", "Flask-WTF")
EXAMPLES = ("basic", "group", "user", "call", "meeting", "media", "realtime", "webhook", "full")
IN_SDIST = {
    *("orbitconnect", "generated", "generator", "openapi", "tests", "examples", "docs", ".ci", ".gitignore"),
    *("pyproject.toml", "constraints.txt", "Makefile", "README.md", "CHANGELOG.md", "LICENSE", "PKG-INFO"),
}


def main() -> None:
    """Builds and tries; the first thing that is not right ends it."""
    shutil.rmtree(DIST, ignore_errors=True)
    # Without further words `build` makes the sdist from the tree and the wheel from the sdist.
    run(sys.executable, "-m", "build", "--outdir", DIST, ROOT, cwd=ROOT)
    (sdist,), (wheel,) = DIST.glob("*.tar.gz"), DIST.glob("*.whl")
    look_into_sdist(sdist)
    requirements = look_into_wheel(wheel)
    oldest = [re.sub(r"^([\w.-]+).*>=([\w.]+).*", r"\1==\2", requirement) for requirement in requirements]
    with tempfile.TemporaryDirectory() as scratch:
        # The examples lie outside the tree, so that nothing but the wheel can be imported.
        shutil.copytree(ROOT / "examples", Path(scratch, "examples"))
        try_out("newest", wheel, [], Path(scratch))
        try_out("oldest", wheel, oldest, Path(scratch))
        paste_pages(wheel, Path(scratch))


def look_into_sdist(sdist: Path) -> None:
    """Holds what building and testing take, and no more."""
    with tarfile.open(sdist) as archive:
        names = {name.split("/")[1] for name in archive.getnames()}
    same("the sdist's top level", names, IN_SDIST)
    print(f"✓ {sdist.name}: {sdist.stat().st_size // 1024} KiB")


def look_into_wheel(wheel: Path) -> list[str]:
    """Holds the two packages to the last file, the licence, and nothing else; returns what it requires."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        metadata = next(name for name in names if name.endswith(".dist-info/METADATA"))
        text = archive.read(metadata).decode()
    info = metadata.removesuffix("METADATA")
    expected = {f"{info}{name}" for name in ("METADATA", "WHEEL", "RECORD", "licenses/LICENSE")}
    for package, folder in PACKAGES.items():
        files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
        expected |= {f"{package}/{path.relative_to(folder).as_posix()}" for path in files}
        expected.add(f"{package}/py.typed")
    scripts = f"{info}entry_points.txt"
    same("the wheel's files", set(names) - {scripts}, expected)
    print(f"✓ {wheel.name}: {wheel.stat().st_size // 1024} KiB, {len(names)} files")
    return re.findall(r"^Requires-Dist: ([^;\n]+)$", text, re.MULTILINE)


def try_out(name: str, wheel: Path, pins: list[str], scratch: Path) -> None:
    """Installs the wheel into an environment of its own and runs the examples there."""
    home = scratch / name
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    run(python, "-m", "pip", "install", "--disable-pip-version-check", wheel, *pins, cwd=scratch)
    run(python, "-m", "pip", "check", cwd=scratch)
    for example in EXAMPLES:
        run(python, "-m", f"examples.{example}", cwd=scratch)
    installed = run(python, "-m", "pip", "freeze", "--exclude=orbitconnect", cwd=scratch)
    print(f"✓ {len(EXAMPLES)} examples on the wheel alone, {name}: {' '.join(installed.split())}")


def paste_pages(wheel: Path, scratch: Path) -> None:
    """Installs the wheel with all of its extras, and runs each page as a reader pastes it."""
    with zipfile.ZipFile(wheel) as archive:
        metadata = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        extras = re.findall(r"^Provides-Extra: (\S+)$", archive.read(metadata).decode(), re.MULTILINE)
    home = scratch / "pages"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    install: list[str | Path] = [
        python,
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--constraint",
        ROOT / "constraints.txt",
    ]
    run(*install, f"{wheel}[{','.join(extras)}]", *FOR_PAGES, cwd=scratch)
    pages = [page for page in PAGES if blocks_of(page)]
    for page in pages:
        folder = Path(tempfile.mkdtemp(dir=scratch))
        run_page(page, folder, python=python)
        run_files(page, folder, python=python)
    print(f"✓ {len(pages)} pages of the documentation on the wheel with all extras")


def same(what: str, found: set[str], expected: set[str]) -> None:
    """Ends the run if the two differ."""
    if found != expected:
        sys.exit(f"{what}: too many {sorted(found - expected)}, missing {sorted(expected - found)}")


def run(*command: str | Path, cwd: Path) -> str:
    """Runs a command to its end and returns what it printed."""
    done = subprocess.run(
        command,
        cwd=cwd,
        # With a key the examples would turn to the live API.
        env={name: value for name, value in os.environ.items() if name != "ORBIT_SECRET_KEY"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}")
    return done.stdout


if __name__ == "__main__":
    main()
