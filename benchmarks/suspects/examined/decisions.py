"""Incidents in which code or a chart decides wrongly: what an unknown flag means, which unit, which path says ready."""
# ruff: noqa: E501 -- a log line or a line of a diff stays on one line

from __future__ import annotations

from benchmarks.suspects.examined.shapes import Alert, Change, Line, Move, Scenario, Series, Span, edit

VOUCHERS = Scenario(
    name="vouchers-wrong-totals",
    begins="2026-11-13T15:00:00+00:00",
    minutes=90,
    onset=41,
    mechanism="the flag's fallback in code became true; when the flag store's snapshot aged out, stacking was on for all",
    culprit="fallback",
    first="voucher-api",
    victims=("cart-web", "order-intake"),
    decoys=("rounding", "flag-sdk", "voucher-list"),
    alert=Alert("order-intake", "total_mismatch_per_minute", 3, 71, 48, "order totals do not match the cart", "total mismatch"),
    series=(
        Series("voucher-api", "stacked_vouchers_per_minute", 0, (Move(41, 133, 3),), 0.1, "count"),
        Series("voucher-api", "discount_share_p95", 0.2, (Move(41, 0.93, 3),), 0.05),
        Series("voucher-api", "response_p95_ms", 42, (), 0.07),
        Series("order-intake", "total_mismatch_per_minute", 0.1, (Move(42, 74, 4),), 0.12, "count"),
        Series("order-intake", "orders_accepted_per_minute", 118, (Move(42, 49, 4),), 0.07, "count"),
        Series("cart-web", "carts_per_minute", 240, (), 0.05),
    ),
    lines=(
        Line("voucher-api", "INFO", "voucher applied percent={pick:5|10|20}", 1.0),
        Line("cart-web", "INFO", "cart shown", 0.8),
        Line("order-intake", "INFO", "order {hex:8} accepted", 0.9),
        Line("voucher-api", "WARN", "flag snapshot older than 15m, using defaults", 0.3, 40.5),
        Line("voucher-api", "INFO", "stacked {n:2-5} vouchers on cart {hex:6}", 2.2, 41),
        Line("order-intake", "ERROR", "total refused: cart says {n:1-20}.{n:10-99}, expected {n:21-90}.{n:10-99}", 2.2, 42),
        Line("cart-web", "ERROR", "order-intake answered 422 TOTAL_MISMATCH", 1.8, 42),
    ),
    traces=(
        (20, (Span(0, "cart-web", "POST /orders", 150), Span(1, "voucher-api", "apply", 30), Span(1, "order-intake", "accept", 60))),
        (50, (Span(0, "cart-web", "POST /orders", 96, "ERROR"), Span(1, "voucher-api", "apply", 34, "OK", (("vouchers.stacked", 3),)),
              Span(1, "order-intake", "accept", 11, "ERROR", (("error", "TOTAL_MISMATCH"),)))),
    ),
    changes=(
        Change("fallback", 17, "voucher-api: flags through one wrapper", (edit(
            "voucher-api/src/rules/stacking.ts",
            "-  const stack = await flags.boolVariation('voucher-stacking', user, false);",
            "+  const stack = await enabled('voucher-stacking', user);"),
            edit("voucher-api/src/flags.ts",
                 "+export const enabled = (key: string, user: User, fallback = true) =>",
                 "+  flags.boolVariation(key, user, fallback);"))),
        Change("rounding", 34, "order-intake: rounding of totals, deprecated constant", (edit(
            "order-intake/src/main/java/io/acme/Totals.java", "-    return sum(lines).setScale(2, BigDecimal.ROUND_HALF_UP);",
            "+    return sum(lines).setScale(2, RoundingMode.HALF_UP);"),)),
        Change("flag-sdk", 8, "deps: flag sdk 9.4.1", (edit(
            "cart-web/package.json", "-    \"@flags/client\": \"9.4.0\",", "+    \"@flags/client\": \"9.4.1\","),)),
        Change("voucher-list", 37, "cart-web: list vouchers under the total", (edit(
            "cart-web/src/Vouchers.tsx", "+  <ul>{vouchers.map(v => <li key={v.code}>{v.code}</li>)}</ul>"),)),
    ),
    deploys=((12, "cart-web", "flag-sdk"), (24, "voucher-api", "fallback"), (38, "order-intake", "rounding"),
             (40, "cart-web", "voucher-list"), (66, "voucher-api", None)),
    flags=((39, "cart_summary_v2", "cart-web", "off->on"), (-15, "black_friday_banner", "cart-web", "off->on")),
    languages=("ts", "java"),
    innocents=12,
)  # fmt: skip

