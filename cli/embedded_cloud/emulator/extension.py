"""The list of everything that the extension adds. Knows the order; each part knows its own seam."""

from __future__ import annotations

from cli.embedded_cloud.emulator import (
    alarms,
    authorizers,
    checkpoint,
    composite_alarms,
    enforcement,
    fifo_mappings,
    inert_types,
    letters,
    log_metrics,
    queue_metrics,
    request_bodies,
    shared_code,
    sign_ins,
    sweeper,
    table_faults,
    table_lifecycle,
)
from cli.embedded_cloud.emulator.seams import check_version


def install() -> None:
    """Extends the emulator in this process. Raises EmulatorChangedError before anything is served."""
    check_version()
    enforcement.install()
    authorizers.install()
    fifo_mappings.install()
    log_metrics.install()
    composite_alarms.install()
    inert_types.install()
    letters.install()
    request_bodies.install()
    shared_code.install()
    sign_ins.install()
    table_faults.install()
    sweeper.start(
        [table_lifecycle.install(), queue_metrics.install(), alarms.install(), checkpoint.install()]
    )
