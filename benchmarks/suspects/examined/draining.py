"""Incidents in which something finite is used up: connections, memory, goroutines, a table without its index."""
# ruff: noqa: E501 -- a log line or a line of a diff stays on one line

from __future__ import annotations

from benchmarks.suspects.examined.shapes import Alert, Change, Line, Move, Scenario, Series, Span, Teeth, edit

LEDGER = Scenario(
    name="ledger-pool-timeouts",
    begins="2026-03-17T07:40:00+00:00",
    minutes=100,
    onset=55,
    mechanism="shared dbkit session no longer gives its connection back when the body raises; the pool drains slowly",
    culprit="dbkit",
    first="ledger-api",
    victims=("web-bff", "statements-worker"),
    decoys=("pool-gauge", "max-connections", "statement-pdf"),
    alert=Alert("ledger-api", "http_request_duration_p95_ms", 900, 30110, 62,
                "ledger-api p95 above 900 ms for 5 minutes", "ledger-api latency"),
    series=(
        Series("ledger-api", "http_request_duration_p95_ms", 140, (Move(55, 9000, 6), Move(62, 30100, 3))),
        Series("ledger-api", "db_pool_checked_out", 6, (Move(32, 40, 22),), 0.08, "count", 40),
        Series("ledger-api", "http_requests_per_second", 210, (), 0.04),
        Series("ledger-db", "pg_stat_activity_idle_in_transaction", 3, (Move(32, 37, 22),), 0.1, "count"),
        Series("ledger-db", "cpu_utilization_pct", 34, (Move(55, 18, 5),), 0.05),
        Series("web-bff", "http_5xx_ratio", 0.002, (Move(56, 0.38, 6),), 0.2, "ratio"),
    ),
    lines=(
        Line("ledger-api", "INFO", "posting accepted", 0.9, fields=(("http.route", "/v2/postings"),)),
        Line("web-bff", "INFO", "GET /accounts 200 in {n:60-180}ms", 0.7),
        Line("ledger-api", "WARN", "posting refused: currency {pick:SEK|NOK|DKK} not enabled for account", 0.25),
        Line("ledger-api", "ERROR", "QueuePool limit of size 20 overflow 20 reached, connection timed out, timeout 30.00",
             2.4, 55, fields=(("component", "sqlalchemy.pool"),)),
        Line("web-bff", "ERROR", "upstream ledger-api: 504 after {n:30001-30090}ms", 2.0, 57),
        Line("statements-worker", "WARN", "ledger not answering, statement {hex:6} postponed", 0.6, 59),
        Line("statements-worker", "INFO", "statement {hex:6} written", 0.3, 0, 60),
    ),
    traces=(
        (30, (Span(0, "web-bff", "GET /accounts", 142), Span(1, "ledger-api", "GET /v2/balances", 118),
              Span(2, "ledger-db", "SELECT balances", 9))),
        (63, (Span(0, "web-bff", "GET /accounts", 30064, "ERROR"),
              Span(1, "ledger-api", "GET /v2/balances", 30041, "ERROR", (("error", "QueuePool timeout"),)),
              Span(2, "ledger-api", "pool.checkout", 30000, "ERROR"))),
    ),
    changes=(
        Change("dbkit", 12, "dbkit: simpler unit of work", (edit(
            "libs/dbkit/session.py",
            " @contextmanager", " def unit_of_work(engine):", "     conn = engine.connect()", "     tx = conn.begin()",
            "-    try:", "-        yield conn", "-        tx.commit()", "-    except Exception:",
            "-        tx.rollback()", "-        raise", "-    finally:", "-        conn.close()",
            "+    yield conn", "+    tx.commit()", "+    conn.close()"),)),
        Change("statement-pdf", 27, "ledger-api: statement footer wording", (edit(
            "ledger-api/app/statements/footer.py",
            "-FOOTER = \"This is not a tax document.\"", "+FOOTER = \"This document is not a tax certificate.\""),)),
        Change("pool-gauge", 49, "ledger-api: gauge for db pool", (edit(
            "ledger-api/app/db/pool.py",
            "+POOL = Gauge(\"db_pool_checked_out\", \"connections in use\")",
            "+event.listen(engine, \"checkout\", lambda *_: POOL.set(engine.pool.checkedout()))"),)),
        Change("max-connections", 53, "tf: ledger-db parameter group", (edit(
            "infra/rds/ledger.tf", "   parameter {", "     name  = \"max_connections\"",
            "-    value = \"400\"", "+    value = \"500\""),)),
    ),
    deploys=((-20, "web-bff", None), (31, "ledger-api", "statement-pdf"), (52, "ledger-api", "pool-gauge"),
             (57, "ledger-db", "max-connections"), (71, "statements-worker", None)),
    flags=((50, "instant_postings", "ledger-api", "10%->25%"), (4, "bff_compact_accounts", "web-bff", "off->on")),
    languages=("python", "terraform", "yaml"),
    innocents=14,
)  # fmt: skip

