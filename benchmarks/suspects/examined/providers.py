"""More incidents that no change began: names that do not resolve, a tenant's file, a used-up quota, a wrong clock."""
# ruff: noqa: E501 -- a log line or a line of a diff stays on one line

from __future__ import annotations

from benchmarks.suspects.examined.shapes import Alert, Change, Line, Move, Scenario, Series, Span, Teeth, edit

WEBHOOKS = Scenario(
    name="webhooks-unresolved",
    begins="2026-03-05T13:45:00+00:00",
    minutes=85,
    onset=43,
    mechanism="the DNS provider answered SERVFAIL for outside names; everything inside resolved as before",
    culprit=None,
    first="webhook-sender",
    victims=("payout-svc", "fx-feed"),
    decoys=("dns-cache", "resolver-tf", "hostname"),
    alert=Alert("webhook-sender", "delivery_failures_ratio", 0.1, 0.74, 49, "webhooks are not delivered", "webhook delivery"),
    series=(
        Series("webhook-sender", "delivery_failures_ratio", 0.02, (Move(43, 0.76, 3),), 0.1, "ratio"),
        Series("fx-feed", "rate_age_seconds", 30, (Move(43, 2500, 42),), 0.04),
        Series("payout-svc", "payouts_held", 0, (Move(45, 210, 35),), 0.1, "count"),
        Series("coredns", "forward_responses_servfail_per_second", 0.2, (Move(43, 310, 2),), 0.12),
        Series("coredns", "internal_zone_p95_ms", 0.8, (), 0.08),
        Series("webhook-sender", "events_per_minute", 620, (), 0.06),
    ),
    lines=(
        Line("webhook-sender", "INFO", "delivered to {pick:hooks.north.example|in.lumen.example|api.kite.example}", 1.0, 0, 44),
        Line("payout-svc", "INFO", "payout {hex:6} sent", 0.6, 0, 45),
        Line("fx-feed", "INFO", "rates refreshed", 0.4, 0, 43),
        Line("webhook-sender", "ERROR", "getaddrinfo EAI_AGAIN {pick:hooks.north.example|in.lumen.example|api.kite.example}", 2.4, 43),
        Line("fx-feed", "ERROR", "lookup rates.fx.example: server misbehaving", 1.0, 43.2),
        Line("payout-svc", "ERROR", "bank host did not resolve, payout held", 1.1, 44.5),
        Line("coredns", "WARN", "SERVFAIL from upstream 198.51.100.53:53 for {pick:rates.fx.example|in.lumen.example}", 1.5, 43),
    ),
    traces=(
        (20, (Span(0, "webhook-sender", "deliver", 210), Span(1, "webhook-sender", "dns.lookup", 2))),
        (50, (Span(0, "webhook-sender", "deliver", 5010, "ERROR"), Span(1, "webhook-sender", "dns.lookup", 5000, "ERROR", (("error", "EAI_AGAIN"),)))),
    ),
    changes=(
        Change("dns-cache", 37, "coredns: keep answers a little longer", (edit(
            "deploy/coredns/Corefile", "-    cache 30", "+    cache 60"),)),
        Change("resolver-tf", 18, "tf: zone for internal names", (edit(
            "infra/dns/internal.tf", "+resource \"aws_route53_record\" \"ledger\" {", "+  name = \"ledger.internal\"", "+  ttl  = 60"),)),
        Change("hostname", 40, "webhook-sender: host in delivery log", (edit(
            "webhook-sender/src/deliver.ts", "-  log.info('delivered');", "+  log.info(`delivered to ${url.hostname}`);"),)),
    ),
    deploys=((21, "infra-dns", "resolver-tf"), (40, "coredns", "dns-cache"), (42, "webhook-sender", "hostname"),
             (57, "payout-svc", None)),
    flags=((41, "webhook_signing_v2", "webhook-sender", "10%->50%"),),
    languages=("ts", "terraform", "yaml"),
    innocents=12,
)  # fmt: skip

