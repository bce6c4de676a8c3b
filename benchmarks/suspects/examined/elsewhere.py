"""Incidents that no change began: visitors, certificates, machines and providers, with tempting changes around them."""
# ruff: noqa: E501 -- a log line or a line of a diff stays on one line

from __future__ import annotations

from benchmarks.suspects.examined.shapes import Alert, Change, Line, Move, Scenario, Series, Span, edit

TICKETS = Scenario(
    name="tickets-saturated",
    begins="2026-10-16T08:50:00+00:00",
    minutes=100,
    onset=70,
    mechanism="a popular concert's sale opened at ten; eleven times the visitors arrived before anything slowed",
    culprit=None,
    first="seat-api",
    victims=("tickets-web", "payments-api"),
    decoys=("seat-lock", "seat-hpa", "web-queue"),
    alert=Alert("seat-api", "reserve_p95_ms", 700, 6400, 76, "seat reservations slow", "seat-api latency"),
    series=(
        Series("tickets-web", "visitors_per_minute", 3100, (Move(68, 34800, 6),), 0.05),
        Series("edge-gateway", "requests_per_second", 420, (Move(68, 4700, 6),), 0.05),
        Series("seat-api", "requests_per_second", 130, (Move(69, 1490, 6),), 0.05),
        Series("seat-api", "cpu_used_pct", 31, (Move(69, 99, 5),), 0.04, cap=100),
        Series("seat-api", "kube_deployment_replicas", 6, (Move(71, 24, 9),), 0.0, "count"),
        Series("seat-api", "reserve_p95_ms", 150, (Move(71, 6500, 6),)),
        Series("payments-api", "http_5xx_ratio", 0.001, (Move(75, 0.04, 8),), 0.25, "ratio"),
    ),
    lines=(
        Line("seat-api", "INFO", "seat held event={pick:4411|4420|4398}", 0.5, 0, 68),
        Line("seat-api", "INFO", "seat held event={pick:5120|5120|5120|4411}", 2.6, 68),
        Line("tickets-web", "INFO", "GET /events/{pick:5120|5120|4398} 200", 1.4),
        Line("payments-api", "INFO", "payment authorised", 0.4),
        Line("edge-gateway", "WARN", "connections {n:18000-42000} of 50000", 0.9, 69),
        Line("seat-api", "ERROR", "reservation gave up after 5000ms, {n:300-1900} waiting", 2.4, 71.5),
        Line("tickets-web", "ERROR", "seat map not loaded", 1.8, 72),
        Line("payments-api", "WARN", "seat hold lapsed before payment", 0.9, 75),
    ),
    traces=(
        (30, (Span(0, "tickets-web", "POST /reserve", 190), Span(1, "seat-api", "reserve", 138))),
        (78, (Span(0, "tickets-web", "POST /reserve", 5040, "ERROR"), Span(1, "seat-api", "reserve", 5002, "ERROR"))),
    ),
    changes=(
        Change("seat-lock", 54, "seat-api: hold seats in one statement", (edit(
            "seat-api/internal/store/hold.go",
            "-\trow := tx.QueryRow(ctx, selectSeat, id)", "-\t_, err := tx.Exec(ctx, updateSeat, id)",
            "+\trow := tx.QueryRow(ctx, `UPDATE seats SET held_until = $2 WHERE id = $1 RETURNING id`, id, until)"),)),
        Change("seat-hpa", 20, "seat-api: more room to scale", (edit(
            "deploy/seat-api/values.yaml", " autoscaling:", "-  maxReplicas: 18", "+  maxReplicas: 24"),)),
        Change("web-queue", 62, "tickets-web: copy of the waiting page", (edit(
            "tickets-web/src/Waiting.tsx", "-  <h1>Please wait</h1>", "+  <h1>You are in the queue</h1>"),)),
    ),
    deploys=((24, "seat-api", "seat-hpa"), (58, "seat-api", "seat-lock"), (66, "tickets-web", "web-queue"),
             (90, "payments-api", None)),
    flags=((67, "seat_map_webgl", "tickets-web", "50%->100%"),),
    languages=("go", "ts", "yaml"),
    innocents=12,
)  # fmt: skip