PARCELS = Scenario(
    name="parcel-lookups-slow",
    begins="2026-04-08T12:00:00+00:00",
    minutes=90,
    onset=43,
    mechanism="the migration drops the column that carried the unique index; lookups by the new column scan the table",
    culprit="migration",
    first="tracking-db",
    victims=("tracking-api", "depot-scanner", "shop-widget"),
    decoys=("depot-index", "lookup-tidy", "heap"),
    alert=Alert("shop-widget", "tracking_error_ratio", 0.03, 0.27, 49,
                "shop-widget shows 'status unavailable' to more than 3% of visitors", "widget tracking errors"),
    series=(
        Series("tracking-db", "rows_read_per_second", 5200, (Move(42, 940000, 5),), 0.08),
        Series("tracking-db", "cpu_utilization_pct", 22, (Move(42, 97, 5),), 0.05, cap=99.5),
        Series("tracking-db", "active_sessions", 9, (Move(43, 180, 8),), 0.12, "count"),
        Series("tracking-api", "lookup_p99_ms", 48, (Move(43, 4900, 6),)),
        Series("tracking-api", "requests_per_second", 640, (), 0.04),
        Series("shop-widget", "tracking_error_ratio", 0.001, (Move(46, 0.28, 5),), 0.3, "ratio"),
        Series("depot-scanner", "scan_queue", 14, (Move(46, 2600, 30),), 0.15, "count"),
    ),
    lines=(
        Line("tracking-api", "INFO", "lookup ok", 1.1, fields=(("elapsed_ms", "{n:12-60}"),)),
        Line("depot-scanner", "INFO", "scan accepted depot={pick:AMS|LGG|CGN}", 0.6),
        Line("tracking-db", "WARN", "duration: {n:3100-6200} ms  execute: select * from parcels where tracking_code = $1",
             2.6, 43.5, fields=(("plan", "Seq Scan"),)),
        Line("tracking-api", "ERROR", "HikariPool-1 - Connection is not available, request timed out after 5000ms", 1.1, 47),
        Line("shop-widget", "ERROR", "tracking-api answered 503", 2.2, 47),
        Line("depot-scanner", "WARN", "scan buffered locally, tracking-api timeout", 1.2, 46.5),
        Line("tracking-db", "INFO", "checkpoint complete: wrote {n:900-2400} buffers", 0.2),
    ),
    traces=(
        (20, (Span(0, "shop-widget", "GET /track", 61), Span(1, "tracking-api", "lookup", 44),
              Span(2, "tracking-db", "select parcels", 3))),
        (50, (Span(0, "shop-widget", "GET /track", 5003, "ERROR"), Span(1, "tracking-api", "lookup", 4988, "ERROR"),
              Span(2, "tracking-db", "select parcels", 4871, "OK", (("db.rows_examined", 38114902),)))),
    ),
    changes=(
        Change("migration", 28, "tracking codes v2", (
            edit("tracking-api/db/V118__tracking_code.sql",
                 "+ALTER TABLE parcels ADD COLUMN tracking_code text;",
                 "+UPDATE parcels SET tracking_code = upper(tracking_ref);",
                 "+ALTER TABLE parcels DROP COLUMN tracking_ref;"),
            edit("tracking-api/src/main/java/io/parcel/ParcelRepository.java",
                 "-    @Query(\"select p from Parcel p where p.trackingRef = :ref\")",
                 "+    @Query(\"select p from Parcel p where p.trackingCode = :ref\")"))),
        Change("depot-index", 33, "index for depot report", (edit(
            "tracking-api/db/V119__depot_idx.sql",
            "+CREATE INDEX CONCURRENTLY parcels_depot_day_idx ON parcels (depot_id, scanned_on);"),)),
        Change("lookup-tidy", 39, "tracking-api: lookup controller", (edit(
            "tracking-api/src/main/java/io/parcel/LookupController.java",
            "-        Parcel p = repository.byRef(ref).orElseThrow(NotFound::new);", "-        return view(p);",
            "+        return repository.byRef(ref).map(this::view).orElseThrow(NotFound::new);"),)),
        Change("heap", 8, "tracking-api: memory settings", (edit(
            "deploy/tracking-api/values.yaml", "-  jvmHeap: 1500m", "+  jvmHeap: 1800m"),)),
    ),
    deploys=((10, "tracking-api", "heap"), (36, "tracking-db", "depot-index"), (41, "tracking-api", "migration"),
             (44.5, "tracking-api", "lookup-tidy"), (58, "shop-widget", None)),
    flags=((42.5, "widget_live_map", "shop-widget", "off->on"),),
    languages=("java", "sql", "ts", "yaml"),
    innocents=11,
)  # fmt: skip

