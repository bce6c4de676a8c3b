"""What in a sentence is held against somebody: faults, lapses, omissions, deeds and their signs."""
