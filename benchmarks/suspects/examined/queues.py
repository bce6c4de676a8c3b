"""Incidents of order and sharing: who takes which message, which row is locked first, which partition is written."""
# ruff: noqa: E501 -- a log line or a line of a diff stays on one line

from __future__ import annotations

from benchmarks.suspects.examined.shapes import Alert, Change, Line, Move, Scenario, Series, Span, edit

MAILINGS = Scenario(
    name="mailings-backlog",
    begins="2026-09-29T06:30:00+00:00",
    minutes=110,
    onset=63,
    mechanism="each worker now takes one message at a time and sends it inline; the morning's mailing piles up",
    culprit="consumer",
    first="mailing-worker",
    victims=("campaigns", "login-mail"),
    decoys=("template-cache", "queue-policy", "bounce"),
    alert=Alert("login-mail", "code_delivery_p95_seconds", 60, 934, 78,
                "login codes arrive after more than a minute", "login code delivery"),
    series=(
        Series("mailing-worker", "mails_sent_per_minute", 260, (Move(60, 390, 3),), 0.05),
        Series("mailing-worker", "cpu_used_pct", 38, (Move(26, 9, 3), Move(60, 13, 3)), 0.07),
        Series("rabbitmq", "queue_messages_ready", 40, (Move(62, 58000, 46),), 0.05),
        Series("rabbitmq", "queue_messages_unacked", 900, (Move(26, 8, 2),), 0.05, "count"),
        Series("rabbitmq", "publish_per_minute", 255, (Move(60, 1900, 4),), 0.05),
        Series("login-mail", "code_delivery_p95_seconds", 6, (Move(63, 1300, 24),), 0.08),
    ),
    lines=(
        Line("mailing-worker", "INFO", "sent template={pick:news|invoice|code} in {n:90-240}ms", 1.3),
        Line("campaigns", "INFO", "campaign batch of 500 queued", 0.15, 0, 60),
        Line("campaigns", "INFO", "campaign batch of 500 queued", 0.8, 60),
        Line("login-mail", "INFO", "code requested", 0.8),
        Line("mailing-worker", "WARN", "message waited {n:60-1200}s in mail.out", 1.8, 64),
        Line("login-mail", "WARN", "code asked for again, first one not delivered", 1.6, 66),
        Line("login-mail", "ERROR", "code expired before delivery", 1.4, 70),
        Line("campaigns", "WARN", "mailing behind plan by {n:5-40} minutes", 0.4, 72),
    ),
    traces=(
        (20, (Span(0, "login-mail", "request code", 2100), Span(1, "mailing-worker", "deliver", 130))),
        (80, (Span(0, "login-mail", "request code", 610000, "ERROR"),
              Span(1, "mailing-worker", "deliver", 128, "OK", (("messaging.wait_ms", 604120),)))),
    ),
    changes=(
        Change("consumer", 16, "mailing-worker: do not lose mails on restart", (edit(
            "mailing-worker/app/consumer.py",
            "-channel.basic_qos(prefetch_count=64)", "+channel.basic_qos(prefetch_count=1)",
            " channel.basic_consume(queue=\"mail.out\", on_message_callback=handle)",
            " def handle(ch, method, props, body):", "-    pool.submit(deliver_and_ack, ch, method.delivery_tag, body)",
            "+    deliver(body)", "+    ch.basic_ack(method.delivery_tag)"),)),
        Change("template-cache", 55, "mailing-worker: compile templates once", (edit(
            "mailing-worker/app/templates.py", "+@lru_cache(maxsize=64)", " def load(name):"),)),
        Change("queue-policy", 47, "rabbitmq: policy for dead letters of mail.out", (edit(
            "infra/rabbitmq/policies.tf", "+  dead-letter-exchange = \"mail.dead\""),)),
        Change("bounce", 59, "campaigns: show bounces per batch", (edit(
            "campaigns/app/views.py", "+    context[\"bounces\"] = batch.bounces.count()"),)),
    ),
    deploys=((25, "mailing-worker", "consumer"), (50, "rabbitmq", "queue-policy"), (58, "mailing-worker", "template-cache"),
             (62, "campaigns", "bounce"), (90, "login-mail", None)),
    flags=((59.5, "campaign_autumn", "campaigns", "off->on"),),
    languages=("python", "terraform", "yaml"),
    innocents=12,
)  # fmt: skip

