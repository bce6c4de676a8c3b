"""The vocabulary that every floor shares: instants, evidence, records and what the engine says about them.

Knows shapes, units and rules of arithmetic. Refuses to know files, databases, networks, the web and the current
time. Standard library only.
"""