POLICIES = Scenario(
    name="policies-handshakes",
    begins="2026-11-02T22:55:00+00:00",
    minutes=90,
    onset=65,
    mechanism="the mesh certificate of claims-api ended at midnight; its renewal had not been running",
    culprit=None,
    first="claims-api",
    victims=("policy-bff", "fraud-check"),
    decoys=("ciphers", "ca-path", "claims-sort"),
    alert=Alert("policy-bff", "upstream_error_ratio", 0.02, 0.97, 69,
                "policy-bff cannot reach claims-api", "policy-bff upstream errors"),
    series=(
        Series("policy-bff", "upstream_error_ratio", 0.003, (Move(65, 0.98, 1),), 0.15, "ratio"),
        Series("claims-api", "requests_per_second", 75, (Move(65, 0.4, 1),), 0.07),
        Series("claims-api", "tls_handshake_failures_per_minute", 0, (Move(65, 4600, 1),), 0.08, "count"),
        Series("claims-api", "cpu_used_pct", 22, (Move(65, 6, 2),), 0.06),
        Series("fraud-check", "checks_skipped_per_minute", 1, (Move(65, 66, 2),), 0.2, "count"),
        Series("policy-bff", "requests_per_second", 110, (), 0.05),
    ),
    lines=(
        Line("claims-api", "INFO", "claim {hex:6} stored", 0.8, 0, 65),
        Line("policy-bff", "INFO", "GET /policies 200", 0.9),
        Line("fraud-check", "INFO", "score {n:1-99}", 0.5),
        Line("policy-bff", "ERROR", "x509: certificate has expired or is not yet valid: current time is after 2026-11-03T00:00:00Z", 2.8, 65),
        Line("claims-api", "WARN", "http: TLS handshake error from 10.4.{n:1-9}.{n:2-250}: remote error: tls: bad certificate", 2.0, 65),
        Line("fraud-check", "ERROR", "claims-api unreachable, check skipped", 1.3, 65),
    ),
    traces=(
        (40, (Span(0, "policy-bff", "GET /claims", 70), Span(1, "claims-api", "list", 48))),
        (68, (Span(0, "policy-bff", "GET /claims", 6, "ERROR", (("error", "certificate has expired"),)),)),
    ),
    changes=(
        Change("ciphers", 48, "tls: cipher suites for the public edge", (edit(
            "edge/nginx/tls.conf", "-ssl_ciphers HIGH:!aNULL;", "+ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;"),)),
        Change("ca-path", 30, "claims-api: certificate folder from settings", (edit(
            "claims-api/internal/tls/load.go", "-const dir = \"/etc/mesh/tls\"",
            "+var dir = env.Or(\"MESH_TLS_DIR\", \"/etc/mesh/tls\")"),)),
        Change("claims-sort", 60, "claims-api: newest first", (edit(
            "claims-api/internal/store/list.go", "-ORDER BY id", "+ORDER BY received_at DESC"),)),
    ),
    deploys=((35, "claims-api", "ca-path"), (52, "edge-gateway", "ciphers"), (63, "claims-api", "claims-sort"),
             (74, "policy-bff", None)),
    flags=((64, "claims_photo_upload", "claims-api", "off->on"),),
    languages=("go", "nginx", "terraform"),
    innocents=14,
)  # fmt: skip

MATCHES = Scenario(
    name="matches-slow-node",
    begins="2026-04-25T19:00:00+00:00",
    minutes=85,
    onset=44,
    mechanism="another tenant's batch took the processor of one node; all pods there, of any service, slowed together",
    culprit=None,
    first="match-engine",
    victims=("lobby-api", "leaderboard"),
    decoys=("bracket", "match-cpu", "leader-cache"),
    alert=Alert("match-engine", "tick_overrun_ratio", 0.05, 0.46, 51, "match ticks overrun their budget", "tick overrun"),
    series=(
        Series("node-eu-14", "cpu_steal_pct", 0.6, (Move(43, 48, 3),), 0.12),
        Series("node-eu-14", "load1", 7, (Move(43, 41, 4),), 0.06),
        Series("node-eu-15", "cpu_steal_pct", 0.5, (), 0.2),
        Series("match-engine", "tick_overrun_ratio", 0.004, (Move(44, 0.45, 4),), 0.2, "ratio"),
        Series("match-engine", "cpu_throttled_pct", 1.5, (), 0.2),
        Series("leaderboard", "write_p99_ms", 22, (Move(44, 410, 4),)),
        Series("lobby-api", "join_p95_ms", 90, (Move(46, 1300, 5),)),
        Series("lobby-api", "requests_per_second", 330, (), 0.04),
    ),
    lines=(
        Line("match-engine", "INFO", "match {hex:6} tick budget ok", 1.0),
        Line("lobby-api", "INFO", "player joined lobby", 0.8),
        Line("leaderboard", "INFO", "scores written n={n:5-60}", 0.5),
        Line("match-engine", "WARN", "tick overrun by {n:40-260}ms on node-eu-14", 2.5, 44, fields=(("k8s.node.name", "node-eu-14"),)),
        Line("leaderboard", "WARN", "fsync took {n:200-600}ms", 1.3, 44.5, fields=(("k8s.node.name", "node-eu-14"),)),
        Line("kubelet", "WARN", "node-eu-14: PLEG is not healthy, relist took {n:31-70}s", 0.4, 45),
        Line("lobby-api", "ERROR", "match did not confirm player within 1s", 1.6, 46),
    ),
    traces=(
        (20, (Span(0, "lobby-api", "join", 85), Span(1, "match-engine", "addPlayer", 12, "OK", (("k8s.node.name", "node-eu-15"),)))),
        (52, (Span(0, "lobby-api", "join", 1020, "ERROR"), Span(1, "match-engine", "addPlayer", 980, "ERROR", (("k8s.node.name", "node-eu-14"),)))),
        (53, (Span(0, "lobby-api", "join", 88), Span(1, "match-engine", "addPlayer", 13, "OK", (("k8s.node.name", "node-eu-15"),)))),
    ),
    changes=(
        Change("bracket", 36, "match-engine: tick statistics per bracket", (edit(
            "match-engine/src/tick.go", "+\tstats.Observe(bracket, elapsed)"),)),
        Change("match-cpu", 12, "match-engine: cpu request", (edit(
            "deploy/match-engine/values.yaml", "     requests:", "-      cpu: \"2\"", "+      cpu: \"2500m\""),)),
        Change("leader-cache", 41, "leaderboard: keep top hundred in memory", (edit(
            "leaderboard/internal/top.go", "+\ttop := cache.Get(season)", "+\tif top != nil { return top, nil }"),)),
    ),
    deploys=((16, "match-engine", "match-cpu"), (39, "match-engine", "bracket"), (43, "leaderboard", "leader-cache"),
             (62, "lobby-api", None)),
    flags=((42, "ranked_weekend", "lobby-api", "off->on"),),
    languages=("go", "yaml", "ts"),
    innocents=15,
)  # fmt: skip