TRANSFERS = Scenario(
    name="transfers-deadlocks",
    begins="2026-05-29T12:15:00+00:00",
    minutes=85,
    onset=39,
    mechanism="accounts are locked in the order of the request, no longer by id; opposite transfers wait for each other",
    culprit="locking",
    first="transfer-svc",
    victims=("accounts-db", "bank-app", "standing-orders"),
    decoys=("isolation-note", "lock-timeout", "fees"),
    alert=Alert("bank-app", "transfer_failures_ratio", 0.01, 0.16, 47, "transfers fail in the app", "transfer failures"),
    series=(
        Series("transfer-svc", "transactions_rolled_back_per_minute", 2, (Move(38, 410, 5),), 0.12, "count"),
        Series("transfer-svc", "transfer_p99_ms", 130, (Move(39, 2400, 5),)),
        Series("transfer-svc", "transfers_per_minute", 2300, (), 0.04),
        Series("accounts-db", "deadlocks_per_minute", 0, (Move(39, 210, 5),), 0.12, "count"),
        Series("accounts-db", "lock_waits", 4, (Move(39, 160, 5),), 0.1, "count"),
        Series("accounts-db", "cpu_utilization_pct", 44, (), 0.05),
        Series("bank-app", "transfer_failures_ratio", 0.001, (Move(40, 0.17, 6),), 0.2, "ratio"),
    ),
    lines=(
        Line("transfer-svc", "INFO", "transfer {hex:8} booked", 1.3),
        Line("bank-app", "INFO", "transfer confirmed by customer", 0.8),
        Line("standing-orders", "INFO", "run {n:10-99} executed", 0.3),
        Line("accounts-db", "ERROR", "deadlock detected: process {n:2000-9000} waits for ShareLock on transaction {n:700000-799999}", 2.0, 39.3),
        Line("transfer-svc", "ERROR", "org.postgresql.util.PSQLException: ERROR: deadlock detected, transfer {hex:8} rolled back", 2.0, 39.3),
        Line("bank-app", "ERROR", "transfer could not be executed (500)", 1.6, 40),
        Line("standing-orders", "WARN", "transfer refused, will run again at night", 0.6, 42),
    ),
    traces=(
        (14, (Span(0, "bank-app", "POST /transfers", 160), Span(1, "transfer-svc", "book", 118), Span(2, "accounts-db", "select for update", 4))),
        (48, (Span(0, "bank-app", "POST /transfers", 1260, "ERROR"), Span(1, "transfer-svc", "book", 1230, "ERROR"),
              Span(2, "accounts-db", "select for update", 1004, "ERROR", (("error", "deadlock detected"),)))),
    ),
    changes=(
        Change("locking", 27, "transfer-svc: booking reads like the form", (edit(
            "transfer-svc/src/main/java/io/bank/Booking.java",
            "-        var first = min(from, to);", "-        var second = max(from, to);",
            "-        accounts.lock(first);", "-        accounts.lock(second);",
            "+        accounts.lock(from);", "+        accounts.lock(to);", "         accounts.debit(from, amount);"),)),
        Change("isolation-note", 10, "accounts-db: comment on isolation level", (edit(
            "db/settings/accounts.sql", "+-- default_transaction_isolation stays 'read committed', see ADR 14"),)),
        Change("lock-timeout", 33, "accounts-db: log lock waits", (edit(
            "infra/postgres/accounts.tf", "+  log_lock_waits   = \"on\"", "   deadlock_timeout = \"1s\""),)),
        Change("fees", 36, "transfer-svc: fee table for summer", (edit(
            "transfer-svc/src/main/resources/fees.yaml", "-  instant: 0.50", "+  instant: 0.40"),)),
    ),
    deploys=((12, "bank-app", None), (35, "accounts-db", "lock-timeout"), (37, "transfer-svc", "locking"),
             (39, "transfer-svc", "fees"), (55, "standing-orders", None)),
    flags=((36.5, "instant_transfers_default", "bank-app", "25%->50%"),),
    languages=("java", "sql", "terraform"),
    innocents=11,
)  # fmt: skip

