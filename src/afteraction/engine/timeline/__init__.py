"""From readings to a timeline: merged events and everything that follows from them."""

from afteraction.engine.timeline.reconstruction import reconstruct

__all__ = ["reconstruct"]
