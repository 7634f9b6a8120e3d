"""How the emulator is started: its own interpreter, a clean environment, loopback only, state in the home.

Knows the emulator's environment variables. Refuses to know what is deployed on it.
"""

from __future__ import annotations

import os
from pathlib import Path

ACCOUNT = "000000000000"
REGION = "us-east-1"
ENTRY = Path(__file__).resolve().parent / "emulator"
WARM_SECONDS = 7 * 24 * 3600  # idle functions stay: a laptop's first question of the day is warm too
THREADS = 512  # every waiting request of the API function holds one
KEPT = ("PATH", "HOME", "LANG", "SSL_CERT_FILE", "AUTH", "ATTENDANT_EMULATOR_DECISIONS")


def emulator_command(python: Path) -> list[str]:
    """`python` is the interpreter of the emulator's own environment."""
    return [str(python), str(ENTRY)]


def emulator_environment(*, state: Path, port: int, sweep_seconds: float = 5) -> dict[str, str]:
    """The whole environment of the emulator. The functions inherit it, so nothing else may be in it."""
    return {
        **{name: os.environ[name] for name in KEPT if name in os.environ},
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "MINISTACK_ACCOUNT_ID": ACCOUNT,
        "MINISTACK_REGION": REGION,
        "PERSIST_STATE": "1",
        "S3_PERSIST": "1",
        "STATE_DIR": str(state / "services"),
        "S3_DATA_DIR": str(state / "s3"),
        "TMPDIR": str(state / "tmp"),
        "TZ": "UTC",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "LAMBDA_WARM_TTL_SECONDS": str(WARM_SECONDS),
        "MINISTACK_WORKER_THREADS": str(THREADS),
        "ATTENDANT_EMULATOR_SWEEP_SECONDS": str(sweep_seconds),
    }


def client_environment(port: int) -> dict[str, str]:
    """What the AWS tools and SDKs need to talk to the emulator on `port`."""
    endpoint = f"http://127.0.0.1:{port}"
    return {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ENDPOINT_URL_S3": endpoint,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
