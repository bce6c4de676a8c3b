"""The gates that let it pass, the changes that close the gaps, and the alert that would have told: rows of one page."""
