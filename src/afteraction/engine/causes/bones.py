"""The bone of the fishbone that each contributor hangs on (SPEC R062, W16).

Knows where a kind of node belongs by default. Refuses none and doubles none: every contributor is on exactly one bone,
what mitigated is on none.
"""

from __future__ import annotations

from afteraction.engine.causes.graph import Bone, Factor, Node, NodeKind
from afteraction.engine.causes.paths import BY_PEOPLE, CONTRIBUTING


def bone_of(node: Node) -> Bone | None:
    """The chosen bone, else the one that follows from kind and factor; None for a top event or a mitigator."""
    if node.kind not in CONTRIBUTING:
        return None
    if node.bone is not None:
        return node.bone
    if node.kind is NodeKind.EXTERNAL:
        return Bone.EXTERNAL
    if node.kind in BY_PEOPLE:
        return Bone.HUMAN_FACTORS
    return Bone.PROCESS if node.factor in (Factor.PROCESS, Factor.ORG) else Bone.TECHNOLOGY
