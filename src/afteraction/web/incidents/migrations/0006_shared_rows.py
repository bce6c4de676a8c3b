"""Event rows belong to an incident and are shared by its runs; every event stored so far becomes a row of its run."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

STANDING = 2**31 - 1
CHUNK = 2_000


def number_runs(apps, schema_editor):
    """Runs count from 1 in the order in which they were made."""
    runs = apps.get_model("incidents", "StoredAnalysis")._default_manager
    last = {}
    for pk, incident, created in runs.order_by("id").values_list("pk", "incident_id", "created_at"):
        last[incident] = last.get(incident, 0) + 1
        runs.filter(pk=pk).update(number=last[incident], published_at=created)


def share_rows(apps, schema_editor):
    """Rows of the newest run stand; those of earlier ones end with the next. None is lost, none is shared yet."""
    from afteraction.web.incidents.density import blocks_of

    runs = apps.get_model("incidents", "StoredAnalysis")._default_manager
    before = apps.get_model("incidents", "EventBefore")._default_manager
    after = apps.get_model("incidents", "AnalysedEvent")
    block_model = apps.get_model("incidents", "CountedBlock")
    newest = {}
    for incident, number in runs.values_list("incident_id", "number"):
        newest[incident] = max(number, newest.get(incident, 0))
    for run in runs.all():
        ends = STANDING if run.number == newest[run.incident_id] else run.number + 1
        counted, rows = [], []
        for old in before.filter(analysis_id=run.pk).order_by("at_us", "event_id").iterator(CHUNK):
            lasting = None
            if old.until_us is not None and old.until_us > old.at_us:
                length = old.until_us - old.at_us
                lasting = 1 if length <= 3_600_000_000 else 2 if length <= 86_400_000_000 else 3
            rows.append(after(
                incident_id=run.incident_id, event_id=old.event_id, first_run=run.number, last_run=ends,
                at_us=old.at_us, until_us=old.until_us, known_us=old.at_us, lasting=lasting, kind=old.kind,
                lane=old.lane, title=old.title, is_key=old.is_key, triage=old.triage, digest=0, value=old.value,
            ))  # fmt: skip
            counted.append((old.at_us, old.lane, old.is_key))
            if len(rows) == CHUNK:
                after._default_manager.bulk_create(rows)
                rows = []
        after._default_manager.bulk_create(rows)
        block_model._default_manager.bulk_create(
            [
                block_model(incident_id=run.incident_id, level=level, block=block, first_run=run.number,
                            last_run=ends, digest=0, counts=counts)
                for level, block, counts in blocks_of(counted)
            ],
            batch_size=CHUNK,
        )  # fmt: skip
        run.event_count = len(counted)
        run.key_count = sum(is_key for _, _, is_key in counted)
        run.first_us, run.last_us = (counted[0][0], counted[-1][0]) if counted else (None, None)
        run.save()


class Migration(migrations.Migration):
    dependencies = [("incidents", "0005_text_index")]

    operations = [
        migrations.AlterModelOptions("storedanalysis", {"ordering": ["-number"]}),
        migrations.RemoveConstraint("storedanalysis", "one_row_per_analysis"),
        migrations.AddField("storedanalysis", "number", models.PositiveIntegerField(default=0), preserve_default=False),
        migrations.AddField("storedanalysis", "claim", models.CharField(blank=True, default="", max_length=32)),
        migrations.AddField("storedanalysis", "published_at", models.DateTimeField(null=True)),
        migrations.AddField("storedanalysis", "key_count", models.PositiveIntegerField(default=0)),
        migrations.AddField("storedanalysis", "kept_count", models.PositiveIntegerField(default=0)),
        migrations.AddField("storedanalysis", "hidden_count", models.PositiveIntegerField(default=0)),
        migrations.AddField("storedanalysis", "key_kept_count", models.PositiveIntegerField(default=0)),
        migrations.AddField("storedanalysis", "key_hidden_count", models.PositiveIntegerField(default=0)),
        migrations.AddField("storedanalysis", "first_us", models.BigIntegerField(null=True)),
        migrations.AddField("storedanalysis", "last_us", models.BigIntegerField(null=True)),
        migrations.AddField("storedanalysis", "totals", models.JSONField(blank=True, default=dict)),
        migrations.AddField("storedanalysis", "story", models.JSONField(blank=True, default=dict)),
        migrations.AddField("storedanalysis", "learned", models.JSONField(blank=True, default=dict)),
        migrations.RunPython(number_runs, migrations.RunPython.noop),
        migrations.AddConstraint(
            "storedanalysis", models.UniqueConstraint(fields=["incident", "number"], name="one_row_per_run")
        ),
        migrations.AddIndex(
            "storedanalysis", models.Index(fields=["incident", "fingerprint"], name="runs_by_fingerprint")
        ),
        migrations.CreateModel(
            "AnalysisDocument",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("body", models.BinaryField()),
                (
                    "analysis",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="document",
                        to="incidents.storedanalysis",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            "CountedBlock",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.SmallIntegerField()),
                ("block", models.BigIntegerField()),
                ("first_run", models.IntegerField()),
                ("last_run", models.IntegerField(default=STANDING)),
                ("digest", models.BigIntegerField()),
                ("counts", models.JSONField()),
                (
                    "incident",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="incidents.incident",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["incident", "level", "block", "first_run"], name="one_row_per_block"
                    )
                ]
            },
        ),
        migrations.RemoveIndex("analysedevent", "events_by_time"),
        migrations.RemoveIndex("analysedevent", "key_events_by_time"),
        migrations.RemoveConstraint("analysedevent", "one_row_per_event"),
        migrations.AlterField(
            "analysedevent",
            "analysis",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="incidents.storedanalysis"
            ),
        ),
        migrations.RenameModel("AnalysedEvent", "EventBefore"),
        migrations.CreateModel(
            "AnalysedEvent",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event_id", models.CharField(max_length=64)),
                ("first_run", models.IntegerField()),
                ("last_run", models.IntegerField(default=STANDING)),
                ("at_us", models.BigIntegerField()),
                ("until_us", models.BigIntegerField(null=True)),
                ("known_us", models.BigIntegerField()),
                ("lasting", models.SmallIntegerField(null=True)),
                ("kind", models.CharField(max_length=32)),
                ("lane", models.CharField(max_length=32)),
                ("title", models.TextField()),
                ("is_key", models.BooleanField(default=False)),
                ("is_left_out", models.BooleanField(default=False)),
                (
                    "triage",
                    models.CharField(
                        blank=True,
                        choices=[("", "To triage"), ("kept", "Kept"), ("hidden", "Hidden")],
                        default="",
                        max_length=8,
                    ),
                ),
                ("digest", models.BigIntegerField()),
                ("value", models.JSONField()),
                (
                    "incident",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="incidents.incident",
                    ),
                ),
            ],
            options={"ordering": ["at_us", "event_id"]},
        ),
        migrations.AddConstraint(
            "analysedevent",
            models.UniqueConstraint(fields=["incident", "event_id", "first_run"], name="one_row_per_event"),
        ),
        migrations.AddIndex(
            "analysedevent",
            models.Index(
                fields=["incident", "at_us", "event_id", "first_run", "last_run", "triage"], name="events_by_time"
            ),
        ),
        migrations.AddIndex(
            "analysedevent",
            models.Index(
                condition=Q(is_key=True),
                fields=["incident", "at_us", "event_id", "first_run", "last_run", "triage"],
                name="key_events_by_time",
            ),
        ),
        migrations.AddIndex(
            "analysedevent",
            models.Index(fields=["incident", "lane", "at_us", "first_run", "last_run"], name="events_by_lane"),
        ),
        migrations.AddIndex(
            "analysedevent",
            models.Index(
                condition=~Q(triage=""), fields=["incident", "triage", "at_us", "event_id"], name="decided_events"
            ),
        ),
        migrations.AddIndex(
            "analysedevent",
            models.Index(
                condition=Q(lasting__isnull=False), fields=["incident", "lasting", "at_us"], name="lasting_events"
            ),
        ),
        migrations.AddIndex(
            "analysedevent",
            models.Index(
                condition=Q(known_us__gt=F("at_us")), fields=["incident", "known_us"], name="events_known_later"
            ),
        ),
        # After the indexes: PostgreSQL makes none while checks of new rows are pending.
        migrations.RunPython(share_rows, migrations.RunPython.noop),
        migrations.DeleteModel("EventBefore"),
    ]