THUMBNAILS = Scenario(
    name="thumbnails-restarts",
    begins="2026-05-21T17:10:00+00:00",
    minutes=95,
    onset=47,
    mechanism="the chart's memory limit went from 1536Mi to 512Mi; pods are killed when a normal batch arrives",
    culprit="limits",
    first="thumbnailer",
    victims=("gallery-api", "upload-api"),
    decoys=("heif", "queue-alert", "gallery-grid"),
    alert=Alert("gallery-api", "missing_preview_ratio", 0.05, 0.41, 57,
                "more than 5% of gallery pages show a placeholder", "gallery previews", "warning"),
    series=(
        Series("thumbnailer", "container_memory_working_set_mib", 395, (Teeth(46, 512, 4),), 0.04, cap=512),
        Series("thumbnailer", "kube_pod_container_restarts", 0, (Move(46, 46, 46),), 0.05, "total"),
        Series("thumbnailer", "jobs_done_per_minute", 880, (Move(46, 210, 3),), 0.07),
        Series("upload-api", "previews_queue_depth", 35, (Move(47, 14800, 44),), 0.12, "count"),
        Series("upload-api", "uploads_per_minute", 860, (), 0.06),
        Series("gallery-api", "missing_preview_ratio", 0.004, (Move(51, 0.44, 12),), 0.2, "ratio"),
    ),
    lines=(
        Line("thumbnailer", "INFO", "preview {hex:8} done in {n:80-420}ms", 1.2),
        Line("upload-api", "INFO", "upload stored", 0.7, fields=(("bytes", "{n:180000-9400000}"),)),
        Line("thumbnailer", "WARN", "embedded colour profile ignored", 0.3),
        Line("thumbnailer", "ERROR", "Last State: Terminated, Reason: OOMKilled, Exit Code: 137", 1.0, 47,
             fields=(("k8s.pod.name", "thumbnailer-{hex:5}"),)),
        Line("thumbnailer", "WARN", "Back-off restarting failed container", 0.9, 50),
        Line("upload-api", "WARN", "job {hex:8} redelivered, previous consumer vanished", 1.8, 48),
        Line("gallery-api", "WARN", "preview missing, placeholder served", 1.9, 52),
    ),
    traces=(
        (12, (Span(0, "upload-api", "enqueue preview", 6), Span(1, "thumbnailer", "render", 212))),
        (55, (Span(0, "gallery-api", "GET /albums", 94), Span(1, "gallery-api", "preview lookup", 11, "ERROR"))),
        (56, (Span(0, "upload-api", "enqueue preview", 7),
              Span(1, "thumbnailer", "render", 1460, "ERROR", (("error", "worker lost"),)))),
    ),
    changes=(
        Change("limits", 24, "right-size media workloads", (
            edit("deploy/thumbnailer/values.yaml", "   resources:", "     requests:", "-      memory: 1Gi",
                 "+      memory: 384Mi", "     limits:", "-      memory: 1536Mi", "+      memory: 512Mi"),
            edit("deploy/transcoder-batch/values.yaml", "     limits:", "-      cpu: \"6\"", "+      cpu: \"4\""))),
        Change("heif", 40, "thumbnailer: heif suffix in upper case", (edit(
            "thumbnailer/app/formats.py",
            "-HEIF = {\".heif\", \".heic\"}", "+HEIF = {\".heif\", \".heic\", \".HEIC\"}"),)),
        Change("queue-alert", 31, "alert when previews queue is deep", (edit(
            "deploy/alerts/previews.yaml", "+- alert: PreviewsQueueDeep", "+  expr: previews_queue_depth > 5000",
            "+  for: 10m"),)),
        Change("gallery-grid", 45, "gallery: lazy grid images", (edit(
            "gallery-web/src/Grid.tsx", "-        <img src={preview} />", "+        <img loading=\"lazy\" src={preview} />"),)),
    ),
    deploys=((35, "thumbnailer", "limits"), (43, "thumbnailer", "heif"), (48, "gallery-api", "gallery-grid"),
             (66, "upload-api", None)),
    flags=((44, "albums_shared_links", "gallery-api", "off->on"), (-10, "heif_uploads", "upload-api", "off->on")),
    languages=("python", "ts", "yaml"),
    innocents=16,
)  # fmt: skip

