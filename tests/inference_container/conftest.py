"""The small chat model, checked; tests that want it are skipped where it was not fetched."""

from __future__ import annotations

from pathlib import Path

import pytest

from inference_container.weights import Catalogue, WeightsError, verified_folder

MODELS_DIR = Path(__file__).parents[2] / ".attendant/models"
SMOLLM2 = Catalogue.read().get("smollm2-135m-instruct")


@pytest.fixture(scope="session")
def smollm2_folder() -> Path:
    try:
        return verified_folder(SMOLLM2, MODELS_DIR)
    except WeightsError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def smollm2(smollm2_folder: Path) -> Path:
    """Its GGUF file."""
    return smollm2_folder / SMOLLM2.files[0].name
