"""The moment before a report is opened to the whole organisation.

Knows that apps above may refuse it. Refuses to know why they would.
"""

from __future__ import annotations

from django.dispatch import Signal

# Sent with `incident` in the transaction that opens it; a receiver refuses by raising CannotDo.
opening_widely = Signal()
