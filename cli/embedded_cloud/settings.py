"""The settings of one embedded cloud and the places that follow from them.

Knows folders, ports and names. Refuses to read the environment: the command line does.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_MODEL = "qwen2.5-coder-1.5b-instruct"


@dataclass(frozen=True, kw_only=True)
class EmbeddedCloudSettings:
    """One embedded cloud. `home` keeps its state, logs and processes; two clouds need two homes and ports.

    `source` is the SQLAlchemy URL of the source database: plain for every assistant with an inventory, or
    `assistant=URL` for one of them; None is the sample that comes with the assistant. `model_url` is an
    OpenAI-compatible server that somebody else runs and `model` its name for the model; None starts our own.
    `model_slots` is how many calls it takes at once, None leaves that to the stage. `warm_functions` is how
    many environments of each function wait for the first burst of questions.
    """

    home: Path = ROOT / ".attendant" / "local"
    port: int = 8080
    emulator_port: int = 4566
    model_port: int = 8090
    model: str = DEFAULT_MODEL
    model_url: str | None = None
    model_slots: int | None = None
    source: str | None = None
    root: Path = ROOT
    models: Path = ROOT / ".attendant" / "models"
    compiled_knowledge: Path = ROOT / ".attendant" / "knowledge"
    emulator_python: Path = ROOT / ".attendant" / "envs" / "emulator" / "bin" / "python"
    python: Path = Path(sys.executable)
    warm_functions: int = 4
    sweep_seconds: float = 5.0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def emulator_address(self) -> str:
        return f"http://127.0.0.1:{self.emulator_port}"

    @property
    def model_address(self) -> str:
        return self.model_url or f"http://127.0.0.1:{self.model_port}"

    @property
    def ports(self) -> dict[str, int]:
        """Every port that has to be free, by what will listen there."""
        own_model = {} if self.model_url else {"the model": self.model_port}
        return {"the page": self.port, "the AWS emulator": self.emulator_port, **own_model}

    @property
    def state(self) -> Path:
        return self.home / "state"

    @property
    def logs(self) -> Path:
        return self.home / "logs"

    @property
    def run(self) -> Path:
        return self.home / "run"

    @property
    def sources(self) -> Path:
        """The sample source databases."""
        return self.home / "source"

    @property
    def table_faults_file(self) -> Path:
        """What DynamoDB is to suffer (emulator/table_faults.py); usually not there."""
        return self.state / "faults.json"

    @property
    def outputs_file(self) -> Path:
        """What `cdk deploy` wrote: outputs by stack."""
        return self.run / "outputs.json"

    @property
    def owner_file(self) -> Path:
        """Address and password of the local owner, for the home's user alone."""
        return self.home / "owner.json"

    @property
    def settings_file(self) -> Path:
        """These settings, as the home was last brought up with."""
        return self.run / "settings.json"

    def to_json(self) -> str:
        return json.dumps({k: str(v) if isinstance(v, Path) else v for k, v in asdict(self).items()})

    @classmethod
    def from_json(cls, text: str) -> EmbeddedCloudSettings:
        paths = {"home", "root", "models", "compiled_knowledge", "emulator_python", "python"}
        given: dict[str, Any] = {k: Path(v) if k in paths else v for k, v in json.loads(text).items()}
        return cls(**given)
