"""How a sentence tells what happened, beside whom it accuses."""