RIDES = Scenario(
    name="rides-lag",
    begins="2025-12-05T17:00:00+00:00",
    minutes=100,
    onset=49,
    mechanism="ride events are keyed by city, no longer by ride; one partition gets most of the evening's events",
    culprit="keying",
    first="ride-events",
    victims=("eta-service", "rider-app"),
    decoys=("assignor", "eta-smoothing", "retention"),
    alert=Alert("eta-service", "position_age_p95_seconds", 20, 388, 60, "positions of rides are stale", "position age"),
    series=(
        Series("ride-events", "bytes_in_partition_7", 310, (Move(32, 2950, 3),), 0.05),
        Series("ride-events", "bytes_in_partition_2", 305, (Move(32, 12, 3),), 0.06),
        Series("ride-events", "records_per_second", 2400, (Move(30, 3300, 40),), 0.04),
        Series("eta-service", "records_lag_max", 220, (Move(48, 640000, 50),), 0.05),
        Series("eta-service", "records_lag_min", 12, (Move(33, 0, 3),), 0.2, "count"),
        Series("eta-service", "position_age_p95_seconds", 3, (Move(49, 900, 45),), 0.06),
        Series("rider-app", "eta_complaints_per_minute", 1, (Move(54, 44, 20),), 0.25, "count"),
    ),
    lines=(
        Line("ride-events", "INFO", "published {n:200-900} positions", 1.1),
        Line("eta-service", "INFO", "eta updated", 0.9),
        Line("rider-app", "INFO", "map opened", 0.7),
        Line("eta-service", "WARN", "consumer eta-7 behind by {n:20000-640000} records on rides.position-7", 1.9, 49),
        Line("eta-service", "INFO", "consumer eta-{pick:2|4|9} idle", 0.9, 34),
        Line("eta-service", "ERROR", "position older than {n:60-800}s, eta withheld", 1.9, 52),
        Line("rider-app", "WARN", "eta unknown shown", 1.6, 53),
    ),
    traces=(
        (10, (Span(0, "ride-events", "publish rides.position", 4), Span(1, "eta-service", "consume rides.position-3", 6))),
        (62, (Span(0, "ride-events", "publish rides.position", 4),
              Span(1, "eta-service", "consume rides.position-7", 7, "ERROR", (("messaging.kafka.lag", 214330),)))),
    ),
    changes=(
        Change("keying", 21, "ride-events: record key from the route", (edit(
            "ride-events/internal/publish/position.go",
            " \tmsg := kafka.Message{", "-\t\tKey:   []byte(p.RideID),", "+\t\tKey:   []byte(p.City),", " \t\tValue: payload,", " \t}"),)),
        Change("assignor", 44, "eta-service: cooperative assignor", (edit(
            "eta-service/src/main/resources/application.yml",
            "-  partition.assignment.strategy: RangeAssignor", "+  partition.assignment.strategy: CooperativeStickyAssignor"),)),
        Change("eta-smoothing", 38, "eta-service: smooth eta over three positions", (edit(
            "eta-service/src/main/java/io/ride/Smoothing.java", "-    int window = 2;", "+    int window = 3;"),)),
        Change("retention", 25, "rides.position: keep two days", (edit(
            "infra/kafka/topics.tf", "-  \"retention.ms\" = \"86400000\"", "+  \"retention.ms\" = \"172800000\""),)),
    ),
    deploys=((27, "kafka", "retention"), (31, "ride-events", "keying"), (41, "eta-service", "eta-smoothing"),
             (47, "eta-service", "assignor"), (70, "rider-app", None)),
    flags=((46, "rider_live_eta", "rider-app", "50%->100%"), (5, "driver_heatmap", "rider-app", "off->on")),
    languages=("go", "java", "terraform"),
    innocents=13,
)  # fmt: skip

SCENARIOS = (MAILINGS, TRANSFERS, RIDES)