PUSH_HUB = Scenario(
    name="push-hub-growth",
    begins="2026-02-11T18:30:00+00:00",
    minutes=110,
    onset=52,
    mechanism="the send waits on an unbuffered channel without the context's end; each gone client leaves a goroutine",
    culprit="send",
    first="push-hub",
    victims=("chat-api", "presence"),
    decoys=("workers", "presence-ttl", "chat-typing"),
    alert=Alert("chat-api", "message_delivery_p99_seconds", 4, 31.5, 63,
                "chat messages arrive late", "chat delivery SLO"),
    series=(
        Series("push-hub", "go_goroutines", 4100, (Move(16, 268000, 60),), 0.03),
        Series("push-hub", "go_memstats_heap_inuse_mb", 610, (Move(16, 7200, 60),), 0.04, cap=7400),
        Series("push-hub", "go_gc_pause_p99_ms", 1.4, (Move(48, 190, 25),), 0.15),
        Series("push-hub", "open_sockets", 38500, (), 0.02),
        Series("chat-api", "message_delivery_p99_seconds", 0.8, (Move(52, 34, 16),), 0.12),
        Series("presence", "updates_dropped_per_minute", 2, (Move(55, 940, 15),), 0.3, "count"),
        Series("chat-api", "messages_per_second", 1250, (), 0.05),
    ),
    lines=(
        Line("push-hub", "INFO", "socket opened", 0.8, fields=(("region", "{pick:eu|us|ap}"),)),
        Line("chat-api", "INFO", "message fanned out to {n:2-60} members", 0.8),
        Line("push-hub", "INFO", "socket closed by peer code=1001", 0.6),
        Line("push-hub", "WARN", "write deadline passed, frame {hex:6} late by {n:1200-26000}ms", 1.6, 53),
        Line("push-hub", "ERROR", "runtime: memory limit reached, forced collection took {n:110-260}ms", 0.6, 58),
        Line("chat-api", "ERROR", "delivery not confirmed within 10s, will redeliver", 2.5, 54),
        Line("presence", "WARN", "update dropped: push-hub queue full", 1.1, 56),
    ),
    traces=(
        (10, (Span(0, "chat-api", "POST /messages", 34), Span(1, "push-hub", "Fanout", 22))),
        (64, (Span(0, "chat-api", "POST /messages", 10011, "ERROR"),
              Span(1, "push-hub", "Fanout", 9987, "ERROR", (("error", "delivery deadline"),)))),
    ),
    changes=(
        Change("send", 6, "push-hub: drop unused branch in send", (edit(
            "push-hub/internal/conn/send.go",
            " func (c *Conn) Send(ctx context.Context, f Frame) {", "-\tout := make(chan Frame, 1)",
            "+\tout := make(chan Frame)", " \tgo func() {", "-\t\tselect {", "-\t\tcase out <- f:",
            "-\t\tcase <-ctx.Done():", "-\t\t}", "+\t\tout <- f", " \t}()"),)),
        Change("workers", 41, "push-hub: name the fan-out workers", (edit(
            "push-hub/internal/fanout/pool.go",
            "-\tfor i := 0; i < p.size; i++ {", "-\t\tgo p.run()",
            "+\tfor i := 0; i < p.size; i++ {", "+\t\tgo p.run(fmt.Sprintf(\"fanout-%d\", i))", " \t}"),)),
        Change("presence-ttl", 30, "presence: refresh interval", (edit(
            "presence/config/prod.yaml", "-refresh_seconds: 25", "+refresh_seconds: 30"),)),
        Change("chat-typing", 49, "chat-web: typing dots", (edit(
            "chat-web/src/Typing.tsx", "+export const Typing = () => <span className=\"dots\" />;"),)),
    ),
    deploys=((15, "push-hub", "send"), (33, "presence", "presence-ttl"), (46, "push-hub", "workers"),
             (51, "chat-web", "chat-typing"), (85, "chat-api", None)),
    flags=((50, "typing_indicator", "chat-web", "25%->100%"),),
    languages=("go", "ts", "yaml"),
    innocents=13,
)  # fmt: skip

