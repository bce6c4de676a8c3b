"""The English pack: who acts, what they are accused of, and the words that make it harmless.

Knows words, written for this project. Refuses to judge: `accusing`, `human_error` and `asking` do.
"""

# Word lists and patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

from afteraction.engine.language.words.occupations import DOUBTFUL_OCCUPATIONS, OCCUPATIONS, OF_SOMEBODY
from afteraction.engine.language.words.pack import Pack, gerunds, listed, pasts

# Heads of a noun phrase that are people whatever stands before them.
_PEOPLE = listed("""
    engineer engineers developer developers dev devs deployer deployers oncall on-call on-caller on-callers oncaller
    author authors coauthor reviewer reviewers admin admins administrator administrators sysadmin sysadmins technician
    technicians colleague colleagues coworker coworkers co-worker teammate teammates employee employees contractor
    contractors intern interns maintainer maintainers committer committers contributor contributors programmer
    programmers coder coders dba dbas sre sres tester testers consultant consultants staffer staff personnel person
    human humans individual guy freelancer newcomer joiner hire approver approvers implementer implementor submitter
    operator operators manager managers commander responder responders analyst analysts architect lead leads
    someone somebody somebody's people ops-engineer superintendent supervisor trainee electrician
    requester requestor requesters owner owners clerk clerks whoever crew predecessor predecessors student students
    volunteer volunteers designer designers scientist scientists specialist specialists expert experts boss cto ceo cio
    director directors architects planner planners apprentice apprentices rookie novice newbie noob dude folks guys subcontractor subcontractors
    idiot idiots moron morons fool fools clown clowns
    assistant accountant caretaker janitor rep reps swe swes electricians cleaner newcomers hires trainees interns
    everyone everybody deputy bookkeeper secretary auditor courier
""")
# Of those, heads that are also parts of systems: they need a verb that only people have, or a word that only people
# bear before them.
_DOUBTFUL = listed("""
    manager managers lead leads hire owner owners director directors cleaner
    assistant auditor deputy
""")
_BEFORE_DOUBTFUL = listed("""
    incident release engineering product project duty shift tech technical team change account line on-call oncall
    general operations senior junior first new support security code feature call managing our my hr it network infrastructure account success sales delivery program programme marketing
        newest latest recent ios android qa platform frontend backend mobile web data design test testing system systems dba scrum
""")
# What was not done is held against people only where doing it is a matter of care.
_CARES = listed("""
        check test verify validate notice realise realize recognise recognize spot consider follow read review
        communicate inform notify tell think look confirm double-check catch anticipate understand document account
        announce escalate respond acknowledge coordinate co-ordinate wait pay remember bother inspect examine ask
        consult doublecheck care foresee act react update comply adhere handle include cover cross-check investigate identify
        listen heed respect obey rehearse measure estimate secure compare ensure
    """)
