"""Pulling evidence from a source: a plan of steps, each answer frozen as it comes, begun anew where it stopped."""

from afteraction.pipeline.pulling.plan import Plan, PlannedStep, plan_id
from afteraction.pipeline.pulling.run import Keeping, Pulled, pull

__all__ = ["Keeping", "Plan", "PlannedStep", "Pulled", "plan_id", "pull"]
