"""Tests of settings, the server and what operators watch."""
