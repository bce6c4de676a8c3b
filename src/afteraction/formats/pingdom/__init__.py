"""Checks of Pingdom."""
