"""What the database holds of a review."""

from afteraction.web.reviews.models.insights import Credit, Thanks
from afteraction.web.reviews.models.meeting import AnonymousNote, Following, NamedNote, PulseSheet
from afteraction.web.reviews.models.near_miss import AnonymousNearMiss
from afteraction.web.reviews.models.parts import ReviewChange, ReviewPart
from afteraction.web.reviews.models.policy import DeclinedReview, JudgedIncident, OfferedDeploy, TriggerPolicy
from afteraction.web.reviews.models.repeats import SaidRepeat
from afteraction.web.reviews.models.review import Presence, Review, ReviewStep
from afteraction.web.reviews.models.rhythm import SprintRhythm

__all__ = [
    "AnonymousNearMiss", "AnonymousNote", "Credit", "DeclinedReview", "Following", "JudgedIncident", "NamedNote",
    "OfferedDeploy", "Presence", "PulseSheet", "Review", "ReviewChange", "ReviewPart", "ReviewStep", "SaidRepeat",
    "SprintRhythm", "Thanks", "TriggerPolicy",
]  # fmt: skip
