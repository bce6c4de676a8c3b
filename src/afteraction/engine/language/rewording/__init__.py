"""The same said of the system: questions, and sentences that keep every fact."""
