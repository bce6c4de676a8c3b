"""Commits that break nothing: the everyday work of teams in several languages, placed around an incident.

Knows which languages a scenario speaks and how many it wants; refuses to know what went wrong.
"""

from __future__ import annotations

import random

from benchmarks.suspects.examined.shapes import Change, Scenario

AUTHORS = (
    "a.lindqvist", "b.osei", "c.wu", "d.ferreira", "e.novotna", "f.haddouche", "g.bianchi", "h.sato", "i.kaya",
    "j.mbeki", "k.olsen", "l.garcia", "m.iyer", "n.dubois", "o.shevchenko", "renovate-bot",
)  # fmt: skip

EVERYDAY_LINES = (
    ("WARN", "slow client, response took {n:900-2400}ms to drain"),
    ("WARN", "retrying idempotent call after {n:20-90}ms"),
    ("INFO", "config reloaded, {n:0-2} keys changed"),
    ("WARN", "deprecated header x-legacy-client seen"),
    ("ERROR", "client closed connection before response was written"),
    ("INFO", "health probe answered in {n:1-9}ms"),
)

_Entry = tuple[str, str, str, tuple[str, ...]]

POOL: tuple[_Entry, ...] = (
    ("any", "docs: who to call at night", "docs/oncall.md", ()),
    ("any", "docs({svc}): draw the request path", "docs/{svc}/flow.md", ("+client -> {svc} -> store",)),
    ("any", "ci: split unit and contract jobs", ".github/workflows/test.yml", ("+  contract:", "+    needs: unit")),
    ("any", "ci: cache dependencies between runs", ".github/workflows/build.yml", ("+      cache: true",)),
    ("any", "chore: renew licence headers", "LICENSE", ()),
    ("any", "chore({svc}): owners after the reorg", ".github/CODEOWNERS", ("-/{svc}/ @team-a", "+/{svc}/ @team-b")),
    ("any", "test({svc}): more table cases", "{svc}/tests/cases.json", ()),
    ("any", "build: newer base image digest", "build/Dockerfile", ("-FROM base@sha256:19ac", "+FROM base@sha256:7be0")),
    ("any", "chore: editorconfig for new folders", ".editorconfig", ()),
    ("any", "docs: how we write change notes", "docs/changes.md", ()),
    ("go", "{svc}: wrap errors with %w", "{svc}/internal/store/errors.go",
     ("-\treturn fmt.Errorf(\"load: %v\", err)", "+\treturn fmt.Errorf(\"load: %w\", err)")),
    ("go", "{svc}: use slices.Contains", "{svc}/internal/roles/roles.go",
     ("-\tfor _, r := range rs { if r == want { return true } }", "-\treturn false",
      "+\treturn slices.Contains(rs, want)")),
    ("go", "{svc}: name the build in the version endpoint", "{svc}/cmd/{svc}/version.go",
     ("+\tmux.HandleFunc(\"/version\", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, build) })",)),
    ("go", "go mod tidy", "go.sum", ()),
    ("go", "{svc}: preallocate result slice", "{svc}/internal/api/list.go",
     ("-\tout := []Row{}", "+\tout := make([]Row, 0, len(rows))")),
    ("go", "{svc}: histogram for handler time", "{svc}/internal/obs/metrics.go",
     ("+var handlerSeconds = promauto.NewHistogramVec(prometheus.HistogramOpts{Name: \"handler_seconds\"}, labels)",)),
    ("python", "{svc}: type hints in views", "{svc}/app/views.py",
     ("-def detail(request, pk):", "+def detail(request: Request, pk: int) -> Response:")),
    ("python", "{svc}: f-strings", "{svc}/app/text.py",
     ("-    return \"%s (%s)\" % (name, code)", "+    return f\"{name} ({code})\"")),
    ("python", "ruff: sort imports", "{svc}/app/__init__.py", ()),
    ("python", "{svc}: dataclass for settings", "{svc}/app/settings.py",
     ("+@dataclass(frozen=True)", " class Settings:", "     region: str", "     debug: bool = False")),
    ("python", "{svc}: expose build info gauge", "{svc}/app/metrics.py",
     ("+BUILD = Gauge(\"build_info\", \"running build\", [\"version\"])",)),
    ("python", "{svc}: drop python 3.9 shim", "{svc}/app/compat.py", ("-from backports.zoneinfo import ZoneInfo",)),
    ("java", "{svc}: replace StringBuffer", "{svc}/src/main/java/io/acme/Text.java",
     ("-    StringBuffer b = new StringBuffer();", "+    StringBuilder b = new StringBuilder();")),
    ("java", "{svc}: record instead of class", "{svc}/src/main/java/io/acme/dto/Address.java",
     ("-public final class Address {", "+public record Address(String street, String city) {")),
    ("java", "{svc}: javadoc", "{svc}/src/main/java/io/acme/Service.java", ()),
    ("java", "{svc}: null check in mapper", "{svc}/src/main/java/io/acme/Mapper.java",
     ("+    if (in == null) { return Optional.empty(); }",)),
    ("java", "{svc}: test containers for repository tests", "{svc}/src/test/java/io/acme/RepoTest.java", ()),
    ("java", "{svc}: micrometer tag for channel", "{svc}/src/main/java/io/acme/Metrics.java",
     ("+    registry.config().commonTags(\"channel\", channel);",)),
    ("ts", "{svc}: strict null checks in view model", "{svc}/src/view/model.ts",
     ("-  title: string;", "+  title: string | null;")),
    ("ts", "{svc}: new copy for empty state", "{svc}/src/ui/Empty.tsx",
     ("-      <p>Nothing here</p>", "+      <p>Nothing here yet</p>")),
    ("ts", "{svc}: spacing of cards", "{svc}/src/ui/card.css", ("-  gap: 8px;", "+  gap: 12px;")),
    ("ts", "{svc}: story for banner", "{svc}/src/ui/Banner.stories.tsx", ()),
    ("ts", "{svc}: const enum to union", "{svc}/src/types.ts",
     ("-export const enum Size { S, M }", "+export type Size = 's' | 'm';")),
    ("ts", "{svc}: pino child logger per request", "{svc}/src/log.ts",
     ("+  req.log = logger.child({ requestId: req.id });",)),
    ("yaml", "{svc}: annotate dashboards", "deploy/{svc}/values.yaml",
     ("   annotations:", "+    team: core", "+    dashboard: {svc}-overview")),
    ("yaml", "{svc}: label cost centre", "deploy/{svc}/values.yaml", ("   labels:", "+    cost-centre: \"4410\"")),
    ("yaml", "staging: two replicas of {svc}", "deploy/{svc}/values-staging.yaml",
     ("-replicaCount: 1", "+replicaCount: 2")),
    ("terraform", "tf: fmt", "infra/main.tf", ()),
    ("terraform", "tf: tags on buckets", "infra/storage.tf", ("   tags = {", "+    owner = \"core\"")),
    ("terraform", "tf: outputs for subnets", "infra/outputs.tf",
     ("+output \"subnets\" {", "+  value = module.net.subnets", "+}")),
    ("sql", "view for the finance report", "db/migrations/V{n}__finance_view.sql",
     ("+CREATE OR REPLACE VIEW finance_daily AS SELECT day, sum(amount) FROM postings GROUP BY day;",)),
    ("sql", "comment on columns", "db/migrations/V{n}__comments.sql",
     ("+COMMENT ON COLUMN accounts.kind IS 'retail or trade';",)),
    ("nginx", "nginx: gzip svg", "edge/nginx/gzip.conf",
     ("-gzip_types text/css;", "+gzip_types text/css image/svg+xml;")),
    ("nginx", "nginx: hide version", "edge/nginx/nginx.conf", ("+    server_tokens off;",)),
)  # fmt: skip


def innocents_of(scenario: Scenario, chance: random.Random) -> list[Change]:
    """As many innocent commits as the scenario wants, spread from three quarters of an hour before its first minute."""
    named = {series.service for series in scenario.series} | {line.service for line in scenario.lines}
    services = sorted(name for name in named if not name.startswith(("node-", "host-", "kubelet")))
    fitting = [entry for entry in POOL if entry[0] in {"any", *scenario.languages}]
    chosen = chance.sample(fitting, min(scenario.innocents, len(fitting)))
    made = []
    for number, (_, message, path, lines) in enumerate(chosen):
        service = chance.choice(services)
        at = -45 + (scenario.minutes + 40) * (number + chance.random()) / len(chosen)

        def told(text: str, name: str = service, count: int = 200 + number) -> str:
            return text.replace("{svc}", name).replace("{n}", str(count))

        made.append(Change(f"innocent-{number}", at, told(message), ((told(path), tuple(map(told, lines))),)))
    return made
