"""`AWS::CloudWatch::CompositeAlarm` in templates. The emulator has such alarms, but only through its API."""

from __future__ import annotations

import json
from typing import Any

from ministack.services import cloudwatch
from ministack.services.cloudformation import provisioners

from cli.embedded_cloud.emulator.seams import EmulatorChangedError, seam, store

TYPE = "AWS::CloudWatch::CompositeAlarm"
CARRIED = (
    "AlarmRule",
    "AlarmDescription",
    "ActionsEnabled",
    "AlarmActions",
    "OKActions",
    "InsufficientDataActions",
)


def install() -> None:
    """Registers the type. Raises EmulatorChangedError when the emulator has learnt it by itself."""
    handlers = provisioners._RESOURCE_HANDLERS  # noqa: SLF001 - the registry is the seam
    if TYPE in handlers:
        raise EmulatorChangedError(f"the emulator knows {TYPE} now: this extension is to be removed")
    physical_name = seam(provisioners, "_physical_name", "stack_name", "logical_id")

    def create(logical_id: str, props: dict[str, Any], stack_name: str) -> tuple[str, dict[str, str]]:
        return _put(props.get("AlarmName") or physical_name(stack_name, logical_id, max_len=255), props)

    def update(
        physical_id: str,
        old_props: dict[str, Any],
        new_props: dict[str, Any],
        stack_name: str,
        logical_id: str | None = None,
    ) -> tuple[str, dict[str, str]]:
        if old_props.get("AlarmName") != new_props.get("AlarmName"):
            delete(physical_id, old_props)
            return create(logical_id or physical_id, new_props, stack_name)
        return _put(physical_id, new_props)

    def delete(physical_id: str, _props: dict[str, Any]) -> None:
        store(cloudwatch, "_composite_alarms").pop(physical_id, None)

    handlers[TYPE] = {"create": create, "update": update, "delete": delete}


def _put(name: str, props: dict[str, Any]) -> tuple[str, dict[str, str]]:
    put = seam(cloudwatch, "_put_composite_alarm", "params", "cbor_data", "is_cbor", "is_json")
    request = {"AlarmName": name, **{key: props[key] for key in CARRIED if key in props}}
    status, _headers, body = put({}, request, is_cbor=False, is_json=True)
    if status >= 400:
        raise ValueError(f"{TYPE} {name}: {json.loads(body).get('message', body)}")
    return name, {"Arn": store(cloudwatch, "_composite_alarms")[name]["AlarmArn"]}
