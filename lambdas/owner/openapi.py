"""The OpenAPI document of the owner's API: `python -m lambdas.owner.openapi > docs/openapi-owner.json`.

The types of the owner's page are made from it. Refuses to know a deployment.
"""

from __future__ import annotations

import json
import sys

from lambdas.owner.app import routes


def document() -> str:
    return json.dumps(routes().openapi(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.write(document())
