"""Incidents in which two sides no longer agree: a field's name, a header, a protocol version, how a library speaks."""
# ruff: noqa: E501 -- a log line or a line of a diff stays on one line

from __future__ import annotations

from benchmarks.suspects.examined.shapes import Alert, Change, Line, Move, Scenario, Series, Span, edit

INVOICES = Scenario(
    name="invoices-unparsed",
    begins="2026-02-26T10:10:00+00:00",
    minutes=85,
    onset=40,
    mechanism="the producer renamed a field of the order event; the invoicing consumer requires the old name",
    culprit="event",
    first="invoicing",
    victims=("customer-mail", "tax-report"),
    decoys=("strict", "kafka-client", "currency"),
    alert=Alert("invoicing", "dead_letters_per_minute", 5, 187, 46, "invoicing dead letters", "invoicing DLQ", "high"),
    series=(
        Series("invoicing", "dead_letters_per_minute", 0.2, (Move(40, 190, 3),), 0.1, "count"),
        Series("invoicing", "invoices_written_per_minute", 188, (Move(40, 1, 3),), 0.07, "count"),
        Series("invoicing", "consumer_lag", 30, (), 0.3, "count"),
        Series("orders-api", "orders_per_minute", 190, (), 0.06, "count"),
        Series("orders-api", "http_5xx_ratio", 0.001, (), 0.3, "ratio"),
        Series("customer-mail", "mails_without_invoice", 0, (Move(43, 170, 5),), 0.15, "count"),
    ),
    lines=(
        Line("orders-api", "INFO", "order {hex:8} placed", 1.1),
        Line("invoicing", "INFO", "invoice {n:40000-49999} written", 0.9, 0, 40),
        Line("customer-mail", "INFO", "mail sent template=order_confirmed", 0.7),
        Line("invoicing", "ERROR", "UnrecognizedPropertyException: Unrecognized field \"grossAmount\" (class io.acme.invoicing.OrderPlaced)", 2.2, 40,
             fields=(("topic", "orders.placed"), ("partition", "{n:0-11}"))),
        Line("invoicing", "WARN", "record sent to orders.placed.dlq after 3 attempts", 1.8, 40.5),
        Line("customer-mail", "WARN", "invoice not found, attachment left out", 1.5, 43),
        Line("tax-report", "WARN", "day has {n:20-400} orders without invoice", 0.3, 46),
        Line("tax-report", "INFO", "partial sums refreshed", 0.2),
    ),
    traces=(
        (15, (Span(0, "orders-api", "POST /orders", 88), Span(1, "invoicing", "consume orders.placed", 31))),
        (47, (Span(0, "orders-api", "POST /orders", 86),
              Span(1, "invoicing", "consume orders.placed", 4, "ERROR", (("error", "UnrecognizedPropertyException"),)))),
    ),
    changes=(
        Change("event", 29, "orders-api: align event with the glossary", (edit(
            "orders-api/src/main/java/io/acme/orders/event/OrderPlaced.java",
            " public record OrderPlaced(", "     String orderId,", "-    @JsonProperty(\"totalAmount\") BigDecimal total,",
            "+    @JsonProperty(\"grossAmount\") BigDecimal total,", "     String currency) {}"),)),
        Change("strict", 8, "invoicing: mapper as a bean", (edit(
            "invoicing/src/main/java/io/acme/invoicing/JsonConfig.java",
            "-    static final ObjectMapper MAPPER = new ObjectMapper();",
            "+    @Bean ObjectMapper mapper() { return new ObjectMapper(); }"),)),
        Change("kafka-client", 32, "invoicing: kafka-clients 3.7.1", (edit(
            "invoicing/pom.xml", "     <artifactId>kafka-clients</artifactId>", "-    <version>3.7.0</version>",
            "+    <version>3.7.1</version>"),)),
        Change("currency", 35, "orders-api: currency symbol on receipt page", (edit(
            "orders-web/src/Receipt.tsx", "-  {total}", "+  {symbol}{total}"),)),
    ),
    deploys=((11, "invoicing", "strict"), (37, "invoicing", "kafka-client"), (39, "orders-api", "event"),
             (41, "orders-web", "currency"), (60, "customer-mail", None)),
    flags=((38.5, "invoice_pdf_a3", "invoicing", "off->on"),),
    languages=("java", "ts", "yaml"),
    innocents=13,
)  # fmt: skip

