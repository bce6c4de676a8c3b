"""English verbs that an action may begin with, and words that are as often a noun there.

Knows words, written for this project. Refuses to say what a verb is worth: `words.actions` names the weak ones.
"""

# ruff: noqa: E501
from __future__ import annotations

from afteraction.engine.language.words.pack import gerund, listed, past, present

ACTION_VERBS = listed("""
    abandon abolish abort absorb abstract accelerate accept accommodate account achieve acknowledge acquire act activate adapt add address adjust
    administer adopt advance advise advocate agree aggregate aim alert alias align allocate allow alter amend amplify analyse analyze anchor
    annotate announce answer anticipate append apply appoint appraise approve arbitrate archive argue arm arrange ask assemble assert assess
    assign assist associate assure attach attempt audit authenticate authorise authorize automate avoid await back backfill backport balance
    ban bar base baseline batch become begin benchmark bind blacklist allowlist denylist whitelist block bolster book boost bootstrap bound brainstorm branch break brief bring
    broaden broadcast browse buffer build bump bundle buy bypass cache calculate calibrate call cancel canonicalise canonicalize cap capture
    carry catalog catalogue catch categorise categorize celebrate centralise centralize certify chain challenge change channel chart chase check
    checkpoint choose chunk circulate claim clarify classify clean cleanse clear clone close cluster co-locate coalesce coach code codify collaborate
    collapse collate collect combine come commission commit communicate compact compare compensate compile complete compose compress compute
    conduct configure confirm connect conserve consider consolidate construct consult consume contact contain containerise containerize contest continue contract
    contribute control convene convert convey coordinate copy cordon correct correlate cover create cross-check cull curate customise customize cut
    deal debounce debug decide declare decline decommission decompose decouple decrease dedicate deduplicate default defer define defragment degrade
    delay delegate delete deliver demo demonstrate demote denormalise denormalize deny depict deploy depool deprecate deprioritise deprioritize deprovision derive describe design
    designate detach detail detect determine develop devise diagnose differentiate diff dig direct disable disallow disassociate disband discard disconnect
    discontinue discourage discuss dismantle dispatch display dispose dissolve distinguish distribute ditch diversify divert divide do dockerise dockerize document double
    double-check downgrade downsample draft drain draw drill drive drop dry-run dump duplicate earmark ease edit educate effect elect elevate eliminate elaborate email embed
    emit employ empower emulate enable encapsulate encode encourage encrypt end enforce engage enhance enlarge enlist enrich enrol enroll ensure enter equip erase
    escalate escape establish estimate evacuate evaluate evict evolve examine exclude execute exempt exercise expand expedite experiment expire
    explain explicitly explore export expose express extend extract fail facilitate factor familiarise familiarize fan fast-track feature-flag federate feed fetch figure file fill
    filter finalise finalize find fine-tune finish fire fix flag flush focus fold follow forbid force forecast formalise formalize format formulate forward foster
    free freeze fund funnel further garbage-collect gate gather generalise generalize generate get give go govern grant graph group grow guarantee guard guide halt halve hand
    handle harden hard-code hardcode harmonise harmonize hash have help hide highlight hire hold hook host hunt identify ignore illustrate image implement import improve include incorporate
    increase index inform ingest inherit initialise initialize initiate inject inline insert inspect install instantiate institute instruct instrument integrate
    intercept interview introduce invalidate inventory invest investigate invite invoke involve isolate issue iterate jitter join keep kick kill label land launch
    lay lead learn lease leave lengthen let level leverage lift limit line link lint liaise list listen load localise localize locate lock log look lower maintain make manage
    mandate map mark mask match maximise maximize measure meet mention merge migrate mimic mine minify minimise minimize mirror mitigate mock model moderate modernise modernize modify
    modularise modularize monitor mount move multiplex mute name narrow negotiate nominate normalise normalize note notify nudge null number obtain observe offer offload offboard
    omit onboard open operate operationalise operationalize optimise optimize orchestrate order organise organize outline outsource overhaul override overprovision own package page paginate pair parallelise parallelize
    parameterise parameterize parse participate partition partner pass patch pause pay peg penetration-test perform permit persist persuade phase pick pilot pin pinpoint ping pipe place plan plug plumb point police poll pool
    populate port portray position post postpone practice practise pre-allocate pre-build pre-check pre-scale pre-warm precompute preallocate preload prepare prescribe present preserve press prevent prewarm price print
    prioritise prioritize probe process procure produce profile program prohibit project promise promote prompt propagate propose protect prototype prove provide provision proxy prune
    publicise publicize publish pull purchase purge pursue push put qualify quantify quarantine query question queue quiesce quote raise randomise randomize rate rate-limit rationalise rationalize re-add re-architect re-check re-create
    re-enable re-encrypt re-evaluate re-examine re-image re-import re-index re-introduce re-issue re-order re-partition re-provision re-run re-scan re-test re-think re-tune re-use re-validate re-visit re-write reach react read rearchitect rearrange reassess reassign rebalance rebase reboot rebuild recalculate
    recalibrate receive recheck reclaim reclassify recognise recognize recommend recompile recompute reconcile reconfigure reconnect reconsider reconstruct record recover recreate recruit rectify recycle redact redeploy redefine redesign
    redirect redo reduce reenable reevaluate reexamine refactor refer refine reflect reformat refresh refuse regenerate register regulate rehearse reimage reimplement reimport reindex reinforce reinitialise reinitialize reinstall reinstate reintroduce reissue reject rejig relabel relate relax relaunch release relocate
    rely remap remediate remember remind remodel remove rename render renegotiate renew renumber reorder reorganise reorganize repackage repair repartition repeat repatriate rephrase replace replay replicate repool report repopulate represent reprioritise reprioritize reprocess reproduce reprovision request
    require rerun research reschedule reserve reset reshape reshard resize resolve respect respond restart restore restrict restructure resubmit resume resurface resync retag retain retest rethink retire retrain retrieve retry retrofit return reuse revalidate
    reverse revert revert review revise revisit revive revoke rework rewrite right-size rightsize ring-fence roll rollback rollout rotate route run sample sandbox sanitise sanitize save say scale scan schedule scope score scrape screen script scrub seal
    search seed seek segment segregate select self-host send sensitise separate sequence serialise serialize serve set settle setup shard share sharpen shed shelve shift ship shorten shorten show shrink shut sign
    signal silence simplify simulate skip slice slow slowdown smoke-test snapshot snooze soften solicit solve sort source spawn speak spec specify speed spike spin split spot spread square squash stabilise stabilize stage stagger standardise
    standardize start state stop store strangle streamline strengthen stress-test stretch strip strive structure study stub subclass submit subscribe subset substitute suggest summarise summarize sunset supersede supervise supplement supply support suppress surface survey
    suspend swap switch sync synchronise synchronize synthesise synthesize systematise systematize tackle tag take talk taint target teach tear tell template templatise templatize terminate terraform test think thin thread threat-model throttle throw tidy tie tighten time time-box timebox time-out toggle tolerate trace track trade train transcribe
    transfer transform transition translate transmit trap treat trial triage trial trigger trim troubleshoot truncate try tune turn tweak unblock unbundle undeploy undo unfreeze unify uninstall unit-test unlink unlock unmount unpin unregister unset unsubscribe untangle update upgrade uplift upload upscale use
    utilise utilize vacuum validate vendor verify version version-lock vet view virtualise virtualize visualise visualize vote wait walk warm warn watch weigh whitelist widen wipe wire withdraw withhold work wrap write zero zone don't never always be stand standby whittle
    formalize research devise reassure refill refund reimburse relink remount rescope rescan resend reshuffle retune reword roll-back scale-up sideline spell step sweep swap-out tee thin-out top trawl unify unwind
""")  # fmt: skip

