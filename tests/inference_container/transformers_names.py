"""The names of transformers that the engine and its stand-in use, recorded from the real package.

`make transformers-engine` runs this in an environment that has it; what is written lies beside this module.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
from pathlib import Path
from typing import Any

RECORD = Path(__file__).with_name("transformers_names.json")


def record() -> dict[str, Any]:
    import transformers
    from tokenizers.decoders import DecodeStream
    from transformers import ContinuousBatchingConfig
    from transformers.generation.continuous_batching.cb_logits_processors import (
        ContinuousBatchingLogitsProcessorList,
    )
    from transformers.generation.continuous_batching.continuous_api import (
        ContinuousBatchingManager,
        ContinuousMixin,
    )
    from transformers.generation.continuous_batching.requests import GenerationOutput, RequestState
    from transformers.generation.continuous_batching.scheduler import Scheduler

    return {
        "version": transformers.__version__,
        "batching": sorted(field.name for field in dataclasses.fields(ContinuousBatchingConfig)),
        "init": _parameters(ContinuousMixin.init_continuous_batching),
        "manager": _public(ContinuousBatchingManager),
        "manager_sets": sorted(
            name
            for name in ("input_queue", "cancel_queue", "output_router", "batch_processor", "logit_processor")
            if f"self.{name}" in inspect.getsource(ContinuousBatchingManager.__init__)
        ),
        "add_request": _parameters(ContinuousBatchingManager.add_request),
        "get_result": _parameters(ContinuousBatchingManager.get_result),
        "stop": _parameters(ContinuousBatchingManager.stop),
        "output": sorted(field.name for field in dataclasses.fields(GenerationOutput)),
        "state": sorted(field.name for field in dataclasses.fields(RequestState)),
        "scheduler_sets": sorted(
            name
            for name in ("active_requests", "waiting_requests")
            if f"self.{name}" in inspect.getsource(Scheduler.reset)
        ),
        "processors": _public(ContinuousBatchingLogitsProcessorList),
        "decode_stream": _public(DecodeStream),
    }


def _parameters(call: Any) -> list[str]:
    return sorted(inspect.signature(call).parameters)


def _public(kind: type) -> list[str]:
    return sorted(name for name in dir(kind) if not name.startswith("_"))


if __name__ == "__main__":
    RECORD.write_text(json.dumps(record(), indent=1, sort_keys=True) + "\n", encoding="utf-8")