_NO_VERBS = listed("doublecheck co-ordinate cross-check double-check care")
_LISTS = {
    "people": _PEOPLE | OCCUPATIONS | DOUBTFUL_OCCUPATIONS,
    "doubtful people": _DOUBTFUL | (DOUBTFUL_OCCUPATIONS - _PEOPLE),
    "before doubtful people": _BEFORE_DOUBTFUL | OF_SOMEBODY,
    "people alone": listed("someone somebody he she"),
    "team members": listed("member members agent agents"),
    "before members": listed("support helpdesk sales team staff crew squad department ops sre group's team's desk call-centre call-center centre center claims booking reservations gate check-in ticketing service customer panel board committee family faculty guild unit shift group care chat line travel insurance"),
    "teams": listed("qa team teams squad squads ops devops department departments management leadership vendor vendors supplier suppliers\n        helpdesk committee agency subsidiary"),
    "not before people": listed("""
        kubernetes k8s prometheus elastic eck strimzi flux argo cert-manager postgres zalando openshift helm istio
        grafana redis kafka network mobile telecom carrier tour cloud comparison ternary logical arithmetic assignment
        ocsp cluster swarm cache memory resource package session transaction task job traffic device file queue volume
        window password secret secrets connection api process display lock node controller-runtime certificate no
        workload data robot synthetic virtual automated
    """),
    "before operators": listed("""
        human tired junior senior new shift duty night day night-shift day-shift experienced inexperienced on-call
        on-duty oncall grid plant control console system systems computer database release same second first other
        data-centre datacenter centre center data careless negligent and or but that which who where when because if
        unqualified untrained careful manual batch mainframe trained responsible unsuspecting hurried distracted
        printer press furnace boiler radar radio telephone camera projector tape mill dredger digger excavator loader
        conveyor packing bottling sorting ticket toll lift elevator winch signal crossing bridge ferry pump compressor
        water wastewater treatment process reactor turbine dispatch trading call ride x-ray scanner drone remote
        desk room platform storage station incident site facility machine substation noc maintenance production field
        service
    """),
    # Signs that "operator" is a Kubernetes operator.
    "operator is software": listed("""
        reconcile reconciled reconciling reconciles reconciliation crd crds finalizer finalizers
    """),
    # "the operator pod": what follows makes the head a part of a thing.
    "things after people": listed("""
        pod pods deployment image chart version bug bugs container namespace logs log portal console panel page account
        accounts api ui workstation laptop rotation schedule alert alerts tool tools tooling environment cluster machine
    """),
    "determiners": listed("""
        the a an our their his her its this that these those one two three four some several another any each every
        both either neither multiple many
    """),
    "prepositions": listed("""
        by of from to for with on in at via between using about without into over under against through before after
        among during than like except per versus
    """),
    "adverbs": listed("""
        also then just never not again later already still even first initially simply only once soon now perhaps
        apparently unfortunately sadly somehow both all completely totally utterly almost nearly unknowingly instead
        therefore thus nevertheless nonetheless still always clearly evidently subsequently repeatedly actually basically
    """),
    "be": listed("was were is are am been being be 's 're 'm wasn't weren't isn't aren't"),
    "have": listed("had has have having hadn't hasn't haven't 've 'd"),
    "do": listed("did do does didn't don't doesn't"),
    "modals": listed("""
        could may might would should can will must shall couldn't mightn't wouldn't shouldn't can't cannot won't 'll to
        if
    """),
    "negations": listed("not never didn't don't doesn't hadn't hasn't haven't wasn't weren't isn't aren't cannot n't"),
    # What only people do wrong.
    "human faults": pasts(listed("""
        forget neglect overlook misjudge misread misunderstand misinterpret mistype misremember underestimate disregard
        bungle botch blunder goof fumble fat-finger misspell mistake misconstrue miscommunicate oversleep misspeak
        misdiagnose miscount misfile misplan mishear mistranscribe panic dawdle procrastinate rubber-stamp
        ignore mess screw misplace
    """)) | listed("messed-up screwed-up fat-fingered fatfingered fucked"),
    # What people and systems do wrong.
    "faults": pasts(listed("""
        misconfigure mishandle misapply mislabel misidentify misdiagnose miscalculate misuse misroute mis-configure
        omit skip miss bypass violate break circumvent breach
    """)),
    "fault gerunds": gerunds(listed("""
        forget neglect overlook misjudge misread misunderstand misinterpret mistype ignore disregard bungle botch
        misconfigure mishandle misapply omit skip bypass violate break mess screw fail
    """)) | listed("mis-typing fat-fingering misdiagnosing misidentifying misusing"),
    "careless adverbs": listed("""
        accidentally mistakenly inadvertently erroneously wrongly incorrectly carelessly unintentionally negligently
        recklessly hastily falsely improperly wrongfully prematurely sloppily blindly stupidly foolishly naively
        absentmindedly unwittingly accidently thoughtlessly clumsily lazily irresponsibly rashly knowingly wilfully willfully stubbornly hurriedly absent-mindedly
        needlessly unthinkingly
    """),
    "cares": _CARES | pasts(_CARES - _NO_VERBS),
    # Verbs that bring something into a system; with a bad object they accuse.
    "introducing": pasts(listed("""
        deploy push merge commit ship release run execute apply enter type use select choose pick copy upload introduce
        write add set configure send publish roll install enable disable change create make give provide issue perform
        delete remove drop terminate target edit submit approve restart reboot redeploy promote modify update click
        press start stop shut overwrite truncate wipe destroy revoke rotate unplug disconnect pull switch turn move take
        force-push force-merge land put leave bring kill purge hit plug paste patch reimage drain depool
    """)),
    "bad objects": listed("""
        wrong incorrect bad broken faulty buggy erroneous flawed invalid untested unreviewed unapproved unverified
        misconfigured mistyped misspelled malformed sloppy defective half-finished half-baked half-tested
        unfinished shoddy
    """),
    "missing care": listed("""
        review reviewing testing tests test approval approvals approving checking checks verifying verification
        validating validation reading consulting telling informing notifying following realising realizing noticing
        permission authorisation authorization considering understanding thinking looking confirming confirmation
        asking backup backups announcing announcement coordination coordinating warning notice knowing waiting proper
        sufficient adequate due enough peer code prior first properly sign-off signoff reviewers reviewer approvers
        verify check ask inform read consult double-checking communicating communication care documentation documenting regard oversight supervision
        cross-checking checklist where clause dry dry-run dry-running snapshot safeguards precautions consent rollback
        warning warnings rehearsal rehearsing questioning reason investigating examining diagnosing getting
    """),
    "harm": listed("""
        outage outages incident incidents issue issues problem problems failure failures error errors bug bugs downtime
        disruption disruptions breakage crash crashes mess damage degradation loss regression accident accidents
        disaster breach leak leaks fault faults corruption unavailability interruption production prod site sev1 sev2
        sev-1 sev-2 chaos defect defects havoc catastrophe mistake mistakes situation misconfiguration
    """),
    "causing": listed("caused triggered provoked created produced"),
    "downing": listed("down offline out"),
    "fault nouns": listed("""
        mistake mistakes error errors oversight oversights negligence carelessness fault blunder blunders misjudgement
        misjudgment typo typos incompetence inexperience inattention ignorance failure forgetfulness misunderstanding
        misconfiguration sloppiness recklessness omission slip confusion overconfidence laziness hubris haste
        inability complacency lack unfamiliarity unawareness indecision impatience arrogance distraction stubbornness
        misreading mishandling misinterpretation misdiagnosis overreaction recklessness forgetting disregard
    """),
    # Said of a kind of person rather than as anybody's: "operator oversight".
    "bare fault nouns": listed("""
        oversight oversights negligence carelessness incompetence inexperience inattention misjudgement misjudgment
        forgetfulness blunder ignorance complacency
    """),
    "fault adjectives": listed("""
        careless negligent sloppy reckless inattentive incompetent lazy irresponsible hasty unprepared unqualified
        mistaken wrong clueless ignorant complacent inexperienced unprofessional untrained
    """),
    "harmless after without": listed("""
        issue issues problem problems success impact downtime incident error errors loss interruption interruptions
        any luck trouble
    """),
    "known harmless": listed("users user customers customer clients client attacker attackers hacker hackers visitors"),
    "reporting": listed("that which because but so whether how what until unless although since though"),
    "gap openers": listed("""
        who while during on in at from for of with working responsible assigned trying attempting when after before
        involved , ( running using performing creating deploying making writing reviewing handling doing tasked
        following executing applying updating investigating
    """),
    "generic": listed("if when whenever should could might unless lest"),
    "benign who": listed("""
        paged notified affected impacted informed contacted alerted involved on-call oncall available present invited
        told reached called assigned needed consulted here there using able
    """),
    "accusing who": listed("""
        did caused deployed approved broke merged pushed wrote changed deleted made ran introduced let allowed
        authorized authorised signed forgot missed failed messed screwed removed dropped installed committed touched
        skipped bypassed disabled started triggered released executed accepted overlooked ignored took turned switched
        modified edited configured misconfigured launched shipped created applied rolled killed destroyed shut
        permitted ordered decided submitted coded developed reviewed tested enabled kicked stopped rebooted restarted uploaded imported pasted unplugged
        leaked exposed gave initiated brought
    """),
    "machine verbs": listed("""
        fail crash restart reboot time timeout page fire spike stop hang die trigger alert drop disappear recover
        increase decrease expire flap leak retry reconnect return respond degrade scale start work converge sync
    """),
    # What people do to systems, as nouns: "Viktor's change", "a careless edit by an admin".
    "deeds": listed("""
        change changes commit commits edit edits deploy deployment push merge migration patch restart reboot rollout
        release fix hotfix refactoring refactor command action actions decision choice attempt upgrade update tweak
        script query cleanup misstep shortcut workaround handling call reaction response removal deletion intervention
        experiment code work rollback test configuration maintenance behaviour behavior advice assumption assumptions
    """),
    "careless adjectives": listed("""
        careless hasty reckless rash sloppy negligent thoughtless premature foolish naive ill-considered ill-advised
        irresponsible lazy unauthorised unauthorized unapproved unreviewed stupid clumsy amateurish shoddy
    """),
    "bad adjectives": listed("""
        poor bad wrong flawed faulty slow insufficient inadequate incorrect late limited questionable terrible horrible
        awful improper incomplete dumb silly
    """),
    "abilities": listed("""
        understanding knowledge judgement judgment planning preparation communication attitude performance skills
        skill training experience attention discipline estimate estimation grasp testing review reading handover job
        memory foresight documentation design designs plan configuration setup wording instructions script query judgments
        logic math arithmetic typing coding engineering workmanship supervision oversight leadership management
    """),
    "unwilling": listed("refusal reluctance unwillingness neglect insistence hesitation eagerness impatience arrogance stubbornness disregard"),
    "harming": listed("""
        broke crashed corrupted emptied leaked prolonged delayed wiped exposed killed overloaded destroyed extended
        worsened aggravated flooded exhausted locked cost
    """),
    "insults": listed("idiot idiots genius moron morons fool fools clown clowns joker jokers imbecile dummy bozo cowboy cowboys amateur amateurs"),
    "destructive": listed("dropped deleted wiped destroyed erased purged truncated terminated killed overwrote"),
    "what matters": listed("production prod live customer customers entire whole"),
    "mended": listed("stale old broken idle unused expired orphaned failed test faulty stuck hung duplicate staging dev bad obsolete leaked"),
    "diligent": listed("""
        careful attentive thorough diligent competent qualified prepared vigilant cautious experienced
        professional
    """),
    "careless states": listed("asleep drunk inattentive overconfident impatient unqualified careless absent-minded sloppy"),
    "misdone": listed("misjudged overlooked forgotten ignored misunderstood neglected disregarded underestimated bungled botched misread misinterpreted"),
}  # fmt: skip

ENGLISH = Pack("en", _LISTS)
