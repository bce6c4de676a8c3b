"""What a browser is called.

Knows the marks in what browsers say about themselves. Refuses to tell versions apart: people know their devices by
less.
"""

from __future__ import annotations

# In the order in which they are told apart: Edge says Chrome, and Chrome says Safari.
_PROGRAMS = (
    ("Edg", "Edge"), ("Firefox", "Firefox"), ("OPR", "Opera"), ("Chrom", "Chrome"), ("Safari", "Safari"),
    ("curl", "curl"), ("Python", "Python"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


def browser_named(said: str) -> str:
    """The program and system that a browser calls itself, in two words as far as they are known."""
    program = next((name for mark, name in _PROGRAMS if mark in said), "")
    system = next((name for mark, name in _SYSTEMS if mark in said), "")
    return " on ".join(filter(None, (program, system))) or said[:60] or "a browser that says nothing about itself"