# As often a noun at the beginning: a verb unless what follows shows the noun.
NOUNS_TOO = listed("""
    access account act address advance aim alert alias archive arm audit back balance ban bar base baseline batch benchmark block book boost bound branch break brief buffer build bump bundle buy cache call cap
    catalog catalogue cause chain challenge change channel chart check checkpoint chunk claim clear clone close cluster code collapse commission commit contact contract control copy correct cover cull cut deal
    debug decline default delay demo deploy design detail diff direct discount dispatch display document double draft drain drill drive drop dump ease effect email end engage estimate exercise experiment export express fail
    feed figure file fill filter fire flag flush focus fold force forecast format free freeze fund gate grant graph group guard guide halt hand hash help hide highlight hold hook host image import index input
    inventory issue jitter join kick kill label land launch lead lease level lift limit line link list load lock log look map mark mask match measure merge mine mirror mock model monitor mount move name note notice number offer open order outline
    override package page pair patch pause pilot pin ping pipe place plan plug point police policy poll pool port position post practice present press price print probe process profile program project promise prompt proxy pull purchase purge
    push query question queue quote raise rate read rebase reboot rebuild record refactor refresh reject release remedy rename repair repeat replay report request research reserve reset respect restart restore result resume retry return
    reuse reverse review revert rework rewrite roll rollback rollout rotate route run sample sandbox scale scan schedule scope score scrape screen script scrub seal search secure seed segment select separate sequence serve set setup shard share shift
    ship shortcut show signal slice snapshot sort source spike spot spread stage stagger start state step stop store stress stretch structure study subset supply support surface survey swap switch sync tag take talk target template test
    thread time toggle trace track trade train transfer transition trap treat trial trigger trim tune turn tweak update upgrade upload use vacuum value view visit vote walk warm watch wire work wrap zone
""")  # fmt: skip
# What stands behind a noun that looks like a verb: "test coverage", "log retention".
COMPOUND_HEADS = listed("""
    size sizes coverage process processes fatigue plan plans policy policies framework retention control issue issues problem problems failure failures rate rates level levels strategy time times count counts name names
    management infrastructure improvement improvements gap gaps cleanup ownership noise volume quality history analysis metrics metric dashboard dashboards invalidation replication
    rotation capacity usage latency review reviews procedure procedures suite suites environment environments pipeline pipelines server servers tooling system systems limits limit queue queues limiting tests test alerts monitoring alerting handling
    notes replica replicas testing hardening planning tuning ordering routing batching shedding balancing error errors ticket tickets candidate candidates window windows cycle cycles train trains team teams
""")
VERBS = sorted(verb for verb in ACTION_VERBS if verb.replace("-", "").isalpha())
PAST: dict[str, str] = {form: verb for verb in VERBS for form in past(verb) if form not in ACTION_VERBS}
GERUND: dict[str, str] = {gerund(verb): verb for verb in VERBS}
THIRD: dict[str, str] = {present(verb): verb for verb in VERBS}
# Pasts that no rule bends; they only tell a statement from an action.
STATED_PASTS = listed("""
    took went came began broke fell rose ran got led kept lost spent became saw grew knew felt stood meant brought sent found
    gave made had was were did could would
""")

__all__ = ("ACTION_VERBS", "COMPOUND_HEADS", "GERUND", "NOUNS_TOO", "PAST", "STATED_PASTS", "THIRD", "VERBS")
