"""How the next token of each request of a step is chosen, each by what its own caller asked for.

The continuous batching of transformers has one way of sampling for all requests and no seeds. It takes a list
of processors of logits; `Chooser` stands in that list's place (`ContinuousBatchingLogitsProcessorList`, the
same methods) and leaves one possible token in each row, so that the argmax behind it takes that one. A
request's own number between 0 and 1 chooses (`transformers_wish.py`): no generator of the device's is shared
by a step. Refuses to know text and requests' lives.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch

from inference_container.engines.transformers_wish import Wish

COLDEST, NARROWEST = 1e-4, 1e-6
"""Temperature and `top_p` are divided by and compared with: zero would leave no token at all."""


class Chooser:
    """In the place of the library's list of processors; `vocabulary` is the width of the logits."""

    do_processing = True
    tensors_required = 3

    def __init__(self, *, vocabulary: int, requests: int, device: Any) -> None:
        self._vocabulary = vocabulary
        words = -(-vocabulary // 32)
        self._allowed = torch.full((requests, words), -1, dtype=torch.int32, device=device)
        self._bits = torch.arange(32, dtype=torch.int32, device=device)
        self._any_sampled = self._any_constrained = False

    def check_kwargs(self, kwargs: dict[str, Any]) -> None:
        """The library asks whether it knows what a request brought."""
        if set(kwargs) != {"wish"}:
            raise ValueError("a request without its wish")

    def fill_defaults(self, arguments: Any) -> None:
        """Rows beyond the requests of a step: temperature 0."""
        arguments.copy_(torch.tensor([[0.0], [1.0], [0.0]]).view(torch.int32))

    def prepare_tensor_args(self, requests_in_batch: Sequence[Any], arg_storage: Any) -> Any:
        """Before a step: the numbers of each request that will get a token, in their order."""
        for request in requests_in_batch:
            wish = _wish(request.state)
            if wish.cached_tokens is None:  # its first step begins behind what the cache had
                wish.cached_tokens = request.state.position_offset - request.query_length
        states = [request.state for request in requests_in_batch if request.has_new_token]
        wishes = [_wish(state) for state in states]
        self._any_sampled = any(wish.temperature > 0 for wish in wishes)
        columns = [
            (wish.temperature, wish.top_p, wish.point(state.position_offset))
            for wish, state in zip(wishes, states, strict=True)
        ]
        if columns:
            rows = torch.tensor(columns, dtype=torch.float32).T.contiguous().view(torch.int32)
            arg_storage[:, : len(columns)] = rows.to(arg_storage.device)
        self._prepare_masks(wishes, states)
        return arg_storage

    def _prepare_masks(self, wishes: list[Wish], states: list[Any]) -> None:
        were_constrained = self._any_constrained
        self._any_constrained = any(wish.matcher is not None for wish in wishes)
        if not (self._any_constrained or were_constrained):
            return
        masks = torch.full(self._allowed.shape, -1, dtype=torch.int32)
        for row, (wish, state) in enumerate(zip(wishes, states, strict=True)):
            if wish.matcher is not None:
                wish.follow(state.initial_tokens + state.generated_tokens)
                mask = torch.frombuffer(bytearray(wish.matcher.compute_bitmask()), dtype=torch.int32)
                masks[row] = mask[: masks.shape[1]]  # the matcher may round up to one word more
        self._allowed.copy_(masks)

    def __call__(self, _input_ids: Any, scores: Any, arguments: Any) -> Any:
        """Scores of requests (rows) and tokens; in those that come back the chosen token is the highest."""
        # A step that is recorded as a CUDA graph is replayed for other requests: it must be able to do all.
        is_recorded = scores.is_cuda and torch.cuda.is_current_stream_capturing()
        if self._any_constrained or is_recorded:
            scores = scores.masked_fill(~self._is_allowed(len(scores)), float("-inf"))
        if not (self._any_sampled or is_recorded):
            return scores
        temperature, top_p, point = (row[: len(scores)].view(torch.float32).unsqueeze(1) for row in arguments)
        sampled = sample(scores, temperature.clamp(min=COLDEST), top_p.clamp(min=NARROWEST), point)
        chosen = torch.where(temperature > 0, sampled, scores.argmax(dim=1, keepdim=True))
        return torch.full_like(scores, float("-inf")).scatter_(1, chosen, 0.0)

    def _is_allowed(self, rows: int) -> Any:
        """Bits of the masks as booleans, a column for each token."""
        bits = (self._allowed[:rows].unsqueeze(2) >> self._bits) & 1
        return bits.flatten(1)[:, : self._vocabulary].bool()


def _wish(state: Any) -> Wish:
    """What the request brought. The library warms up with requests of its own, which bring nothing."""
    wish: Wish | None = state.logit_processor_kwargs.get("wish")
    return wish or Wish(prompt_tokens=0, temperature=0.0, top_p=1.0, seed=0)


def sample(scores: Any, temperature: Any, top_p: Any, point: Any) -> Any:
    """The token at `point` of each row's distribution, of which the likeliest part of weight `top_p` is kept.

    All but `scores` are columns. The column of tokens that comes back has no token of probability zero.
    """
    weights, tokens = (scores / temperature).softmax(dim=1).sort(dim=1, descending=True)
    weights = weights.masked_fill(weights.cumsum(dim=1) - weights >= top_p, 0.0)
    running = weights.cumsum(dim=1)
    place = torch.searchsorted(running, point * running[:, -1:], right=True)
    last = (weights > 0).sum(dim=1, keepdim=True) - 1
    return tokens.gather(1, torch.minimum(place, last))
