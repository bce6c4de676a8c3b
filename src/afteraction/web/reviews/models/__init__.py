"""What the database holds of a review."""

from afteraction.web.reviews.models.parts import ReviewChange, ReviewPart
from afteraction.web.reviews.models.review import Presence, Review, ReviewStep

__all__ = ["Presence", "Review", "ReviewChange", "ReviewPart", "ReviewStep"]
