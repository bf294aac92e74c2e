import django.db.models.deletion
import handrail.kit.ids
import handrail.kit.text
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('curriculum', '0001_initial'),
        ('people', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=150)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('seats', models.PositiveIntegerField(default=0)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
            ],
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('asked', 'Waits for the manager'), ('invited', 'Invited'), ('accepted', 'Coming'), ('waiting', 'On the waiting list'), ('declined', 'Cannot come'), ('refused', 'Not approved'), ('withdrawn', 'Taken back')], max_length=10)),
                ('why', models.JSONField(default=dict)),
                ('queued_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('told_step', models.BigIntegerField(default=0)),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
            ],
        ),
        migrations.CreateModel(
            name='SeatStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('asked', 'Waits for the manager'), ('invited', 'Invited'), ('accepted', 'Coming'), ('waiting', 'On the waiting list'), ('declined', 'Cannot come'), ('refused', 'Not approved'), ('withdrawn', 'Taken back')], max_length=10)),
                ('at', models.DateTimeField()),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='delivery.seat')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('title', handrail.kit.text.TranslatedText(blank=True, default=dict)),
                ('state', models.CharField(choices=[('candidate', 'Possible'), ('planned', 'Planned'), ('held', 'Held'), ('cancelled', 'Cancelled')], default='candidate', max_length=10)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('break_minutes', models.PositiveIntegerField(default=0)),
                ('grace_minutes', models.PositiveSmallIntegerField(default=10)),
                ('online_address', models.URLField(blank=True)),
                ('language', models.CharField(default='sv', max_length=10)),
                ('minimum', models.PositiveIntegerField(default=1)),
                ('maximum', models.PositiveIntegerField()),
                ('needs_approval', models.BooleanField(default=False)),
                ('cost', models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ('check_in_secret', models.CharField(default=handrail.kit.ids.secret, editable=False, max_length=40)),
                ('held_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_reason', models.CharField(blank=True, max_length=300)),
                ('list_version', models.PositiveIntegerField(default=0)),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='curriculum.module')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='delivery.place')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
                ('repeats', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='repeated_by', to='delivery.session')),
                ('trainer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['starts_at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('maximum__gte', models.F('minimum'))), name='session_room_for_minimum'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='session_ends_after_start')],
                'indexes': [models.Index(fields=['trainer', 'starts_at'], name='delivery_se_trainer_722fa0_idx'), models.Index(fields=['programme', 'state', 'starts_at'], name='delivery_se_program_a6aca4_idx')],
            },
        ),
        migrations.AddField(
            model_name='seat',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='delivery.session'),
        ),
        migrations.CreateModel(
            name='CoTrainer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='co_trainers', to='delivery.session')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('session', 'person'), name='co_trainer_once')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('minutes', models.PositiveIntegerField()),
                ('late_minutes', models.PositiveIntegerField(default=0)),
                ('left_early_minutes', models.PositiveIntegerField(default=0)),
                ('method', models.CharField(choices=[('list', "Trainer's list"), ('qr', 'QR code'), ('paper', 'Signed sheet'), ('file', 'File')], max_length=10)),
                ('arrived_at', models.DateTimeField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='delivery.attendance')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='delivery.session')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('replaces', None), models.Q(('reason', ''), _negated=True), _connector='OR'), name='correction_has_reason'), models.UniqueConstraint(condition=models.Q(('replaces', None)), fields=('session', 'person'), name='first_attendance_once')],
                'indexes': [models.Index(fields=['person', 'session'], name='delivery_at_person__d78de8_idx')],
            },
        ),
        migrations.CreateModel(
            name='WorkGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=100)),
                ('members', models.ManyToManyField(blank=True, related_name='groups', to='delivery.seat')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='groups', to='delivery.session')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('session', 'name'), name='group_once')],
            },
        ),
        migrations.CreateModel(
            name='GroupProduct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('saved_at', models.DateTimeField()),
                ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='products', to='delivery.workgroup')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.AddIndex(
            model_name='seat',
            index=models.Index(fields=['person', 'state'], name='delivery_se_person__66fd2a_idx'),
        ),
        migrations.AddIndex(
            model_name='seat',
            index=models.Index(fields=['session', 'state'], name='delivery_se_session_d3a1d1_idx'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.UniqueConstraint(fields=('session', 'person'), name='one_seat_per_session'),
        ),
    ]
