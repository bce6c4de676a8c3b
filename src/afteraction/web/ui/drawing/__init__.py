"""Plots as server-drawn SVG: x in per cent, y in pixels, so that text keeps its size at any width."""
