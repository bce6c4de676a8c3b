"""How a sentence treats a person, as patterns: whose verb it is, by whom, beside which role, in which list.

Knows shapes of text. Refuses to weigh them: that is `people`.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

NAME = r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž](?:['’][A-Z])?[a-zß-öø-ÿā-ž]+(?:[A-Z][a-z]+)?(?:-[A-ZÀ-Þ][a-zß-öø-ÿ]+)?)"
RUN = re.compile(
    rf"(?<![\w@/.\\#$%&=<~+-]){NAME}(?:[ ](?:[A-Z]\.[ ])?(?:(?:van|von|de|der|den|la|bin|el|da|di)[ ]){{0,2}}{NAME}){{0,2}}(?![\w/\\@=]|[-.:]\w|\(\))"
)
WORD = re.compile(NAME)
# Only people do these things.
STRICT = r"""
    say|ask|notice|think|suggest|volunteer|ping|write|realize|realise|believe|mention|reply|explain|agree|offer|wonder
    |decide|propose|wake|recall|remember|try|poke|look|figure|tell|phone|text|message|comment|spot|assume|guess|feel
    |hope|know|want|determine|thank|investigate|debug|troubleshoot|escalate|chat|email|advise|approve|discuss|hypothesize|ssh
"""
STRICT_PAST = r"""said|thought|wrote|told|woke|knew|felt|came|went|saw|left|got[ ](?:home|up|back|paged|online)|took[ ](?:over|command|the[ ]lead|charge|a[ ]look)
    |takes[ ](?:over|command|the[ ]lead|charge|a[ ]look)|joins|joined|join|logs[ ]in|logged[ ]in|began[ ](?:looking|investigating|working|debugging)
    |begins[ ](?:looking|investigating|working|debugging)|starts[ ](?:looking|investigating|debugging)|started[ ](?:looking|investigating|debugging|working)
    |worked|works[ ]on|called|calls|is[ ]on[ -]?call|was[ ]on[ -]?call|notes[ ]that|noted[ ]that|(?:is|was|were|get|gets|got)[ ](?:paged|asked|pinged|called|awake|asleep|woken|away|on[ ](?:vacation|holiday|leave|pto))|opens[ ](?:a|an)|opened[ ](?:a|an)|files|filed|posts|posted"""
LOOSE = r"""
    restart|deploy|page|revert|merge|report|confirm|detect|roll|depool|repool|pool|reboot|disable|enable|start|stop|run
    |create|update|push|apply|fix|kill|increase|send|remove|add|identify|acknowledge|respond|announce|discover|respond
    |find|declare|release|change|turn|switch|move|delete|upload|publish|raise|trace|observe|handle|prepare|land|submit
    |re-?enable|attempt|continue|return|help|finish|manage|kick|bring|set|put|make|perform|verify|contact|inform|notify
    |patch|rebuild|drain|cordon|scale|resize|begin|do|have|clean|clear|flush|purge|restore|shut|ban|block|test|check|review