STOCK = Scenario(
    name="stock-unauthorised",
    begins="2026-06-18T06:00:00+00:00",
    minutes=80,
    onset=35,
    mechanism="the location sets a header of its own and so no longer inherits the one that forwards Authorization",
    culprit="location",
    first="stock-api",
    victims=("warehouse-app", "replenish"),
    decoys=("jwks", "cors", "scopes"),
    alert=Alert("warehouse-app", "failed_requests_ratio", 0.05, 0.88, 41,
                "handhelds cannot read stock", "warehouse-app failures"),
    series=(
        Series("stock-api", "http_401_ratio", 0.004, (Move(35, 0.93, 1),), 0.1, "ratio"),
        Series("stock-api", "http_200_per_second", 140, (Move(35, 9, 1),), 0.06),
        Series("stock-api", "response_p50_ms", 31, (Move(35, 3, 1),), 0.05),
        Series("identity", "tokens_issued_per_minute", 60, (Move(37, 620, 4),), 0.1, "count"),
        Series("identity", "http_5xx_ratio", 0.0004, (), 0.3, "ratio"),
        Series("warehouse-app", "failed_requests_ratio", 0.01, (Move(35, 0.9, 2),), 0.1, "ratio"),
        Series("replenish", "orders_suggested_per_minute", 22, (Move(37, 0, 3),), 0.1, "count"),
    ),
    lines=(
        Line("stock-api", "INFO", "GET /stock/{n:1000-9999} 200", 1.1, 0, 35),
        Line("warehouse-app", "INFO", "scan ok", 0.9, 0, 36),
        Line("replenish", "INFO", "suggestion for sku {n:1000-9999}", 0.5, 0, 37),
        Line("stock-api", "WARN", "401 missing bearer token", 3.0, 35, fields=(("http.route", "/stock/:sku"), ("via", "internal-proxy"))),
        Line("warehouse-app", "ERROR", "stock refused although signed in, asking for a new token", 1.9, 35),
        Line("identity", "INFO", "token issued client=warehouse-app", 0.3),
        Line("identity", "INFO", "token issued client=warehouse-app", 1.6, 36),
        Line("replenish", "ERROR", "stock-api: Unauthorized", 0.9, 36),
    ),
    traces=(
        (12, (Span(0, "warehouse-app", "scan", 61), Span(1, "internal-proxy", "/stock", 44), Span(2, "stock-api", "read", 31))),
        (42, (Span(0, "warehouse-app", "scan", 22, "ERROR"), Span(1, "internal-proxy", "/stock", 8, "ERROR"),
              Span(2, "stock-api", "read", 2, "ERROR", (("http.status_code", 401),)))),
    ),
    changes=(
        Change("location", 26, "internal-proxy: pass the request id on /stock", (edit(
            "internal-proxy/nginx/stock.conf",
            " server {", "   proxy_set_header Authorization $http_authorization;", "   location /stock/ {",
            "+    proxy_set_header X-Request-Id $request_id;", "     proxy_pass http://stock_api;", "   }"),
            edit("internal-proxy/nginx/nginx.conf", " http {", "+  proxy_pass_request_headers off;",
                 "+  log_format with_id '$request_id $request $status';"))),
        Change("jwks", 31, "identity: publish second signing key", (edit(
            "identity/internal/keys/jwks.go", "-\treturn []Key{current}", "+\treturn []Key{current, next}"),)),
        Change("cors", 18, "stock-api: allow the staging origin", (edit(
            "stock-api/internal/http/cors.go", "+\t\"https://staging.warehouse.example\","),)),
        Change("scopes", 10, "stock-api: scope names as constants", (edit(
            "stock-api/internal/auth/scopes.go", "-\tif !has(claims, \"stock:read\") {", "+\tif !has(claims, ScopeStockRead) {"),)),
    ),
    deploys=((13, "stock-api", "scopes"), (22, "stock-api", "cors"), (34, "internal-proxy", "location"),
             (36, "identity", "jwks"), (58, "replenish", None)),
    flags=((33.5, "handheld_offline_mode", "warehouse-app", "5%->20%"),),
    languages=("go", "nginx", "yaml"),
    innocents=10,
)  # fmt: skip

