"""Our server as a user starts it, and what its `/metrics` says. Refuses to know what it is asked."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import httpx
from prometheus_client.parser import text_string_to_metric_families

from bench.serving.process import ServerProcess, free_port
from cli.deployment import HOMES, PROJECT

MODELS = HOMES / "models"
STATE = HOMES / "bench"


class OurServer:
    """Ready when this returns. Raises DidNotStart."""

    def __init__(self, name: str, options: Sequence[str], *, python: Path | str = sys.executable) -> None:
        self.url = f"http://127.0.0.1:{(port := free_port())}"
        command = [str(python), "-m", "inference_container", "--models-dir", str(MODELS), "--port", str(port)]
        self.process = ServerProcess(
            [*command, *options], STATE / f"{name}.log", {"PYTHONPATH": str(PROJECT)}
        )
        try:
            self.process.wait_for(self.url, "/ping")
        except BaseException:
            self.process.end()
            raise

    async def counts(self, line: httpx.AsyncClient) -> Mapping[str, float]:
        """The values of `/metrics` without labels, those with an outcome as `requests:OUTCOME`."""
        families = text_string_to_metric_families((await line.get("/metrics")).text)
        return {_short(each.name, each.labels): each.value for family in families for each in family.samples}

    def end(self) -> int | None:
        return self.process.end()


def _short(name: str, labels: Mapping[str, str]) -> str:
    short = name.removeprefix("attendant_model_")
    outcome = labels.get("outcome")
    return f"{short.removesuffix('_total')}:{outcome}" if outcome else short
