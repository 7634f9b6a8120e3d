"""What the server tells about its GPU, with a driver that the test makes up."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from inference_container.gpu_report import EVERY_SECONDS, FIGURES, gpu_reader, report, start_gpu_report
from inference_container.metrics import Metrics

COOL = {"celsius": 40, "used": 1 << 30, "total": 16 << 30, "busy": 90}
HOT = {"celsius": 88, "used": 12 << 30, "total": 16 << 30, "busy": 10}


@pytest.fixture
def driver(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The parts of `pynvml` that are used; `devices` are the GPUs that it finds."""
    nvml: Any = ModuleType("pynvml")
    nvml.NVMLError = type("NVMLError", (Exception,), {})
    nvml.NVML_TEMPERATURE_GPU = 0
    nvml.devices = [COOL, HOT]
    nvml.nvmlInit = lambda: None
    nvml.nvmlDeviceGetCount = lambda: len(nvml.devices)
    nvml.nvmlDeviceGetHandleByIndex = lambda index: nvml.devices[index]
    nvml.nvmlDeviceGetTemperature = lambda device, _: device["celsius"]
    nvml.nvmlDeviceGetMemoryInfo = lambda device: SimpleNamespace(used=device["used"], total=device["total"])
    nvml.nvmlDeviceGetUtilizationRates = lambda device: SimpleNamespace(gpu=device["busy"])
    monkeypatch.setitem(sys.modules, "pynvml", nvml)
    return nvml


class Enough(Exception):
    """Ends a report that would go on for ever."""


def report_lines(read: Callable[[], Any], capsys: pytest.CaptureFixture[str]) -> list[Any]:
    """What two rounds of the report print."""
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            raise Enough

    with pytest.raises(Enough):
        report(read, pause=pause)
    assert pauses == [EVERY_SECONDS, EVERY_SECONDS]
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_line_a_minute_tells_the_worst_of_all_gpus(driver: Any, capsys: pytest.CaptureFixture[str]) -> None:
    read = gpu_reader()
    assert read is not None
    worst = {"gpu_celsius": 88, "gpu_memory_percent": 75.0, "gpu_utilisation_percent": 90}
    assert report_lines(read, capsys) == [worst, worst]


def test_a_gpu_that_falls_silent_does_not_end_the_report(
    driver: Any, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    read = gpu_reader()
    assert read is not None
    lost = iter([driver.NVMLError("GPU is lost")])

    def sometimes(_: object, __: object) -> int:
        for error in lost:
            raise error
        return 50

    driver.nvmlDeviceGetTemperature = sometimes
    assert [line["gpu_celsius"] for line in report_lines(read, capsys)] == [50]
    assert caplog.messages == ["the GPU does not answer (NVMLError)"]


def test_without_a_gpu_a_driver_or_its_package_nothing_is_printed(
    driver: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    driver.devices = []
    start_gpu_report(Metrics())

    def no_driver() -> None:
        raise driver.NVMLError("Driver Not Loaded")

    driver.nvmlInit = no_driver
    start_gpu_report(Metrics())
    monkeypatch.setitem(sys.modules, "pynvml", None)
    start_gpu_report(Metrics())
    assert capsys.readouterr().out == ""


def test_the_figures_are_gauges_and_a_driver_that_dies_leaves_the_other_counts(driver: Any) -> None:
    metrics = Metrics()
    start_gpu_report(metrics)

    def told() -> list[float | None]:
        return [metrics.registry.get_sample_value(f"attendant_model_{name}") for name in FIGURES]

    read = gpu_reader()
    assert read is not None
    assert told() == list(read().values())

    def lost(*_: Any) -> int:
        raise driver.NVMLError("GPU is lost")

    driver.nvmlDeviceGetTemperature = lost
    assert [math.isnan(value) for value in told() if value is not None] == [True, True, True]
    assert b"attendant_model_requests_total" in metrics.render()
