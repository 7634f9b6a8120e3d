"""Event source mappings of FIFO queues: parallel over message groups, as AWS runs them.

The emulator runs one batch of a FIFO mapping at a time. Its queue already holds a group back while one of its
messages is in flight, so with that limit lifted order within a group is kept. A mapping still honours its
`ScalingConfig.MaximumConcurrency` and the function's reserved concurrency.
"""

from __future__ import annotations

from typing import Any

from ministack.services import lambda_svc

from cli.embedded_cloud.emulator.seams import EmulatorChangedError, replace, seam

UNLIMITED = 100  # AWS has no limit but the number of groups; a laptop has one
PAUSE_AFTER_FAILURE_SECONDS = 0.1  # the failed message stays invisible anyway; its neighbours need not wait


def install() -> None:
    """Lifts the limit and shortens the pause that one failure imposes on the whole mapping."""
    reserved = seam(lambda_svc, "_reserved_concurrency", "func", "config")

    def concurrency(
        esm: dict[str, Any],
        func_rec: dict[str, Any],
        config: dict[str, Any],
        queue: dict[str, Any] | None = None,
    ) -> int:
        if not (queue or {}).get("is_fifo"):
            return int(original(esm, func_rec, config, queue))
        limit = int((esm.get("ScalingConfig") or {}).get("MaximumConcurrency") or UNLIMITED)
        of_function = reserved(func_rec, config)
        return limit if of_function is None else min(limit, of_function)

    original = replace(lambda_svc, "_sqs_esm_concurrency", concurrency, "esm", "func_rec", "config", "queue")
    if not hasattr(lambda_svc, "_ESM_BACKOFF_SECONDS"):
        raise EmulatorChangedError("lambda_svc._ESM_BACKOFF_SECONDS is gone")
    lambda_svc._ESM_BACKOFF_SECONDS = PAUSE_AFTER_FAILURE_SECONDS  # noqa: SLF001 - the seam
