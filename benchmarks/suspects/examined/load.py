"""Incidents in which a change lets too much work through, or too little: retries, cache keys, limits, sizes."""
# ruff: noqa: E501 -- a log line or a line of a diff stays on one line

from __future__ import annotations

from benchmarks.suspects.examined.shapes import Alert, Change, Line, Move, Scenario, Series, Span, edit

QUOTES = Scenario(
    name="quotes-overload",
    begins="2026-01-22T13:05:00+00:00",
    minutes=100,
    onset=58,
    mechanism="the shared HTTP client retries eight times without a pause and on timeouts; a short blip became a storm",
    culprit="client",
    first="pricing-engine",
    victims=("checkout-web", "rates-db"),
    decoys=("tariff-loop", "checkout-button", "pricing-replicas"),
    alert=Alert("pricing-engine", "inflight_requests", 600, 2980, 63,
                "pricing-engine inflight requests above 600", "pricing inflight"),
    series=(
        Series("pricing-engine", "requests_per_second", 310, (Move(58, 2350, 4),), 0.05),
        Series("pricing-engine", "inflight_requests", 42, (Move(58, 3000, 5),), 0.1, "count"),
        Series("pricing-engine", "quote_p95_ms", 135, (Move(58, 7800, 5),)),
        Series("checkout-web", "page_views_per_second", 260, (Move(64, 215, 8),), 0.05),
        Series("checkout-web", "quote_errors_ratio", 0.003, (Move(59, 0.61, 4),), 0.2, "ratio"),
        Series("rates-db", "failover_events", 0, (Move(57, 1, 1), Move(59, 0, 1)), 0.0, "count"),
        Series("rates-db", "cpu_utilization_pct", 30, (Move(57, 8, 1), Move(59, 88, 4)), 0.06, cap=99),
    ),
    lines=(
        Line("pricing-engine", "INFO", "quote computed rules={n:4-19}", 1.0),
        Line("checkout-web", "INFO", "basket page rendered", 0.8),
        Line("rates-db", "WARN", "primary switched to rates-db-{pick:b|c}", 0.8, 57, 60),
        Line("checkout-web", "WARN", "quote attempt {n:2-8} of 9 failed: ETIMEDOUT", 3.6, 58),
        Line("checkout-web", "ERROR", "quote unavailable, basket shown without prices", 1.4, 59.5),
        Line("pricing-engine", "ERROR", "admission: {n:900-3100} requests already waiting", 1.5, 59),
        Line("pricing-engine", "WARN", "caller went away before quote was computed", 1.2, 59),
    ),
    traces=(
        (30, (Span(0, "checkout-web", "GET /basket", 180), Span(1, "pricing-engine", "Quote", 121),
              Span(2, "rates-db", "get rates", 8))),
        (66, (Span(0, "checkout-web", "GET /basket", 9050, "ERROR"), Span(1, "pricing-engine", "Quote", 1001, "ERROR"),
              Span(1, "pricing-engine", "Quote", 1002, "ERROR"), Span(1, "pricing-engine", "Quote", 1000, "ERROR"),
              Span(1, "pricing-engine", "Quote", 1001, "ERROR"), Span(1, "pricing-engine", "Quote", 1001, "ERROR"),
              Span(1, "pricing-engine", "Quote", 1000, "ERROR"))),
    ),
    changes=(
        Change("client", 9, "http-client: make calls more robust", (edit(
            "packages/http-client/src/request.ts",
            " export const defaults: Options = {", "   timeoutMs: 1000,", "-  attempts: 2,", "-  backoffMs: 250,",
            "-  retryOn: [502, 503],", "+  attempts: 9,", "+  backoffMs: 0,",
            "+  retryOn: [429, 500, 502, 503, 504, 'ETIMEDOUT'],", " };"),)),
        Change("checkout-button", 18, "checkout-web: label of pay button", (edit(
            "checkout-web/src/Pay.tsx", "-  Pay now", "+  Place order"),)),
        Change("tariff-loop", 52, "pricing-engine: range over tariff rules", (edit(
            "pricing-engine/internal/tariff/apply.go", "-\tfor i := 0; i < len(rules); i++ {",
            "-\t\tapply(&rules[i], q)", "+\tfor i := range rules {", "+\t\tapply(&rules[i], q)"),)),
        Change("pricing-replicas", 35, "pricing-engine: one more replica", (edit(
            "deploy/pricing-engine/values.yaml", "-replicaCount: 6", "+replicaCount: 7"),)),
    ),
    deploys=((21, "checkout-web", "checkout-button"), (38, "pricing-engine", "pricing-replicas"),
             (55, "pricing-engine", "tariff-loop"), (70, "checkout-web", None)),
    flags=((56, "dynamic_tariffs", "pricing-engine", "off->on"),),
    languages=("go", "ts", "yaml"),
    innocents=15,
)  # fmt: skip

