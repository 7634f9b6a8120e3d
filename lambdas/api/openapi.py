"""The OpenAPI document of the visitor's API: `python -m lambdas.api.openapi > docs/openapi.json`.

The types of the widget are made from it. Refuses to know a deployment.
"""

from __future__ import annotations

import json
import sys

from lambdas.api.app import routes


def document() -> str:
    return json.dumps(routes().openapi(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.write(document())
