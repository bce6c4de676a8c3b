"""Pages of evidence."""

from afteraction.web.evidence.views.originals import download, evidence_list, original, picture

__all__ = ["download", "evidence_list", "original", "picture"]