PROFILES = Scenario(
    name="profiles-origin-load",
    begins="2026-07-01T07:15:00+00:00",
    minutes=95,
    onset=37,
    mechanism="the cache key now carries the session, so that hardly any entry is shared; reads fall through to the store",
    culprit="key",
    first="profile-svc",
    victims=("identity-store", "feed-api", "mobile-bff"),
    decoys=("store-driver", "redis-memory", "eviction-log"),
    alert=Alert("identity-store", "read_latency_p99_ms", 60, 840, 49,
                "identity-store reads slow", "identity-store read latency"),
    series=(
        Series("profile-svc", "redis_get_hit_rate", 0.94, (Move(36, 0.07, 9),), 0.02, "ratio"),
        Series("profile-svc", "redis_used_memory_mb", 2100, (Move(36, 6900, 40),), 0.03),
        Series("identity-store", "reads_per_second", 410, (Move(36, 6200, 9),), 0.05),
        Series("identity-store", "read_latency_p99_ms", 11, (Move(40, 860, 10),)),
        Series("feed-api", "response_p95_ms", 210, (Move(42, 2900, 8),)),
        Series("mobile-bff", "http_5xx_ratio", 0.002, (Move(44, 0.09, 6),), 0.25, "ratio"),
        Series("mobile-bff", "requests_per_second", 1900, (), 0.03),
    ),
    lines=(
        Line("profile-svc", "INFO", "profile served from={pick:cache|cache|cache|store}", 0.7, 0, 37),
        Line("profile-svc", "INFO", "profile served from={pick:store|store|store|cache}", 1.5, 37),
        Line("feed-api", "INFO", "feed page built, {n:10-40} authors", 0.8),
        Line("identity-store", "INFO", "compaction finished in {n:3-9}s", 0.1),
        Line("identity-store", "WARN", "read queue length {n:300-2200}", 1.6, 41),
        Line("profile-svc", "WARN", "store read took {n:500-1400}ms", 1.6, 41),
        Line("feed-api", "ERROR", "author profiles incomplete, profile-svc deadline", 1.7, 43),
        Line("mobile-bff", "ERROR", "feed-api 503", 1.0, 45),
    ),
    traces=(
        (15, (Span(0, "mobile-bff", "GET /feed", 240), Span(1, "feed-api", "page", 201),
              Span(2, "profile-svc", "batchGet", 12, "OK", (("cache.hit", True),)))),
        (52, (Span(0, "mobile-bff", "GET /feed", 3010, "ERROR"), Span(1, "feed-api", "page", 2990, "ERROR"),
              Span(2, "profile-svc", "batchGet", 1980, "OK", (("cache.hit", False),)),
              Span(3, "identity-store", "read user", 912))),
    ),
    changes=(
        Change("key", 22, "profile-svc: viewer-aware profile lookups", (edit(
            "profile-svc/src/main/java/io/acme/profile/ProfileCache.java",
            "-    private String keyOf(String userId) {", "-        return \"profile:v4:\" + userId;",
            "+    private String keyOf(String userId, RequestContext ctx) {",
            "+        return \"profile:v4:\" + userId + \":\" + ctx.sessionId();", "     }"),)),
        Change("store-driver", 34, "identity-store driver 4.17.1", (edit(
            "profile-svc/pom.xml", "       <artifactId>store-driver-core</artifactId>",
            "-      <version>4.17.0</version>", "+      <version>4.17.1</version>"),)),
        Change("redis-memory", 28, "tf: profile redis node type", (edit(
            "infra/redis/profile.tf", "-  node_type = \"cache.r6g.large\"", "+  node_type = \"cache.r6g.xlarge\""),)),
        Change("eviction-log", 10, "profile-svc: log evicted cache entries", (edit(
            "profile-svc/src/main/java/io/acme/profile/CacheListener.java",
            "+    public void evicted(String key) { log.debug(\"cache entry {} evicted\", key); }"),)),
    ),
    deploys=((14, "profile-svc", "eviction-log"), (31, "profile-redis", "redis-memory"), (36, "profile-svc", "key"),
             (39, "profile-svc", "store-driver"), (48, "identity-store", None), (60, "feed-api", None)),
    flags=((35.5, "feed_authors_badges", "feed-api", "50%->100%"),),
    languages=("java", "terraform", "ts"),
    innocents=10,
)  # fmt: skip

