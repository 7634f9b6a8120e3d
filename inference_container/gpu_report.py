"""Once a minute one JSON line about the GPU on standard output, where a log group turns it into a metric.

    {"gpu_celsius": 61, "gpu_memory_percent": 43.1, "gpu_utilisation_percent": 12}

The same figures are gauges of `/metrics`. Of several GPUs the worst figure is told: each has to be well. A
machine without one, or without its driver, prints nothing. Refuses to judge: thresholds are alarms.
"""

from __future__ import annotations

import json
import logging
import math
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from inference_container.metrics import Metrics

EVERY_SECONDS = 60.0
Figures = dict[str, float]
FIGURES = ("gpu_celsius", "gpu_memory_percent", "gpu_utilisation_percent")

_log = logging.getLogger("inference_container")


def start_gpu_report(metrics: Metrics) -> None:
    """Begins beside the server where there is a GPU."""
    read = gpu_reader()
    if read is not None:
        for name in FIGURES:
            metrics.gauge(name, "Of the GPU that has the most of it", partial(_figure, read, name))
        threading.Thread(target=report, args=(read,), name="gpu-report", daemon=True).start()


def report(read: Callable[[], Figures], *, pause: Callable[[float], None] = time.sleep) -> None:
    """Prints what `read` tells, now and every minute, for as long as the process lives."""
    while True:
        try:
            line = json.dumps(read())
        except Exception as error:  # noqa: BLE001  a report that ends would be silent for ever
            _log.warning("the GPU does not answer (%s)", type(error).__name__)
        else:
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
        pause(EVERY_SECONDS)


def gpu_reader() -> Callable[[], Figures] | None:
    """Asks the driver through NVML; None where there is nothing to ask."""
    try:
        import pynvml  # noqa: PLC0415  only a server beside a GPU has it
    except ImportError:
        return None
    try:
        pynvml.nvmlInit()
        devices = [pynvml.nvmlDeviceGetHandleByIndex(n) for n in range(pynvml.nvmlDeviceGetCount())]
    except pynvml.NVMLError:
        return None
    return (lambda: _worst(pynvml, devices)) if devices else None


def _figure(read: Callable[[], Figures], name: str) -> float:
    try:
        return read()[name]
    except Exception:  # noqa: BLE001  a driver that died must not take the other counts along
        return math.nan


def _worst(nvml: Any, devices: list[Any]) -> Figures:
    memory = [nvml.nvmlDeviceGetMemoryInfo(device) for device in devices]
    return {
        # deprecated in favour of a call that older drivers do not know, and those still run
        "gpu_celsius": max(nvml.nvmlDeviceGetTemperature(d, nvml.NVML_TEMPERATURE_GPU) for d in devices),
        "gpu_memory_percent": max(round(100 * of.used / of.total, 1) for of in memory),
        "gpu_utilisation_percent": max(nvml.nvmlDeviceGetUtilizationRates(d).gpu for d in devices),
    }
