"""Fetching what a link shows, from hosts that were named and nowhere else."""

from afteraction.sources.link.addresses import NotFetched, Rules
from afteraction.sources.link.fetch import Fetched, fetch, is_dead

__all__ = ["Fetched", "NotFetched", "Rules", "fetch", "is_dead"]