MENUS = Scenario(
    name="menus-saturated",
    begins="2026-03-27T10:00:00+00:00",
    minutes=120,
    onset=66,
    mechanism="maxReplicas of the autoscaler went from 30 to 8; the daily lunch peak no longer finds pods",
    culprit="hpa",
    first="menu-api",
    victims=("eats-web", "basket-api"),
    decoys=("allergens", "basket-hpa", "probe-period"),
    alert=Alert("eats-web", "page_error_ratio", 0.02, 0.19, 76,
                "restaurant pages fail for more than 2% of visitors", "eats-web errors"),
    series=(
        Series("menu-api", "requests_per_second", 520, (Move(40, 1480, 50),), 0.04),
        Series("menu-api", "kube_hpa_status_current_replicas", 6, (Move(48, 8, 8),), 0.0, "count", 8),
        Series("menu-api", "cpu_request_used_pct", 58, (Move(50, 192, 30),), 0.04),
        Series("menu-api", "response_p99_ms", 180, (Move(64, 5200, 14),)),
        Series("eats-web", "page_error_ratio", 0.002, (Move(68, 0.2, 10),), 0.2, "ratio"),
        Series("basket-api", "requests_per_second", 210, (Move(40, 560, 50),), 0.04),
        Series("basket-api", "kube_hpa_status_current_replicas", 6, (Move(45, 14, 40),), 0.0, "count"),
    ),
    lines=(
        Line("menu-api", "INFO", "menu {n:1000-9999} served", 1.2),
        Line("eats-web", "INFO", "GET /r/{n:1000-9999} 200", 0.9),
        Line("basket-api", "INFO", "item added", 0.5),
        Line("menu-api", "WARN", "horizontal autoscaler: desired replicas {n:12-24}, ScalingLimited TooManyReplicas", 0.9, 56),
        Line("menu-api", "WARN", "event loop busy, request waited {n:900-4800}ms", 1.8, 66),
        Line("eats-web", "ERROR", "menu-api timed out after 3000ms", 2.2, 68),
        Line("basket-api", "WARN", "menu lookup for item failed, price not verified", 0.8, 70),
    ),
    traces=(
        (20, (Span(0, "eats-web", "GET /r/:id", 240), Span(1, "menu-api", "GET /menus/:id", 122))),
        (80, (Span(0, "eats-web", "GET /r/:id", 3004, "ERROR"), Span(1, "menu-api", "GET /menus/:id", 5110, "OK"))),
    ),
    changes=(
        Change("hpa", -8, "cost review: autoscaling bounds", (
            edit("deploy/menu-api/values.yaml", " autoscaling:", "   minReplicas: 6", "-  maxReplicas: 30", "+  maxReplicas: 8"),
            edit("deploy/review-api/values.yaml", " autoscaling:", "-  minReplicas: 4", "+  minReplicas: 2"))),
        Change("basket-hpa", 25, "basket-api: scale earlier", (edit(
            "deploy/basket-api/values.yaml", " autoscaling:", "-  targetCPU: 75", "+  targetCPU: 65"),)),
        Change("allergens", 57, "menu-api: allergens sorted by name", (edit(
            "menu-api/src/menu/allergens.ts", "-  return list;", "+  return [...list].sort((a, b) => a.name.localeCompare(b.name));"),)),
        Change("probe-period", 44, "menu-api: liveness period", (edit(
            "deploy/menu-api/values.yaml", " livenessProbe:", "-  periodSeconds: 10", "+  periodSeconds: 15"),)),
    ),
    deploys=((5, "menu-api", "hpa"), (29, "basket-api", "basket-hpa"), (47, "menu-api", "probe-period"),
             (62, "menu-api", "allergens"), (92, "eats-web", None)),
    flags=((60, "menu_photos_large", "eats-web", "off->on"),),
    languages=("ts", "yaml"),
    innocents=14,
)  # fmt: skip

