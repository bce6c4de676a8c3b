"""Every write about evidence, one verb a file."""

from afteraction.web.evidence.actions.analyse import analyse_files, analyse_originals, keep

__all__ = ["analyse_files", "analyse_originals", "keep"]
