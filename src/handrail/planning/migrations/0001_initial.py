import django.db.models.deletion
import handrail.kit.ids
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('competences', '0001_initial'),
        ('curriculum', '0001_initial'),
        ('delivery', '0001_initial'),
        ('people', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Availability',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_date', models.DateField()),
                ('to_date', models.DateField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='OrganisationalPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('aim', models.TextField()),
                ('decided_on', models.DateField()),
                ('review_on', models.DateField()),
                ('saved_at', models.DateTimeField()),
                ('is_current', models.BooleanField(default=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
                ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['-version'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('programme', 'organisation'), name='one_current_organisational_plan'), models.UniqueConstraint(fields=('programme', 'organisation', 'version'), name='organisational_plan_once')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationalMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(max_length=400)),
                ('due_on', models.DateField()),
                ('done_on', models.DateField(blank=True, null=True)),
                ('competence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competences.competence')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='planning.organisationalplan')),
            ],
            options={
                'ordering': ['due_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Pin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('attend', 'Must have a seat'), ('forbid', 'Must not have a seat'), ('hold', 'Must be held'), ('drop', 'Must not be held')], max_length=10)),
                ('reason', models.CharField(max_length=300)),
                ('set_at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='delivery.session')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at', None), ('person', None)), fields=('session',), name='session_pinned_once'), models.UniqueConstraint(condition=models.Q(('lifted_at', None), models.Q(('person', None), _negated=True)), fields=('session', 'person'), name='person_pinned_once')],
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('computing', 'Being computed'), ('proposed', 'Proposal'), ('adopted', 'Adopted'), ('replaced', 'Replaced'), ('failed', 'Could not be computed')], default='computing', max_length=10)),
                ('settings', models.JSONField(default=dict)),
                ('seed', models.PositiveIntegerField(default=0)),
                ('moves', models.PositiveIntegerField(default=0)),
                ('version', models.CharField(blank=True, max_length=40)),
                ('data_digest', models.CharField(blank=True, max_length=64)),
                ('value', models.FloatField(null=True)),
                ('bound', models.FloatField(null=True)),
                ('facts', models.JSONField(default=dict)),
                ('violations', models.JSONField(default=list)),
                ('cpu_seconds', models.FloatField(null=True)),
                ('asked_at', models.DateTimeField()),
                ('computed_at', models.DateTimeField(blank=True, null=True)),
                ('adopted_at', models.DateTimeField(blank=True, null=True)),
                ('task', models.UUIDField(blank=True, null=True)),
                ('adopted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'number'), name='plan_once')],
            },
        ),
        migrations.CreateModel(
            name='PlanRefusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('why', models.JSONField(default=dict)),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='curriculum.module')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='refusals', to='planning.plan')),
                ('session', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='delivery.session')),
            ],
            options={
                'indexes': [models.Index(fields=['plan', 'session'], name='planning_pl_plan_id_fa58c3_idx'), models.Index(fields=['plan', 'person'], name='planning_pl_plan_id_b4ed54_idx')],
            },
        ),
        migrations.CreateModel(
            name='PlanSeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gain', models.FloatField()),
                ('why', models.JSONField(default=dict)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='planning.plan')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='delivery.session')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('plan', 'session', 'person'), name='plan_seat_once')],
                'indexes': [models.Index(fields=['plan', 'person'], name='planning_pl_plan_id_f8b988_idx')],
            },
        ),
        migrations.CreateModel(
            name='PlanSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_held', models.BooleanField()),
                ('people', models.PositiveIntegerField(default=0)),
                ('gain', models.FloatField(default=0)),
                ('why', models.JSONField(default=dict)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='planning.plan')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='delivery.session')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('plan', 'session'), name='plan_session_once')],
            },
        ),
        migrations.CreateModel(
            name='UnitLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('away_at_most', models.PositiveIntegerField()),
                ('set_at', models.DateTimeField()),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('unit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
            ],
        ),
    ]
