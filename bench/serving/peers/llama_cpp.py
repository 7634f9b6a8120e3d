"""llama.cpp's own HTTP server, bare: `python -m bench.serving.peers.llama_cpp --weights FILE --slots N`.

The package `xllamacpp` carries it. It opens a port of its own and prints it; ends with its input.
"""

from __future__ import annotations

import argparse
import sys
from typing import Any


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.serving.peers.llama_cpp", description=__doc__)
    parser.add_argument("--weights", required=True)
    parser.add_argument("--slots", type=int, required=True)
    parser.add_argument("--context", type=int, required=True, help="tokens of one slot")
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--drafts", action="store_true", help="guess words of the prompt, as our engine does")
    import xllamacpp  # noqa: PLC0415  100 MB of native code, only for who runs this

    server = xllamacpp.Server(_parameters(xllamacpp, parser.parse_args()))
    print(server.listening_address, flush=True)
    sys.stdin.read()  # until whoever started it has gone or closes it
    del server  # it serves as long as it is held
    return 0


def _parameters(xllamacpp: Any, given: argparse.Namespace) -> Any:
    parameters = xllamacpp.CommonParams()
    parameters.model.path = given.weights
    parameters.n_parallel = given.slots
    parameters.n_ctx = given.context * given.slots
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = given.threads
    parameters.flash_attn_type = xllamacpp.llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_ENABLED
    parameters.ui, parameters.verbosity = False, 1
    if given.drafts:
        kind = xllamacpp.common_speculative_type.COMMON_SPECULATIVE_TYPE_NGRAM_SIMPLE
        parameters.speculative.types = [kind]
        parameters.speculative.ngram_simple.size_n, parameters.speculative.ngram_simple.size_m = 3, 4
    return parameters


if __name__ == "__main__":
    sys.exit(main())