PARTNERS = Scenario(
    name="partners-throttled",
    begins="2026-08-12T08:20:00+00:00",
    minutes=80,
    onset=42,
    mechanism="the edge's request limit per partner went from 300 to 30 a second; partners get 429",
    culprit="limit",
    first="edge-gateway",
    victims=("bookings-api", "partner-sync"),
    decoys=("quota-header", "burst-static", "sync-interval"),
    alert=Alert("partner-sync", "sync_failures_per_minute", 20, 512, 49,
                "partner synchronisation failing", "partner sync", "high"),
    series=(
        Series("edge-gateway", "http_429_ratio", 0.0005, (Move(41, 0.72, 2),), 0.15, "ratio"),
        Series("edge-gateway", "requests_per_second", 1450, (), 0.04),
        Series("bookings-api", "requests_per_second", 1210, (Move(41, 335, 2),), 0.04),
        Series("bookings-api", "response_p95_ms", 88, (Move(42, 61, 3),), 0.05),
        Series("partner-sync", "sync_failures_per_minute", 1, (Move(42, 530, 4),), 0.2, "count"),
        Series("partner-sync", "oldest_unsynced_seconds", 40, (Move(43, 2400, 38),), 0.05),
    ),
    lines=(
        Line("edge-gateway", "INFO", "partner={pick:tourio|stayfast|roomr} GET /v1/availability 200", 1.3),
        Line("bookings-api", "INFO", "availability answered", 0.6),
        Line("partner-sync", "INFO", "page {n:1-400} synced", 0.5),
        Line("edge-gateway", "ERROR", "limiting requests, excess: {n:20-80}.{n:100-999} by zone \"partners\"", 2.8, 41.5),
        Line("partner-sync", "ERROR", "edge answered 429, page {n:1-400} given up", 2.0, 42),
        Line("bookings-api", "WARN", "hold expired before confirmation from partner", 0.7, 46),
    ),
    traces=(
        (20, (Span(0, "partner-sync", "sync page", 160), Span(1, "edge-gateway", "GET /v1/availability", 97),
              Span(2, "bookings-api", "availability", 81))),
        (50, (Span(0, "partner-sync", "sync page", 14, "ERROR"),
              Span(1, "edge-gateway", "GET /v1/availability", 2, "ERROR", (("http.status_code", 429),)))),
    ),
    changes=(
        Change("limit", 30, "edge: zones per audience", (edit(
            "edge/nginx/zones.conf",
            "-limit_req_zone $partner_key zone=partners:20m rate=300r/s;",
            "+limit_req_zone $partner_key zone=partners:20m rate=30r/s;",
            "+limit_req_zone $binary_remote_addr zone=public:20m rate=50r/s;"),)),
        Change("burst-static", 36, "edge: burst for static files", (edit(
            "edge/nginx/static.conf", "-  limit_req zone=static burst=100 nodelay;", "+  limit_req zone=static burst=150 nodelay;"),)),
        Change("quota-header", 38, "bookings-api: rate limit headers in responses", (edit(
            "bookings-api/internal/http/headers.go",
            "+\tw.Header().Set(\"X-RateLimit-Remaining\", strconv.Itoa(left))"),)),
        Change("sync-interval", 20, "partner-sync: page size in log", (edit(
            "partner-sync/app/sync.py", "-    log.info(\"page %s synced\", page)", "+    log.info(\"page %s synced size=%s\", page, len(rows))"),)),
    ),
    deploys=((24, "partner-sync", "sync-interval"), (39, "edge-gateway", "burst-static"), (41, "edge-gateway", "limit"),
             (43.5, "bookings-api", "quota-header"), (66, "partner-sync", None)),
    flags=((40.5, "partner_webhooks_v2", "partner-sync", "off->on"),),
    languages=("go", "python", "nginx"),
    innocents=11,
)  # fmt: skip

