"""What a heading says that the text under it is for.

Knows the usual titles of reviews, in English, German and Spanish. Refuses to look at the text below.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from enum import StrEnum


class Profile(StrEnum):
    """What a section is for; the values but EVIDENCE are fields of the language rules."""

    PROSE = "prose"
    CAUSE = "cause"
    QUESTION = "question"
    TIMELINE = "timeline"
    ACTION = "action"
    EXTERNAL = "external"
    EVIDENCE = "evidence"


_MARKUP = re.compile(r"[*_`'\"#=|\[\]]+|\([^)]*\)|https?://\S+|<[^>]*>|:\w+:|[^\w\s:/&,?!.’'+-]")
_NUMBER = re.compile(r"^\W*(?:(?:\d{1,2}|[ivx]{1,4}|[a-z])(?:\.\d{1,2})*[.):]\s*)?", re.IGNORECASE)
_LONGEST = 100
_PROFILES = (
    (Profile.PROSE, r"""
        ^(?:to\ be\ )?(?:audited|checked|verified)\b | ^(?:audits?|checks?|verification|definitions?\ of\ done|acceptance\ criteria|completed|done|already\ done|impact|summary|background|detection|resolution|mitigation|lessons?\ learn(?:ed|t)|what\ went\ well|where\ we\ got\ lucky|glossary|references|related|links|attendees|participants)$
    """),
    (Profile.EVIDENCE, r"""
        \b(?:chat|slack|irc|teams|discord|zoom|channel|call|bridge|terminal|console|command|kubectl|syslog|raw)\b.{0,30}\b(?:logs?|transcripts?|excerpts?|extracts?|messages|threads?|conversations?|history|exports?|output|data)\b
      | ^(?:raw\ |relevant\ |example\ |sample\ |supporting\ )?(?:logs?|log\ (?:lines|excerpts?|extracts?|output|files?)|transcripts?|evidence|excerpts?|chat|conversations?|stack\ ?traces?|tracebacks?|backtraces?|error\ (?:logs?|messages?)|screenshots?)$
      | ^appendix\b.*\b(?:logs?|chat|transcripts?|evidence)\b
      | ^(?:chatverlauf|protokolle|logs|registros|evidencias?)$
    """),
    (Profile.TIMELINE, r"""
        \btime-?\ ?lines?\b | \bchronolog\w* | ^sequence\ of\ events | ^(?:incident|event)\ logs?$ | ^what\ happened\ when
      | \bzeit(?:verlauf|leiste|linie|strahl)\b | ^(?:zeitlicher\ )?ablauf\b | \bcronolog\w* | ^l[ií]nea\ de\ tiempo
    """),
    (Profile.EXTERNAL, r"""
        ^(?:public|external|customer|client|user)(?:-\ ?|\ )(?:facing\ )?(?:notices?|statements?|summary|communications?|messages?|announcements?|updates?|posts?|texts?)\b
      | ^status\ ?page\b(?:\ (?:text|posts?|updates?|messages?|notices?))?$
      | ^(?:notice|communications?|statement|message|e-?mail|letter|announcement)s?\ (?:to|for)\ (?:our\ |the\ |all\ )?(?:customers|users|clients|public|partners)
      | ^(?:externe\ mitteilung|kundenmitteilung|comunicado\b.*)$
    """),
    (Profile.QUESTION, r"""
        ^(?:open|remaining|outstanding|unanswered|further|follow-?\ ?up|review|discussion)?\ ?questions?(?:\ (?:for|to|about)\b.*)?$
      | ^(?:review\ |meeting\ )?agenda$ | ^offene\ fragen$ | ^fragen$ | ^preguntas(?:\ abiertas)?$
    """),
    (Profile.ACTION, r"""
        ^(?!.*\b(?:taken|completed|done|during|response|immediate|so\ far)\b)(?:(?:[\w/-]+\ |and\ ){0,4}?actions?(?:-?\ ?(?:items?|points?|plan|list))?|action-?\ ?ables?|(?:(?:corrective|preventa?tive|follow-?\ ?up|future|planned|remedial|remediation|mitigating)\ (?:and\ )?){1,3}(?:measures?|steps|tasks|work|items)|follow-?\ ?ups?(?:\ (?:items?|work|tasks|issues|tickets))?|next\ steps|remediations?(?:\ (?:items?|plan|steps))?|to-?\ ?dos?|recommendations?|(?:technical|process|documentation|(?:short|medium|long)-?\ ?term)\ (?:improvements|changes|fixes)|improvements|tasks|process\ changes)(?:\ (?:and|&|/|to|for|from|in|of)\b.*|:.*)?$
      | ^what\ (?:will\ we|we\ will|we're\ going\ to|are\ we\ going\ to|we\ are\ going\ to)\ (?:do|change|fix|improve)
      | ^(?:ma(?:ß|ss)nahmen|n(?:ä|ae)chste\ schritte|acciones(?:\ correctivas)?|pr[oó]ximos\ pasos)$
    """),
    (Profile.CAUSE, r"""
        \broot-?\ ?causes?\b | \bcontribut(?:ing|ory)\ (?:factors?|causes?)\b | ^(?:the\ |our\ )?(?:(?:likely|probable|suspected|possible|underlying|proximate|immediate|direct|technical|primary|main|initial|triggering)\ )*(?:causes?|triggers?)(?:\ (?:of|and|&|/|for)\b.*)?$
      | ^why\ (?:did\ )?(?:it|this)\ happen(?:ed)?\b | ^how\ did\ (?:it|this)\ happen\b | ^what\ went\ wrong\b | ^what\ caused\b | ^(?:the\ )?(?:5|five)\ whys\b
      | ^(?:grund)?ursachen?\b | ^causas?\b
    """),
)  # fmt: skip
_COMPILED = tuple((profile, re.compile(pattern, re.VERBOSE | re.IGNORECASE)) for profile, pattern in _PROFILES)
_ONLY = re.compile(
    r"(?:timeline|chronology|(?:root |probable |contributing )?causes?|root cause analysis|contributing factors|triggers?|action items?|actions|follow[- ]?ups?|next steps|remediation|questions|open questions|public (?:notice|statement|summary)|customer (?:notice|statement|communication)|chat (?:log|transcript|excerpts?)|transcript)",
    re.IGNORECASE,
)


def profile_of(title: str) -> Profile | None:
    """What a title says its section is for; None where it says nothing of that."""
    said = plain_title(title[: 4 * _LONGEST])
    if not said or len(said) > _LONGEST:
        return None
    return next((profile for profile, pattern in _COMPILED if pattern.search(said)), None)


def is_bare_title(line: str) -> bool:
    """Whether a line without any markup can be nothing but a title: "TIMELINE"."""
    return _ONLY.fullmatch(line.strip().rstrip(":")) is not None


def plain_title(title: str) -> str:
    """A title without markup, number and closing colon."""
    bare = " ".join(_MARKUP.sub(" ", title).split())
    return _NUMBER.sub("", bare, count=1).strip(" :.-").strip()
