"""Grouping accuracy of ours, of drain3 and of the simplest way, on the same lines.

Grouping accuracy is the share of lines whose predicted group holds exactly the lines of their true group (Zhu et al.,
Tools and Benchmarks for Automated Log Parsing, ICSE-SEIP 2019).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from io import BytesIO
from random import Random

from afteraction.core.reading import HEAD_BYTES, Source
from afteraction.pipeline.log_templates import group_lines


def grouping_accuracy(predicted: Sequence[Hashable], truth: Sequence[Hashable]) -> float:
    """The share of lines in groups that are exactly right."""
    right: dict[Hashable, set[int]] = defaultdict(set)
    ours: dict[Hashable, set[int]] = defaultdict(set)
    for place, (one, other) in enumerate(zip(predicted, truth, strict=True)):
        ours[one].add(place)
        right[other].add(place)
    exact = {frozenset(group) for group in right.values()}
    return sum(len(group) for group in ours.values() if frozenset(group) in exact) / max(len(truth), 1)


def interval(scores: Sequence[float], seed: int = 1, rounds: int = 4000) -> tuple[float, float]:
    """The 95 % interval of the mean, by resampling (percentile bootstrap)."""
    rng = Random(seed)
    means = sorted(sum(rng.choices(scores, k=len(scores))) / len(scores) for _ in range(rounds))
    return means[int(rounds * 0.025)], means[int(rounds * 0.975) - 1]


def ours(lines: Sequence[str]) -> list[str]:
    """The product's template ids."""
    raw = "".join(f"{line}\n" for line in lines).encode()
    grouped = group_lines(Source("0" * 64, "generated.log", len(raw), raw[:HEAD_BYTES], lambda: BytesIO(raw)))
    return [grouped.mined.ids[place] for place in grouped.of_line.tolist()]


def digits_masked(lines: Sequence[str]) -> list[str]:
    """The simplest way: numbers masked, distinct lines are groups."""
    return [re.sub(r"\d+", "0", line) for line in lines]


def drain(lines: Sequence[str], *, masked: bool) -> list[int]:
    """drain3 with its own defaults, with or without its usual masks."""
    from drain3 import TemplateMiner
    from drain3.masking import MaskingInstruction
    from drain3.template_miner_config import TemplateMinerConfig

    config = TemplateMinerConfig()
    config.profiling_enabled = False
    if masked:
        edge, end = r"((?<=[^A-Za-z0-9])|^)", r"((?=[^A-Za-z0-9])|$)"
        config.masking_instructions = [
            MaskingInstruction(rf"{edge}(\d{{1,3}}\.\d{{1,3}}\.\d{{1,3}}\.\d{{1,3}}){end}", "IP"),
            MaskingInstruction(rf"{edge}([0-9a-f]{{6,}} ?){{3,}}{end}", "SEQ"),
            MaskingInstruction(rf"{edge}(0x[a-f0-9A-F]+){end}", "HEX"),
            MaskingInstruction(rf"{edge}([\-\+]?\d+){end}", "NUM"),
        ]
    miner = TemplateMiner(config=config)
    return [miner.add_log_message(line)["cluster_id"] for line in lines]


WAYS: dict[str, Callable[[Sequence[str]], Sequence[Hashable]]] = {
    "ours": ours,
    "drain3": lambda lines: drain(lines, masked=False),
    "drain3, masked": lambda lines: drain(lines, masked=True),
    "digits masked": digits_masked,
}
