"""vLLM behind this server's protocol: continuous batching, paged keys and values, prefixes computed once.

The frontend (`AsyncLLM`) lives in this process and loop, the engine with the GPU in a process that vLLM
starts, so that its crash ends answers and not the server. Admission, draining and counts stay where they are
for every engine; closing a stream aborts its request. docs/decisions/ has why it is not vLLM's own server.
Knows vLLM's calls (version in `vllm_profiles.toml`). Refuses to know flags: `vllm_profiles.py` has them.
It has not run on a GPU yet: tests hold it against vLLM's names and against a stand-in.
"""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from itertools import count
from pathlib import Path
from typing import Any

from inference_container.engines import EngineFailed, FinishReason, GenerationRequest, Message, Piece
from inference_container.engines.chat_templates import prompt_tokens
from inference_container.engines.vllm_profiles import engine_arguments
from inference_container.errors import BadRequest, PromptTooLong

# It tells its makers of each start, asks the model hub for news of the weights, and logs much.
QUIET = {"VLLM_NO_USAGE_STATS": "1", "HF_HUB_OFFLINE": "1", "VLLM_LOGGING_LEVEL": "WARNING"}
FINISHES: dict[str, FinishReason] = {"stop": "stop", "length": "length"}


class VllmEngine:
    """One folder of safetensors with its tokenizer, on the GPU whose profile is named.

    `adapters` are folders in PEFT's form. vLLM reads one when it is first asked for, and keeps their prefixes
    apart.
    """

    def __init__(
        self,
        *,
        model: str,
        folder: Path,
        gpu: str,
        context_tokens: int,
        parallel: int,
        adapters: Mapping[str, Path] | None = None,
    ) -> None:
        self.model, self.context_tokens = model, context_tokens
        self._adapters = dict(adapters or {})
        self._arguments = engine_arguments(
            gpu=gpu,
            folder=folder,
            model=model,
            context_tokens=context_tokens,
            parallel=parallel,
            adapters=len(self._adapters),
        )
        self._numbers = count()
        self._engine: Any = None
        self._tokenizer: Any = None

    def load(self) -> None:
        """Before it returns, vLLM runs the model with a full batch and records its graphs: the warm-up."""
        for name, folder in self._adapters.items():
            _require_rank(name, folder, self._arguments["max_lora_rank"])
        for name, value in QUIET.items():
            os.environ.setdefault(name, value)  # read when the package below is imported
        try:
            from vllm import AsyncEngineArgs, AsyncLLMEngine  # noqa: PLC0415  gigabytes, and CUDA

            self._engine = AsyncLLMEngine.from_engine_args(AsyncEngineArgs(**self._arguments))
            self._tokenizer = self._engine.get_tokenizer()
            # A model without a chat template is found here.
            prompt_tokens(self._tokenizer, (Message("user", "1"),))
        except Exception as error:
            raise EngineFailed(f"vLLM could not load {self.model}: {type(error).__name__}") from error

    async def stream(self, request: GenerationRequest) -> AsyncIterator[Piece]:
        from vllm.exceptions import VLLMClientError  # noqa: PLC0415  as in `load`

        tokens = prompt_tokens(self._tokenizer, request.messages)
        if len(tokens) >= self.context_tokens:
            raise PromptTooLong(prompt_tokens=len(tokens), context_tokens=self.context_tokens)
        answer = self._engine.generate(
            {"type": "token", "prompt_token_ids": tokens},
            _sampling(request),
            request_id=str(next(self._numbers)),
            lora_request=self._lora(request.adapter),
        )
        try:
            async with aclosing(answer):
                async for piece in _pieces(answer, prompt_tokens=len(tokens)):
                    yield piece
        except EngineFailed:
            raise
        except VLLMClientError as error:
            raise BadRequest("The engine does not accept this request.") from error
        except Exception as error:
            raise EngineFailed(f"vLLM broke off with {type(error).__name__}") from error

    def close(self) -> None:
        if self._engine is not None:
            self._engine.shutdown()
            self._engine = None

    def _lora(self, adapter: str | None) -> Any:
        if adapter is None:
            return None
        from vllm.lora.request import LoRARequest  # noqa: PLC0415  as in `load`

        number = list(self._adapters).index(adapter) + 1  # 0 is no adapter
        # Absolute: a path that is not there would otherwise be looked for on the model hub.
        folder = self._adapters[adapter].absolute()
        return LoRARequest(lora_name=adapter, lora_int_id=number, lora_path=str(folder))


def _require_rank(name: str, folder: Path, most: int) -> None:
    """Raises EngineFailed: vLLM itself would find out at the first question, and at each one after it."""
    try:
        rank = json.loads((folder / "adapter_config.json").read_bytes())["r"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EngineFailed(f"the configuration of the adapter {name} cannot be read") from error
    if not isinstance(rank, int) or rank > most:
        raise EngineFailed(f"the adapter {name} has rank {rank}, and the profiles have room for {most}")


def _sampling(request: GenerationRequest) -> Any:
    from vllm.sampling_params import (  # noqa: PLC0415  as in `load`
        RequestOutputKind,
        SamplingParams,
        StructuredOutputsParams,
    )

    shape = None
    if request.json_schema is not None:
        # An empty schema means any JSON object.
        shape = StructuredOutputsParams(json=request.json_schema or {"type": "object"})
    return SamplingParams(
        max_tokens=request.max_tokens,
        temperature=request.temperature,
        top_p=request.top_p,
        seed=None if request.seed is None else request.seed % 2**32,
        stop=list(request.stop),
        structured_outputs=shape,
        output_kind=RequestOutputKind.DELTA,
    )


async def _pieces(answer: AsyncIterator[Any], *, prompt_tokens: int) -> AsyncIterator[Piece]:
    """Outputs that each carry what is new, as pieces."""
    completion_tokens = 0
    async for output in answer:
        (new,) = output.outputs
        completion_tokens += len(new.token_ids)
        if new.finish_reason is None:
            if new.text:
                yield Piece(text=new.text)
        elif new.finish_reason in FINISHES:
            yield Piece(
                text=new.text,
                finish_reason=FINISHES[new.finish_reason],
                prompt_tokens=prompt_tokens,
                cached_tokens=output.num_cached_tokens or 0,
                completion_tokens=completion_tokens,
            )
            return
        else:
            raise EngineFailed(f"vLLM ended an answer as {new.finish_reason}")
    raise EngineFailed("vLLM ended an answer without a reason")
