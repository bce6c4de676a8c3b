"""Workflow files of continuous integration."""
