"""What diffs show: the table of mechanisms, and what a diff cannot do."""

from __future__ import annotations

import pytest

from afteraction.engine.suspects.changes.effects import effects_of
from afteraction.engine.suspects.changes.facts import FACTS
from afteraction.engine.suspects.changes.mechanisms import MECHANISMS
from afteraction.engine.suspects.changes.mechanisms.shape import Shows
from tests.engine.suspects.changes.incidents import commit

SHOWN = [
    ("a shorter time limit", "a/client.go", "-\tTimeout: 5 * time.Second,\n+\tTimeout: 250 * time.Millisecond,"),
    ("a shorter time limit", "a/app.yaml", " upstream:\n-  timeout: 30s\n+  timeout: 500ms"),
    ("a longer time limit", "a/client.ts", "-  timeout: 3000,\n+  timeout: 60000,"),
    ("more attempts", "a/retry.py", "-MAX_RETRIES = 2\n+MAX_RETRIES = 12"),
    ("more attempts", "a/retry.go", "-\t\ttime.Sleep(backoff.Next())\n \t\tcontinue"),
    ("fewer attempts", "a/cas.cpp", "-constexpr int kRetryBudget = 64;\n+constexpr int kRetryBudget = 3;"),
    ("fewer connections", "a/db.go", "-\tdb.SetMaxOpenConns(80)\n+\tdb.SetMaxOpenConns(8)"),
    ("fewer workers", "a/main.py", "-    workers=32,\n+    workers=4,"),
    ("a lower rate or capacity", "a/table.tf", "-  write_capacity = 4000\n+  write_capacity = 400"),
    ("shorter caching", "a/cache.yaml", " cache:\n-  ttl: 1h\n+  ttl: 5s"),
    ("shorter caching", "a/user.py", "-@lru_cache(maxsize=4096)\n def plan(user):\n     return load(user)"),
    ("one call per item", "a/cart.py",
     "-    prices = client.price_many(ids)\n+    prices = []\n+    for i in ids:\n+        "
     "prices.append(client.price(i))"),
    ("a guard taken away", "a/user.go", "-\tif u.Plan == nil {\n-\t\treturn free\n-\t}\n \treturn u.Plan.Name"),
    ("a guard taken away", "a/user.ts", "-  return user?.plan?.name ?? 'free';\n+  return user.plan.name;"),
    ("a lock taken away", "a/Count.java", "-    synchronized void add() {\n+    void add() {"),
    ("something never released", "a/files.py", "-    with open(path) as f:\n-        return f.read()\n+    return "
                                               "open(path).read()"),
    ("something that only grows", "a/memo.go", "+var seen = map[string]Result{}\n \tr := work(k)\n+\tseen[k] = r"),
    ("a call no longer made", "a/app.py", "-    register_handlers(app)\n     return app"),
    ("a blocking call", "a/save.js", "-  await fs.promises.writeFile(p, b);\n+  fs.writeFileSync(p, b);"),
    ("much more computing", "a/check.py", "-R = re.compile(r'^\\w+$')\n+R = re.compile(r'^(\\w+\\s?)+$')"),
    ("no protection against repeats", "a/pay.py", "-    if Payment.exists(key):\n-        return\n     charge(order)"),
    ("more logging", "a/log.yaml", " logging:\n-  level: warn\n+  level: debug"),
    ("an index gone", "a/V9.sql", "+DROP INDEX idx_orders_user;"),
    ("a migration that locks", "a/V9.sql", "+ALTER TABLE orders ADD COLUMN note text NOT NULL DEFAULT '';"),
    ("code ahead of its schema", "a/store.go",
    '+\trows, err := db.Query("SELECT id FROM user_badges WHERE user = $1", u)'),
    ("another form of messages", "a/event.go", '-\tTenant string `json:"tenant"`\n+\tTenant string `json:"tenant_id"`'),
    ("less permission", "a/role.tf",
    '-  actions = ["sqs:SendMessage", "sqs:ReceiveMessage"]\n+  actions = ["sqs:ReceiveMessage"]'),
    ("another address", "a/values.yaml", "-  host: db-primary.internal\n+  host: db-main.internal"),
    ("a setting under another name", "a/deploy.yaml", "-    - name: DB_URL\n+    - name: DATABASE_DSN\n       value: "
                                                      "x"),
    ("less memory", "a/values.yaml", "   limits:\n-    memory: 2Gi\n+    memory: 256Mi"),
    ("fewer replicas", "a/hpa.yaml", "-  maxReplicas: 30\n+  maxReplicas: 3"),
    ("stricter health checks", "a/d.yaml", " livenessProbe:\n-  failureThreshold: 8\n+  failureThreshold: 1"),
    ("a dependency of another version", "pyproject/requirements.txt", "-pydantic==1.10.13\n+pydantic==2.6.1"),
    ("a switch turned", "a/flags.toml", "-new_pricing = false\n+new_pricing = true"),
]  # fmt: skip


@pytest.mark.parametrize(("mechanism", "file", "diff"), SHOWN)
def test_a_diff_shows_its_mechanism_among_the_strongest(mechanism: str, file: str, diff: str) -> None:
    effects = effects_of(commit("c1", 0, "Tidy", file, f"@@ {file} @@\n{diff}\n"))
    assert not effects.idle
    assert mechanism in [one.mechanism.name for one in effects.shown[:4]]
    assert next(one for one in effects.shown if one.mechanism.name == mechanism).line


IDLE = [
    ("a/file_test.go", "-\tx := 1\n+\tx := 2"),
    ("docs/setup.md", "-Use 5 s.\n+Use 1 s."),
    ("web/style.css", "-a{margin:1px}\n+a{margin:9px}"),
    ("a/io.go", '-import (\n-\t"os"\n-\t"io"\n-)\n+import (\n+\t"io"\n+\t"os"\n+)'),
    ("a/query.go", "-\tc := r.Context()\n-\treturn fetch(c, q)\n+\tctx := r.Context()\n+\treturn fetch(ctx, q)"),
    ("a/write.go", "-\tf, err := open(p)\n-\treturn f.write(line)\n+\treturn put(p, "
                   "line)\n+}\n+func put(p string, line []byte) error {\n"
                   "+\tf, err := open(p)\n+\treturn f.write(line)"),
    ("a/page.go", "+\tif len(xs) == 0 {\n+\t\treturn nil\n+\t}"),
    ("a/metrics.go", '+var hits = prometheus.NewCounter(prometheus.CounterOpts{Name: "hits"})\n+\thits.Inc()'),
    ("a/V3.sql", "+CREATE INDEX CONCURRENTLY idx_a ON a (b);"),
    ("a/main.py", "-# waits ten seconds\n+# waits twenty seconds"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "diff"), IDLE)
def test_a_diff_that_changes_nothing_that_runs_says_why(file: str, diff: str) -> None:
    assert effects_of(commit("c1", 0, "Tidy", file, f"@@ {file} @@\n{diff}\n")).idle


def test_a_change_without_its_diff_is_neither_idle_nor_known() -> None:
    effects = effects_of(commit("c1", 0, "Simplify client", "a/client.go"))
    assert not effects.idle
    assert not effects.known


def test_every_row_of_the_table_can_be_shown_and_says_what_it_produces_and_why() -> None:
    for row in MECHANISMS:
        assert row.signs, row.name
        assert row.reason.endswith("."), row.name
        assert max(row.produces.values()) >= 0.4, row.name
        for sign in row.signs:
            assert not isinstance(sign, Shows) or sign.fact in FACTS, row.name
    assert len({row.name for row in MECHANISMS}) == len(MECHANISMS)
