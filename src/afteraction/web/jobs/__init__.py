"""Work that takes longer than a page may: a queue with leases, progress and cancel."""
