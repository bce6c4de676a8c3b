"""What metric series say: onsets, steps and the windows of impact they show."""

from afteraction.engine.signals.drawing import describe
from afteraction.engine.signals.onsets import onsets
from afteraction.engine.signals.windows import impact_windows

__all__ = ["describe", "impact_windows", "onsets"]
