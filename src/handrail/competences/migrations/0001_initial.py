import django.db.models.deletion
import handrail.kit.ids
import handrail.kit.text
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('instruments', '0001_initial'),
        ('people', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(max_length=40)),
                ('name', handrail.kit.text.TranslatedText(blank=True, default=dict)),
                ('order', models.PositiveIntegerField(default=0)),
                ('development_area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.developmentarea')),
            ],
            options={
                'ordering': ['order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Competence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(max_length=40)),
                ('name', handrail.kit.text.TranslatedText(blank=True, default=dict)),
                ('description', handrail.kit.text.TranslatedText(blank=True, default=dict)),
                ('order', models.PositiveIntegerField(default=0)),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='competences', to='competences.area')),
            ],
            options={
                'ordering': ['area__order', 'order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Binding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('levels', models.JSONField(default=dict)),
                ('question', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='instruments.question')),
                ('competence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bindings', to='competences.competence')),
            ],
        ),
        migrations.CreateModel(
            name='Framework',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(max_length=60)),
                ('name', handrail.kit.text.TranslatedText(blank=True, default=dict)),
                ('level_names', models.JSONField(default=dict)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('programme', 'code'), name='framework_once')],
            },
        ),
        migrations.AddField(
            model_name='competence',
            name='framework',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='competences', to='competences.framework'),
        ),
        migrations.AddField(
            model_name='area',
            name='framework',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='areas', to='competences.framework'),
        ),
        migrations.CreateModel(
            name='LevelSharing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agreed_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('manager', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('person', 'manager'), name='shared_once')],
            },
        ),
        migrations.CreateModel(
            name='LevelText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField()),
                ('text', handrail.kit.text.TranslatedText(blank=True, default=dict)),
                ('competence', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='level_texts', to='competences.competence')),
            ],
            options={
                'ordering': ['level'],
                'constraints': [models.UniqueConstraint(fields=('competence', 'level'), name='level_text_once')],
            },
        ),
        migrations.CreateModel(
            name='MapRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('answers', models.PositiveIntegerField()),
                ('drawn_at', models.DateTimeField()),
                ('is_stale', models.BooleanField(default=False)),
                ('closed_kinds', models.JSONField(default=list)),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='releases', to='competences.framework')),
                ('round', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='instruments.round')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('self', 'Own rating'), ('manager', "Manager's rating"), ('observed', 'Observed')], max_length=10)),
                ('level', models.PositiveSmallIntegerField()),
                ('rated_at', models.DateTimeField()),
                ('submission', models.UUIDField(blank=True, null=True)),
                ('question', models.CharField(blank=True, max_length=100)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('is_latest', models.BooleanField(default=True)),
                ('competence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='competences.competence')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('rated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('round', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='instruments.round')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('submission', None), _negated=True), fields=('submission', 'competence'), name='one_rating_per_answer')],
                'indexes': [models.Index(fields=['competence', 'is_latest'], name='competences_compete_0d0c14_idx'), models.Index(fields=['person', 'competence', 'kind'], name='competences_person__0f00d7_idx')],
            },
        ),
        migrations.CreateModel(
            name='RoleProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(max_length=40)),
                ('name', handrail.kit.text.TranslatedText(blank=True, default=dict)),
                ('job_titles', models.JSONField(default=list)),
                ('is_default', models.BooleanField(default=False)),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='profiles', to='competences.framework')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('framework', 'code'), name='profile_once')],
            },
        ),
        migrations.CreateModel(
            name='ProfileTarget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField()),
                ('weight', models.DecimalField(decimal_places=2, default=1, max_digits=4)),
                ('competence', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='competences.competence')),
                ('profile', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='competences.roleprofile')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('profile', 'competence'), name='target_once')],
            },
        ),
        migrations.CreateModel(
            name='ProfileAssignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assigned_at', models.DateTimeField()),
                ('is_current', models.BooleanField(default=True)),
                ('assigned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('profile', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='competences.roleprofile')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('person',), name='one_current_profile')],
            },
        ),
        migrations.CreateModel(
            name='MapLeaf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('self', 'Own rating'), ('manager', "Manager's rating"), ('observed', 'Observed')], max_length=10)),
                ('drawn_until', models.DateTimeField()),
                ('sums', models.JSONField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leaves', to='competences.maprelease')),
                ('profile', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='competences.roleprofile')),
            ],
        ),
        migrations.CreateModel(
            name='MapColumn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('self', 'Own rating'), ('manager', "Manager's rating"), ('observed', 'Observed')], max_length=10)),
                ('is_unit', models.BooleanField(default=False)),
                ('people', models.PositiveIntegerField()),
                ('cells', models.JSONField()),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='columns', to='competences.maprelease')),
                ('profile', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='competences.roleprofile')),
            ],
            options={
                'indexes': [models.Index(fields=['release', 'kind', 'is_unit', 'organisation'], name='competences_release_8f080f_idx')],
            },
        ),
        migrations.CreateModel(
            name='SharingRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', handrail.kit.ids.Uid(default=uuid.uuid4, editable=False, unique=True)),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('is_agreed', models.BooleanField(default=False)),
                ('manager', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at', None)), fields=('person', 'manager'), name='asked_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='competence',
            constraint=models.UniqueConstraint(fields=('framework', 'code'), name='competence_once'),
        ),
        migrations.AddConstraint(
            model_name='area',
            constraint=models.UniqueConstraint(fields=('framework', 'code'), name='framework_area_once'),
        ),
    ]
