"""What a template left behind: prompts that nobody answered, placeholders, TODO in the place of a text (LT).

Knows how templates ask. Refuses to mind a task that is still to be done ("TODO: add an alert") and a question of the
review.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.sought import Sought
from afteraction.engine.language.texts.masking import THING
from afteraction.engine.language.words.pack import listed

WORDS = listed("""
    todo tbd tbc tba fixme xxx xxxx insert describe briefly provide explain list summarize summarise indicate placeholder
    lorem fill replace clearly outline enter please remove delete specify detail yyyy hh yyyy-mm-dd concisely shortly
    document record capture state write give include identify name note complete copy edit update nn soon wip
""")
SIGNS = re.compile(
    r"<[A-Za-z][^<>\n]{2,80}>|(?<![/\w.])\{\{? ?[A-Za-z]|\[[A-Za-z?._…]|YYYY|HH:MM|XX|xx:xx|_{4,}|\?\?|(?:\.{3}|…)\s*$|(?i:why\?\W*(?:\d\.\W*)?why\?)|(?i:(?:sentences?|words?|lines?)\))|(?i:^\W*(?:who|how many|for how)\b)"
)
_ASKING = r"(?:describe|explain|summari[sz]e|indicate|list|provide|insert|enter|specify|outline|fill(?: (?:in|out))?|write|state|detail|include|give|add|mention|document|note|identify|clarify|elaborate|complete|replace|link(?: to)?|put|record|name|capture)"
_PROMPT = Sought(
    r"^\W*\{\{ ?[\w .-]{2,40} ?\}\}\W*$|^\W*[\w ]{3,40}: ?(?:\.{3}|…)\W*$|^\W*[\w ]{3,40}\((?:max\.?|about|approx\.?|~|in|\d)[^)]{0,30}(?:sentences?|words?|lines?|paragraphs?)\) ?:?\W*$|(?:\bwhy\?\W*(?:\d\.\W*)?){3,}|^\W*fill (?:(?:this|it|me) )?in (?:before|after|during|by|later|here|once)\b|^\W*insert (?:\w+ ){1,3}(?:number|date|name|link|title)\b(?! (?:column|index|field))"
    rf"|^\W{{0,6}}(?:todo|tbd|tbc|fixme|xxx)\b\W{{0,4}}(?:please |clearly |briefly |add (?:a |the )?(?:description|summary|link|details|timeline)|{_ASKING}\b(?! (?:an? )?(?:alert|test|monitor|check|runbook|metric|probe|index|retry|limit|task|ticket|script|dashboard)))"
    r"|^\W{0,6}(?:[\w /()-]{1,30}[:=|]\W{0,4})?(?:todo|tbd|tbc|tba|fixme|xxx+|to be (?:written|filled(?: in| out)?|completed|added|determined|defined|decided|confirmed|provided)|\?{2,}|n\.?n\.?|lorem ipsum.*|coming soon|work in progress|wip|to do)\W{0,5}$"
    rf"|^\W{{0,6}}(?:please[, ]+)?(?:clearly |briefly |shortly |concisely )(?:{_ASKING})\b"
    r"|^\W{0,6}please (?:describe|explain|summari[sz]e|provide|list|fill|insert|specify|include|delete|remove this|replace)\b"
    r"|^\W{0,6}(?:describe|explain|summari[sz]e|outline|detail|indicate|state|document|record|capture) (?:(?:here|in detail|briefly|in a few \w+|clearly) )?(?:the|what|how|why|when|who|where|which|any|your|all|whether|each|if) (?:\w+ ){0,8}?(?:incident|outage|impact|happened|problem|issue|users?|customers?|causes?|timeline|events?|actions?|resolution|detected|detection|went|service|affected|response|mitigation|symptoms?|steps|sequence|began|started|failure|event|lessons?|trigger|duration|severity)\b"
    r"|^\W{0,6}(?:provide|write|give|insert|include|enter) (?:an?|the|your|any|one|some|links?|here|relevant|a few)(?: \w+){0,4}? ?(?:brief|short|summary|overview|description|sentences?|paragraphs?|links?|screenshots?|timeline|title|date|name|context|details|graphs?|explanation|here)\b(?! (?:alert|metric|label|column|header|field))"
    r"|^\W{0,6}(?:list|identify|name|note) (?:the|all|any|every|each|who|what|which|here|of things) (?:\w+ ){0,5}?(?:that|who|which|involved|affected|taken|here|below|people|participants|attendees|responders|contributing|causes?|factors|lessons|learned|incident|outage|action items?|went)\b"
    r"|^\W{0,6}(?:describe|explain|outline|indicate|summari[sz]e) (?:the|what|how|why|when|who|where|which|any|your|here|in|briefly)\b"
    r"|^\W{0,6}insert .{1,60}\bhere\b|:\W{0,4}\[(?:X{1,3}|N|\?+|…|\.{2,3}|_+)\]"
    r"|^\W{0,6}(?:who (?:was|were|is) (?:affected|impacted|involved)|how many (?:\w+ ){1,3}?(?:(?:were|was) (?:affected|impacted))?|for how long) ?\?"
    r"|^\W{0,6}(?:remove|delete|replace|fill (?:in|out)|complete|copy|edit|update) (?:this|these|the above|the below|the following|each|all) (?:\w+ ){0,2}?(?:section|line|text|template|placeholder|instructions?|example|prompts?|comments?|sections|fields?|paragraph|block|part)s?\b"
    r"|^\W{0,6}(?:what|how|who|when|where|why) (?:\w+ ){1,10}?\((?:e\.g\.|for example|optional|if (?:any|known|applicable))"
    r"|\blorem ipsum\b|\bplaceholder (?:text|for)\b|\[(?:insert|add|describe|your|todo|tbd|name of|title|date|link|enter|fill|brief|short|optional|list|summary|description|incident (?:title|name|id|number)|author|owner|severity|time|duration|service(?: name)?|number|impact|explain|provide|what|how|details?)\b[^\]\n]{0,80}\]"
    r"|<(?:insert|add|describe|your|todo|tbd|name|title|date|link|enter|fill|brief|short|optional|list|summary|description|incident|author|owner|severity|time|duration|service|number|impact|explain|provide|what|how|details?|replace|start|end|who|team|ticket|url)\b[^<>\n]{0,80}>"
    r"|(?<![/\w.])\{\{? ?(?:insert|add|describe|your|todo|tbd|name|title|date|link|incident|summary|description|author|owner|severity|time|duration|service|impact|start|end)\w*(?:[ _.-]\w+){0,6} ?\}?\}"
    r"|\b(?:YYYY[-/]MM[-/]DD|DD[-/.]MM[-/.]YYYY|MM/DD/YYYY|HH:MM(?::SS)?|[Xx]{2}:[Xx]{2}|XX+ (?:minutes|hours|users|customers|percent|%))\b(?! (?:format|notation))"
    r"|^\W{0,6}_{4,}\W*$",
    re.IGNORECASE,
)
_FORMAT = re.compile(r"\b(?:format|formatted|parsed?|pattern|layout|strftime|locale)\b", re.IGNORECASE)
_ASKED = frozenset({"who", "how", "for"})


def has_signs(part: str, said: frozenset[str] | set[str]) -> bool:
    """Whether a part of a text, of which `said` are the words, holds a sign of a template; most hold none of the
    characters that a sign has."""
    may = "[" in part or "<" in part or "{" in part or "??" in part or "____" in part or not _ASKED.isdisjoint(said)
    may = may or "XX" in part or "YYYY" in part or "HH:MM" in part or "xx:xx" in part
    return may and SIGNS.search(part) is not None


def residue_in(sentence: str) -> tuple[int, int] | None:
    """Where a sentence is a prompt or a placeholder of a template (LT), or None."""
    found = _PROMPT.search(sentence)
    if found is None or THING in found[0]:
        return None
    if re.search(r"YYYY|HH:MM|DD[-/.]", found[0]) and _FORMAT.search(sentence):
        return None
    lead = len(found[0]) - len(found[0].lstrip(" \t-*_#>|•("))
    return found.start() + lead, found.end()