ADDRESSES = Scenario(
    name="addresses-timeouts",
    begins="2026-05-06T09:30:00+00:00",
    minutes=90,
    onset=48,
    mechanism="the geocoding provider answers slowly or with 502; no status feed was at hand",
    culprit=None,
    first="address-svc",
    victims=("order-form", "courier-planner"),
    decoys=("geo-timeout", "geo-parse", "planner-lib"),
    alert=Alert("address-svc", "geocode_p95_ms", 1500, 8010, 54, "address lookups slow", "address-svc latency"),
    series=(
        Series("address-svc", "geocode_p95_ms", 320, (Move(48, 8000, 3),), 0.07, cap=8050),
        Series("address-svc", "outbound_geohub_5xx_ratio", 0.002, (Move(48, 0.57, 3),), 0.15, "ratio"),
        Series("address-svc", "outbound_cdn_p95_ms", 45, (), 0.06),
        Series("address-svc", "requests_per_second", 58, (), 0.06),
        Series("order-form", "addresses_unverified_ratio", 0.01, (Move(49, 0.6, 4),), 0.15, "ratio"),
        Series("courier-planner", "stops_without_position", 2, (Move(50, 130, 20),), 0.15, "count"),
    ),
    lines=(
        Line("address-svc", "INFO", "geocoded in {n:150-420}ms provider=geohub", 1.0, 0, 49),
        Line("order-form", "INFO", "address accepted", 0.8),
        Line("courier-planner", "INFO", "tour {hex:5} planned", 0.4),
        Line("address-svc", "ERROR", "api.geohub.example answered 502 Bad Gateway", 2.0, 48, fields=(("peer.service", "geohub"), ("elapsed_ms", "{n:2000-8000}"))),
        Line("address-svc", "ERROR", "ReadTimeout: HTTPSConnectionPool(host='api.geohub.example', port=443) read timeout=8", 1.6, 48.3),
        Line("order-form", "WARN", "address could not be verified, customer may continue", 1.6, 49),
        Line("courier-planner", "WARN", "stop without position left out", 0.8, 50),
    ),
    traces=(
        (20, (Span(0, "order-form", "verify", 340), Span(1, "address-svc", "geocode", 322),
              Span(2, "address-svc", "GET api.geohub.example", 301, "OK", (("peer.service", "geohub"),)))),
        (55, (Span(0, "order-form", "verify", 8040, "ERROR"), Span(1, "address-svc", "geocode", 8020, "ERROR"),
              Span(2, "address-svc", "GET api.geohub.example", 8001, "ERROR", (("peer.service", "geohub"),)))),
    ),
    changes=(
        Change("geo-timeout", 10, "address-svc: patience with geohub", (edit(
            "address-svc/app/geohub.py", "-TIMEOUT = 5", "+TIMEOUT = 8"),)),
        Change("geo-parse", 42, "address-svc: house number suffixes", (edit(
            "address-svc/app/parse.py", "-NUMBER = re.compile(r\"\\d+\")", "+NUMBER = re.compile(r\"\\d+[a-z]?\")"),)),
        Change("planner-lib", 33, "courier-planner: or-tools patch release", (edit(
            "courier-planner/requirements.txt", "-ortools==9.10.4067", "+ortools==9.10.4080"),)),
    ),
    deploys=((15, "address-svc", "geo-timeout"), (37, "courier-planner", "planner-lib"), (46, "address-svc", "geo-parse"),
             (51, "order-form", None)),
    flags=((47, "address_autocomplete_v2", "order-form", "20%->50%"),),
    languages=("python", "ts"),
    innocents=11,
)  # fmt: skip

SCENARIOS = (TICKETS, POLICIES, MATCHES, ADDRESSES)