DEVICES = Scenario(
    name="device-sessions-refused",
    begins="2026-08-05T20:30:00+00:00",
    minutes=105,
    onset=44,
    mechanism="the shared authkit adds the lifetime in seconds to a time in milliseconds; new tokens end at once",
    culprit="lifetime",
    first="session-api",
    victims=("device-gateway", "telemetry-store"),
    decoys=("leeway", "gateway-cache", "session-name"),
    alert=Alert("device-gateway", "http_401_per_minute", 150, 8900, 57, "devices are turned away", "device-gateway 401"),
    series=(
        Series("session-api", "tokens_issued_per_minute", 310, (Move(43, 9400, 34),), 0.05),
        Series("session-api", "token_age_at_expiry_p50_seconds", 3600, (Move(43, 4, 2),), 0.02),
        Series("session-api", "response_p95_ms", 35, (Move(60, 620, 20),)),
        Series("device-gateway", "http_401_per_minute", 21, (Move(44, 18000, 30),), 0.07),
        Series("device-gateway", "connected_devices", 18700, (Move(45, 5200, 40),), 0.02),
        Series("telemetry-store", "points_per_second", 9100, (Move(45, 2500, 40),), 0.04),
    ),
    lines=(
        Line("session-api", "INFO", "token issued device={hex:6}", 0.8, 0, 44),
        Line("session-api", "INFO", "token issued device={hex:6}", 2.4, 44),
        Line("device-gateway", "INFO", "device {hex:6} connected", 0.9),
        Line("telemetry-store", "INFO", "flushed {n:400-900} points", 0.6),
        Line("device-gateway", "WARN", "401 token expired {n:2-90}s ago, device={hex:6}", 2.4, 44.5),
        Line("session-api", "WARN", "device {hex:6} asks again after {n:4-9}s", 1.2, 46),
        Line("telemetry-store", "WARN", "no points from fleet {pick:alpha|bravo|delta} for {n:5-40}m", 0.6, 54),
    ),
    traces=(
        (15, (Span(0, "device-gateway", "connect", 60), Span(1, "session-api", "issue", 20))),
        (58, (Span(0, "device-gateway", "connect", 41, "ERROR", (("error", "token expired"),)), Span(1, "session-api", "issue", 21))),
    ),
    changes=(
        Change("lifetime", 26, "authkit: integer clock", (edit(
            "libs/authkit/authkit/claims.py",
            " def lifetime_claims(ttl_seconds: int) -> dict[str, int]:",
            "-    now = time.time()", "-    return {\"iat\": int(now), \"exp\": int(now + ttl_seconds)}",
            "+    now_ms = time.time_ns() // 1_000_000",
            "+    return {\"iat\": now_ms // 1000, \"exp\": (now_ms + ttl_seconds) // 1000}"),)),
        Change("session-name", 36, "session-api: name of the cookie in settings", (edit(
            "session-api/app/settings.py", "+COOKIE = os.environ.get(\"SESSION_COOKIE\", \"sid\")"),)),
        Change("leeway", 39, "device-gateway: token expiry leeway", (edit(
            "device-gateway/internal/auth/verify.go", "-\tjwt.WithLeeway(5*time.Second),", "+\tjwt.WithLeeway(10*time.Second),"),)),
        Change("gateway-cache", 48, "device-gateway: keep signing keys for an hour", (edit(
            "device-gateway/internal/auth/keys.go", "-const keep = 15 * time.Minute", "+const keep = time.Hour"),)),
    ),
    deploys=((20, "telemetry-store", None), (41.5, "device-gateway", "leeway"), (43, "session-api", "session-name"),
             (52, "device-gateway", "gateway-cache"), (80, "session-api", None)),
    flags=((42, "device_session_v3", "device-gateway", "1%->5%"),),
    languages=("python", "go"),
    innocents=12,
)  # fmt: skip