METERS = Scenario(
    name="meters-handshakes",
    begins="2026-01-14T16:00:00+00:00",
    minutes=90,
    onset=46,
    mechanism="the listener's policy now wants TLS 1.3; older meters speak 1.2 and are turned away at the next connection",
    culprit="policy",
    first="meter-ingress",
    victims=("readings-api", "billing-feed"),
    decoys=("cert-renewal", "keepalive", "decoder"),
    alert=Alert("readings-api", "readings_per_minute", 9000, 3120, 58,
                "fewer meter readings than usual", "meter readings low"),
    series=(
        Series("meter-ingress", "client_tls_negotiation_errors", 3, (Move(45, 7400, 10),), 0.15, "count"),
        Series("meter-ingress", "new_connections_per_minute", 820, (Move(46, 8300, 10),), 0.08),
        Series("meter-ingress", "active_connections", 41200, (Move(45, 11800, 22),), 0.02),
        Series("readings-api", "readings_per_minute", 13600, (Move(45, 3000, 20),), 0.04),
        Series("readings-api", "http_5xx_ratio", 0.0006, (), 0.3, "ratio"),
        Series("billing-feed", "meters_estimated", 190, (Move(58, 26000, 40),), 0.05),
    ),
    lines=(
        Line("readings-api", "INFO", "batch of {n:20-60} readings stored", 1.2),
        Line("meter-ingress", "INFO", "connection from firmware {pick:5.2|5.2|6.0|6.1}", 0.8, 0, 46),
        Line("meter-ingress", "INFO", "connection from firmware {pick:6.0|6.1}", 0.4, 46),
        Line("meter-ingress", "ERROR", "SSL_do_handshake() failed (error:0A000102:SSL routines::unsupported protocol) while handshaking, client: 10.{n:60-90}.{n:1-250}.{n:1-250}", 3.0, 46),
        Line("readings-api", "WARN", "meter group {pick:north|east|harbour} silent for {n:6-30} minutes", 1.3, 52),
        Line("billing-feed", "WARN", "reading missing, estimate used", 1.2, 56),
        Line("billing-feed", "INFO", "tariff window closed", 0.2),
    ),
    traces=(
        (20, (Span(0, "meter-ingress", "POST /readings", 40), Span(1, "readings-api", "store", 22))),
        (60, (Span(0, "meter-ingress", "handshake", 3, "ERROR", (("error", "unsupported protocol"),)),)),
        (61, (Span(0, "meter-ingress", "POST /readings", 38), Span(1, "readings-api", "store", 21))),
    ),
    changes=(
        Change("policy", 30, "tf: listener baseline", (edit(
            "infra/meters/listener.tf", " resource \"aws_lb_listener\" \"meters\" {",
            "-  ssl_policy = \"ELBSecurityPolicy-TLS-1-2-2017-01\"", "+  ssl_policy = \"ELBSecurityPolicy-TLS13-1-3-2021-06\""),)),
        Change("cert-renewal", 24, "tf: renew certificate of meters host", (edit(
            "infra/meters/certificate.tf", "-  certificate_serial = \"2025-01\"", "+  certificate_serial = \"2026-01\""),)),
        Change("keepalive", 40, "readings-api: idle timeout", (edit(
            "readings-api/cmd/server.go", "-\tIdleTimeout: 60 * time.Second,", "+\tIdleTimeout: 75 * time.Second,"),)),
        Change("decoder", 50, "readings-api: decoder for firmware 6.1", (edit(
            "readings-api/internal/decode/v61.go", "+\tregister(\"6.1\", decodeV61)"),)),
    ),
    deploys=((27, "meter-ingress", "cert-renewal"), (43, "readings-api", "keepalive"), (44.5, "meter-ingress", "policy"),
             (55, "readings-api", "decoder")),
    flags=((42, "quarter_hour_readings", "readings-api", "off->on"),),
    languages=("go", "terraform", "yaml"),
    innocents=14,
)  # fmt: skip

