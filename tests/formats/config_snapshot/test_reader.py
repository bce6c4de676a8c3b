from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.reading import HEAD_BYTES, DocumentReader, ReadOptions, Source
from afteraction.core.records import Document
from afteraction.formats.config_snapshot.reader import READER
from afteraction.formats.config_snapshot.redaction import MASK

DEMO = Path(__file__).parents[3] / "examples" / "demo"

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: search-api
  namespace: production
  creationTimestamp: "2026-03-01T08:00:00Z"
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{"env":[{"name":"DB_PASSWORD","value":"hunter22"}]}'
spec:
  replicas: 3
  template:
    spec:
      containers:
        - name: api
          image: registry.example.test/search-api@sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796
          args: ["--db-password=hunter22", "--api-token", "hunter22", "--workers=4"]
          env:
            - name: LOG_LEVEL
              value: info
            - name: DB_PASSWORD
              value: hunter22
"""


def source(text: str | bytes, name: str, zone: str | None = None) -> Source:
    data = text.encode() if isinstance(text, str) else text
    key = hashlib.sha256(data).hexdigest()
    return Source(key, name, len(data), data[:HEAD_BYTES], lambda: io.BytesIO(data), options=ReadOptions(zone=zone))


def read(text: str | bytes, name: str, zone: str | None = None) -> tuple[list[Document], list[Failure]]:
    found = list(READER.read(source(text, name, zone)))
    documents = [one for one in found if isinstance(one, Document)]
    assert all(one.kind is EvidenceKind.CONFIG_SNAPSHOT for one in documents)
    return documents, [one for one in found if isinstance(one, Failure)]


def only(text: str | bytes, name: str = "search-api.yaml", zone: str | None = None) -> Document:
    (document,), failures = read(text, name, zone)
    assert failures == []
    return document


class TestEverySyntax:
    def test_it_is_a_document_reader(self) -> None:
        assert isinstance(READER, DocumentReader)

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("a.json", '{"pool": {"size": 40, "hold": "statement", "warm": true, "hosts": ["a", "b"]}}'),
            ("a.yaml", "pool:\n  size: 40\n  hold: statement\n  warm: true\n  hosts: [a, b]\n"),
            ("a.toml", '[pool]\nsize = 40\nhold = "statement"\nwarm = true\nhosts = ["a", "b"]\n'),
        ],
    )
    def test_trees_become_dotted_keys(self, name: str, text: str) -> None:
        assert only(text, name).settings == {
            "pool.size": "40", "pool.hold": "statement", "pool.warm": "true", "pool.hosts[0]": "a",
            "pool.hosts[1]": "b",
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("name", "text", "expected"),
        [
            ("a.ini", "top = 1\n[pool]\n; note\nsize = 40\nHold: statement\nhosts = a\n  b\nskip\n",
             {"top": "1", "pool.size": "40", "pool.Hold": "statement", "pool.hosts": "a\nb", "pool.skip": "null"}),
            ("a.properties", "# note\npool.size=40\npool.hold : statement\nlong = a\\\n   b\numl\\u00e4ut=\\u00fc\n",
             {"pool.size": "40", "pool.hold": "statement", "long": "ab", "umläut": "ü"}),
            (".env", "# note\nexport SIZE=40\nHOLD='state ment' \nWORKERS=4 # four\n",
             {"SIZE": "40", "HOLD": "state ment", "WORKERS": "4"}),
        ],
    )  # fmt: skip
    def test_lines_become_keys(self, name: str, text: str, expected: dict[str, str]) -> None:
        assert only(text, name).settings == expected

    def test_a_key_and_a_section_of_one_name_are_both_kept(self) -> None:
        assert only("a = 1\n[a]\nb = 2\n[a]\nc = 3\n", "a.ini").settings == {"a": "1", "[a].b": "2", "[a].c": "3"}

    def test_values_stay_as_they_are_written(self) -> None:
        text = "version: 1.10\nenabled: no\nmode: 0644\nsince: 2026-03-03\nempty:\n"
        assert only(text).settings == {
            "version": "1.10", "enabled": "no", "mode": "0644", "since": "2026-03-03", "empty": "",
        }  # fmt: skip
        assert only('{"rate": 1e3, "id": 12345678901234567890}', "config.json").settings["rate"] == "1e3"

    def test_items_of_a_list_go_by_their_name(self) -> None:
        text = "env:\n  - name: A\n    value: 1\n  - name: B\n    value: 2\n"
        assert only(text).settings["env[B].value"] == "2"

    def test_yaml_merges_what_it_says_to_merge(self) -> None:
        text = "base: &base {a: 1, b: 2}\nmine:\n  <<: *base\n  b: 3\n"
        assert only(text).settings == {"base.a": "1", "base.b": "2", "mine.a": "1", "mine.b": "3"}


class TestSecrets:
    @pytest.mark.parametrize(
        "key",
        ["password", "db_password", "dbPassword", "DB_PASS", "clientSecret", "api_key", "apiKey", "APIKEY",
         "AWS_SECRET_ACCESS_KEY", "auth.token", "credentials.user", "secrets.main", "signing.key", "ssh_private_key"],
    )  # fmt: skip
    def test_a_secret_by_its_name_never_leaves(self, key: str) -> None:
        document = only(json.dumps({key: "Tr0ub4dor"}), "config.json")
        assert document.settings[key] == MASK
        assert "Tr0ub4dor" not in str(document)

    def test_a_number_can_be_a_password(self) -> None:
        assert only("password: 12345\n").settings["password"] == MASK

    @pytest.mark.parametrize(
        ("key", "value"),
        [
            ("token_ttl", "3600"), ("password_min_length", "12"), ("secretName", "search-tls"), ("max_tokens", "4096"),
            ("password_file", "/run/secrets/db"), ("key", "value"), ("bypass", "true"), ("password", "${DB_PASSWORD}"),
            ("password", ""), ("monkey", "banana"), ("passenger_count", "3"), ("partition.key", "order_id"),
        ],
    )  # fmt: skip
    def test_what_only_sounds_like_a_secret_stays(self, key: str, value: str) -> None:
        assert only(json.dumps({key: value}), "config.json").settings[key] == value

    @pytest.mark.parametrize(
        ("value", "shown"),
        [
            ("postgres://app:hunter22@db:5432/x", f"postgres://app:{MASK}@db:5432/x"),
            ("Bearer abcdefgh12345678", f"Bearer {MASK}"),
            ("Server=db;Password=hunter22;Timeout=5", f"Server=db;Password={MASK};Timeout=5"),
            ("run --password hunter22 --size 4", f"run --password {MASK} --size 4"),
            ("ghp_" + "a1B2" * 9, MASK),
            ("AKIA" + "ABCD1234EFGH5678", MASK),
            ("eyJhbGciOiJI.eyJzdWIiOiIx.abcdefghij", MASK),
            ("-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----", MASK),
            ("q7Zp2LxV9tRb4Kd8NwYc3HsJ6mGf1", MASK),
        ],
    )
    def test_a_secret_by_its_shape_never_leaves(self, value: str, shown: str) -> None:
        assert only(json.dumps({"setting": value}), "config.json").settings["setting"] == shown

    @pytest.mark.parametrize(
        "value",
        ["0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c", "com.example.search.index.LuceneIndexReaderFactory2",
         "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "https://grafana.example.test/d/pool", "/var/lib/app-v2/Data_Files_01",
         "the password is asked for at the door"],
    )  # fmt: skip
    def test_versions_paths_and_words_stay(self, value: str) -> None:
        assert only(json.dumps({"setting": value}), "config.json").settings["setting"] == value

    def test_a_manifest_leaks_neither_env_nor_arguments_nor_annotations(self) -> None:
        document = only(DEPLOYMENT)
        assert "hunter22" not in str(document)
        api = "spec.template.spec.containers[api]"
        assert document.settings[f"{api}.env[DB_PASSWORD].value"] == MASK
        assert document.settings[f"{api}.env[LOG_LEVEL].value"] == "info"
        assert document.settings[f"{api}.args[0]"] == f"--db-password={MASK}"
        assert "sha256:0f1e2d3c" in document.settings[f"{api}.image"]

    def test_a_kubernetes_secret_is_nothing_but_masks(self) -> None:
        text = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {user: c2VhcmNo}\nstringData: {x: plain}\n"
        document = only(text)
        assert document.settings["data.secrets.user"] == MASK
        assert "c2VhcmNo" not in str(document) and "plain" not in str(document)

    def test_a_file_inside_a_configmap_is_read_and_masked(self) -> None:
        inner = "pool:\n      size: 40\n      password: hunter22\n"
        text = f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: c}}\ndata:\n  app.yaml: |\n    {inner}"
        document = only(text)
        assert document.settings["data.app.yaml.pool.size"] == "40"
        assert "hunter22" not in str(document)

    def test_what_is_wrong_is_said_without_quoting_it(self) -> None:
        for name in ("a.yaml", "a.json", "a.toml", "a.ini", ".env"):
            _, failures = read('password = "hunter22\n[x\n: {', name)
            assert failures and "hunter22" not in str(failures), name

    @given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=6, max_size=30))
    def test_no_secret_survives_in_any_syntax(self, word: str) -> None:
        secret = "S3cr" + "".join(letter for letter in word if letter.isalnum())[:20] + "X9"
        for name, text in (
            ("a.json", json.dumps({"db": {"password": secret}})),
            ("a.yaml", f"db:\n  password: {json.dumps(secret)}\n"),
            ("a.properties", f"db.password={secret}"),
            (".env", f"DB_PASSWORD={secret}"),
        ):
            documents, failures = read(text, name)
            assert secret not in str(documents) + str(failures)


class TestWhereAndWhen:
    def test_a_manifest_names_its_place_itself(self) -> None:
        document = only(DEPLOYMENT, "dump.yaml")
        assert (document.place, document.environment, document.attributes["thing"]) == (
            "search-api", "production", "Deployment",
        )  # fmt: skip

    def test_the_creation_of_an_object_is_the_last_resort(self) -> None:
        document = only(DEPLOYMENT, "dump.yaml")
        assert document.captured_at is not None
        assert document.captured_at.utc.isoformat() == "2026-03-01T08:00:00+00:00"
        named = only(DEPLOYMENT, "dump.2026-03-03T09-30Z.yaml")
        assert named.captured_at is not None and named.captured_from == "file name"
        assert named.captured_at.utc.isoformat() == "2026-03-03T09:30:00+00:00"

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("a.yaml", "captured_at: 2026-03-03T09:30:00Z\nsize: 4\n"),
            ("a.json", '{"meta": {"exportedAt": "2026-03-03T10:30:00+01:00"}, "size": 4}'),
            ("a.properties", "#Tue Mar 03 09:30:00 UTC 2026\nsize=4\n"),
            ("a.ini", "; exported at 2026-03-03 09:30:00 UTC\n[a]\nsize=4\n"),
        ],
    )
    def test_a_file_may_say_itself_when_it_was_taken(self, name: str, text: str) -> None:
        document = only(text, name)
        assert document.captured_at is not None and document.captured_from == "metadata"
        assert document.captured_at.utc.isoformat() == "2026-03-03T09:30:00+00:00"

    def test_a_time_without_a_zone_needs_one(self) -> None:
        (document,), failures = read("captured_at: 2026-03-03T09:30:00\n", "a.yaml")
        assert document.captured_at is None
        assert document.attributes["stated_time"] == "2026-03-03T09:30:00"
        assert "--zone" in str(failures[0])
        placed = only("captured_at: 2026-03-03T09:30:00\n", "a.yaml", zone="Europe/Berlin")
        assert placed.captured_at is not None and not placed.captured_at.tz_known

    def test_without_any_statement_it_is_undated(self) -> None:
        assert only("size: 4\n", "a.yaml").captured_at is None

    @pytest.mark.parametrize(
        ("name", "text", "place"),
        [
            ("payments-api.2026-05-12T13-50Z.yaml", "size: 4\n", "payments-api"),
            ("search-api/config.yaml", "size: 4\n", "search-api"),
            ("x/app.properties", "spring.application.name=search\n", "search"),
            ("dump.json", '{"service": "search", "size": 4}', "search"),
        ],
    )
    def test_the_place_comes_from_a_key_or_from_the_name(self, name: str, text: str, place: str) -> None:
        assert only(text, name).place == place

    def test_a_stream_of_manifests_is_one_document_each(self) -> None:
        other = DEPLOYMENT.replace("name: search-api", "name: index-api")
        documents, failures = read(f"---\n{DEPLOYMENT}---\n{other}", "all.yaml")
        assert [one.place for one in documents] == ["search-api", "index-api"]
        assert len({one.evidence.locator for one in documents}) == 2 and failures == []

    def test_a_kubernetes_list_is_one_document_per_item(self) -> None:
        item = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"size": "4"}}
        text = json.dumps({"apiVersion": "v1", "kind": "List", "items": [item, {**item, "metadata": {"name": "b"}}]})
        documents, _ = read(text, "list.json")
        assert [(one.place, one.evidence.locator.pointer) for one in documents] == [
            ("a", "/items/0"),
            ("b", "/items/1"),
        ]


class TestClaims:
    def test_manifests_are_claimed(self) -> None:
        assert READER.sniff(source(DEPLOYMENT, "x.yaml")) >= 0.7

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("payments-api.2026-05-12T13-50Z.yaml", "pool:\n  size: 4\n"),
            ("config.json", '{"pool": {"size": 4}}'),
            ("app.properties", "a.b=1\nc.d=2\n"),
            (".env", "A=1\n"),
            ("pyproject.toml", '[a]\nb = "c"\n'),
            ("db.ini", "[a]\nb = c\n"),
            ("prometheus.yml", "global:\n  scrape_interval: 2s\n"),
        ],
    )
    def test_configuration_is_claimed_weakly(self, name: str, text: str) -> None:
        assert 0 < READER.sniff(source(text, name)) < 0.5

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("alert.json", '{"version": "4", "status": "firing", "alerts": []}'),
            ("config.json", '{"version": "4", "status": "firing", "alerts": []}'),
            ("settings.json", '[{"ts": "1.2", "text": "a"}]'),
            ("openapi.yaml", "openapi: 3.1.0\ninfo:\n  title: x\n"),
            ("config.yaml", "openapi: 3.1.0\ninfo:\n  title: x\n"),
            ("events.yaml", "apiVersion: v1\nkind: Event\nmetadata:\n  name: a\n"),
            ("events.yaml", "apiVersion: v1\nkind: EventList\nitems: []\n"),
            ("events.yaml", "---\napiVersion: v1\ninvolvedObject:\n  kind: Pod\nkind: Event\n"),
            ("events.json", '{"apiVersion": "v1", "kind": "List", "items": [{"kind": "Event", "apiVersion": "v1"}]}'),
            ("config.jsonl", '{"a": 1}\n{"a": 2}\n'),
            ("config.json", '{"a": 1}\n{"a": 2}\n'),
            ("2026-05-12T13-52-10Z-deployment.json", '{"action": "created", "deployment": {}}'),
            ("range.json", '{"status": "success", "data": {"result": []}}'),
            ("notes.md", "a: b\n"),
            ("nginx.conf", "daemon off;\nevents {}\nhttp {\n server { listen 80; }\n}\n"),
            ("workflow.yaml", "name: ci\non: [push]\njobs:\n  a: {}\n"),
            ("config.yaml", ""),
            ("config.yaml", b"\x00\x01\x02"),
        ],
    )
    def test_other_files_are_left_alone(self, name: str, text: str | bytes) -> None:
        assert READER.sniff(source(text, name)) == 0

    def test_of_the_demo_only_the_settings_are_claimed(self) -> None:
        claimed = []
        for path in sorted(DEMO.rglob("*")):
            if path.is_file():
                data = path.read_bytes()
                if READER.sniff(source(data, str(path.relative_to(DEMO)))) > 0:
                    claimed.append(path.parent.name)
        assert claimed == ["config", "config", "team-settings", "team-settings", "team-settings", "team-settings"]


class TestBadInput:
    def test_an_alias_bomb_is_refused(self) -> None:
        lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
        lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
        documents, failures = read("\n".join(lines), "bomb.yaml")
        assert documents == [] and "aliases" in failures[0].reason

    def test_a_bomb_of_merges_is_refused(self) -> None:
        lines = ["a0: &a0 {k: v, l: w}"]
        lines += [f"a{n}: &a{n}\n  <<: [{', '.join([f'*a{n - 1}'] * 9)}]\n  k{n}: v" for n in range(1, 9)]
        documents, failures = read("\n".join(lines), "bomb.yaml")
        assert documents == [] and "aliases" in failures[0].reason

    def test_an_alias_of_itself_is_refused(self) -> None:
        documents, failures = read("a: &a [*a]\n", "loop.yaml")
        assert documents == [] and "aliases" in failures[0].reason

    @pytest.mark.parametrize("name", ["deep.json", "deep.yaml", "deep.toml"])
    def test_deep_nesting_is_refused(self, name: str) -> None:
        text = ("a = " if name.endswith("toml") else "") + "[" * 50_000 + "]" * 50_000
        documents, failures = read(text, name)
        assert documents == [] and failures

    def test_nothing_is_built_from_tags(self) -> None:
        text = "a: !!python/object/apply:os.system ['echo hi']\nb: 1\n"
        documents, _ = read(text, "tag.yaml")
        assert documents[0].settings["a[0]"] == "echo hi"

    @pytest.mark.parametrize(
        ("name", "text", "line"),
        [
            ("a.json", '{\n "a": 1,\n "b": \n}', 4),
            ("a.yaml", "a: 1\nb: [1\nc: 2\n", 3),
            ("a.toml", "a = 1\nb = \n", 2),
            (".env", "A=1\nnot an assignment\n", 2),
        ],
    )
    def test_a_broken_file_names_the_line(self, name: str, text: str, line: int) -> None:
        documents, failures = read(text, name)
        assert documents == []
        assert failures[0].locator.line == line

    def test_too_many_settings_are_cut_and_said(self) -> None:
        (document,), failures = read(json.dumps({f"k{n}": n for n in range(25_000)}), "config.json")
        assert len(document.settings) == 20_000 and "20000" in failures[0].reason

    def test_a_list_is_no_configuration(self) -> None:
        documents, failures = read("- a\n- b\n", "a.yaml")
        assert documents == [] and "no settings" in failures[0].reason

    @given(
        st.sampled_from(["a.json", "a.yaml", "a.toml", "a.ini", "a.properties", ".env"]),
        st.one_of(st.binary(max_size=120), st.text(alphabet="[]{}:=-&*!#\"'\n aA0.<|>%@,\\", max_size=60)),
    )
    def test_any_text_is_read_without_raising(self, name: str, text: bytes | str) -> None:
        READER.sniff(source(text, name))
        list(READER.read(source(text, name)))
