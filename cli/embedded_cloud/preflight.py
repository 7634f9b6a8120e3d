"""What must be true before anything is started: Python, tools, ports, disk. Each `no` comes with its way out.

Knows how to find out who holds a port. Changes nothing.
"""

from __future__ import annotations

import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from cli.embedded_cloud.errors import EmbeddedCloudError, NotInstalledError, PortTakenError
from cli.embedded_cloud.settings import EmbeddedCloudSettings
from cli.embedded_cloud.site import built_site

OLDEST_PYTHON = (3, 11)
GIGABYTE = 1024**3
FREE_GB_WITH_MODEL = 1.0
FREE_GB_WITHOUT_MODEL = 5.0
CONNECT_SECONDS = 3.0


def preflight(settings: EmbeddedCloudSettings) -> None:
    """Raises EmbeddedCloudError, NotInstalledError or PortTakenError."""
    _check_python()
    _check_tools(settings)
    _check_disk(settings)
    _check_ports(settings)
    _check_model_url(settings)


def node(settings: EmbeddedCloudSettings) -> Path:
    return settings.python.parent / "node"


def cdk_program(settings: EmbeddedCloudSettings) -> Path:
    return settings.root / "node_modules" / "aws-cdk" / "bin" / "cdk"


def _check_python() -> None:
    if sys.version_info[:2] < OLDEST_PYTHON:
        found = ".".join(map(str, sys.version_info[:3]))
        raise NotInstalledError(f"Python {found} is too old.", "Install Python 3.11 and say: make run")


def _check_tools(settings: EmbeddedCloudSettings) -> None:
    for what, path in (
        ("The emulator's environment", settings.emulator_python),
        ("Node", node(settings)),
        ("The CDK command line", cdk_program(settings)),
    ):
        if not path.exists():
            raise NotInstalledError(
                f"{what} is not installed ({path}).", "Say `make run`: it installs everything."
            )
    built_site(settings.root)


def _check_disk(settings: EmbeddedCloudSettings) -> None:
    has_model = settings.model_url or any((settings.models / settings.model).glob("*.gguf"))
    for folder, needed, way_out in (
        (
            settings.home,
            FREE_GB_WITH_MODEL,
            "Free some space, or name another place: --home /path/on/another/disk",
        ),
        (
            settings.models,
            0 if has_model else FREE_GB_WITHOUT_MODEL,
            "Free some space: the model comes there.",
        ),
    ):
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free / GIGABYTE
        if free < needed:
            raise EmbeddedCloudError(
                f"{free:.1f} GB are free on the disk of {folder}, {needed:.0f} GB are needed.", way_out
            )


def _check_ports(settings: EmbeddedCloudSettings) -> None:
    flags = {"the page": "--port", "the AWS emulator": "--emulator-port", "the model": "--model-port"}
    if len(set(settings.ports.values())) < len(settings.ports):
        wanted = ", ".join(f"{flags[what]} {port}" for what, port in settings.ports.items())
        raise PortTakenError(
            f"Each needs a port of its own, and two are the same: {wanted}.", "Choose another."
        )
    for what, port in settings.ports.items():
        if _is_free(port):
            continue
        raise PortTakenError(
            f"Port {port}, meant for {what}, is taken by {_holder(port)}.",
            f"Stop that, or choose another port: {flags[what]} {port + 10}",
        )


def _check_model_url(settings: EmbeddedCloudSettings) -> None:
    """Somebody must listen at the address of a model that is not ours; what is said there comes later."""
    if settings.model_url is None:
        return
    try:
        parts = urlsplit(settings.model_url)
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
        socket.create_connection((parts.hostname or "", port), CONNECT_SECONDS).close()
    except (KeyError, ValueError, OSError) as error:
        raise EmbeddedCloudError(
            f"No model server answers at {settings.model_url}.",
            "Start it, or name another: --model-url http://127.0.0.1:8000",
        ) from error


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _holder(port: int) -> str:
    """Who listens there, as well as the system lets us see."""
    sockets = {f"socket:[{inode}]" for inode in _listening_inodes(port)}
    for process in Path("/proc").glob("[0-9]*"):
        if sockets & set(_open_files(process)):
            command = (process / "cmdline").read_text(errors="replace").replace("\0", " ").strip()
            return f"process {process.name} ({command[:80]})"
    return "another program"


def _open_files(process: Path) -> Iterator[str]:
    with suppress(OSError):  # somebody else's, or gone meanwhile
        for descriptor in list((process / "fd").iterdir()):
            with suppress(OSError):  # closed meanwhile
                yield str(descriptor.readlink())


def _listening_inodes(port: int) -> set[str]:
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            lines = Path(table).read_text().splitlines()[1:]
        except OSError:
            continue
        for fields in map(str.split, lines):
            if fields[3] == "0A" and int(fields[1].rpartition(":")[2], 16) == port:
                inodes.add(fields[9])
    return inodes