"""
LOOSE_PAST = "ran|sent|found|shut|put|made|brought|began|did|set|drove|fixes|pushes|finishes|tries|identifies|verifies|notifies|applies|deploys|has|had|rolls|rolled|built|split|cut|undid|is|was|who"


def _forms(stems: str) -> str:
    """Past tense and third person of regular verbs."""
    found = []
    for stem in re.sub(r"\s", "", stems).split("|"):
        if stem.endswith("e"):
            found += [f"{stem}d", f"{stem}s"]
        elif stem.endswith("y") and stem[-2] not in "aeo":
            found += [f"{stem[:-1]}ied", f"{stem[:-1]}ies"]
        else:
            found += [f"{stem}ed", f"{stem}{stem[-1]}ed", f"{stem}s", f"{stem}es"]
    return "|".join(found)


ADVERBS = r"(?:(?:also|then|quickly|immediately|later|finally|has|had|have|both|manually|accidentally|again|just|first|eventually|independently|initially|subsequently|now|soon|still|already|all|promptly|successfully|kindly)\s+){0,2}"
STRICT_VERB = re.compile(
    rf"(?:,? \([^()]{{1,40}}\))?\s+{ADVERBS}(?:{_forms(STRICT)}|{re.sub(chr(10) + ' *', '', STRICT_PAST)})\b".replace(
        "[ ]", " "
    )
)
LOOSE_VERB = re.compile(rf"(?:,? \([^()]{{1,40}}\))?\s+{ADVERBS}(?:{_forms(LOOSE)}|{LOOSE_PAST})\b")
ROLE_AFTER = re.compile(
    r"\s*[(\[](?:the )?(?:on[- ]?call|primary|secondary|IC\b|incident (?:commander|manager|lead|coordinator)|SRE\b|DBA\b|she|he/|they/|CTO|CEO|ops\b|[a-z ]{0,20}(?:engineer|lead|developer|manager)\b)",
    re.IGNORECASE,
)
ROLE_BEFORE = re.compile(
    r"(?:\b(?:on[- ]?call(?:er| engineer| person)?|engineers?|developers?|colleagues?|teammates?|maintainers?|contributors?|deployers?|coordinator|commander|manager|(?:our|my) (?:CTO|CEO|DBA|SRE))\s|\b(?:Dr|Mr|Mrs|Ms|Prof)\.? )\W?$"
)
BY = re.compile(r"\b(?:[Bb]y|BY)\s+$")
STRICT_BY = re.compile(
    r"\b(?:suggested|written|authored|reviewed|approved|pointed out|volunteered|spotted|noticed|posted|merged|committed|proposed|investigated|led|coordinated|drafted|filed|discovered|diagnosed|contributed|submitted|woken up|taken over|handled|created)\s+by\s+$",
    re.IGNORECASE,
)
OBJECT = re.compile(
    r"\b(?:pinged|pings|asked|asks|told|tells|thanked|phoned|emailed|e-mailed|texted|messaged|woke|woken|wakes|thanks to|thank you|credits? to|kudos to|cc|contacted|called|calls|help from|help of|assigned to|handed (?:over )?to|escalated to|paged|pages|along with|together with|and|promoted|invited)[ ,:]+$",
    re.IGNORECASE,
)
DETERMINED = re.compile(
    r"\b(?:the|a|an|our|your|this|that|these|each|every|all|some|any|no|its|their|new|old|both)[ ]+$", re.IGNORECASE
)
PLACE_BEFORE = re.compile(
    r"\b(?:San|Santa|Saint|St\.?|Fort|Ft\.?|Mount|Mt\.?|Port|Lake|Los|Las|El|Hurricane|Typhoon|Cyclone|King|Queen|University of|City of|Church|via|with|using|in|into|onto)[ ]+$"
)
REAL_PLACE = re.compile(
    r"\b(?:San|Santa|Saint|St\.?|Fort|Ft\.?|Mount|Mt\.?|Port|Lake|Los|Las|Hurricane|Typhoon|Cyclone)[ ]+$"
)
THING_AFTER = re.compile(
    r"[ -](?:alerts?|clusters?|servers?|services?|databases?|db|hosts?|nodes?|jobs?|pipelines?|api|projects?|repo(?:sitory)?|instances?|deployments?|pods?|queues?|ci|cd|builds?|plugins?|agents?|containers?|dashboards?|config(?:uration)?|version|v?\d|library|package|client|protocol|framework|foundation|inc|ltd|llc|gmbh|corp|university|street|road|airport|backup|workers?|proxy|release|cache|mode|integration|webhooks?|panels?|queries|query|index|images?|tables?|streams?|topics?|brokers?|consumers?|endpoints?)\b",
    re.IGNORECASE,
)
LABELLED = re.compile(
    r"^[\s\-*+•|>#_]*(?P<label>(?:incident |primary |secondary |report |postmortem |document |review |technical |communications? |comms )*(?:IC|commanders?|coordinators?|managers?|responders?|authors?(?:\(s\))?|attendees|participants|owners?|reporters?|reported by|written by|prepared by|posted by|authored by|on-?call(?: engineers?)?|oncallers?|engineers?|scribes?|leads?|assignees?|people involved|contributors?|reviewers?|reviewed by|resolver|resolved by|created by|drivers?|facilitators?))\s*[*_]*\s*[:|=]+[\s*_|]*(?P<rest>.*)$",
    re.IGNORECASE,
)
HANDLE = re.compile(r"(?<![\w.@/:+-])@(?P<handle>[A-Za-z][\w-]{1,38})(?![\w-]*[/@(]|\.\w)")
NICK = re.compile(r"(?:^|[\s\]`|])<(?P<nick>[@+ ]?[A-Za-z_\[\]|^`][\w\[\]|^`-]{1,24})>(?=\s+\S)", re.MULTILINE)
# In a chat log, whoever is spoken to stands first: "<a> b: can you look?"
ADDRESSED = re.compile(
    r"<[@+ ]?[\w\[\]|^`-]{2,24}>\s+(?P<nick>[A-Za-z_][\w-]{2,20})"
    r"(?:: (?=[a-zA-Z?])|, (?=(?:can|could|do|did|are|is|what|why|please|you|thanks|hey)\b))"
)
# The subject of an entry, behind its time, who does what only people do to tasks and changes.
ENTRY_SUBJECT = re.compile(
    rf"^[ \t\-*•|]*\[?\d[\d:T.~/-]{{3,20}}Z?\]?(?: ?(?:UTC|AM|PM))?[ \t\-–—:|\]]+(?P<name>{NAME}) +"
    r"(?:files|filed|forwards|forwarded|merges|merged|reverts|reverted|syncs|rolls back|rolled back|works with|worked with"
    r"|reports (?:in|on|that)|reported (?:in|on)|jumps|points)\b",
    re.MULTILINE,
)
# "[name]: https://github.com/name", beside a sentence in which [name] does something.
ACCOUNT = re.compile(
    r"\[(?P<nick>[A-Za-z][\w-]{1,38})\](?:\(|:\s*)https?://(?:www\.)?(?:github|gitlab)\.com/@?(?P=nick)/?(?=[\s)]|$)",
    re.MULTILINE,
)
USER = re.compile(r"\[?\[?User:(?P<user>[^\]|#/\n<>]{2,40})(?:\|(?P<shown>[^\]\n]{2,40}))?\]\]", re.IGNORECASE)
SLACK_HEAD = re.compile(
    rf"^[ *]*(?P<name>{NAME}(?: {NAME}){{1,2}})[ *]+\[?\d{{1,2}}:\d\d\s?[AaPp][Mm]\]?[ *]*$", re.MULTILINE
)
LOWER_SUBJECT = re.compile(
    r"(?:^[\s\-*•|:]*|[:.;–—-]\s|\b(?:and|by|when|as)\s)(?P<nick>[a-z_][a-z0-9_]{3,15})(?P<verb>\s+(?:noticed|notices|says|said|asks|asked|pings|pinged|joins|joined|thinks|suggests|suggested|realizes|realises|wonders|replies|replied)\b)",
    re.MULTILINE,
)
NO_HANDLE = re.compile(
    r"^(?:here|channel|everyone|all|media|import|param|returns?|override|deprecated|types?|latest|next|master|main|test|see|todo|babel|angular|vue|nestjs)$"
    r"|(?:^|[-_])(?:team|oncall|on-call|sre|ops|support|infra|eng|group|bot|status|dev|help|security|admin|release|platform|owners?|maintainers)(?:$|[-_])|(?:status|support|team|bot|oncall|hq|tech|wm_*)$|^(?:div|span|br|pre|code|nowiki|ref|table|source|syntaxhighlight|li|ul|ol|td|tr|th|img|small|details|summary|html|body|head|script|link|meta|input|none|unknown|null|value|key|name|id|url|path|file|host|port|user|username|password|domain|service|version|date|time|region|namespace|pod|node)$",
    re.IGNORECASE,
)
JOINED = re.compile(r"^,?\s*(?:and|&|/|,|\+)\s*(?:then\s+)?$")
ADDRESS = re.compile(r"https?://\S+|`[^`\n]*`|\]\([^)\s]*\)")
SOMEBODY = re.compile(r"\]:|\]\(|[A-Z][a-z]|@[A-Za-z]|[a-z]>|(?:said|asked|noticed|notices|says|asks|pinged|pings)\b")
LOWER = re.compile(r"(?<![\w.-])[a-z]{3,}(?![\w-])")
AFTER_DETERMINER = re.compile(rf"\b(?:the|a|an|our|this|each)[ ]({NAME})")
MONTH_BEFORE = re.compile(
    r"(?:\d(?:st|nd|rd|th)?(?: of)?|\b(?:in|on|by|until|since|from|of|early|late|mid|before|after|during|last|next|this|to))[ -]?$",
    re.IGNORECASE,
)
