import handrail.kit.ids
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='DemonstrationClock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('offset', models.DurationField()),
            ],
        ),
        migrations.CreateModel(
            name='Received',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, unique=True)),
                ('scope', models.CharField(max_length=120)),
                ('sha256', models.CharField(max_length=64)),
                ('result', models.UUIDField(null=True)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Schedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True)),
                ('last_run_on', models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='SignOfLife',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('worker', models.CharField(max_length=64, unique=True)),
                ('seen_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Throttle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('window_started_at', models.DateTimeField()),
                ('count', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='JournalEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=100)),
                ('data', models.JSONField(default=dict)),
                ('by', models.UUIDField(null=True)),
                ('role', models.CharField(blank=True, max_length=40)),
                ('at', models.DateTimeField()),
                ('written_at', models.DateTimeField(auto_now_add=True)),
                ('seal', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['name', 'id'], name='kit_journal_name_cf4ab6_idx'), models.Index(fields=['by', 'id'], name='kit_journal_by_7cd289_idx')],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('purpose', models.CharField(max_length=40)),
                ('subject', models.UUIDField()),
                ('person', models.UUIDField(null=True)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['purpose', 'subject'], name='kit_link_purpose_eb2605_idx')],
            },
        ),
        migrations.CreateModel(
            name='LongTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=60)),
                ('subject', models.UUIDField(null=True)),
                ('asked_by', models.UUIDField(null=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('stopped', 'Stopped'), ('failed', 'Failed')], default='waiting', max_length=10)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('note', models.JSONField(default=dict)),
                ('stop_asked', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'subject'], name='kit_longtas_kind_1f27ae_idx')],
            },
        ),
        migrations.CreateModel(
            name='SentMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('to', models.EmailField(max_length=254)),
                ('subject', models.CharField(max_length=200)),
                ('template', models.CharField(max_length=100)),
                ('text', models.TextField(blank=True)),
                ('html', models.TextField(blank=True)),
                ('attachments', models.JSONField(default=list)),
                ('language', models.CharField(default='sv', max_length=10)),
                ('queued_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('error', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'indexes': [models.Index(fields=['-queued_at'], name='kit_sentmai_queued__68d1e9_idx')],
            },
        ),
        migrations.CreateModel(
            name='SetAside',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('key', models.CharField(db_index=True, max_length=200)),
                ('scope', models.CharField(max_length=120)),
                ('sha256', models.CharField(max_length=64)),
                ('payload', models.JSONField()),
                ('programme', models.UUIDField(null=True)),
                ('at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('settled_by', models.UUIDField(null=True)),
                ('settled_note', models.TextField(blank=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key', 'sha256'), name='set_aside_once')],
            },
        ),
    ]