IMPORTS = Scenario(
    name="imports-crashing",
    begins="2026-06-24T09:00:00+00:00",
    minutes=90,
    onset=46,
    mechanism="one tenant uploaded a file of 1.9 million columns wide nonsense; each worker that took it died",
    culprit=None,
    first="import-worker",
    victims=("inventory-web", "price-feed"),
    decoys=("delimiter", "worker-memory", "batch-log"),
    alert=Alert("import-worker", "worker_exits_per_minute", 1, 14, 51, "import workers keep dying", "import worker exits"),
    series=(
        Series("import-worker", "worker_exits_per_minute", 0, (Move(46, 15, 2),), 0.15, "count"),
        Series("import-worker", "memory_rss_mb", 380, (Teeth(46, 1990, 2),), 0.05, cap=2048),
        Series("import-worker", "files_done_per_minute", 24, (Move(46, 2, 3),), 0.12, "count"),
        Series("import-worker", "largest_field_count", 41, (Move(46, 1904113, 1),), 0.0, "count"),
        Series("inventory-web", "imports_pending", 6, (Move(47, 900, 42),), 0.1, "count"),
        Series("inventory-web", "response_p95_ms", 130, (), 0.06),
        Series("price-feed", "prices_older_than_hour", 3, (Move(60, 4100, 30),), 0.1, "count"),
    ),
    lines=(
        Line("import-worker", "INFO", "file {hex:6} imported tenant={n:10-99} columns={n:8-41}", 1.0, 0, 46),
        Line("import-worker", "INFO", "file {hex:6} imported tenant={n:10-99} columns={n:8-41}", 0.2, 46),
        Line("inventory-web", "INFO", "upload accepted tenant={n:10-99}", 0.8),
        Line("price-feed", "INFO", "prices published", 0.3),
        Line("import-worker", "INFO", "reading upload 9be2f1 tenant=1187 columns=1904113", 1.2, 46),
        Line("import-worker", "ERROR", "MemoryError while splitting row 1 of upload 9be2f1 tenant=1187", 1.7, 46.2, fields=(("attempt", "{n:1-40}"),)),
        Line("import-worker", "WARN", "upload 9be2f1 returned to queue", 1.3, 46.4),
        Line("inventory-web", "WARN", "import of tenant {n:10-99} still waiting", 1.3, 49),
        Line("price-feed", "WARN", "prices of tenant {n:10-99} are old", 0.5, 60),
    ),
    traces=(
        (20, (Span(0, "import-worker", "import", 1900, "OK", (("tenant", 31),)), Span(1, "import-worker", "parse", 800))),
        (52, (Span(0, "import-worker", "import", 3900, "ERROR", (("tenant", 1187),)),
              Span(1, "import-worker", "parse", 3880, "ERROR", (("error", "MemoryError"),)))),
        (53, (Span(0, "import-worker", "import", 1840, "OK", (("tenant", 58),)), Span(1, "import-worker", "parse", 790))),
    ),
    changes=(
        Change("delimiter", 38, "import-worker: semicolon files", (edit(
            "import-worker/app/sniff.py", "-DELIMITERS = \",\\t\"", "+DELIMITERS = \",;\\t\""),)),
        Change("worker-memory", 14, "import-worker: memory limit", (edit(
            "deploy/import-worker/values.yaml", "     limits:", "-      memory: 1536Mi", "+      memory: 2Gi"),)),
        Change("batch-log", 42, "import-worker: columns in the log", (edit(
            "import-worker/app/run.py", "-    log.info(\"file %s imported tenant=%s\", f, t)",
            "+    log.info(\"file %s imported tenant=%s columns=%s\", f, t, len(header))"),)),
    ),
    deploys=((17, "import-worker", "worker-memory"), (40, "import-worker", "delimiter"), (44.5, "import-worker", "batch-log"),
             (63, "inventory-web", None)),
    flags=((43, "bulk_import_zip", "inventory-web", "off->on"),),
    languages=("python", "ts", "yaml"),
    innocents=14,
)  # fmt: skip

REMINDERS = Scenario(
    name="reminders-refused",
    begins="2025-11-28T06:45:00+00:00",
    minutes=95,
    onset=56,
    mechanism="the SMS provider's allowance for the period was used up; it answers 429 until somebody buys more",
    culprit=None,
    first="reminder-svc",
    victims=("clinic-calendar", "front-desk"),
    decoys=("sms-pool", "send-rate", "wording"),
    alert=Alert("reminder-svc", "sms_accepted_per_minute", 30, 0, 63, "no reminders are going out", "sms accepted low", "high"),
    series=(
        Series("reminder-svc", "sms_accepted_per_minute", 84, (Move(56, 0, 1),), 0.08, "count"),
        Series("reminder-svc", "sms_provider_4xx_per_minute", 0, (Move(56, 86, 1),), 0.08, "count"),
        Series("reminder-svc", "sms_provider_p95_ms", 310, (Move(56, 45, 1),), 0.06),
        Series("reminder-svc", "sms_allowance_left", 4800, (Move(0, 0, 55),), 0.005, "count"),
        Series("clinic-calendar", "unconfirmed_visits", 60, (Move(58, 620, 36),), 0.06, "count"),
        Series("front-desk", "calls_per_minute", 5, (Move(70, 19, 15),), 0.2, "count"),
    ),
    lines=(
        Line("reminder-svc", "INFO", "reminder accepted by textline id={hex:8}", 1.3, 0, 56),
        Line("clinic-calendar", "INFO", "visit confirmed", 0.8, 0, 57),
        Line("front-desk", "INFO", "call noted", 0.3),
        Line("reminder-svc", "ERROR", "textline: 429 {\"code\": 20429, \"message\": \"account limit reached for period 2025-11\"}", 2.6, 56),
        Line("reminder-svc", "WARN", "reminder for visit {hex:5} not sent, queued again", 1.4, 56.2),
        Line("clinic-calendar", "WARN", "visit unconfirmed a day ahead", 1.2, 59),
    ),
    traces=(
        (20, (Span(0, "reminder-svc", "send", 330), Span(1, "reminder-svc", "POST api.textline.example", 310, "OK", (("peer.service", "textline"),)))),
        (64, (Span(0, "reminder-svc", "send", 61, "ERROR"),
              Span(1, "reminder-svc", "POST api.textline.example", 44, "ERROR", (("peer.service", "textline"), ("http.status_code", 429))))),
    ),
    changes=(
        Change("send-rate", 25, "reminder-svc: calmer sending", (edit(
            "reminder-svc/config/prod.yaml", " textline:", "-  max_per_second: 5", "+  max_per_second: 4"),)),
        Change("sms-pool", 50, "reminder-svc: reuse connections to textline", (edit(
            "reminder-svc/app/textline.py", "-    response = requests.post(URL, json=body, timeout=10)",
            "+    response = session.post(URL, json=body, timeout=10)"),)),
        Change("wording", 46, "reminder-svc: wording of the reminder", (edit(
            "reminder-svc/app/texts.py", "-TEXT = \"Your visit is tomorrow at {time}.\"", "+TEXT = \"Your visit: tomorrow, {time}.\""),)),
    ),
    deploys=((29, "reminder-svc", "send-rate"), (49, "reminder-svc", "wording"), (54, "reminder-svc", "sms-pool"),
             (60, "clinic-calendar", None)),
    flags=((55, "reminder_two_days_ahead", "reminder-svc", "off->on"), (10, "desk_dark_mode", "front-desk", "off->on")),
    languages=("python", "yaml", "ts"),
    innocents=11,
)  # fmt: skip