SIGNUP = Scenario(
    name="signup-cpu",
    begins="2026-09-03T14:40:00+00:00",
    minutes=90,
    onset=50,
    mechanism="the shared validator's pattern has nested repetition; long addresses without an end keep the event loop busy",
    culprit="pattern",
    first="accounts-api",
    victims=("signup-web", "mailer"),
    decoys=("bcrypt", "meter", "captcha"),
    alert=Alert("accounts-api", "nodejs_eventloop_lag_p99_seconds", 0.5, 24.8, 56,
                "accounts-api event loop blocked", "accounts-api event loop"),
    series=(
        Series("accounts-api", "nodejs_eventloop_lag_p99_seconds", 0.012, (Move(50, 26, 4),), 0.15),
        Series("accounts-api", "process_cpu_pct", 24, (Move(50, 99, 3),), 0.04, cap=100),
        Series("accounts-api", "requests_per_second", 95, (Move(52, 12, 4),), 0.06),
        Series("accounts-db", "cpu_utilization_pct", 17, (Move(52, 4, 4),), 0.06),
        Series("signup-web", "signup_completed_per_minute", 44, (Move(51, 3, 4),), 0.12, "count"),
        Series("mailer", "welcome_mails_per_minute", 43, (Move(53, 3, 4),), 0.12, "count"),
    ),
    lines=(
        Line("accounts-api", "INFO", "account {hex:8} created", 0.8, 0, 52),
        Line("signup-web", "INFO", "step {n:1-3} shown", 0.9),
        Line("mailer", "INFO", "welcome mail queued", 0.6, 0, 55),
        Line("accounts-api", "WARN", "validateContact took {n:8000-31000}ms", 1.7, 51, fields=(("input_length", "{n:44-90}"),)),
        Line("accounts-api", "ERROR", "liveness probe failed: context deadline exceeded", 0.7, 52),
        Line("signup-web", "ERROR", "accounts-api did not answer within 10s", 2.6, 51.5),
    ),
    traces=(
        (25, (Span(0, "signup-web", "POST /signup", 310), Span(1, "accounts-api", "createAccount", 280),
              Span(2, "accounts-api", "validateContact", 1), Span(2, "accounts-db", "insert account", 6))),
        (57, (Span(0, "signup-web", "POST /signup", 10002, "ERROR"), Span(1, "accounts-api", "createAccount", 30110),
              Span(2, "accounts-api", "validateContact", 30090))),
    ),
    changes=(
        Change("pattern", 19, "validators: accept dotted local parts", (edit(
            "packages/validators/src/contact.ts",
            "-const LOCAL = /^[\\w.+-]{1,64}$/;", "+const LOCAL = /^(([\\w+-]+)*\\.?)+$/;",
            " export const isLocal = (text: string) => LOCAL.test(text);"),)),
        Change("bcrypt", 40, "accounts-api: password cost", (edit(
            "accounts-api/src/password.ts", "-const COST = 12;", "+const COST = 11;"),)),
        Change("meter", 46, "signup-web: password strength meter", (edit(
            "signup-web/src/Meter.tsx", "+export const Meter = ({ score }: Props) => <progress max={4} value={score} />;"),)),
        Change("captcha", 33, "accounts-api: wording of refusals", (edit(
            "accounts-api/src/refusals.ts", "-  contact: 'Invalid',", "+  contact: 'Please check your address',"),)),
    ),
    deploys=((-5, "mailer", None), (36, "accounts-api", "captcha"), (43, "accounts-api", "bcrypt"),
             (49, "signup-web", "meter"), (73, "accounts-api", None)),
    flags=((48, "signup_short_form", "signup-web", "off->on"), (15, "mail_preview", "mailer", "off->on")),
    languages=("ts", "yaml"),
    innocents=13,
)  # fmt: skip

SCENARIOS = (QUOTES, PROFILES, MENUS, PARTNERS, SIGNUP)
