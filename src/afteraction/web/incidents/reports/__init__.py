"""Reports as readers get them: which edition, its events as a table, and who opened it."""
