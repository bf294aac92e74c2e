import django.db.models.deletion
import handrail.kit.ids
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('delivery', '0001_initial'),
        ('people', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditSample',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('month', models.DateField()),
                ('size', models.PositiveIntegerField()),
                ('seed', models.CharField(max_length=40)),
                ('drawn_at', models.DateTimeField()),
                ('reason', models.CharField(max_length=300)),
                ('drawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('participations', models.ManyToManyField(related_name='+', to='programmes.participation')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
            ],
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('month', models.DateField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('minutes', models.PositiveIntegerField()),
                ('hours', models.PositiveIntegerField(default=0)),
                ('attendance_digest', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('open', 'Waits for the participant'), ('confirmed', 'Waits for the manager'), ('certified', 'Certified'), ('replaced', 'Replaced')], default='open', max_length=10)),
                ('created_at', models.DateTimeField()),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('participation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.participation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
            ],
            options={
                'ordering': ['month', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'replaced'), _negated=True), fields=('programme', 'person', 'month'), name='one_valid_certificate'), models.UniqueConstraint(fields=('programme', 'person', 'month', 'version'), name='certificate_once')],
                'indexes': [models.Index(fields=['person', 'state'], name='evidence_ce_person__fb9819_idx'), models.Index(fields=['programme', 'month', 'state'], name='evidence_ce_program_76c1b9_idx')],
            },
        ),
        migrations.CreateModel(
            name='CertificateLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minutes', models.PositiveIntegerField()),
                ('attendance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='delivery.attendance')),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='evidence.certificate')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('certificate', 'attendance'), name='line_once_per_certificate')],
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('month', models.DateField()),
                ('submitted_at', models.DateTimeField()),
                ('hours', models.IntegerField()),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14)),
                ('digest', models.CharField(max_length=64)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
                ('submitted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['month'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'month'), name='claimed_once')],
            },
        ),
        migrations.CreateModel(
            name='FunderRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveIntegerField()),
                ('rounding', models.CharField(choices=[('month', 'Minutes are added up per person and month; whole hours, rounded down'), ('session', 'Each session is rounded down to whole hours')], max_length=10)),
                ('annual_cap_hours', models.PositiveIntegerField(blank=True, null=True)),
                ('required_share', models.DecimalField(decimal_places=5, max_digits=6)),
                ('lock_day', models.PositiveSmallIntegerField(default=20)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('source', models.CharField(max_length=300)),
                ('is_illustrative', models.BooleanField(default=False)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
            ],
            options={
                'ordering': ['valid_from'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'number'), name='funder_rule_once')],
            },
        ),
        migrations.CreateModel(
            name='MonthObjection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('text', models.CharField(max_length=500)),
                ('made_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.CharField(blank=True, max_length=500)),
                ('attendance', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='delivery.attendance')),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objections', to='evidence.certificate')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(fields=['certificate', 'settled_at'], name='evidence_mo_certifi_5828db_idx')],
            },
        ),
        migrations.CreateModel(
            name='Pledge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('attendance', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='delivery.attendance')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'starts_at'], name='evidence_pl_person__e3b40d_idx')],
            },
        ),
        migrations.CreateModel(
            name='SampleOpening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('reason', models.CharField(max_length=300)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('participation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.participation')),
                ('sample', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='evidence.auditsample')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('part', models.CharField(choices=[('participant', 'Confirmed by the participant'), ('manager', 'Countersigned by the manager')], max_length=12)),
                ('at', models.DateTimeField()),
                ('digest', models.CharField(max_length=64)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='evidence.certificate')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('certificate', 'part'), name='signed_once')],
            },
        ),
        migrations.CreateModel(
            name='UnitCost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=10)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField()),
                ('source', models.CharField(max_length=300)),
                ('is_illustrative', models.BooleanField(default=False)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
            ],
            options={
                'ordering': ['valid_from'],
            },
        ),
        migrations.CreateModel(
            name='LedgerLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('month', models.DateField()),
                ('minutes', models.IntegerField()),
                ('hours', models.IntegerField()),
                ('not_counted', models.IntegerField(default=0)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12)),
                ('entered_at', models.DateTimeField()),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ledger_lines', to='evidence.certificate')),
                ('claim', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='evidence.claim')),
                ('corrects', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='evidence.ledgerline')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.funderrule')),
                ('unit_cost', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.unitcost')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('certificate',), name='one_line_per_certificate')],
                'indexes': [models.Index(fields=['person', 'month'], name='evidence_le_person__dfc16c_idx'), models.Index(fields=['programme', 'month'], name='evidence_le_program_fde475_idx')],
            },
        ),
    ]