SEARCH = Scenario(
    name="search-rollout",
    begins="2026-10-07T07:00:00+00:00",
    minutes=95,
    onset=47,
    mechanism="the readiness path points to an address that the service does not serve; new pods never take traffic",
    culprit="probe",
    first="search-api",
    victims=("shop-web", "suggest"),
    decoys=("ranking", "health-text", "index-shards"),
    alert=Alert("shop-web", "search_error_ratio", 0.02, 0.31, 57, "search fails in the shop", "search errors"),
    series=(
        Series("search-api", "kube_deployment_replicas_available", 12, (Move(47, 4, 14),), 0.0, "count"),
        Series("search-api", "kube_pods_not_ready", 0, (Move(44, 9, 5),), 0.0, "count"),
        Series("search-api", "requests_per_ready_pod", 42, (Move(48, 128, 14),), 0.05),
        Series("search-api", "response_p99_ms", 240, (Move(50, 4100, 10),)),
        Series("shop-web", "search_error_ratio", 0.002, (Move(51, 0.33, 8),), 0.15, "ratio"),
        Series("shop-web", "searches_per_second", 500, (), 0.04),
        Series("suggest", "empty_answers_ratio", 0.03, (Move(52, 0.4, 8),), 0.12, "ratio"),
    ),
    lines=(
        Line("search-api", "INFO", "query took {n:40-260}ms hits={n:0-4000}", 1.2),
        Line("shop-web", "INFO", "results page shown", 0.8),
        Line("suggest", "INFO", "completed \"{pick:sho|tab|lam}\"", 0.4),
        Line("search-api", "WARN", "GET /internal/ready 404", 1.6, 44),
        Line("kubelet", "WARN", "Readiness probe failed: HTTP probe failed with statuscode: 404", 1.3, 44, fields=(("k8s.pod.name", "search-api-7d9c{hex:4}"),)),
        Line("search-api", "WARN", "node group drained by autoscaler, pod moved", 0.3, 46, 60),
        Line("search-api", "ERROR", "request queue full, refused", 1.6, 50),
        Line("shop-web", "ERROR", "search-api 503", 2.0, 51),
    ),
    traces=(
        (20, (Span(0, "shop-web", "GET /search", 310), Span(1, "search-api", "query", 190))),
        (58, (Span(0, "shop-web", "GET /search", 4200, "ERROR"), Span(1, "search-api", "query", 4010, "ERROR"))),
    ),
    changes=(
        Change("probe", 33, "search-api: chart follows the template", (edit(
            "deploy/search-api/templates/deployment.yaml",
            "           readinessProbe:", "             httpGet:", "-              path: /readyz", "+              path: /internal/ready",
            "               port: 8080"),
            edit("deploy/search-api/Chart.yaml", "-version: 2.8.0", "+version: 2.9.0"))),
        Change("ranking", 40, "search-api: boost for new arrivals", (edit(
            "search-api/src/main/java/io/shop/Boosts.java", "-    double fresh = 1.1;", "+    double fresh = 1.15;"),)),
        Change("health-text", 22, "search-api: health answers as json", (edit(
            "search-api/src/main/java/io/shop/HealthController.java",
            "-    @GetMapping(\"/healthz\") String ok() { return \"ok\"; }",
            "+    @GetMapping(\"/healthz\") Map<String, String> ok() { return Map.of(\"status\", \"ok\"); }"),)),
        Change("index-shards", 43, "tf: search index replicas", (edit(
            "infra/search/index.tf", "-  replicas = 1", "+  replicas = 2"),)),
    ),
    deploys=((25, "search-api", "health-text"), (43, "search-api", "probe"), (45.5, "search-index", "index-shards"),
             (49, "shop-web", None), (70, "search-api", "ranking")),
    flags=((46.5, "search_new_arrivals", "search-api", "off->on"),),
    languages=("java", "ts", "yaml"),
    innocents=15,
)  # fmt: skip

SCENARIOS = (VOUCHERS, DEVICES, SEARCH)
