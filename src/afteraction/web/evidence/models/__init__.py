"""What the database holds of evidence: originals, what people declared of them, and the ways they come in."""

from afteraction.web.evidence.models.declarations import About, Declaration, SavedMapping
from afteraction.web.evidence.models.files import EvidenceFile, FileState, Origin, Tombstone
from afteraction.web.evidence.models.hooks import Delivery, Webhook, WebhookStyle
from afteraction.web.evidence.models.links import CopyState, Link, LinkKind
from afteraction.web.evidence.models.pulls import Pull, PullState
from afteraction.web.evidence.models.retention import EvidenceDue, ResolvedOnce, RetentionPolicy, RetentionRule
from afteraction.web.evidence.models.uploads import Upload

__all__ = [
    "About", "CopyState", "Declaration", "Delivery", "EvidenceDue", "EvidenceFile", "FileState", "Link", "LinkKind",
    "Origin",
    "Pull", "PullState", "ResolvedOnce", "RetentionPolicy",
    "RetentionRule", "SavedMapping", "Tombstone", "Upload", "Webhook", "WebhookStyle",
]  # fmt: skip
