"""How much of the time a GPU does nothing: gaps between kernels of a trace, and NVML's own samples.

Knows traces of `torch.profiler` (the JSON that Chrome reads). Refuses to know who launched the kernels.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import fmean
from types import TracebackType
from typing import Any, Self

ON_THE_GPU = {"kernel", "gpu_memcpy", "gpu_memset"}
SAMPLE_SECONDS = 0.1
"""NVML looks back over at least a sixth of a second: more often it would tell the same again."""

Span = tuple[float, float]


def idle_share(spans: Iterable[Span]) -> float | None:
    """Of the time from the first begin to the last end, the part that no span covers; None without spans."""
    ordered = sorted(spans)
    if not ordered:
        return None
    begin = reached = ordered[0][0]
    idle = 0.0
    for start, end in ordered:
        idle += max(0.0, start - reached)
        reached = max(reached, end)
    return idle / (reached - begin) if reached > begin else None


def kernel_spans(trace: Path) -> list[Span]:
    """Begin and end of everything that ran on the GPU, in microseconds."""
    events: Sequence[dict[str, Any]] = json.loads(trace.read_text(encoding="utf-8"))["traceEvents"]
    return [
        (event["ts"], event["ts"] + event["dur"])
        for event in events
        if event.get("cat") in ON_THE_GPU and event.get("dur", 0) > 0
    ]


class Utilisation:
    """Samples of the first GPU while the block runs; `idle` is None where NVML or a GPU is missing."""

    def __init__(self) -> None:
        self._samples: list[int] = []
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        import pynvml  # noqa: PLC0415  only where it is measured

        try:
            pynvml.nvmlInit()
            device = pynvml.nvmlDeviceGetHandleByIndex(0)
        except pynvml.NVMLError:
            return self

        def look() -> None:
            while not self._over.wait(SAMPLE_SECONDS):
                self._samples.append(pynvml.nvmlDeviceGetUtilizationRates(device).gpu)

        self._thread = threading.Thread(target=look, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        if self._thread is not None:
            self._thread.join()

    @property
    def idle(self) -> float | None:
        return 1 - fmean(self._samples) / 100 if self._samples else None
