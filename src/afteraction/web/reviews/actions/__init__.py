"""Every write to a review: one verb a file."""

from afteraction.web.reviews.actions.change_parts import PartWish, StaleParts, change_parts
from afteraction.web.reviews.actions.import_review import import_review
from afteraction.web.reviews.actions.open_review import open_review
from afteraction.web.reviews.actions.undo_change import undo_change

__all__ = ["PartWish", "StaleParts", "change_parts", "import_review", "open_review", "undo_change"]
