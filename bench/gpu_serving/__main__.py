"""On a GPU, from the repository's root, in the environment that `make transformers-engine` makes:

    python -m bench.gpu_serving --gpu h100 --greedy-with .attendant/models/smollm2-135m-instruct --out results

`--gpu` names the GPU's figures in core/capacity/figures.toml (a10g, l4, h100, h200), of which the roofline is
computed. Qwen2.5-7B in 16 bits has 15.2 GB and wants room for the dialogues: no T4. Without a GPU:

    python -m bench.gpu_serving --dry-run --out results

takes a toy model, says so everywhere, and tells nothing of a GPU. Both write a JSON and a page into `--out`.

Knows the order of the measurements. Each way gets the same questions (`work.py`) after a warm-up of its own;
one that breaks off is told and does not end the others.
"""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch

from bench.gpu_serving import greedy, report, ways, work
from bench.gpu_serving.agreement import Agreement
from bench.gpu_serving.idle import Utilisation
from bench.gpu_serving.made_up import made_up
from bench.gpu_serving.report import Results, Row
from core.capacity import EngineSettings, Gpu, ModelShape, gpu, model, quantisation
from core.capacity.roofline import Roofline

TOY = ModelShape(
    name="a toy",
    source="made up",
    layers=2,
    hidden=64,
    heads=4,
    kv_heads=2,
    head_size=16,
    inner=128,
    vocabulary=512,
    tied_head=False,
    attention_bias=True,
    context_tokens=2048,
)


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much is asked. Alone and naive are slow: fewer questions of the same kind."""

    in_flight: int
    shared_tokens: int
    own_tokens: int
    answer_tokens: int
    alone: int
    naive: int
    batch: int


WHOLE = Size(in_flight=50, shared_tokens=750, own_tokens=50, answer_tokens=128, alone=3, naive=5, batch=16)
"""The load of docs/capacity.md."""
DRY = Size(in_flight=6, shared_tokens=40, own_tokens=8, answer_tokens=8, alone=1, naive=2, batch=3)


def main(argv: Sequence[str] | None = None) -> int:
    arguments = read(argv)
    size = DRY if arguments.dry_run else WHOLE
    shape = TOY if arguments.dry_run else model(arguments.model)
    torch.set_num_threads(os.cpu_count() or 1)
    bench = Bench(shape, size, None if arguments.dry_run else gpu(arguments.gpu))
    for name in arguments.variants.split(","):
        bench.engine(name)
    bench.naive()
    bench.static()
    results = bench.results(is_dry=arguments.dry_run)
    if arguments.greedy_with:
        compared = bench.greedy(arguments.greedy_with, arguments.variants.split(","))
        results = replace(results, agreement=compared, failed=bench.failed)
    for path in report.write(results, arguments.out):
        print(path)
    print(report.as_page(results))
    told = [] if arguments.dry_run else report.missed(results)
    print("\n".join(told))
    return 1 if bench.failed else 0


def read(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.gpu_serving", description=__doc__)
    parser.add_argument("--dry-run", action="store_true", help="a toy model on the processor")
    parser.add_argument("--gpu", help="name in core/capacity/figures.toml")
    parser.add_argument("--model", default="qwen2.5-7b-instruct", help="shape in core/capacity/figures.toml")
    parser.add_argument("--variants", default=None, help=f"of {', '.join(ways.VARIANTS)}; with commas")
    parser.add_argument("--greedy-with", type=Path, help="folder of small real weights, to compare answers")
    parser.add_argument("--out", type=Path, default=Path("results"), help="folder for the JSON and the page")
    given = parser.parse_args(argv)
    if given.dry_run == bool(given.gpu):
        parser.error("either --gpu NAME or --dry-run")
    if given.gpu and not torch.cuda.is_available():
        parser.error("there is no GPU here; --dry-run shows that the bench runs")
    given.variants = given.variants or (
        "plain" if given.dry_run else "plain,graphs,flash,flash+graphs,flash+graphs+ahead"
    )
    if unknown := set(given.variants.split(",")) - set(ways.VARIANTS):
        parser.error(f"no variant {', '.join(unknown)}")
    return given


class Bench:
    """Collects the rows. `on` is the GPU whose roofline counts, None in a dry run."""

    def __init__(self, shape: ModelShape, size: Size, on: Gpu | None) -> None:
        self._shape, self._size = shape, size
        self._roofline = _roofline(shape, on) if on else None
        self._loaded = made_up(shape)
        self._work = work.questions(
            count=size.in_flight,
            shared_tokens=size.shared_tokens,
            own_tokens=size.own_tokens,
            answer_tokens=size.answer_tokens,
            vocabulary=shape.vocabulary,
        )
        self._rows: list[Row] = []
        self.failed: dict[str, str] = {}

    def engine(self, variant: str) -> None:
        """Alone and all in flight, by the engine with these options."""
        size = self._size
        context = size.shared_tokens + size.own_tokens + 2 * size.answer_tokens

        def measured() -> None:
            with ways.Serving(
                self._loaded, ways.VARIANTS[variant], parallel=size.in_flight, context_tokens=context
            ) as serving:
                serving.in_turn(self._work[:1])
                serving.together(self._work)
                alone = serving.in_turn(self._work[: size.alone])
                self._add(Row(way=f"engine, {variant}", in_flight=1, pace=work.one_by_one(alone)))
                with Utilisation() as utilisation:
                    busy = serving.together(self._work)
                self._add(
                    Row(
                        way=f"engine, {variant}",
                        in_flight=size.in_flight,
                        pace=work.pace(busy),
                        idle_by_nvml=utilisation.idle,
                        # In a run of its own: a trace makes everything slower.
                        idle_by_kernels=serving.idle_between_kernels(self._work),
                    )
                )

        self._try(f"engine, {variant}", measured)

    def naive(self) -> None:
        def measured() -> None:
            ways.naive(self._loaded, self._work[:1])
            with Utilisation() as utilisation:
                heard = ways.naive(self._loaded, self._work[: self._size.naive])
            pace = work.one_by_one(heard)
            self._add(Row(way="generate, one by one", in_flight=1, pace=pace, idle_by_nvml=utilisation.idle))

        self._try("generate, one by one", measured)

    def static(self) -> None:
        def measured() -> None:
            batches = work.static_batches(self._work, self._size.batch)
            ways.in_batches(self._loaded, batches[:1])
            with Utilisation() as utilisation:
                seconds = ways.in_batches(self._loaded, batches)
            wanted = sum(question.answer_tokens for question in self._work)
            pace = work.Pace(len(self._work), wanted, seconds, None, None)
            way = f"generate, static batches of {self._size.batch}"
            self._add(Row(way=way, in_flight=self._size.batch, pace=pace, idle_by_nvml=utilisation.idle))

        self._try("generate, static batches", measured)

    def greedy(self, folder: Path, variants: Sequence[str]) -> dict[str, Agreement]:
        """Real weights with each of the kinds of attention that were measured."""
        agreements: dict[str, Agreement] = {}
        for attention in sorted({ways.VARIANTS[variant].attention for variant in variants}):

            def measured(attention: Any = attention) -> None:
                tokens = self._size.answer_tokens // 2
                agreements.update(greedy.compared(folder, attention=attention, answer_tokens=tokens))

            self._try(f"greedy answers with {attention}", measured)
        return agreements

    def results(self, *, is_dry: bool) -> Results:
        has_gpu = torch.cuda.is_available()
        return Results(
            is_dry=is_dry,
            machine=torch.cuda.get_device_name() if has_gpu else f"no GPU, {os.cpu_count()} cores",
            model=self._shape.name,
            command=shlex.join(["python", "-m", "bench.gpu_serving", *sys.argv[1:]]),
            versions={name: version(name) for name in ("torch", "transformers")},
            rows=self._rows,
            failed=self.failed,
            peak_memory_bytes=torch.cuda.max_memory_allocated() if has_gpu else None,
        )

    def _add(self, row: Row) -> None:
        if self._roofline is not None:
            ceiling = self._roofline.decode_tokens_per_second(
                batch=row.in_flight, context_tokens=work.context_tokens(self._work)
            )
            row = replace(row, roofline=ceiling)
        self._rows.append(row)

    def _try(self, way: str, measured: Callable[[], None]) -> None:
        try:
            measured()
        except Exception as error:  # noqa: BLE001  the other ways are worth their figures
            self.failed[way] = f"{error!r}, of {error.__cause__!r}"


def _roofline(shape: ModelShape, on: Gpu) -> Roofline:
    """bf16 and fp16 read the same bytes."""
    return Roofline(model=shape, quantisation=quantisation("bf16"), gpu=on, settings=EngineSettings())


if __name__ == "__main__":
    sys.exit(main())
