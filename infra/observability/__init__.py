"""What people see of a stage: the warnings, the dashboard, the saved queries and the budget."""

from infra.observability.stack import ObservabilityStack
from infra.observability.watched import Watched

__all__ = ["ObservabilityStack", "Watched"]
