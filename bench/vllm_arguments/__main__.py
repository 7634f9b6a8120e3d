"""Every profile through `AsyncEngineArgs` and its command line; then the names that both know, as JSON.

Knows where the record lies. Refuses to judge values that only a GPU can judge (kernels, sizes).
"""

from __future__ import annotations

import argparse
import dataclasses
import inspect
import json
from itertools import product
from pathlib import Path
from typing import Any

import vllm
from vllm.config import SchedulerConfig
from vllm.engine.arg_utils import AsyncEngineArgs
from vllm.exceptions import VLLMClientError
from vllm.inputs.engine import TokensInput
from vllm.lora.request import LoRARequest
from vllm.outputs import CompletionOutput, RequestOutput
from vllm.sampling_params import RequestOutputKind, SamplingParams, StructuredOutputsParams
from vllm.utils.argparse_utils import FlexibleArgumentParser
from vllm.v1.engine.async_llm import AsyncLLM

from inference_container.engines.vllm_profiles import engine_arguments, vllm_profiles

RECORD = Path(__file__).parents[2] / "tests/inference_container/vllm_names.json"

SCHEDULED = ("max_model_len", "max_num_seqs", "max_num_batched_tokens", "enable_chunked_prefill")
"""What vLLM compares with each other without a GPU: sizes that do not go together are refused."""


def main() -> None:
    profiles = vllm_profiles()
    if vllm.__version__ != profiles.version:
        raise SystemExit(f"vLLM {vllm.__version__} is here, the profiles are for {profiles.version}.")
    parser = AsyncEngineArgs.add_cli_args(FlexibleArgumentParser())
    for gpu, adapters in product(profiles.gpus, (0, 3)):
        arguments = engine_arguments(
            gpu=gpu,
            folder=Path("/opt/ml/model/m"),
            model="m",
            context_tokens=4096,
            parallel=36,
            adapters=adapters,
        )
        spoken = parser.parse_args(words(arguments))
        built, read = AsyncEngineArgs(**arguments), AsyncEngineArgs.from_cli_args(spoken)
        differing = [name for name in arguments if as_text(built, name) != as_text(read, name)]
        if differing:
            raise SystemExit(f"{gpu}: {', '.join(differing)} are read differently from the command line.")
        SchedulerConfig(**{name: arguments[name] for name in SCHEDULED}, is_encoder_decoder=False)
        print(f"{gpu}, {adapters} adapters: {len(arguments)} arguments read by vLLM {vllm.__version__}")
    RECORD.write_text(json.dumps(record(parser), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{RECORD.name} written")


def words(arguments: dict[str, Any]) -> list[str]:
    """As on a command line."""
    spoken = []
    for name, value in arguments.items():
        option = name.replace("_", "-")
        if isinstance(value, bool):
            spoken.append(f"--{option}" if value else f"--no-{option}")
        else:
            spoken += [f"--{option}", str(value)]
    return spoken


def as_text(arguments: AsyncEngineArgs, name: str) -> str:
    """Enums, lists of one and plain words say the same."""
    value = getattr(arguments, name)
    value = value[0] if isinstance(value, list) else value
    return str(getattr(value, "name", value))


def record(parser: argparse.ArgumentParser) -> dict[str, Any]:
    """Names and choices; the calls and fields that the engine uses."""
    choices = {action.dest: action.choices for action in parser._actions}  # noqa: SLF001  it has no other way
    return {
        "version": vllm.__version__,
        "engine_arguments": {
            field.name: sorted(str(getattr(one, "name", one)) for one in choices.get(field.name) or [])
            for field in dataclasses.fields(AsyncEngineArgs)
        },
        "sampling": sorted(SamplingParams.__struct_fields__),
        "structured": sorted(field.name for field in dataclasses.fields(StructuredOutputsParams)),
        "lora_request": sorted(LoRARequest.__struct_fields__),
        "generate": sorted(inspect.signature(AsyncLLM.generate).parameters),
        "request_output": sorted(inspect.signature(RequestOutput).parameters),
        "completion_output": sorted(field.name for field in dataclasses.fields(CompletionOutput)),
        "token_prompt": sorted(TokensInput.__annotations__),
        "kinds": sorted(kind.name for kind in RequestOutputKind),
        "engine": sorted(name for name in dir(AsyncLLM) if not name.startswith("_")),
        "refusal": VLLMClientError.__name__,
    }


if __name__ == "__main__":
    main()