SUPPLIERS = Scenario(
    name="suppliers-rejected",
    begins="2026-07-23T11:20:00+00:00",
    minutes=85,
    onset=43,
    mechanism="a major version of the HTTP library writes repeated parameters with brackets; the catalogue refuses them",
    culprit="axios",
    first="purchasing-web",
    victims=("supplier-catalog", "approvals"),
    decoys=("query-parser", "filter-chips", "lint-bump"),
    alert=Alert("supplier-catalog", "http_400_ratio", 0.05, 0.63, 49,
                "supplier-catalog refuses requests", "supplier-catalog 4xx", "high"),
    series=(
        Series("purchasing-web", "search_failures_ratio", 0.006, (Move(43, 0.71, 2),), 0.15, "ratio"),
        Series("purchasing-web", "sessions", 380, (), 0.04, "count"),
        Series("supplier-catalog", "http_400_ratio", 0.007, (Move(43, 0.64, 2),), 0.12, "ratio"),
        Series("supplier-catalog", "response_p50_ms", 74, (Move(43, 12, 3),), 0.05),
        Series("supplier-catalog", "requests_per_second", 92, (), 0.05),
        Series("approvals", "requests_created_per_minute", 31, (Move(45, 6, 6),), 0.12, "count"),
    ),
    lines=(
        Line("supplier-catalog", "INFO", "search returned {n:3-90} offers", 1.2, 0, 43),
        Line("supplier-catalog", "INFO", "search returned {n:3-90} offers", 0.4, 43),
        Line("purchasing-web", "INFO", "search page shown", 0.8),
        Line("approvals", "INFO", "approval requested", 0.5),
        Line("supplier-catalog", "WARN", "400 unknown parameter \"category[]\"", 2.4, 43, fields=(("user_agent", "axios/{pick:1.7.2|1.7.2}"),)),
        Line("purchasing-web", "ERROR", "Request failed with status code 400", 2.4, 43),
        Line("approvals", "WARN", "draft without supplier saved", 0.7, 46),
    ),
    traces=(
        (20, (Span(0, "purchasing-web", "GET /search", 122), Span(1, "supplier-catalog", "GET /offers", 75))),
        (50, (Span(0, "purchasing-web", "GET /search", 31, "ERROR"),
              Span(1, "supplier-catalog", "GET /offers", 3, "ERROR",
                   (("http.status_code", 400), ("url.query", "category[]=tools&category[]=paint"))))),
    ),
    changes=(
        Change("axios", 33, "deps: weekly updates", (
            edit("purchasing-web/package.json", "   \"dependencies\": {", "-    \"axios\": \"^0.27.2\",", "+    \"axios\": \"^1.7.2\",",
                 "-    \"date-fns\": \"^3.5.0\",", "+    \"date-fns\": \"^3.6.0\","),
            edit("purchasing-web/package-lock.json"))),
        Change("query-parser", 38, "supplier-catalog: parameter parsing in one place", (edit(
            "supplier-catalog/app/params.py", "-category = request.args.getlist(\"category\")",
            "+category = listed(request, \"category\")", "+def listed(request, name):", "+    return request.args.getlist(name)"),)),
        Change("filter-chips", 40, "purchasing-web: chips for chosen categories", (edit(
            "purchasing-web/src/Chips.tsx", "+export const Chips = ({ categories }: Props) => <>{categories.map(chip)}</>;"),)),
        Change("lint-bump", 15, "deps: eslint 9", (edit(
            "purchasing-web/package.json", "   \"devDependencies\": {", "-    \"eslint\": \"^8.57.0\",", "+    \"eslint\": \"^9.2.0\","),)),
    ),
    deploys=((-12, "approvals", None), (19, "purchasing-web", "lint-bump"), (41, "supplier-catalog", "query-parser"),
             (42.5, "purchasing-web", "filter-chips"), (61, "supplier-catalog", None)),
    flags=((41.5, "multi_category_search", "purchasing-web", "50%->100%"),),
    languages=("ts", "python"),
    innocents=13,
)  # fmt: skip

SCENARIOS = (INVOICES, STOCK, METERS, SUPPLIERS)
