"""Starts the extended emulator: `<emulator's python> cli/embedded_cloud/emulator`.

Knows how to find this package without PYTHONPATH (the functions inherit the environment, and must not find
the project there). Refuses to know settings: they are environment variables, see `emulator_process.py`.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from ministack.app import main

from cli.embedded_cloud.emulator.extension import install

install()
main()
