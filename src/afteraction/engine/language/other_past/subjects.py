"""What stands as the subject of a past that did not happen, and what its verb tells: gates, people, systems, deeds.

Knows words by their meaning. Refuses to read a sentence: `counterfactual` does.
"""

# Word lists and patterns are kept in one piece each.
# ruff: noqa: E501
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from afteraction.engine.language.other_past.catches import GATES
from afteraction.engine.language.words.pack import listed

# Whatever its subject, this is told of what might have been seen.
CATCHING = listed("""
    caught detected noticed spotted discovered identified flagged found alerted revealed surfaced recognised
    recognized warned paged diagnosed uncovered picked monitored
""")
# These are told of a gate where a gate is their subject.
STOPPING = listed("""
    blocked stopped rejected refused failed dropped tripped fired yelled screamed shouted told shown showed exposed
    prevented brought required raised sounded gone halted aborted seen triggered held denied ruled refused highlighted
    avoided averted mitigated contained limited isolated minimised minimized turned quarantined cut thrown complained
    pointed given reported sent made covered exercised included burned burnt rung jumped woken let come checked
    objected reproduced demonstrated bounced hit listed named noted marked surfaced emerged logged barred vetoed printed contradicted escalated signalled signaled reached
""")
KNOWING = listed("known seen learned learnt come noticed realised realized heard")
HELPING = listed("helped enabled shortened sped simplified eased facilitated highlighted pointed saved spared bought")
AVERTING = listed("""
    avoided prevented averted mitigated stopped isolated blocked minimised minimized limited contained reduced
""")
AVERTED = frozenset(["avoided", "prevented", "averted", "mitigated", "minimised", "minimized", "stopped"])
_DRY = re.compile(
    r"\b(?:dry run|second pair of eyes|load test\w*|second (?:person|approval|reviewer|look)|type system|peer review|four eyes|code owners?|smoke test\w*|restore test)\b"
)
# What is done to a component by itself: an expectation, not a reproach.
EXPECTED = listed("""
    automatically expected replicated cached routed redirected retried propagated purged expired evicted
    synced synchronised synchronized returned served loaded restarted recreated scheduled delivered received
    impacted affected involved touched included present available enabled visible able set sent applied migrated processed
    credited shown empty identical equal zero null
""")
FASTER = listed("quicker faster smoother shorter earlier sooner clearer easier improved simpler")
WISER = listed("better wiser prudent safer preferable advisable sensible best wise smarter appropriate")
WORSE = listed("worse later longer unnoticed undetected")
HAPPENED = listed("happened occurred started begun existed compiled shipped merged landed passed reached")
DEEDS = listed("""
    hotfix announcement     deploy deployment upgrade migration change rollback release update restart cleanup failover rollout patch launch
    cutover switch import fix revert maintenance announcement decision escalation work reboot communication handover
    call evacuation response shutdown rebuild reply meeting exercise purge test notice plan letter recall
""")
TIMED = listed("waited happened started gone begun come stayed ended stopped taken included")
DONE = listed("""
    done set run made taken given told written chosen built held kept sent put thought understood brought shut cut read
    left paid shown let met split taught withdrawn rerun reset foreseen sought spoken drawn broken driven spent thrown rung undertaken
""")
MACHINES = listed(
    "scheduler system controller operator service job server proxy balancer pipeline script bot daemon agent cron kubelet"
)
NOTICING = listed("notice detect catch spot realise realize discover see")
# What only people and their organisations do.
SOCIAL = listed("""
    asked told called waited tested announced isolated held sought delayed declared repeated postponed warned consulted
    informed insisted challenged questioned discussed reviewed approved refused agreed escalated communicated planned
    cancelled canceled decided chosen negotiated staffed hired trained budgeted funded bought commissioned verified
    checked confirmed documented notified involved coordinated invited listened objected pushed pressed prioritised
    prioritized considered evaluated weighed rehearsed practised practiced prepared tried thought spoken admitted
    evacuated ordered contacted requested raised demanded investigated examined assessed inspected scrutinised
    intervened acted engaged maintained said rotated heeded honoured honored published apologised apologized
""")
# What components do, or what is said of values.
OF_SYSTEMS = listed("""
    returned matched totalled totaled contained retried failed started happened worked resulted triggered caused been
    expired read written responded rebooted reconnected loaded connected timed recovered resolved remained existed
    taken run had gone come gotten received reached processed updated synced propagated scaled throttled logged
    rejected accepted replicated served cached thrown raised emitted closed opened exited crashed terminated dropped
    redirected routed shown printed stayed left become led ended held
""")
_SYSTEMS = listed("""
    service services pod pods node nodes server servers client clients job jobs worker workers cache caches proxy proxies
    queue queues scheduler database databases db cluster clusters replica replicas leader follower container containers
    process processes thread threads request requests query queries app application code library endpoint endpoints api
    function method handler kernel router routers switch firewall system systems script scripts bot controller operator
    agent daemon cron backup file files packet packets traffic message messages event events record records value values
    response responses connection connections session sessions token tokens lease leases timeout timeouts retry retries
    failover dns host hosts machine machines vm instance instances link links image images disk disks volume volumes
    memory key row rows table index field column entry entries counter balancer lb gateway route routes path browser
    page pages button form device devices firmware driver version build binary package packages module plugin config
    configuration setting settings software framework load rule rules planner optimizer optimiser compiler parser
    invoice invoices order orders data it this that which something everything these those result results output
    webhook sidecar ingress partition shard shards topic consumer consumers producer producers broker brokers primary
    secondary standby feed stream sync job's certificate certificates user users customer customers attacker attackers
""")
_RECONCILING = listed("kubernetes k8s crd crds reconcile reconciled reconciles pod pods finalizer helm cluster custom")
_QUERYING = listed("index query queries statistics scan join plan")
_BODIES = listed("""
    board committee management nobody somebody someone anybody one everyone everybody leadership people authority supervisor
    procurement warehouse hospital bank department desk crew shift vendor supplier contractor company organisation
    organization agency ministry council office administration soc noc ic incident-commander commander lead legal
    finance security operations ops support hr marketing sales dispatch carrier provider plant control-room union
    architect architects director directors executives executive officer officers owner owners regulator licensee
    manufacturer operator operators maintainers maintainer captain pilot nurse doctor staff they we he she i tenant
""")


def is_gate(words: Iterable[str]) -> bool:
    """Whether words name something that looks at a change or at a running system."""
    said = list(words)
    return not GATES.isdisjoint(said) or _DRY.search(" ".join(said)) is not None


def is_people(subject: Sequence[str]) -> bool:
    """Whether a subject, whose words these are, is somebody."""
    return not _BODIES.isdisjoint(subject[-2:]) or not _BODIES.isdisjoint(subject[:2])


def is_system(subject: Sequence[str], words: Iterable[str]) -> bool:
    """Whether a subject is a component or a value. A planner is one where the sentence has an index."""
    if list(subject[-1:]) == ["operator"]:
        # A person unless the sentence is about what reconciles.
        return not _RECONCILING.isdisjoint(words)
    if subject[-1:] == ("planner",):
        return not _QUERYING.isdisjoint(words)
    return not _SYSTEMS.isdisjoint(subject[-1:]) or (bool(subject) and not _SYSTEMS.isdisjoint(subject[:2]))
