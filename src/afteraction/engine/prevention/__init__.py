"""What is to change: process changes and actions, how strong a plan is, and what it leaves open."""