EXPORTS = Scenario(
    name="exports-restarts",
    begins="2026-06-02T05:00:00+00:00",
    minutes=105,
    onset=60,
    mechanism="the export reads all rows at once since paging was dropped; the hourly export of large tenants eats memory",
    culprit="paging",
    first="reporting-api",
    victims=("dashboards-web", "scheduler"),
    decoys=("recycle", "progress", "warehouse-view"),
    alert=Alert("reporting-api", "process_resident_memory_mb", 3500, 4060, 66,
                "reporting-api memory near its limit, pods restarting", "reporting memory"),
    series=(
        Series("reporting-api", "process_resident_memory_mb", 720, (Teeth(60, 4090, 7),), 0.03, cap=4096),
        Series("reporting-api", "worker_restarts", 0, (Move(62, 24, 40),), 0.05, "total"),
        Series("reporting-api", "http_5xx_ratio", 0.001, (Move(61, 0.22, 4),), 0.25, "ratio"),
        Series("warehouse", "rows_returned_per_query_p95", 1000, (Move(21, 21000, 4), Move(59, 2900000, 2)), 0.05),
        Series("warehouse", "cpu_utilization_pct", 41, (Move(60, 52, 3),), 0.06),
        Series("scheduler", "exports_late", 0, (Move(64, 58, 30),), 0.1, "count"),
    ),
    lines=(
        Line("reporting-api", "INFO", "report {hex:6} rendered", 0.9),
        Line("scheduler", "INFO", "export queued tenant={n:100-480}", 0.5),
        Line("dashboards-web", "INFO", "GET /boards 200", 0.8),
        Line("reporting-api", "ERROR", "Worker (pid:{n:20-900}) was sent SIGKILL! Perhaps out of memory?", 0.9, 61,
             fields=(("component", "gunicorn"),)),
        Line("scheduler", "ERROR", "export tenant={pick:112|131|207} failed: connection reset by reporting-api", 1.3, 61.5),
        Line("dashboards-web", "ERROR", "502 from reporting-api on {pick:/boards|/tiles|/sums}", 2.1, 62),
    ),
    traces=(
        (33, (Span(0, "scheduler", "run export", 2900), Span(1, "reporting-api", "POST /exports", 2870),
              Span(2, "warehouse", "fetch rows", 1800, "OK", (("db.rows", 18440),)))),
        (63, (Span(0, "scheduler", "run export", 71200, "ERROR"), Span(1, "reporting-api", "POST /exports", 71180, "ERROR"),
              Span(2, "warehouse", "fetch rows", 52800, "OK", (("db.rows", 3104772),)))),
    ),
    changes=(
        Change("paging", 11, "reporting-api: one query per export", (edit(
            "reporting-api/app/exports/reader.py",
            " def read_rows(query, tenant):",
            "-    for offset in count(0, PAGE_SIZE):", "-        rows = query.limit(PAGE_SIZE).offset(offset).all()",
            "-        if not rows:", "-            return", "-        yield from rows",
            "+    return query.filter_by(tenant=tenant).all()"),)),
        Change("recycle", 50, "reporting-api: recycle workers", (edit(
            "reporting-api/gunicorn.conf.py", "+max_requests = 5000", "+max_requests_jitter = 500"),)),
        Change("progress", 44, "exports: progress message", (edit(
            "reporting-api/app/exports/progress.py",
            "-    notify(f\"{done} rows\")", "+    notify(f\"{done} rows exported\")"),)),
        Change("warehouse-view", 36, "view for churn report", (edit(
            "warehouse/views/churn.sql", "+CREATE OR REPLACE VIEW churn AS SELECT tenant, month, lost FROM months;"),)),
    ),
    deploys=((18, "reporting-api", "paging"), (38, "warehouse", "warehouse-view"), (47, "reporting-api", "progress"),
             (54, "reporting-api", "recycle"), (79, "dashboards-web", None)),
    flags=((57, "export_xlsx", "reporting-api", "off->on"), (20, "tiles_v3", "dashboards-web", "off->on")),
    languages=("python", "sql", "ts"),
    innocents=12,
)  # fmt: skip

SCENARIOS = (LEDGER, PARCELS, THUMBNAILS, PUSH_HUB, EXPORTS)
