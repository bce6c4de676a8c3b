"""What people do for a living, and what groups of them are called: heads of a noun phrase that stand for somebody.

Knows words of many trades, written for this project. Refuses to weigh them: `agents` does.
"""

# Word lists are kept in one piece each: they read better than cut to a width.
from __future__ import annotations

from afteraction.engine.language.words.pack import listed

# Heads that are people in whatever sentence.
OCCUPATIONS = listed("""
    cataloguer cataloguers cataloger reviser revisers milker milkers groomer slinger slingers banksman ganger attendant
    attendants bioinformatician bioinformaticians trustee trustees stagiaire call-taker call-takers calltaker stevedores
    grower growers longshoreman docker dockers picker-packer lift-operator ski-patroller lifeguards ringmaster
    signalwoman relief-milker herdswoman glazier glaziers florist tailor seamstress launderer bellhop
    valet chambermaid sommelier prompter choreographer dramaturge prop-master luthier organist verger sexton beadle
    gravedigger embalmer undertaker optometrist audiologist podiatrist osteopath dispatcher-on-duty webmistress
    sub-postmaster postwoman milkman beekeeper gamekeeper groundskeepers shepherd shearer farrier ploughwoman
    signaller signallers exec execs executive executives installer installers welder rigger dealer dealers
    anaesthetist usher barista waiter bartender ranger warden wardens stoker farmhand ploughman deckhand deckhands
    crewman crewmen signalwoman linewoman serviceman servicemen repairman repairmen subaltern adjutant quartermaster
        genius guard-on-duty proctor invigilator bailiff croupier bookmaker projectionist roadie stagehand
    stagehands rebooker ticketer
    lecturer demonstrator phlebotomist sonographer dietitian optician carer carers caregiver midwives matron
    anesthesiologist hygienist vets zookeeper technologist mechanic mechanics machinist fitter plumber carpenter
    bricklayer digger excavator foreman forewoman foremen millwright roofer splicer lineman linesman linemen
    lineworker signalman conductor dispatcher dispatchers pilot captain navigator purser steward stewardess
    stevedore bosun helmsman ferryman skipper nurse nurses doctor doctors physician physicians surgeon surgeons
    pharmacist pharmacists paramedic paramedics midwife radiologist radiographer anesthetist dentist therapist
    orderly clinician clinicians caseworker caseworkers teller tellers cashier cashiers banker bankers underwriter
    underwriters actuary adjuster adjusters treasurer paymaster quant quants trader salesman saleswoman salesperson
    salespeople shopkeeper storekeeper storeman warehouseman warehouseworker picker packer forklift-driver forwarder
    logistician expediter buyer procurer estimator surveyor surveyors draughtsman draftsman geologist chemist
    chemists physicist biologist mathematician statistician researcher researchers professor teacher teachers tutor
    librarian archivist curator editor editors journalist copywriter translator typist typesetter receptionist
    receptionists telephonist switchboard-operator concierge porter guard guards watchman watchmen watchkeeper
    sentry policeman officer officers constable sergeant lieutenant soldier firefighter fireman lifeguard inspector
    inspectors examiner examiners assessor assessors verifier lawyer lawyers solicitor paralegal counsel barrister
    notary registrar clerk clerks superior superiors hire hires freelancer freelancers temp temps labourer laborer
    labourers laborers handyman handymen groundskeeper gardener landscaper janitor janitors custodian custodians
    housekeeper caretaker caretakers baker brewer butcher farmer herdsman vet fisherman forester miner miners
    driller drillers roughneck blaster crane-operator boilerman refiner smelter turner grinder polisher moulder
    molder programmer programmers coder coders webmaster webmasters sysop sysops netadmin netadmins dba dbas tech
    techs technician technicians troubleshooter troubleshooters fixer integrator integrators implementer
    implementers deployer deployers releaser releasers tester testers committer committers maintainer maintainers
    moderator moderators gamemaster game-master producer producers animator illustrator photographer cameraman
    gaffer super-user super-users key-user coordinator coordinators co-ordinator co-ordinators organiser organizer
    facilitator facilitators scribe secretary secretaries chairman chairwoman chairperson ceo cto cfo coo ciso cio
    cpo cmo vp evp svp vice-president headmaster founder founders co-founder cofounder cofounders shareholder boss
    bosses superintendent superintendents chief chiefs recruiter recruiters coach-driver busdriver trucker truckers
    lorry-driver courier couriers postman mailman fellow fellows bloke lad chap woman man lady gentleman guy guys
    gal folk folks kid kids veteran veterans old-timer senior seniors junior juniors newbie newbies noob noobs
    rookie rookies beginner beginners greenhorn joiner joiners learner learners trainee trainees apprentice
    apprentices intern interns student students graduate graduates undergrad postdoc postdocs phd scholar volunteer
    volunteers helper helpers stand-in locum substitute understudy second-in-command googler googlers amazonian
    facebooker consultant consultants advisor advisors adviser advisers contractor contractors subcontractor
    subcontractors sub-contractor outsourcer outsourcers counterpart counterparts liaison pentester pentesters
    penetration-tester sre sres swe swes noc helpdesk servicedesk csirt watchstander administrator administrators
    admin admins approver approvers reviewer reviewers author authors co-author coauthor proofreader signatory
    signatories submitter submitters requester requesters assignee assignees duty-officer unloader refueller fueller
    ramp-agent cleaner cleaners window-cleaner painter painters electrician electricians plasterer glazier locksmith
    mover movers removal-man decorator metrologist hydrologist seismologist meteorologist forecaster forecasters
    broker-dealer bookkeeper bookkeepers accountant accountants analyst analysts economist economists auditor
    auditors storekeepers shopworker merchandiser marketer marketers publicist spokesperson spokesman spokeswoman
    campaigner fundraiser lobbyist planner planners timekeeper rosterer modeller modeler designer designers
        official officials structurer structurers bookrunner clubman key-user shopfloor traders buyers architect
    architects supervisor supervisors foreperson headteacher dispatch-officer desk-officer
    sub-editor subeditor newsreader presenter technical-director sysprog cabler cablers telco-engineer fielder
    installer handler-on-duty shiftworker shift-worker shift-lead team-lead tech-lead techlead teamlead
    scrum-master scrummaster product-owner proxy-owner backup-operator dev-lead oncaller on-callers first-responder
    firstliner second-liner sysops devops-engineer network-engineer hypervisor-admin infosec pentest greybeard
    successor successors namesake partner-engineer integrationist releasemaster stakeholder stakeholders sponsor
    headcount overseer overseers surgeon-in-chief house-officer resident registrars charge-nurse
    pharmacologist porters phlebotomists radiographers sonographers anaesthetists orderlies dosimetrist
    bus-driver tram-driver train-driver flagman flagmen shunter shunters pointsman stationmaster marshaller loadmaster
    baggage-handler check-in-clerk ramp-handler tanker-driver pumpman boatswain coxswain lookout
    storewoman stockroom-clerk shelf-stacker merchandisers shopkeepers salespersons telesales telemarketer
    cook cooks chef chefs waitress waitresses caterer caterers canteen-worker butchers bakers vintner
    underwriting-clerk claims-handler loss-adjuster bookkeeping-clerk paymasters payee-clerk tax-adviser
    stockbroker stockbrokers money-changer cambist backroom-clerk treasurers controller-on-duty comptroller
    caretakers superintendents doorman doormen groundsman groundsmen guardsman guardsmen nightwatchman
    metalworker steelworker steeplejack scaffolder scaffolders pipefitter pipefitters steamfitter boilermaker
    toolmaker toolsetter machine-setter quality-inspector weighman weighmaster batcher brewmaster distiller furnaceman
    mineworker shotfirer surveyor-assistant topographer cartographer geodesist agronomist stockman herder
    typographer compositor prepress-operator bindery-worker stringer columnist subtitler
    invigilators examinations-officer timetabler timetablers headmistress schoolmaster janitress
    programmeur sysadm netops secops dataops mlops finops devsecops noc-engineer postmaster hostmaster listmaster
""")
# Of those, heads that are parts of systems, customers or plain words as well: they need another sign of a person.
DOUBTFUL_OCCUPATIONS = listed("""
    loader loaders setter setters keeper keepers allocator preparer handler handlers mate
    installer installers
    leader leaders
    editor editors guard guards inspector inspectors producer producers conductor navigator
    chief chiefs principal senior seniors junior juniors coordinator coordinators co-ordinator co-ordinators
    sponsor resident lookout proxy-owner stakeholder stakeholders successor successors
    moderator moderators helper helpers fixer partner counsel deployer deployers releaser polisher turner
    grinder picker packer planner planners verifier scribe dispatcher dispatchers liaison substitute
    teller tellers forecaster forecasters modeller modeler patrol
""")
# What stands before a doubtful head where it is somebody.
OF_SOMEBODY = listed("""
    data-entry baggage parcel freight zoo machine tool lathe campaign deployment model live-ops release
    compliance safety security duty customs police medical clinical liaison loan credit risk treasury payroll claims
    data-protection privacy field setup maintenance support lab laboratory site plant floor shop line ward night day
    night-shift day-shift shift station train bus truck lorry tram delivery forklift crane utility factory warehouse
    road construction paving cleaning catering kitchen gate ground ramp air traffic flight cabin senior junior
    trainee temporary relief stand-in substitute our your their his her my another inexperienced overconfident tired
    careless hasty inattentive young old retired newly-hired vendor vendor's supplier's contractor's customer's
    bank's firm's agency's company's hospital's university's telecom fibre fiber cable desktop helpdesk crew roster
    bed theatre grid water gas rail radio broadcast studio newsroom billing branch head chief deputy assistant
    acting liaison-desk incident major-incident project programme program product vehicle transport logistics
    freight yard harbour harbor port vessel ship watch bridge deck engine-room control-room tower approach area
    training quality production operations ops back-office front-office
    store shop branch office account bank fund portfolio purchasing procurement marketing brand communications press
    country regional area district city zone hotel restaurant bar kitchen floor casino event events venue stage
    school faculty department exam examinations admissions library museum theatre property estate building facility
    facilities fleet depot terminal gate rig platform-team well mine quarry farm mill refinery reactor unit turbine
    substation switchgear signalling signal rolling-stock crew stock inventory supply category vendor contract bid
    legal tax finance financial treasury hr people talent community partner customer clinic hospital ward theatre
    laboratory pharmacy dispensary care nursing infection records admissions emergency response crisis continuity
    plant-shift batch line-shift maintenance-shift laundry pool leisure tour travel booking reservations ticketing
    finance financial cost stock production-line assistant deputy newest latest recent
    pairing coding lab sparring newly-appointed engineering-shift commissioning
    construction-site site's store's branch's client's
""")
# The last word of what a group of people is called.
GROUPS = listed("""
        shifts groups desks units offices crews desk shift group unit division bureau directorate office staff crew
    board panel committee council task-force
    taskforce workforce guild chapter tribe cell noc soc personnel brigade detail roster watch
""")
# What stands before such a word where people are meant: "the billing group", not "the consumer group".
OF_GROUPS = listed("""
    print key mapping abuse timetabling news picture copy docketing records exams registry parking collections letters
    booking-in pass rights tickets ticketing lettings housing archive archives interlibrary translation statistics
    planning rostering pricing settlement settlements traffic signalling switching
    operations ops payments payment billing finance treasury accounting legal compliance security network networks
    storage database platform infrastructure infra engineering release support service help crew flight duty night
    day late early morning evening weekend back-office front-office trading claims payroll hr procurement purchasing
    sales marketing product project programme program change field facilities maintenance hosting mobile web
    frontend backend data analytics search identity design architecture quality qa test testing devops sre it ict
    telecom voice roster scheduling dispatch customs warehouse logistics medical nursing clinical radiology pharmacy
    lab laboratory press communications audit risk regulatory paving splice construction cleaning electrical
    mechanical cutover migration manila bangalore london dublin lisbon sydney offshore outsourcing vendor supplier
    contractor agency reservations booking catering ground ramp tower control firmware hardware build tooling
    integration middleware mainframe erp sap crm customer client account incident problem backup recovery continuity
    privacy fraud settlement clearing two both other outgoing incoming previous swing graveyard
    departing arriving relieving handing-over saturday sunday monday tuesday wednesday thursday friday
""")
# Departments that act under their bare names, with a capital or first in the sentence.
DEPARTMENTS = listed("""
    manufacturing reception estates graphics exhibitions benefits reservations settlements cultivation editorial
    housekeeping catering parking lettings rostering timetabling pricing underwriting merchandising
    engineering operations finance marketing legal sales support procurement compliance security facilities treasury
    accounting purchasing logistics dispatch scheduling maintenance hr it qa infra infrastructure platform growth
    leadership management production trading customs nursing radiology pharmacy networking networks payroll devops
    backoffice product design analytics billing helpdesk ops noc
""")
# What stands before "worker" or "driver" where it is somebody.
OF_WORKERS = listed("""
    tanker tug excavator digger loader coach ambulance winch shuttle snowplough minibus removal groundworks
    maintenance construction field line plant utility factory site road cleaning warehouse night shift rail railway
    track truck bus train forklift delivery lorry tram crane van taxi postal dock harbour harbor farm hospital
        finance financial traffic train cost signal production stock office baggage luggage parcel mail freight dog
    temporary agency contract seasonal shop-floor laboratory lab
    social health kitchen assembly
""")
OF_MASTERS = listed("scrum station harbour harbor yard quarter build-room dock transport concert")