BADGES = Scenario(
    name="badges-refused",
    begins="2026-07-14T05:00:00+00:00",
    minutes=90,
    onset=41,
    mechanism="the time service of one host stopped and its clock ran ahead; tokens issued there begin in the future",
    culprit=None,
    first="door-api",
    victims=("visitor-kiosk",),
    decoys=("issuer-claims", "nbf", "chrony"),
    alert=Alert("door-api", "badge_refused_ratio", 0.03, 0.34, 50, "doors refuse valid badges", "badge refusals"),
    series=(
        Series("host-b3", "node_timex_offset_seconds", 0.002, (Move(22, 95, 60),), 0.03),
        Series("host-b3", "node_timex_sync_status", 1, (Move(20, 0, 1),), 0.0, "count"),
        Series("host-b1", "node_timex_offset_seconds", 0.002, (), 0.2),
        Series("badge-issuer", "tokens_per_minute", 130, (), 0.06),
        Series("badge-issuer", "http_5xx_ratio", 0.0005, (), 0.3, "ratio"),
        Series("door-api", "badge_refused_ratio", 0.004, (Move(41, 0.35, 5),), 0.12, "ratio"),
        Series("visitor-kiosk", "visitors_waiting", 2, (Move(44, 37, 15),), 0.12, "count"),
    ),
    lines=(
        Line("badge-issuer", "INFO", "badge token issued by {pick:b1|b2|b3}", 1.0),
        Line("door-api", "INFO", "door {n:1-80} opened", 1.1),
        Line("visitor-kiosk", "INFO", "badge printed", 0.5),
        Line("host-b3", "WARN", "chronyd: Can't synchronise: no selectable sources", 0.25, 20),
        Line("door-api", "ERROR", "badge refused: token used before issued (iat is {n:31-90}s in the future) issuer=b3", 2.3, 41),
        Line("visitor-kiosk", "WARN", "visitor asked to badge again", 1.3, 42),
    ),
    traces=(
        (15, (Span(0, "door-api", "open", 40), Span(1, "door-api", "verify token", 2))),
        (51, (Span(0, "door-api", "open", 8, "ERROR"), Span(1, "door-api", "verify token", 2, "ERROR", (("error", "token used before issued"), ("issuer", "b3"))))),
        (52, (Span(0, "door-api", "open", 38), Span(1, "door-api", "verify token", 2, "OK", (("issuer", "b1"),)))),
    ),
    changes=(
        Change("issuer-claims", 34, "badge-issuer: site in the token", (edit(
            "badge-issuer/internal/token/claims.go", "+\tclaims[\"site\"] = cfg.Site"),)),
        Change("nbf", 12, "door-api: tolerate small clock differences", (edit(
            "door-api/internal/verify/verify.go", "-\tjwt.WithLeeway(10*time.Second),", "+\tjwt.WithLeeway(30*time.Second),"),)),
        Change("chrony", 28, "chrony: log statistics", (edit(
            "infra/ansible/roles/chrony/chrony.conf", "+log tracking measurements statistics"),)),
    ),
    deploys=((16, "door-api", "nbf"), (31, "host-b1", "chrony"), (38.5, "badge-issuer", "issuer-claims"),
             (56, "visitor-kiosk", None)),
    flags=((40, "badge_offline_grace", "door-api", "off->on"),),
    languages=("go", "ts", "terraform"),
    innocents=13,
)  # fmt: skip

SCENARIOS = (WEBHOOKS, IMPORTS, REMINDERS, BADGES)
