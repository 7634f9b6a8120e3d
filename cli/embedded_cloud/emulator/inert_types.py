"""Types of templates that nothing here can use: they are accepted and do nothing.

`AWS::Logs::QueryDefinition` is a question saved for the console of CloudWatch, and the emulator has none;
`attendant logs` reads the lines themselves. `AWS::Athena::NamedQuery` is one saved for the console of Athena;
`attendant analytics query` asks the same of the files.
"""

from __future__ import annotations

from typing import Any

from ministack.services.cloudformation import provisioners

from cli.embedded_cloud.emulator.seams import EmulatorChangedError, seam

TYPES = ("AWS::Logs::QueryDefinition", "AWS::Athena::NamedQuery")


def install() -> None:
    """Registers the types. Raises EmulatorChangedError when the emulator has learnt one by itself."""
    handlers = provisioners._RESOURCE_HANDLERS  # noqa: SLF001 - the registry is the seam
    physical_name = seam(provisioners, "_physical_name", "stack_name", "logical_id")

    def create(logical_id: str, _props: dict[str, Any], stack_name: str) -> tuple[str, dict[str, str]]:
        return physical_name(stack_name, logical_id, max_len=255), {}

    def update(physical_id: str, _old: dict[str, Any], _new: dict[str, Any]) -> tuple[str, dict[str, str]]:
        return physical_id, {}

    def delete(_physical_id: str, _props: dict[str, Any]) -> None:
        return

    for name in TYPES:
        if name in handlers:
            raise EmulatorChangedError(f"the emulator knows {name} now: this extension is to be removed")
        handlers[name] = {"create": create, "update": update, "delete": delete}
